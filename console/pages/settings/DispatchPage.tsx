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
import { SaveSetting } from './SaveSetting.tsx'
import css from './settings.module.css'
import { SettingsProblem } from './SettingsProblem.tsx'
import { type ShownSetting, useSettingForm } from './use-setting-form.ts'

/** How approved appeals reach the chancellery, and a test of the way that is saved. */
export function DispatchPage() {
  return (
    <Page title={t('The way to the chancellery')}>
      <Asked query={useDispatchSettings()}>
        {(settings) => (
          <div className={css.page}>
            <Editor settings={settings} />
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
  const shown = useSettingForm('dispatch', shownOf(settings))
  // A secret is kept nowhere but in the field it is typed into.
  const [typed, setTyped] = useState<Typed>({})
  const isSame = shown.isSame && !typed.password && !typed.secret
  const form = shown.value
  const save = useSaveDispatch()
  const problems = checkDispatch(form, settings, typed)
  const at = (field: string) =>
    problems
      .filter((one) => one.field === field)
      .map(settingProblemText)
      .join(' ') || undefined
  const takeTheirs = () => {
    shown.takeTheirs()
    setTyped({})
  }
  const press = () =>
    save.mutate(
      { basedOn: shown.basedOn ?? settings.version, form, ...typed },
      {
        onSuccess: (saved) => {
          shown.adopt(shownOf(saved))
          setTyped({})
        },
      },
    )
  return (
    <Surface title={t('Where approved appeals go')}>
      <div className={css.page}>
        <Radio.Group
          aria-label={t('Where approved appeals go')}
          value={form.driver}
          onChange={(driver) => shown.change({ driver: driver as DispatchDriver })}
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
            change={(part) => shown.change({ email: { ...form.email, ...part } })}
            type={(password) => setTyped({ ...typed, password })}
            at={at}
          />
        )}
        {form.driver === 'http' && (
          <DispatchHttp
            url={form.http.url}
            hasSecret={settings.hasSecret}
            secret={typed.secret ?? ''}
            change={(url) => shown.change({ http: { url } })}
            type={(secret) => setTyped({ ...typed, secret })}
            at={at}
          />
        )}
        <SaveSetting
          form={{ ...shown, isSame, takeTheirs }}
          problems={problems.length}
          save={save}
          press={press}
        >
          {settings.form.driver !== 'cabinet' && <Test isSame={isSame} />}
        </SaveSetting>
      </div>
    </Surface>
  )
}

function shownOf({ form, version }: DispatchSettings): ShownSetting<DispatchSettings['form']> {
  return { changedAt: version, value: form }
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
