import type { BreakReasonRow } from '#contract/agents.ts'
import type { Desk } from '#contract/calls.ts'
import { useAgentTime } from '../../api.ts'
import { inMyLanguage, t } from '../../i18n.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { useShortcuts } from '../../ui/shortcuts.ts'
import css from './desk.module.css'
import { useDeskActions } from './use-desk-actions.ts'

const DIGITS = 9

/** The organisation's breaks, but for the one that goes on; each keeps its key. */
export function BreakButtons({ desk }: { desk: Desk }) {
  const { send } = useDeskActions()
  const breaks = useAgentTime().data?.breaks ?? []
  const offered = breaks
    .map((rule, place) => ({ rule, digit: place < DIGITS ? place + 1 : undefined }))
    .filter(({ rule }) => rule.code !== desk.breakReason)
  const take = (reason: string) => send({ do: 'takeBreak', reason })
  useShortcuts(
    Object.fromEntries(
      offered.flatMap(({ rule, digit }) =>
        digit === undefined ? [] : [[`alt+Digit${digit}`, () => take(rule.code)]],
      ),
    ),
  )
  return (
    <div className={css.row} role="group" aria-label={t('Take a break')}>
      {offered.map(({ rule, digit }) => (
        <ActionButton
          key={rule.code}
          variant="default"
          label={inMyLanguage(rule.names)}
          hint={breakHint(rule)}
          {...(digit !== undefined && { shortcut: `Alt+${digit}` })}
          onPress={() => take(rule.code)}
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
