/** What became of simulated calls, as the server wrote it down. */
import type { Pool } from 'pg'
import type { Instant } from '#core/lib/time.ts'

/** Enough to find one's own call among others: the id if the engine said it, else who called when. */
export type CallTrace = { call: string | undefined; userAgent: string; number: string; since: Instant }

export type CallFacts = {
  id: string
  status: string
  path: string[]
  queue: string | null
  language: string | null
  queued: boolean
  connected: boolean
  ended: boolean
  lostReason: string | null
  refusedReason: string | null
}

/** The engine's clock and ours are one, but the row is stamped on arrival and we look before. */
const CLOCK_SLACK_MS = 2_000

export async function findCall(pool: Pool, trace: CallTrace): Promise<CallFacts | undefined> {
  const { rows } = await pool.query<CallFacts>(
    `select id, status, path, queue, language, queued_at is not null as queued, connected_at is not null as connected,
            ended_at is not null as ended, lost_reason as "lostReason", refused_reason as "refusedReason"
       from calls
      where id::text = $1
         or ($1 is null and arrived_at >= to_timestamp($4::float8 / 1000)
             and (user_agent = $2 or regexp_replace(caller_raw, '\\D', '', 'g') = $3))
      order by arrived_at desc limit 1`,
    [trace.call ?? null, trace.userAgent, trace.number.replace(/\D/g, ''), trace.since - CLOCK_SLACK_MS],
  )
  return rows[0]
}

/** In one word: `answered`, why it was lost, or `refused`. */
export function outcomeOf(facts: CallFacts): string {
  if (facts.connected) return 'answered'
  if (facts.status === 'refused') return 'refused'
  return facts.lostReason ?? facts.status
}
