import { NativeSelect, PasswordInput, TextInput } from '@mantine/core'
import { type DispatchForm, MAIL_SECURITIES, type MailSecurity } from '#core/appeals/dispatch-form.ts'
import { t } from '../../i18n.ts'
import { WholeNumber } from '../../ui/WholeNumber.tsx'
import css from './settings.module.css'

type Email = DispatchForm['email']
type At = (field: string) => string | undefined

export function DispatchEmail(props: {
  email: Email
  hasPassword: boolean
  password: string
  change: (part: Partial<Email>) => void
  type: (password: string) => void
  at: At
}) {
  const { at, change, email, hasPassword, password, type } = props
  const text = (field: 'host' | 'user' | 'from' | 'to', label: string) => (
    <TextInput
      label={label}
      error={at(field)}
      value={email[field]}
      autoComplete="off"
      onChange={(event) => change({ [field]: event.currentTarget.value })}
    />
  )
  return (
    <>
      <div className={css.fields}>
        {text('to', t('Mailbox of the chancellery'))}
        {text('from', t('Our address'))}
      </div>
      <div className={css.fields}>
        {text('host', t('Mail server'))}
        <WholeNumber
          label={t('Port')}
          range={[1, 65_535]}
          value={email.port}
          problem={at('port')}
          change={(port) => change({ port })}
        />
        <NativeSelect
          label={t('Encryption')}
          data={MAIL_SECURITIES.map((value) => ({ value, label: securityText(value) }))}
          value={email.security}
          onChange={(event) => change({ security: event.currentTarget.value as MailSecurity })}
        />
      </div>
      <div className={css.fields}>
        {text('user', t('User name, where it asks for one'))}
        <PasswordInput
          label={t('Password')}
          placeholder={hasPassword ? t('as before') : ''}
          error={at('password')}
          value={password}
          autoComplete="new-password"
          onChange={(event) => type(event.currentTarget.value)}
        />
      </div>
    </>
  )
}

export function DispatchHttp(props: {
  url: string
  hasSecret: boolean
  secret: string
  change: (url: string) => void
  type: (secret: string) => void
  at: At
}) {
  const { at, change, hasSecret, secret, type, url } = props
  return (
    <div className={css.fields}>
      <TextInput
        label={t('Address of its system')}
        error={at('url')}
        value={url}
        autoComplete="off"
        onChange={(event) => change(event.currentTarget.value)}
      />
      <PasswordInput
        label={t('Secret that both know')}
        placeholder={hasSecret ? t('as before') : ''}
        error={at('secret')}
        value={secret}
        autoComplete="new-password"
        onChange={(event) => type(event.currentTarget.value)}
      />
    </div>
  )
}

function securityText(security: MailSecurity): string {
  switch (security) {
    case 'tls':
      return t('TLS from the start')
    case 'starttls':
      return t('TLS after the greeting')
    case 'none':
      return t('none, only within one network')
  }
}
