import type { ReactNode } from 'react'
import { t } from '../../i18n.ts'
import { Overtaken } from '../../Overtaken.tsx'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { whyNotSaved } from '../../why-not-saved.ts'
import css from './settings.module.css'
import { SettingsProblem } from './SettingsProblem.tsx'
import type { SettingForm } from './use-setting-form.ts'

type Form = Pick<SettingForm<unknown>, 'isOvertaken' | 'isSame' | 'keepMine' | 'takeTheirs'>
type Saving = { isPending: boolean; isSuccess: boolean; error: unknown }

/** Saves a form of `useSettingForm`, says what came of it, and lets him choose where somebody else has saved. */
export function SaveSetting(props: {
  form: Form
  problems: number
  save: Saving
  press: () => void
  children?: ReactNode
}) {
  const { children, form, press, problems, save } = props
  // While it is being saved, what is there may already be ours.
  const isOvertaken = form.isOvertaken && !save.isPending
  return (
    <>
      {isOvertaken && (
        <Overtaken
          title={t('Somebody else has saved this meanwhile.')}
          takeTheirs={form.takeTheirs}
          keepMine={form.keepMine}
        />
      )}
      <div className={css.actions}>
        <ActionButton
          label={t('Save')}
          isBusy={save.isPending}
          whyDisabled={
            isOvertaken ? t('First choose which of the two is kept.') : whyNotSaved(problems, form.isSame)
          }
          onPress={press}
        />
        {children}
        {!form.isSame && !isOvertaken && (
          <ActionButton label={t('Show what was saved')} variant="default" onPress={form.takeTheirs} />
        )}
        {save.isSuccess && form.isSame && <span role="status">{t('Saved: it holds from now on.')}</span>}
      </div>
      {!isOvertaken && <SettingsProblem error={save.error} />}
    </>
  )
}
