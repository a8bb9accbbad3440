import { Checkbox, PasswordInput, TextInput } from '@mantine/core'
import type { AddTrunk } from '#contract/trunks.ts'
import { t } from '../../i18n.ts'
import css from './settings.module.css'

type Registration = AddTrunk['registration']

/** The account by which we register with a carrier that wants it. The password is never shown; typed, it is a new one. */
export function TrunkAccount(props: {
  registration: Registration
  hasPassword: boolean
  change: (registration: Registration) => void
  at: (field: string) => string | undefined
}) {
  const { at, change, hasPassword, registration } = props
  return (
    <>
      <Checkbox
        label={t('The carrier wants us to register')}
        checked={registration !== null}
        onChange={(event) =>
          change(event.currentTarget.checked ? { server: '', username: '', password: null } : null)
        }
      />
      {registration && (
        <div className={css.fields}>
          <TextInput
            label={t('Server')}
            error={at('server')}
            value={registration.server}
            onChange={(event) => change({ ...registration, server: event.currentTarget.value })}
          />
          <TextInput
            label={t('User')}
            autoComplete="off"
            error={at('username')}
            value={registration.username}
            onChange={(event) => change({ ...registration, username: event.currentTarget.value })}
          />
          <PasswordInput
            label={t('Password')}
            autoComplete="new-password"
            placeholder={hasPassword ? t('stays as it is') : ''}
            visibilityToggleButtonProps={{ 'aria-label': t('Show the password') }}
            error={at('password')}
            value={registration.password ?? ''}
            onChange={(event) => change({ ...registration, password: event.currentTarget.value || null })}
          />
        </div>
      )}
    </>
  )
}
