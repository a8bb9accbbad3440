import { Alert, PasswordInput, Radio, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { SmsSettings, SmsTest } from '#contract/sms.ts'
import { checkSms, isSameGateway, SMS_DRIVERS, type SmsDriver } from '#core/messages/sms-form.ts'
import { readMobileNumber } from '#core/portal/filing.ts'
import { Asked } from '../../Asked.tsx'
import { t } from '../../i18n.ts'
import { paths } from '../../paths.ts'
import { useSaveSms, useSms, useTestSms } from '../../set-up-api.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { problemAt } from './RowProblems.tsx'
import { SaveSetting } from './SaveSetting.tsx'
import css from './settings.module.css'
import { SettingsProblem } from './SettingsProblem.tsx'
import { useSettingForm } from './use-setting-form.ts'

/** Who carries SMS to citizens, and a test message by what is saved. */
export function SmsPage() {
  return (
    <Page title={t('SMS gateway')}>
      <Asked query={useSms()}>
        {(settings) => (
          <div className={css.page}>
            <Editor settings={settings} />
            {settings.form.driver !== 'off' && <Test />}
          </div>
        )}
      </Asked>
    </Page>
  )
}

type Form = SmsSettings['form']

function Editor({ settings }: { settings: SmsSettings }) {
  const form = useSettingForm<Form>('sms', { changedAt: settings.changedAt, value: settings.form })
  // A secret is kept nowhere but in the field it is typed into.
  const [password, setPassword] = useState('')
  const save = useSaveSms()
  const hasPassword = settings.hasPassword && isSameGateway(settings.form, form.value)
  const problems = checkSms(form.value, hasPassword, password)
  const press = () =>
    save.mutate(
      { basedOn: form.basedOn, form: form.value, password },
      {
        onSuccess: (saved) => {
          form.adopt({ changedAt: saved.changedAt, value: saved.form })
          setPassword('')
        },
      },
    )
  const takeTheirs = () => {
    form.takeTheirs()
    setPassword('')
  }
  return (
    <Surface title={t('Who carries SMS')}>
      <div className={css.page}>
        <Radio.Group
          aria-label={t('Who carries SMS')}
          value={form.value.driver}
          onChange={(driver) => form.change({ driver: driver as SmsDriver })}
        >
          {SMS_DRIVERS.map((driver) => (
            <Radio key={driver} mt={6} value={driver} label={driverText(driver)} />
          ))}
        </Radio.Group>
        {form.value.driver === 'gateway' && (
          <Gateway
            form={form.value}
            change={form.change}
            at={(field) => problemAt(problems, 'sms', field)}
            reportsTo={settings.reportsTo}
            secret={{ hasPassword, password, type: setPassword }}
          />
        )}
        <SaveSetting
          form={{ ...form, isSame: form.isSame && password === '', takeTheirs }}
          problems={problems.length}
          save={save}
          press={press}
        />
      </div>
    </Surface>
  )
}

function Gateway(props: {
  form: Form
  change: (part: Partial<Form>) => void
  at: (field: string) => string | undefined
  reportsTo: string | null
  secret: { hasPassword: boolean; password: string; type: (password: string) => void }
}) {
  const { at, change, form, reportsTo, secret } = props
  const text = (field: 'url' | 'user' | 'originator' | 'reportToken', label: string, hint?: string) => (
    <TextInput
      label={label}
      description={hint}
      error={at(field)}
      value={form[field]}
      autoComplete="off"
      onChange={(event) => change({ [field]: event.currentTarget.value.trim() })}
    />
  )
  return (
    <>
      {text('url', t('Address of the gateway'))}
      <div className={css.fields}>
        {text('user', t('User name'))}
        <PasswordInput
          label={t('Password')}
          placeholder={secret.hasPassword ? t('as before') : ''}
          error={at('password')}
          value={secret.password}
          autoComplete="new-password"
          onChange={(event) => secret.type(event.currentTarget.value)}
        />
        {text('originator', t('What citizens see as the sender'))}
      </div>
      {text(
        'reportToken',
        t('Secret end of the address for reports'),
        t(
          'Twenty letters and digits or more, which nobody guesses; empty where the gateway does not report.',
        ),
      )}
      {form.reportToken !== '' && at('reportToken') === undefined && (
        <Reports to={reportsTo} token={form.reportToken} />
      )}
      <Link to={paths.readyMessages()}>{t('SMS to callers')}</Link>
    </>
  )
}

/** What the gateway has to be told. */
function Reports({ to, token }: { to: string | null; token: string }) {
  if (to === null)
    return <Link to={paths.portal()}>{t('First say where the portal is: the gateway reports to it.')}</Link>
  return (
    <div>
      <p className={css.quiet}>{t('Have the gateway report what became of messages to this address:')}</p>
      <pre className={css.key}>
        {to}
        {token}
      </pre>
    </div>
  )
}

/** By what is saved, and not by what stands in the form. */
function Test() {
  const [to, setTo] = useState('')
  const test = useTestSms()
  const isNumber = readMobileNumber(to) !== undefined
  return (
    <Surface title={t('Send a test message')}>
      <div className={css.page}>
        <p className={css.quiet}>{t('It goes by what is saved, and is charged like any other.')}</p>
        <TextInput
          maw="18rem"
          label={t('Mobile number')}
          value={to}
          inputMode="tel"
          autoComplete="off"
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <div className={css.actions}>
          <ActionButton
            label={t('Send')}
            variant="default"
            isBusy={test.isPending}
            whyDisabled={isNumber ? undefined : t('First write a mobile number of Uzbekistan.')}
            onPress={() => test.mutate({ to })}
          />
        </div>
        {test.data && <Outcome test={test.data} />}
        <SettingsProblem error={test.error} />
      </div>
    </Surface>
  )
}

function Outcome({ test: { outcome, problem } }: { test: SmsTest }) {
  return (
    <Alert color={outcome === 'accepted' ? 'green' : 'red'} role="status">
      {outcomeText(outcome)} <span lang="en">{problem}</span>
    </Alert>
  )
}

function outcomeText(outcome: SmsTest['outcome']): string {
  switch (outcome) {
    case 'accepted':
      return t('The gateway has taken the message.')
    case 'refused':
      return t('The gateway refuses the message:')
    case 'away':
      return t('The gateway does not answer; nothing was sent:')
    case 'unknown':
      return t('Nobody knows whether the message went:')
  }
}

function driverText(driver: SmsDriver): string {
  switch (driver) {
    case 'off':
      return t('Nobody: no message is sent, and no code')
    case 'gateway':
      return t('A gateway over HTTP')
    case 'demo':
      return t('For trying out: messages are kept, and no telephone gets any')
  }
}
