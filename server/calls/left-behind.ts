/**
 * What the rows say was going on when the last server stopped: agents who had not
 * left, calls that had not ended, and what of them can be rebuilt.
 */
import { stat } from 'node:fs/promises'
import type { Kysely } from 'kysely'
import type { AgentId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import type { Database } from '../database/schema.ts'
import type { AgentProfile } from '../staff/service.ts'
import { type LiveCall, liveCall } from './live-call.ts'
import { openOffers, unfinishedCalls, unfinishedDesks } from './store.ts'

export type Sources = {
  db: Kysely<Database>
  /** Of these agents at least, who may still take calls. */
  profiles(agents: readonly AgentId[]): Promise<readonly AgentProfile[]>
  /** Settles when the rows say what has happened so far. */
  drained(): Promise<void>
}

export type UnfinishedCall = Awaited<ReturnType<typeof unfinishedCalls>>[number] & {
  /** When the engine last wrote down what was heard of it. */
  lastWritten: number | undefined
}
export type UnfinishedDesk = Awaited<ReturnType<typeof unfinishedDesks>>[number] & {
  profile: AgentProfile | undefined
}
type Left = { desks: UnfinishedDesk[]; calls: UnfinishedCall[]; offers: OpenOffer[] }
export type OpenOffer = Awaited<ReturnType<typeof openOffers>>[number]

/** An agent in `present` has come back already: his desk, and what rings at it, is as he says. */
export async function whatIsLeft({ db, profiles }: Sources, present: ReadonlySet<AgentId>): Promise<Left> {
  const [desks, calls, offers] = await Promise.all([unfinishedDesks(db), unfinishedCalls(db), openOffers(db)])
  const absent = desks.map(({ agent }) => agent).filter((agent) => !present.has(agent))
  const profileOf = new Map((await profiles(absent)).map((profile) => [profile.id, profile]))
  return {
    desks: desks.map((row) => ({
      ...row,
      profile: present.has(row.agent) ? undefined : profileOf.get(row.agent),
    })),
    offers: offers.filter((offer) => !present.has(offer.agent)),
    calls: await Promise.all(
      calls.map(async (row) => ({ ...row, lastWritten: await lastWritten(row.citizen_leg) })),
    ),
  }
}

export function rebuilt(row: UnfinishedCall): LiveCall {
  const call = liveCall({
    id: row.id,
    trunk: row.trunk as LiveCall['trunk'],
    did: row.did,
    caller: {
      raw: row.caller_raw,
      confidence: row.caller_confidence,
      ...(row.caller_e164 && { e164: row.caller_e164 }),
      ...(row.caller_name && { name: row.caller_name }),
      ...(row.user_agent && { userAgent: row.user_agent }),
    },
    arrivedAt: row.arrived_at.getTime(),
    language: row.language ?? 'uz',
  })
  call.answered = row.answered_at !== null
  call.way = { path: row.path, keys: row.keys }
  call.callback = row.callback ?? undefined
  call.queue = row.queue ?? undefined
  call.topic = row.topic ?? undefined
  call.priority = row.priority
  call.queuedAt = waitingSince(row)
  call.connectedAt = row.connected_at?.getTime()
  const spells = spellsOf(row)
  call.talkMs = spells.talkMs
  call.holdMs = spells.holdMs
  call.spellSince = spells.since
  return call
}

/** What decides his place. */
export function waitingSince(row: UnfinishedCall): Instant | undefined {
  return (row.waiting_since ?? row.kept_place ?? row.queued_at)?.getTime()
}

/** The sums of what is over, and since when it is talking or on hold. */
export function spellsOf(row: UnfinishedCall): { talkMs: number; holdMs: number; since: Instant } {
  const { connected_at, talked_seconds, talking_since, talked_until } = row
  const connectedAt = (connected_at ?? row.arrived_at).getTime()
  const talkMs = talked_seconds * 1000
  const since = (talking_since ?? talked_until)?.getTime() ?? connectedAt
  return { talkMs, holdMs: Math.max(0, since - connectedAt - talkMs), since }
}

async function lastWritten(file: string | null): Promise<number | undefined> {
  if (!file) return undefined
  try {
    return (await stat(file)).mtimeMs
  } catch {
    // No leg was written, or it is stored already: the moment is not known from it.
    return undefined
  }
}
