import { VisuallyHidden } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import type { AgentDay, AgentNow } from '#contract/agents.ts'
import { type DaySums, daySums, type Span } from '#core/calls/agent-day.ts'
import { type Day, tashkentDay } from '#core/lib/time.ts'
import { duration, timeOfDay } from '#core/text/uzbek-dates.ts'
import { useAgentDays, useAgents } from '../../api.ts'
import { Asked } from '../../Asked.tsx'
import { agentStatusText, agentStatusTone } from '../../call-words.ts'
import { t } from '../../i18n.ts'
import { useMay } from '../../me.ts'
import { paths } from '../../paths.ts'
import { useServerNow } from '../../server-clock.ts'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { Dot } from '../../ui/Tone.tsx'
import { useBreakNames } from '../../use-break-names.ts'
import { AgentMenu } from './AgentMenu.tsx'
import css from './agents.module.css'
import { DayBar } from './DayBar.tsx'
import { DayChoice, useChosenDay } from './DayChoice.tsx'
import { daySpan, hourMarks, shownSpan } from './day-picture.ts'
import { Legend } from './Legend.tsx'

/** The bars of a day that goes on are drawn again this often. */
const DRAWN_EVERY_MS = 20_000

/** Everybody's day, one row for each agent. */
export function AgentsPage() {
  const day = useChosenDay()
  const days = useAgentDays(day)
  return (
    <Page title={t('Agents')} aside={<DayChoice page={paths.agents()} day={day} />}>
      <Surface>
        <Legend />
        <Asked query={days}>{(rows) => <Days day={day} rows={rows} />}</Asked>
      </Surface>
    </Page>
  )
}

function Days({ day, rows }: { day: Day; rows: AgentDay[] }) {
  const now = useServerNow(DRAWN_EVERY_MS)
  const { ref, width } = useElementSize()
  const people = useAgents().data
  const mayManage = useMay('manageAgents')
  const isToday = day === tashkentDay(now)
  const span = daySpan(day, now)
  const shown = shownSpan(
    rows.flatMap(({ intervals }) => intervals),
    span,
  )
  return (
    // Focusable, so that a table wider than the window can be moved by the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={css.scroll} role="group" aria-label={t('The day of each agent')} tabIndex={0}>
      <table className={css.days}>
        <thead>
          <tr>
            <th scope="col">{t('Agent')}</th>
            <th scope="col" className={css.barCell}>
              <VisuallyHidden>{t('The day by the hour')}</VisuallyHidden>
              <div ref={ref} className={css.scale} aria-hidden>
                {hourMarks(shown, width).map(({ at, x }) => (
                  <span key={at} style={{ left: x }}>
                    {timeOfDay(at).slice(0, 2)}
                  </span>
                ))}
              </div>
            </th>
            <th scope="col">{t('Talked')}</th>
            <th scope="col">{t('Wrap-up')}</th>
            <th scope="col">{t('Available')}</th>
            <th scope="col">{t('Breaks')}</th>
            <th scope="col">{t('On shift')}</th>
            {mayManage && isToday && <th scope="col">{t('Actions')}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row
              key={row.id}
              row={row}
              day={day}
              picture={{ span, shown, now, width }}
              person={isToday ? people?.find(({ id }) => id === row.id) : undefined}
              mayManage={mayManage && isToday}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Row(props: {
  row: AgentDay
  day: Day
  picture: { span: Span; shown: Span; now: number; width: number }
  person: AgentNow | undefined
  mayManage: boolean
}) {
  const { row, day, person, mayManage } = props
  const { span, shown, now, width } = props.picture
  const sums = daySums(row.intervals, span)
  const cell = (ms: number) => <td className={css.number}>{ms === 0 ? '—' : duration(ms / 1000)}</td>
  return (
    <tr>
      <th scope="row">
        <Link to={paths.agent(row.id)} search={{ day }}>
          {row.name}
        </Link>
        {person && <Now person={person} />}
      </th>
      <td>
        <DayBar
          intervals={row.intervals}
          shown={shown}
          now={now}
          width={width}
          label={sumsText(row.name, sums)}
        />
      </td>
      {cell(sums.statusMs.talking)}
      {cell(sums.statusMs.wrapUp)}
      {cell(sums.statusMs.available)}
      {cell(sums.statusMs.onBreak)}
      {cell(sums.onShiftMs)}
      {mayManage && <td>{person && <AgentMenu agent={person} />}</td>}
    </tr>
  )
}

function Now({ person: { status, reason, callsToClassify } }: { person: AgentNow }) {
  const breakName = useBreakNames()
  return (
    <span className={css.now}>
      <Dot tone={agentStatusTone(status)} />
      {status === 'onBreak' ? breakName(reason) : agentStatusText(status)}
      {callsToClassify > 0 && <span>{t('to classify: {{count}}', { count: callsToClassify })}</span>}
    </span>
  )
}

/** What the picture shows, for those who do not see it. */
export function sumsText(name: string, { statusMs, onShiftMs }: DaySums): string {
  const parts = (['talking', 'wrapUp', 'available', 'onBreak'] as const).map(
    (status) => `${agentStatusText(status)} ${duration(statusMs[status] / 1000)}`,
  )
  return `${name}: ${[...parts, `${t('On shift')} ${duration(onShiftMs / 1000)}`].join(', ')}`
}
