import { IconCheck, IconCoffee } from '@tabler/icons-react'
import type { Desk } from '#contract/calls.ts'
import { t } from '../../i18n.ts'
import { useScript } from '../../script-api.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { useShortcuts } from '../../ui/shortcuts.ts'
import css from './desk.module.css'
import { type Draft, forgetCallDraft } from './draft.ts'
import { type Missing, whatIsMissing, wrapUpOf } from './finishing.ts'
import { useNextText } from './NextNotice.tsx'
import { useDeskActions } from './use-desk-actions.ts'
import { MoreTimeButton } from './WrapUpTime.tsx'

export function FinishButtons({ desk, call, draft }: { desk: Desk; call: string; draft: Draft }) {
  const { send, doing } = useDeskActions()
  const next = useNextText(desk)
  const script = useScript(call).data
  const missing = whatIsMissing(draft)
  const finish = (thenBreak: boolean) => {
    const wrapUp = wrapUpOf(draft, script)
    if (missing || !wrapUp) return
    send({ do: 'finishWrapUp', wrapUp, thenBreak }, () => forgetCallDraft(call))
  }
  useShortcuts({ 'ctrl+Enter': () => finish(false), 'ctrl+shift+Enter': () => finish(true) })
  const whyDisabled = missing && missingText(missing)
  return (
    <div className={css.finish}>
      <div className={css.row}>
        <ActionButton
          icon={<IconCheck size={18} />}
          label={t('Finish')}
          shortcut="Ctrl+Enter"
          whyDisabled={whyDisabled}
          isBusy={doing === 'finishWrapUp'}
          onPress={() => finish(false)}
        />
        <ActionButton
          variant="default"
          icon={<IconCoffee size={18} />}
          label={t('Finish and take a break')}
          shortcut="Ctrl+Shift+Enter"
          whyDisabled={whyDisabled}
          onPress={() => finish(true)}
        />
        <MoreTimeButton desk={desk} />
      </div>
      <span role="status" className={css.finishReason}>
        {whyDisabled ?? next}
      </span>
    </div>
  )
}

export function missingText(missing: Missing): string {
  switch (missing) {
    case 'outcome':
      return t('Choose the outcome')
    case 'topics':
      return t('Choose a topic')
    case 'shorterNote':
      return t('Shorten the note')
    case 'appeal':
      return t('Register the appeal or discard it')
  }
}
