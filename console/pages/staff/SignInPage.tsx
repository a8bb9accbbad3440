import { Alert, Button, PasswordInput, TextInput } from '@mantine/core'
import type { FormEvent } from 'react'
import { useSignIn } from '../../api.ts'
import { chooseLanguage, type InterfaceLanguage, t } from '../../i18n.ts'
import { LanguageChoice } from '../../LanguageChoice.tsx'
import { signedOutReason, type SignedOutReason } from '../../live.ts'
import { problemText } from '../../problem-text.ts'
import { createStore, useStore } from '../../store.ts'
import { useDocumentTitle } from '../../ui/Page.tsx'
import css from './SignInPage.module.css'

/** Somebody who changes the language before signing in means it; it becomes his own. Outlasts the redrawing. */
let picked: InterfaceLanguage | undefined

type Field = 'login' | 'password'
const NOTHING = { login: '', password: '', in: 'login' as Field }
/** And in which field. Outlasts the redrawing as well: the words of a language may arrive while somebody types. */
const typed = createStore(NOTHING)

export function SignInPage() {
  useDocumentTitle(t('Sign in'))
  return (
    <main className={css.page}>
      <div className={css.card}>
        <img src="/javob.svg" alt="" width="48" height="48" />
        <h1 className={css.name}>Javob</h1>
        <p className={css.motto}>{t('Every call answered, recorded, and followed to a reply.')}</p>
        <SignInForm />
      </div>
      <LanguageChoice choose={pick} />
    </main>
  )
}

function pick(language: InterfaceLanguage): void {
  picked = language
  // Whoever has chosen types next, before the words have come too.
  document.getElementsByName(typed.get().in)[0]?.focus()
  void chooseLanguage(language)
}

function SignInForm() {
  const signIn = useSignIn()
  const reason = useStore(signedOutReason)
  const { login, password, in: field } = useStore(typed)
  const type = (change: Partial<typeof NOTHING>) => typed.set({ ...typed.get(), ...change })

  function submit(event: FormEvent): void {
    event.preventDefault()
    signedOutReason.set(undefined)
    const forget = () => {
      typed.set(NOTHING)
      picked = undefined
    }
    // Not a callback of `mutate`: those are dropped when the page goes, as it does now. What fails is shown below.
    signIn.mutateAsync({ login, password, picked }).then(forget, () => undefined)
  }

  return (
    <form onSubmit={submit} className={css.form}>
      {reason && !signIn.isError && <Alert color="yellow">{reasonText(reason)}</Alert>}
      {signIn.isError && (
        <Alert color="red" role="alert">
          {problemText(signIn.error)}
        </Alert>
      )}
      <TextInput
        label={t('Login')}
        name="login"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        withAsterisk={false}
        size="md"
        autoFocus={field === 'login'}
        onFocus={() => type({ in: 'login' })}
        value={login}
        onChange={(event) => type({ login: event.currentTarget.value })}
      />
      <PasswordInput
        label={t('Password')}
        name="password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        size="md"
        visibilityToggleButtonProps={{ 'aria-label': t('Show the password') }}
        autoFocus={field === 'password'}
        onFocus={() => type({ in: 'password' })}
        value={password}
        onChange={(event) => type({ password: event.currentTarget.value })}
      />
      <Button type="submit" size="md" fullWidth loading={signIn.isPending}>
        {t('Sign in')}
      </Button>
    </form>
  )
}

function reasonText(reason: SignedOutReason): string {
  switch (reason) {
    case 'signedOut':
      return t('You have signed out.')
    case 'elsewhere':
      return t('You have signed in on another computer, so you were signed out here.')
    case 'accessChanged':
      return t('Your rights or your password were changed. Please sign in again.')
    case 'deactivated':
      return t('Your account has been switched off. Please speak to your administrator.')
  }
}
