import type { CallRow, Desk } from '#contract/calls.ts'
import { tashkentDay } from '#core/lib/time.ts'
import { duration, timeOfDay } from '#core/text/uzbek-dates.ts'
import { useCalls } from '../../api.ts'
import { t } from '../../i18n.ts'
import { serverNow } from '../../server-clock.ts'
import { Digits } from '../../ui/Digits.tsx'
import { BreakButtons } from './BreakButtons.tsx'
import { CallsToClassify } from './CallsToClassify.tsx'
import { ClosedQueues } from './ClosedQueues.tsx'
import css from './desk.module.css'
import { NextNotice } from './NextNotice.tsx'
import { ToRead } from './ToRead.tsx'

export function WaitingView({ desk }: { desk: Desk }) {
  return (
    <div className={css.calm}>
      <h1>{t('Waiting for a call')}</h1>
      <p>
        {desk.phoneMode === 'perCall'
          ? t('Your phone will ring. Pick it up.')
          : t('It will ring. Accept with F2.')}
      </p>
      <Today />
      <NextNotice desk={desk} />
      <BreakButtons desk={desk} />
      <CallsToClassify />
      <ClosedQueues />
      <ToRead />
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
