import { useElementSize } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import type { AgentDay, AgentInterval } from '#contract/agents.ts'
import { type DaySums, daySums } from '#core/calls/agent-day.ts'
import type { Day } from '#core/lib/time.ts'
import { duration, timeOfDay } from '#core/text/uzbek-dates.ts'
import { useAgentDay } from '../../api.ts'
import { Asked } from '../../Asked.tsx'
import { agentStatusText } from '../../call-words.ts'
import { exactTime, fullDay } from '../../format.ts'
import { t } from '../../i18n.ts'
import { useMay, useSignedIn } from '../../me.ts'
import { paths } from '../../paths.ts'
import { useServerNow } from '../../server-clock.ts'
import { Digits } from '../../ui/Digits.tsx'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { type Column, Table } from '../../ui/Table.tsx'
import { Tone } from '../../ui/Tone.tsx'
import { useBreakNames } from '../../use-break-names.ts'
import css from './agents.module.css'
import { sumsText } from './AgentsPage.tsx'
import { DayBar } from './DayBar.tsx'
import { DayChoice, useChosenDay } from './DayChoice.tsx'
import { daySpan, hourMarks, shownSpan } from './day-picture.ts'
import { causeText, overLimitText, statusText } from './interval-text.ts'
import { Legend } from './Legend.tsx'

const DRAWN_EVERY_MS = 20_000

/** A day of one agent, line by line. */
export function AgentDayPage({ id }: { id: string }) {
  const day = useChosenDay()
  const seesAll = useMay('seeAgents')
  return (
    <Asked query={useAgentDay(id, day)}>
      {(row) => (
        <Page title={row.name} aside={<DayChoice page={paths.agent(id)} day={day} />}>
          {seesAll && (
            <p style={{ marginTop: 0 }}>
              <Link to={paths.agents()} search={{ day }}>
                {t('All agents')}
              </Link>
            </p>
          )}
          <Whole row={row} day={day} />
        </Page>
      )}
    </Asked>
  )
}

/** An agent's own. */
export function MyDayPage() {
  const { id } = useSignedIn()
  const day = useChosenDay()
  return (
    <Page title={t('My day')} aside={<DayChoice page={paths.myDay()} day={day} />}>
      <Asked query={useAgentDay(id, day)}>{(row) => <Whole row={row} day={day} />}</Asked>
    </Page>
  )
}

function Whole({ row, day }: { row: AgentDay; day: Day }) {
  const now = useServerNow(DRAWN_EVERY_MS)
  const { ref, width } = useElementSize()
  const span = daySpan(day, now)
  const shown = shownSpan(row.intervals, span)
  const sums = daySums(row.intervals, span)
  return (
    <>
      <Surface title={fullDay(day)}>
        <Legend />
        <div ref={ref}>
          <div className={css.scale} aria-hidden>
            {hourMarks(shown, width).map(({ at, x }) => (
              <span key={at} style={{ left: x }}>
                {timeOfDay(at).slice(0, 2)}
              </span>
            ))}
          </div>
          <DayBar
            intervals={row.intervals}
            shown={shown}
            now={now}
            width={width}
            label={sumsText(row.name, sums)}
          />
        </div>
        <Sums sums={sums} />
      </Surface>
      <div style={{ marginTop: 'var(--mantine-spacing-md)' }}>
        <Surface title={t('Line by line')}>
          <Table
            caption={t('Line by line')}
            columns={useColumns(now)}
            rows={row.intervals.toReversed()}
            rowKey={({ startedAt }) => startedAt}
            empty={t('Not on shift on this day.')}
          />
        </Surface>
      </div>
    </>
  )
}

function Sums({ sums: { statusMs, breakMs, breakOverLimitMs, onShiftMs } }: { sums: DaySums }) {
  const breakName = useBreakNames()
  const entries: [string, number][] = [
    [t('On shift'), onShiftMs],
    ...(['talking', 'wrapUp', 'available'] as const).map((status): [string, number] => [
      agentStatusText(status),
      statusMs[status],
    ]),
    ...[...breakMs].map(([reason, ms]): [string, number] => [breakName(reason), ms]),
    [t('Breaks beyond their limit'), breakOverLimitMs],
  ]
  return (
    <dl className={css.sums}>
      {entries
        .filter(([, ms]) => ms > 0)
        .map(([name, ms]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Digits>{duration(ms / 1000)}</Digits>
            </dd>
          </div>
        ))}
    </dl>
  )
}

function useColumns(now: number): Column<AgentInterval>[] {
  const breakName = useBreakNames()
  return [
    { header: t('From'), isNumber: true, cell: ({ startedAt }) => exactTime(startedAt) },
    { header: t('To'), isNumber: true, cell: ({ endedAt }) => (endedAt === null ? '…' : exactTime(endedAt)) },
    {
      header: t('Lasted'),
      isNumber: true,
      cell: ({ startedAt, endedAt }) => duration(((endedAt ?? now) - startedAt) / 1000),
    },
    { header: t('Status'), cell: (interval) => statusText(interval, breakName) },
    { header: t('Whose doing'), cell: causeText },
    {
      header: t('Remark'),
      cell: (interval) => {
        const over = overLimitText(interval, now)
        return over && <Tone tone="bad">{over}</Tone>
      },
    },
    {
      header: t('Call'),
      cell: ({ call, startedAt }) =>
        call && <Link to={paths.call(call)}>{t('Call at {{time}}', { time: exactTime(startedAt) })}</Link>,
    },
  ]
}
