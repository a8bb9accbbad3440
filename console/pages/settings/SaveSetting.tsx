import { Alert } from '@mantine/core'
import type { ReactNode } from 'react'
import { t } from '../../i18n.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { whyNot } from './BreaksPage.tsx'
import css from './settings.module.css'
import { SettingsProblem } from './SettingsProblem.tsx'
import type { SettingForm } from './use-setting-form.ts'

/** Saves a form of `useSettingForm`, says what came of it, and lets him choose where somebody else has saved. */
export function SaveSetting<T>(props: {
  form: SettingForm<T>
  problems: number
  save: { isPending: boolean; isSuccess: boolean; error: unknown }
  press: () => void
  children?: ReactNode
}) {
  const { children, form, press, problems, save } = props
  // While it is being saved, what is there may already be ours.
  const isOvertaken = form.isOvertaken && !save.isPending
  return (
    <>
      {isOvertaken && <Overtaken form={form} />}
      <div className={css.actions}>
        <ActionButton
          label={t('Save')}
          isBusy={save.isPending}
          whyDisabled={
            isOvertaken ? t('First choose which of the two is kept.') : whyNot(problems, form.isSame)
          }
          onPress={press}
        />
        {children}
        {save.isSuccess && form.isSame && <span role="status">{t('Saved: it holds from now on.')}</span>}
      </div>
      {!isOvertaken && <SettingsProblem error={save.error} />}
    </>
  )
}

function Overtaken<T>({ form }: { form: SettingForm<T> }) {
  return (
    <Alert
      color="yellow"
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
      role="alert"
      title={t('Somebody else has saved this meanwhile.')}
    >
      <div className={css.actions}>
        <ActionButton
          label={t('Take what is saved, drop mine')}
          size="xs"
          variant="default"
          onPress={form.takeTheirs}
        />
        <ActionButton
          label={t('Go on with mine; saving replaces what is saved')}
          size="xs"
          variant="default"
          onPress={form.keepMine}
        />
      </div>
    </Alert>
  )
}
