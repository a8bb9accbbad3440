/**
 * What must hold after every benchmark that places calls, read from the rows and the
 * engine: no call without its row, no second without its sound, nobody in two places.
 * A run that breaks it is a failed run, however quick it was.
 *
 * I1 each call that was placed has one row, ended, with a reason where nobody talked.
 * I2 each recording is stored, as long as its call within LOST_MAX_SECONDS.
 * I3 appeals are numbered without a gap (the benchmarks register none).
 * I4 offered = answered + all other reasons + waiting, for each queue.
 * I5 no agent talks in two calls at once, no call with two agents at once unless one helps the other.
 * I6 no agent talks or is rung without a call, and no channel is left at the engine.
 */
import { readFileSync } from 'node:fs'
import { ariAuthorization } from '../../server/asterisk/engine-account.ts'
import { passed } from '../../tools/callers/citizen.ts'
import { openDatabase, type RunningCopy } from '../../tools/callers/running-copy.ts'

const LOST_MAX_SECONDS = 0.2
/** Written and encoded after the calls, behind everything else: there is no hurry while it goes on. */
const STANDS_STILL_MS = 60_000
const SETTLED_WITHIN_MS = 30 * 60_000
const LOOK_EVERY_MS = 500
const NAMED_AT_MOST = 5

export type Placed = {
  /** Numbers that called, each once. */
  numbers: readonly string[]
  /** By Date.now(). */
  since: number
  /** How much a recording may lack where the machine is busy with other work too: a test says it. */
  lostMaxSeconds?: number
  /** What an engine that died had not written of each recording: so much may be missing, and that is told by an alarm. */
  unwrittenSeconds?: number
}

type Problem = { invariant: string; what: string; count: number }

/** Waits until everything has been written and recorded, then counts what is broken; nothing is an empty list. */
export async function brokenInvariants(copy: RunningCopy, placed: Placed): Promise<string[]> {
  const pool = openDatabase(copy)
  const since = new Date(placed.since)
  const count = async (sql: string, ...values: unknown[]) =>
    Number((await pool.query<{ count: string }>(sql, values)).rows[0]?.count ?? 0)
  try {
    const rows = () => count(ROWS, since, placed.numbers)
    await settled(async () => (await count(UNSETTLED, since)) + placed.numbers.length - (await rows()))
    const problems: Problem[] = [
      await unaccounted(pool, since, placed.numbers),
      {
        invariant: 'I1',
        what: 'rows that have not ended, or say no reason',
        count: await count(UNEXPLAINED, since),
      },
      await badRecordings(pool, placed),
      {
        invariant: 'I4',
        what: 'stays in a queue that no call ended',
        count: await count(OPEN_VISITS, since),
      },
      {
        invariant: 'I4',
        what: 'answered calls that did not leave their queue for it',
        count: await count(UNBALANCED, since),
      },
      { invariant: 'I5', what: 'talks of one agent that overlap', count: await count(AGENT_TWICE, since) },
      {
        invariant: 'I5',
        what: 'talks of one call with two agents at once',
        count: await count(CALL_TWICE, since),
      },
      { invariant: 'I6', what: 'agents who talk or are rung without a call', count: await count(ZOMBIES) },
      { invariant: 'I6', what: 'channels of citizens left at the engine', count: await citizensLeft(copy) },
    ]
    return problems
      .filter((problem) => problem.count !== 0)
      .map(({ invariant, what, count: n }) => `${invariant}: ${n} ${what}`)
  } finally {
    await pool.end()
  }
}

/** With their numbers, and the rows there are. */
async function unaccounted(
  pool: ReturnType<typeof openDatabase>,
  since: Date,
  numbers: readonly string[],
): Promise<Problem> {
  const { rows } = await pool.query<{ number: string; calls: string }>(NOT_ONE_ROW, [since, numbers])
  const names = rows.slice(0, NAMED_AT_MOST).map(({ number, calls }) => `${number} ${calls || 'no row'}`)
  return {
    invariant: 'I1',
    what: `calls without a row, or with several: ${names.join(', ')}`,
    count: rows.length,
  }
}

