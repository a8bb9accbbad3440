import { Link } from '@tanstack/react-router'
import { t } from './i18n.ts'
import { paths } from './paths.ts'
import { Page } from './ui/Page.tsx'

export function NotFoundPage() {
  return (
    <Page title={t('There is no such page')}>
      <Link to={paths.home()}>{t('To the first page')}</Link>
    </Page>
  )
}
