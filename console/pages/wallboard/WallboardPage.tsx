import type { AgentRow, Wallboard } from '#contract/live.ts'
import type { AgentStatus } from '#core/calls/call.ts'
import { duration } from '#core/text/uzbek-dates.ts'
import { useWallboard } from '../../api.ts'
import { agentStatusText, agentStatusTone } from '../../call-words.ts'
import { inMyLanguage, t } from '../../i18n.ts'
import { useMay } from '../../me.ts'
import { useServerNow } from '../../server-clock.ts'
import { Digits } from '../../ui/Digits.tsx'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { Dot, Tone } from '../../ui/Tone.tsx'
import { useBreakNames } from '../../use-break-names.ts'
import { AgentMenu } from '../agents/AgentMenu.tsx'
import { Alarms } from './Alarms.tsx'
import { BreakRequests } from './BreakRequests.tsx'
import css from './wallboard.module.css'

/** The order in which a supervisor looks at people. */
const SHOWN: AgentStatus[] = ['available', 'ringing', 'talking', 'wrapUp', 'onBreak']

export function WallboardPage() {
  const { data } = useWallboard()
  const seesAlarms = useMay('seeAlarms')
  return (
    <Page title={t('Wallboard')}>
      {data ? <Now wallboard={data} /> : <p role="status">{t('Loading')}</p>}
      {seesAlarms && <Alarms />}
    </Page>
  )
}

function Now({ wallboard }: { wallboard: Wallboard }) {
  const waiting = wallboard.waiting.reduce((sum, { count }) => sum + count, 0)
  const available = wallboard.agents.filter(({ status }) => status === 'available').length
  return (
    <>
      <dl className={css.figures}>
        <Figure name={t('Calls in progress')} value={wallboard.callsInProgress} />
        <Figure name={t('Callers waiting')} value={waiting} tone={waiting > 0 ? 'warn' : 'quiet'} />
        <Figure name={t('To be called back')} value={wallboard.callbacks} />
        <Figure name={t('Agents available')} value={available} tone={available === 0 ? 'bad' : 'good'} />
        <Figure name={t('Agents on shift')} value={wallboard.agents.length} />
      </dl>
      <BreakRequests agents={wallboard.agents} />
      <div className={css.board}>
        <Surface title={t('Agents')}>
          <Agents agents={wallboard.agents} />
        </Surface>
        <Surface title={t('Waiting by queue')}>
          <Waiting waiting={wallboard.waiting} />
        </Surface>
      </div>
    </>
  )
}

function Figure({
  name,
  value,
  tone = 'quiet',
}: {
  name: string
  value: number
  tone?: 'good' | 'warn' | 'bad' | 'quiet'
}) {
  return (
    <div className={css.figure}>
      <dt>{name}</dt>
      <dd>
        <Tone tone={tone}>
          <Digits>{value}</Digits>
        </Tone>
      </dd>
    </div>
  )
}

function Agents({ agents }: { agents: Wallboard['agents'] }) {
  const now = useServerNow()
  if (agents.length === 0) return <p style={{ margin: 0 }}>{t('Nobody is on shift.')}</p>
  return SHOWN.map((status) => {
    const people = agents.filter((agent) => agent.status === status)
    if (people.length === 0) return null
    return (
      <section key={status} aria-label={agentStatusText(status)}>
        <h3 className={css.group}>
          <Dot tone={agentStatusTone(status)} /> {agentStatusText(status)} · {people.length}
        </h3>
        <ul className={`${css.people} ${css.agents}`}>
          {people.map((agent) => (
            <Agent key={agent.id} agent={agent} now={now} />
          ))}
        </ul>
      </section>
    )
  })
}

function Agent({ agent, now }: { agent: AgentRow; now: number }) {
  const { name, status, reason, since, limitAt, line, next } = agent
  const breakName = useBreakNames()
  const mayManage = useMay('manageAgents')
  const isOver = limitAt !== null && now > limitAt
  return (
    <li>
      <span>
        {name}
        {status === 'onBreak' && <span className={css.next}> · {breakName(reason)}</span>}
        {next && (
          <span className={css.next}>
            {' '}
            ·{' '}
            {next.do === 'leave'
              ? t('then the end of the shift')
              : t('then {{name}}', { name: breakName(next.reason) })}
          </span>
        )}
      </span>
      <span className={css.person}>
        {line !== 'proven' && <Tone tone="bad">{t('no line')}</Tone>}
        {isOver && (
          <Tone tone="bad">
            <Digits>{t('over by {{time}}', { time: duration((now - limitAt) / 1000) })}</Digits>
          </Tone>
        )}
        <Digits>{duration((now - since) / 1000)}</Digits>
        {mayManage && <AgentMenu agent={agent} />}
      </span>
    </li>
  )
}

function Waiting({ waiting }: { waiting: Wallboard['waiting'] }) {
  const now = useServerNow()
  if (waiting.length === 0) return <p style={{ margin: 0 }}>{t('Nobody is waiting.')}</p>
  return (
    <ul className={css.people}>
      {waiting.map(({ queue, queueNames, count, longestSince }) => (
        <li key={queue}>
          <span>{queueNames ? inMyLanguage(queueNames) : queue}</span>
          <span>
            <b>{count}</b>
            {longestSince !== null && (
              <Digits> · {t('longest {{time}}', { time: duration((now - longestSince) / 1000) })}</Digits>
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}