/** With their ids: what went wrong with a recording is looked for in the log. */
async function badRecordings(
  pool: ReturnType<typeof openDatabase>,
  { since, lostMaxSeconds = LOST_MAX_SECONDS, unwrittenSeconds = 0 }: Placed,
): Promise<Problem> {
  type Row = { call: string; status: string; gap_seconds: number | null }
  const { rows } = await pool.query<Row>(SHORT, [new Date(since), lostMaxSeconds, unwrittenSeconds])
  const first = rows.slice(0, NAMED_AT_MOST)
  const names = first.map(({ call, status, gap_seconds: gap }) => `${call} ${status} ${gap ?? '–'} s`)
  return {
    invariant: 'I2',
    what: `recordings not stored, or not as long as their calls: ${names.join(', ')}`,
    count: rows.length,
  }
}

async function settled(unsettled: () => Promise<number>): Promise<void> {
  const until = performance.now() + SETTLED_WITHIN_MS
  // A database that is away says nothing yet.
  const look = () => unsettled().catch(() => Number.POSITIVE_INFINITY)
  let [fewest, since] = [await look(), performance.now()]
  while (fewest > 0 && performance.now() < Math.min(until, since + STANDS_STILL_MS)) {
    await passed(LOOK_EVERY_MS)
    const left = await look()
    if (left < fewest) [fewest, since] = [left, performance.now()]
  }
}

const UNSETTLED = `select count(*) from calls left join recordings on recordings.call = calls.id
  where arrived_at >= $1 and (calls.ended_at is null or (refused_reason is null and recordings.status not in ('stored', 'failed')))`
const ROWS = `select count(*) from (select caller_e164 from calls where arrived_at >= $1 and caller_e164 = any($2)
  group by caller_e164 having count(*) = 1) once`
const NOT_ONE_ROW = `select number, string_agg(concat_ws(' ', calls.id, calls.status, lost_reason), ' and ') as calls
  from unnest($2::text[]) number left join calls on caller_e164 = number and arrived_at >= $1
  group by number having count(calls.id) <> 1`
const UNEXPLAINED = `select count(*) from calls where arrived_at >= $1
  and (ended_at is null or (connected_at is null and lost_reason is null))`
const SHORT = `select recordings.call, recordings.status, gap_seconds from calls join recordings on recordings.call = calls.id
  where arrived_at >= $1
    and not (recordings.status = 'stored' and gap_seconds is not null and abs(gap_seconds) <= $2::float8 + $3::float8)
    and not (recordings.status = 'failed' and expected_seconds <= $3)`
const OPEN_VISITS = `select count(*) from queue_visits join calls on calls.id = call
  where arrived_at >= $1 and calls.ended_at is not null and left_at is null`
const UNBALANCED = `select count(*) from calls where arrived_at >= $1 and connected_at is not null
  and not exists (select from queue_visits where call = calls.id and reason = 'answered')`
const AGENT_TWICE = `select count(*) from talk_intervals a join talk_intervals b on a.agent = b.agent and a.call < b.call
  and tstzrange(a.started_at, coalesce(a.ended_at, now())) && tstzrange(b.started_at, coalesce(b.ended_at, now()))
  where a.started_at >= $1 and b.started_at >= $1`
const CALL_TWICE = `select count(*) from talk_intervals a join talk_intervals b on a.call = b.call and a.agent < b.agent
  and tstzrange(a.started_at, coalesce(a.ended_at, now())) && tstzrange(b.started_at, coalesce(b.ended_at, now()))
  where a.started_at >= $1
    and not exists (select from call_legs l where l.call = a.call and l.agent in (a.agent, b.agent) and l.role = 'helper')`
const ZOMBIES = `select count(*) from agent_status_intervals s where ended_at is null and status in ('ringing', 'talking')
  and not exists (select from calls where calls.ended_at is null
    and (calls.agent = s.agent or calls.status = 'offered' or s.status = 'ringing' and calls.status = 'onHold'))
  and not exists (select from call_legs l where l.ended_at is null and l.agent = s.agent)`

async function citizensLeft(copy: RunningCopy): Promise<number> {
  const { ariPassword } = JSON.parse(readFileSync(copy.data.secrets, 'utf8')) as { ariPassword: string }
  const authorization = ariAuthorization(ariPassword)
  const answer = await fetch(`http://127.0.0.1:${copy.ports.engineHttp}/ari/channels`, {
    headers: { authorization },
  })
  const channels = (await answer.json()) as { name: string }[]
  return channels.filter(({ name }) => name.startsWith('PJSIP/trunk-')).length
}
