import type { BreakReasonRow } from '#contract/agents.ts'
import type { Desk } from '#contract/calls.ts'
import { useAgentTime } from '../../api.ts'
import { inMyLanguage, t } from '../../i18n.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import css from './desk.module.css'
import { useDeskActions } from './use-desk-actions.ts'

/** The organisation's breaks, but for the one that goes on. */
export function BreakButtons({ desk }: { desk: Desk }) {
  const { send } = useDeskActions()
  const breaks = useAgentTime().data?.breaks ?? []
  return (
    <div className={css.row} role="group" aria-label={t('Take a break')}>
      {breaks
        .filter(({ code }) => code !== desk.breakReason)
        .map((rule) => (
          <ActionButton
            key={rule.code}
            variant="default"
            label={inMyLanguage(rule.names)}
            hint={breakHint(rule)}
            onPress={() => send({ do: 'takeBreak', reason: rule.code })}
          />
        ))}
    </div>
  )
}

/** What is special about it, short enough to stand beside its name. */
export function breakHint({ limitMinutes, needsApproval }: BreakReasonRow): string | undefined {
  if (needsApproval) return t('to be agreed')
  return limitMinutes === null ? undefined : t('{{minutes}} min', { minutes: limitMinutes })
}
