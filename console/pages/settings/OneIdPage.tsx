import { Checkbox, PasswordInput, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { OneIdSettings } from '#contract/one-id.ts'
import { checkOneId, isSamePlace } from '#core/portal/one-id-form.ts'
import { Asked } from '../../Asked.tsx'
import { t } from '../../i18n.ts'
import { paths } from '../../paths.ts'
import { useOneId, useSaveOneId } from '../../set-up-api.ts'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { problemAt } from './RowProblems.tsx'
import { SaveSetting } from './SaveSetting.tsx'
import css from './settings.module.css'
import { useSettingForm } from './use-setting-form.ts'

/** Whether citizens sign in to the portal by OneID, and with what the organisation is known there. */
export function OneIdPage() {
  return (
    <Page title={t('Signing in by OneID')}>
      <Asked query={useOneId()}>{(settings) => <Editor settings={settings} />}</Asked>
    </Page>
  )
}

function Editor({ settings }: { settings: OneIdSettings }) {
  const { changedAt, comesBackTo } = settings
  const form = useSettingForm<OneIdSettings['form']>('oneId', { changedAt, value: settings.form })
  // A secret is kept nowhere but in the field it is typed into.
  const [secret, setSecret] = useState('')
  const save = useSaveOneId()
  const hasSecret = settings.hasSecret && isSamePlace(settings.form, form.value)
  const problems = checkOneId(form.value, { hasSecret, hasPortal: comesBackTo !== null }, secret)
  const at = (field: string) => problemAt(problems, 'oneId', field)
  const press = () =>
    save.mutate(
      { basedOn: form.basedOn, form: form.value, secret },
      {
        onSuccess: (saved) => {
          form.adopt({ changedAt: saved.changedAt, value: saved.form })
          setSecret('')
        },
      },
    )
  const takeTheirs = () => {
    form.takeTheirs()
    setSecret('')
  }
  const text = (field: 'address' | 'clientId' | 'scope', label: string) => (
    <TextInput
      label={label}
      error={at(field)}
      value={form.value[field]}
      autoComplete="off"
      onChange={(event) => form.change({ [field]: event.currentTarget.value.trim() })}
    />
  )
  return (
    <Surface title={t('How the organisation is known at OneID')}>
      <div className={css.page}>
        <p className={css.quiet}>
          {t('OneID gives these to registered organisations. The code by SMS stays beside it.')}
        </p>
        <Checkbox
          label={t('Citizens may sign in by OneID')}
          checked={form.value.isOn}
          onChange={(event) => form.change({ isOn: event.currentTarget.checked })}
        />
        <div className={css.fields}>
          {text('clientId', t('Client id'))}
          {text('scope', t('Scope'))}
          <PasswordInput
            label={t('Secret')}
            placeholder={hasSecret ? t('as before') : ''}
            error={at('secret')}
            value={secret}
            autoComplete="new-password"
            onChange={(event) => setSecret(event.currentTarget.value)}
          />
        </div>
        {text('address', t('Address of OneID'))}
        <ComesBack to={comesBackTo} />
        <SaveSetting
          form={{ ...form, isSame: form.isSame && secret === '', takeTheirs }}
          problems={problems.length}
          save={save}
          press={press}
        />
      </div>
    </Surface>
  )
}

/** What OneID has to be told, and must agree with to the letter. */
function ComesBack({ to }: { to: string | null }) {
  if (to === null)
    return (
      <p>
        {t('First say where the portal is: citizens come back to it from OneID.')}{' '}
        <Link to={paths.portal()}>{t('The address of the portal itself')}</Link>
      </p>
    )
  return (
    <div>
      <p className={css.quiet}>{t('Tell OneID this address to which it sends citizens back:')}</p>
      <pre className={css.key}>{to}</pre>
    </div>
  )
}
