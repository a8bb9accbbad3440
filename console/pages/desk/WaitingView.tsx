import type { CallRow } from '#contract/calls.ts'
import { tashkentDay } from '#core/lib/time.ts'
import { duration, timeOfDay } from '#core/text/uzbek-dates.ts'
import { useCalls } from '../../api.ts'
import { breakText } from '../../call-words.ts'
import { t } from '../../i18n.ts'
import { serverNow } from '../../server-clock.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Digits } from '../../ui/Digits.tsx'
import css from './desk.module.css'
import { BREAKS } from './desk-rules.ts'
import { useDeskActions } from './use-desk-actions.ts'

export function WaitingView() {
  const { send } = useDeskActions()
  return (
    <div className={css.calm}>
      <h1>{t('Waiting for a call')}</h1>
      <p>{t('It will ring. Accept with F2.')}</p>
      <Today />
      <div className={css.row} role="group" aria-label={t('Take a break')}>
        {BREAKS.map((reason) => (
          <ActionButton
            key={reason}
            variant="default"
            label={breakText(reason)}
            onPress={() => send({ do: 'takeBreak', reason })}
          />
        ))}
      </div>
    </div>
  )
}

/** The agent's own day so far, kept small: nobody should watch figures between two citizens. */
function Today() {
  const calls = useCalls('').data?.pages.flat() ?? []
  const { count, talkSeconds, last } = dayOf(calls, serverNow())
  return (
    <dl className={css.counts} aria-label={t('My day')}>
      <div>
        <dt>{t('Calls today')}</dt>
        <dd>
          <Digits>{count}</Digits>
        </dd>
      </div>
      <div>
        <dt>{t('Talk time')}</dt>
        <dd>
          <Digits>{duration(talkSeconds)}</Digits>
        </dd>
      </div>
      <div>
        <dt>{t('Last call')}</dt>
        <dd>
          <Digits>{last === undefined ? '—' : timeOfDay(last)}</Digits>
        </dd>
      </div>
    </dl>
  )
}

function dayOf(calls: CallRow[], now: number) {
  const today = calls.filter(
    (call) => call.talkSeconds !== null && tashkentDay(call.arrivedAt) === tashkentDay(now),
  )
  return {
    count: today.length,
    talkSeconds: today.reduce((sum, call) => sum + (call.talkSeconds ?? 0), 0),
    last: today[0]?.arrivedAt,
  }
}
