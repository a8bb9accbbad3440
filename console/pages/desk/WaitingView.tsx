import type { Desk } from '#contract/calls.ts'
import { daySums } from '#core/calls/agent-day.ts'
import { tashkentDay } from '#core/lib/time.ts'
import { duration, timeOfDay } from '#core/text/uzbek-dates.ts'
import { useMyDay } from '../../api.ts'
import { t } from '../../i18n.ts'
import { useSignedIn } from '../../me.ts'
import { serverNow } from '../../server-clock.ts'
import { Digits } from '../../ui/Digits.tsx'
import { daySpan } from '../agents/day-picture.ts'
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
  const day = tashkentDay(serverNow())
  const intervals = useMyDay(useSignedIn().id, day).data?.intervals ?? []
  const talks = intervals.filter(({ status }) => status === 'talking')
  const { statusMs } = daySums(intervals, daySpan(day, serverNow()))
  const last = talks.at(-1)
  return (
    <dl className={css.counts} aria-label={t('My day')}>
      <div>
        <dt>{t('Calls today')}</dt>
        <dd>
          <Digits>{new Set(talks.map(({ call }) => call)).size}</Digits>
        </dd>
      </div>
      <div>
        <dt>{t('Talk time')}</dt>
        <dd>
          <Digits>{duration(statusMs.talking / 1000)}</Digits>
        </dd>
      </div>
      <div>
        <dt>{t('Last call')}</dt>
        <dd>
          <Digits>{last ? timeOfDay(last.startedAt) : '—'}</Digits>
        </dd>
      </div>
    </dl>
  )
}
