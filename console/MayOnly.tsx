import type { ReactNode } from 'react'
import type { Action } from '#core/staff/permissions.ts'
import { t } from './i18n.ts'
import { useSignedIn } from './me.ts'
import { Page } from './ui/Page.tsx'

/** The page, for those whose role has one of the actions. The server decides again at every request. */
export function MayOnly({ actions, children }: { actions: readonly Action[]; children: ReactNode }) {
  const { may } = useSignedIn()
  if (actions.some((action) => may.includes(action))) return children
  return (
    <Page title={t('Not for your role')}>
      <p>{t('Your role does not allow this.')}</p>
    </Page>
  )
}
