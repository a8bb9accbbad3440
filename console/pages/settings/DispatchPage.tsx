import { Alert, Radio } from '@mantine/core'
import { useState } from 'react'
import type { DispatchSettings, SaveDispatch } from '#contract/dispatch.ts'
import { checkDispatch, DISPATCH_DRIVERS, type DispatchDriver } from '#core/appeals/dispatch-form.ts'
import { Asked } from '../../Asked.tsx'
import { t } from '../../i18n.ts'
import { useDispatchSettings, useSaveDispatch, useTestDispatch } from '../../papers-api.ts'
import { settingProblemText } from '../../setting-words.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { DispatchEmail, DispatchHttp } from './DispatchFields.tsx'
import css from './settings.module.css'
import { SettingsProblem } from './SettingsProblem.tsx'

/** How approved appeals reach the chancellery, and a test of the way that is saved. */
export function DispatchPage() {
  return (
    <Page title={t('The way to the chancellery')}>
      <Asked query={useDispatchSettings()}>
        {(settings) => (
          <div className={css.page}>
            <Editor key={settings.version} settings={settings} />
            <Surface title={t('Our signature')}>
              <p className={css.quiet}>
                {t('Give this key to the chancellery: by it, it knows that a package is ours.')}
              </p>
              <pre className={css.key}>{settings.publicKey}</pre>
            </Surface>
          </div>
        )}
      </Asked>
    </Page>
  )
}

type Typed = Pick<SaveDispatch, 'password' | 'secret'>

function Editor({ settings }: { settings: DispatchSettings }) {
  const [form, setForm] = useState(settings.form)
  const [typed, setTyped] = useState<Typed>({})
  const save = useSaveDispatch()
  const problems = checkDispatch(form, settings, typed)
  const at = (field: string) =>
    problems
      .filter((one) => one.field === field)
      .map(settingProblemText)
      .join(' ') || undefined
  const isSame = JSON.stringify(form) === JSON.stringify(settings.form) && !typed.password && !typed.secret
  return (
    <Surface title={t('Where approved appeals go')}>
      <div className={css.page}>
        <Radio.Group
          aria-label={t('Where approved appeals go')}
          value={form.driver}
          onChange={(driver) => setForm({ ...form, driver: driver as DispatchDriver })}
        >
          {DISPATCH_DRIVERS.map((driver) => (
            <Radio key={driver} mt={6} value={driver} label={driverText(driver)} />
          ))}
        </Radio.Group>
        {form.driver === 'email' && (
          <DispatchEmail
            email={form.email}
            hasPassword={settings.hasPassword}
            password={typed.password ?? ''}
            change={(part) => setForm({ ...form, email: { ...form.email, ...part } })}
            type={(password) => setTyped({ ...typed, password })}
            at={at}
          />
        )}
        {form.driver === 'http' && (
          <DispatchHttp
            url={form.http.url}
            hasSecret={settings.hasSecret}
            secret={typed.secret ?? ''}
            change={(url) => setForm({ ...form, http: { url } })}
            type={(secret) => setTyped({ ...typed, secret })}
            at={at}
          />
        )}
        <div className={css.actions}>
          <ActionButton
            label={t('Save')}
            isBusy={save.isPending}
            whyDisabled={whyNot(problems.length, isSame)}
            onPress={() => save.mutate({ basedOn: settings.version, form, ...typed })}
          />
          {settings.form.driver !== 'cabinet' && <Test isSame={isSame} />}
        </div>
        <SettingsProblem error={save.error} />
      </div>
    </Surface>
  )
}

function whyNot(problems: number, isSame: boolean): string | undefined {
  if (problems > 0) return t('First put right what is marked.')
  return isSame ? t('Nothing has been changed.') : undefined
}

/** Of what is saved, and not of what stands in the form. */
function Test({ isSame }: { isSame: boolean }) {
  const test = useTestDispatch()
  const { data } = test
  return (
    <>
      <ActionButton
        label={t('Send a test')}
        variant="default"
        isBusy={test.isPending}
        whyDisabled={isSame ? undefined : t('First save what you have changed.')}
        onPress={() => test.mutate()}
      />
      {data && (
        <Alert color={data.isTaken ? 'green' : 'red'} role="status">
          {data.isTaken ? t('The test was taken:') : t('The test was not taken:')}{' '}
          <span lang="en">{data.answer}</span>
        </Alert>
      )}
      <SettingsProblem error={test.error} />
    </>
  )
}

function driverText(driver: DispatchDriver): string {
  switch (driver) {
    case 'cabinet':
      return t('The chancellery works here: nothing is sent')
    case 'email':
      return t('By e-mail, as a signed package')
    case 'http':
      return t('Over HTTP to its own system')
  }
}
