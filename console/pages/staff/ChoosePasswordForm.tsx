import { Alert, Button, PasswordInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { PASSWORD_MIN_CHARACTERS } from '#core/staff/check-person.ts'
import { t } from '../../i18n.ts'
import { problemText } from '../../problem-text.ts'
import { useChoosePassword } from '../../settings-api.ts'
import css from './SignInPage.module.css'

const NOTHING = { old: '', chosen: '', again: '' }

/** `oldLabel`: whose making the password is that one has now. */
export function ChoosePasswordForm({ oldLabel, done }: { oldLabel: string; done?: () => void }) {
  const choose = useChoosePassword()
  const [typed, setTyped] = useState(NOTHING)
  const { again, chosen, old } = typed
  const isOther = again !== '' && again !== chosen
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (again === chosen) choose.mutate({ old, new: chosen }, { onSuccess: () => done?.() })
  }
  const field = (name: keyof typeof NOTHING, label: string, autoComplete: string) => ({
    label,
    name,
    autoComplete,
    required: true,
    withAsterisk: false,
    visibilityToggleButtonProps: { 'aria-label': t('Show the password') },
    value: typed[name],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) =>
      setTyped({ ...typed, [name]: event.currentTarget.value }),
  })
  return (
    <form onSubmit={submit} className={css.form}>
      {choose.isError && (
        <Alert color="red" role="alert">
          {problemText(choose.error)}
        </Alert>
      )}
      <PasswordInput {...field('old', oldLabel, 'current-password')} data-autofocus autoFocus />
      <PasswordInput
        {...field('chosen', t('New password'), 'new-password')}
        minLength={PASSWORD_MIN_CHARACTERS}
        description={t('At least {{least}} characters. A few words are easier to keep than odd signs.', {
          least: PASSWORD_MIN_CHARACTERS,
        })}
      />
      <PasswordInput
        {...field('again', t('New password once more'), 'new-password')}
        error={isOther ? t('The two are not the same.') : undefined}
      />
      <Button type="submit" fullWidth loading={choose.isPending}>
        {t('Save the password')}
      </Button>
    </form>
  )
}
