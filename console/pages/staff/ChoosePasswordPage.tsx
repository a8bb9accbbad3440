import { Button } from '@mantine/core'
import { useSignOut } from '../../api.ts'
import { t } from '../../i18n.ts'
import { useDocumentTitle } from '../../ui/Page.tsx'
import { ChoosePasswordForm } from './ChoosePasswordForm.tsx'
import css from './SignInPage.module.css'

/** Whoever signed in by a password that somebody else made chooses his own before anything else. */
export function ChoosePasswordPage() {
  const signOut = useSignOut()
  useDocumentTitle(t('Choose a password'))
  return (
    <main className={css.page}>
      <div className={css.card}>
        <h1 className={css.name}>{t('Choose a password')}</h1>
        <p className={css.motto}>
          {t('The one you were given is good for this only. Nobody else will know yours.')}
        </p>
        <ChoosePasswordForm oldLabel={t('Password you were given')} />
        <Button variant="subtle" onClick={() => signOut.mutate()}>
          {t('Sign out')}
        </Button>
      </div>
    </main>
  )
}
