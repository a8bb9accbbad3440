/** The figures of a run of simulated calls, counted from what the server wrote down. */
import type { Pool } from 'pg'

/** One call of the run. Moments are seconds from the start of its recording. */
export type RunRow = {
  id: string
  number: string
  isRefused: boolean
  isQueued: boolean
  isConnected: boolean
  isEnded: boolean
  talkSeconds: number
  appeals: number
  recording: string | null
  expectedSeconds: number | null
  citizenSeconds: number | null
  agentSeconds: number | null
  talk: { from: number; to: number }[]
}

export type Tally = {
  offered: number
  answered: number
  abandoned: number
  recorded: number
  talkSeconds: number
  recordedSeconds: number
  maxGapSeconds: number
  appeals: number
  failed: number
}

/** What callers saw themselves: calls that got no answer at all or were refused, and the numbers that got through. */
export type Placed = { refused: number; numbers: readonly string[] }

export function tally(rows: readonly RunRow[], placed: Placed): Tally {
  const known = new Set(rows.map((row) => row.number))
  const withoutRow = placed.numbers.filter((number) => !known.has(number)).length
  const taken = rows.filter((row) => !row.isRefused)
  const stored = taken.filter((row) => row.recording === 'stored')
  return {
    offered: taken.filter((row) => row.isQueued).length,
    answered: taken.filter((row) => row.isConnected).length,
    abandoned: taken.filter((row) => row.isQueued && !row.isConnected && row.isEnded).length,
    recorded: stored.length,
    talkSeconds: rounded(sum(taken.map((row) => row.talkSeconds))),
    recordedSeconds: rounded(sum(stored.map(recordedTalkSeconds))),
    maxGapSeconds: rounded(Math.max(0, ...stored.map(gapSeconds))),
    appeals: sum(taken.map((row) => row.appeals)),
    failed: placed.refused + withoutRow + (taken.length - stored.length),
  }
}

/** The part of the talk that both legs hold. */
function recordedTalkSeconds(row: RunRow): number {
  const held = heldSeconds(row)
  return sum(row.talk.map(({ from, to }) => Math.max(0, Math.min(to, held) - Math.max(0, from))))
}

function heldSeconds(row: RunRow): number {
  return Math.min(row.citizenSeconds ?? 0, row.agentSeconds ?? 0)
}

/** The worst of both comparisons: the whole call with each leg, and the talk with what is held of it. */
function gapSeconds(row: RunRow): number {
  const expected = row.expectedSeconds ?? Number.POSITIVE_INFINITY
  const legs = [row.citizenSeconds ?? 0, row.agentSeconds ?? 0].map((seconds) => Math.abs(expected - seconds))
  return Math.max(...legs, Math.abs(row.talkSeconds - recordedTalkSeconds(row)))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}

function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000
}

/** The calls that came from these numbers since then. */
export async function readRun(pool: Pool, numbers: readonly string[], since: number): Promise<RunRow[]> {
  const { rows } = await pool.query<RunRow>(
    `select c.id, c.caller_e164 as number, c.status = 'refused' as "isRefused",
            c.queued_at is not null as "isQueued", c.connected_at is not null as "isConnected", c.ended_at is not null as "isEnded",
            coalesce(c.talk_seconds, 0)::float8 as "talkSeconds",
            (select count(*)::int from appeals a where a.call = c.id) as appeals,
            r.status as recording, r.expected_seconds::float8 as "expectedSeconds",
            r.citizen_seconds::float8 as "citizenSeconds", r.agent_seconds::float8 as "agentSeconds",
            coalesce((select json_agg(json_build_object(
                        'from', extract(epoch from t.started_at - r.started_at),
                        'to', extract(epoch from coalesce(t.ended_at, c.ended_at) - r.started_at)) order by t.started_at)
                        from talk_intervals t where t.call = c.id), '[]') as talk
       from calls c left join recordings r on r.call = c.id
      where c.caller_e164 = any ($1) and c.arrived_at >= to_timestamp($2::float8 / 1000)
      order by c.arrived_at`,
    [numbers, since],
  )
  return rows
}
