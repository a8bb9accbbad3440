import { Link, useNavigate } from '@tanstack/react-router'
import { t } from '../../i18n.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { NewCardForm } from './NewCardForm.tsx'

export function NewCitizenPage() {
  const navigate = useNavigate()
  return (
    <Page title={t('New card')} aside={<Link to={paths.citizens()}>{t('All citizens')}</Link>}>
      <Surface>
        <NewCardForm draft="new" made={({ id }) => void navigate({ to: paths.citizen(id) })} />
      </Surface>
    </Page>
  )
}
