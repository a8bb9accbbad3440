/**
 * After a restart, or when the engine was out of reach: ask the engine what is
 * still true, and repair our side.
 *
 * A call that still stands is taken up where it was: talking stays talking,
 * waiting keeps its place by the moment it was queued, and one that was in the
 * menu hears it from its start. A call that has gone is closed with the moment
 * its recording stopped, which is when it ended.
 */
import { stat } from 'node:fs/promises'
import type { Kysely } from 'kysely'
import type { AgentId, CallId } from '#core/lib/ids.ts'
import type { Database } from '../database/schema.ts'
import type { Conductor } from './conductor.ts'
import type { AgentProfile } from '../staff/service.ts'
import type { Desk } from './desk.ts'
import { type LiveCall, liveCall } from './live-call.ts'
import type { Standing } from './ports.ts'
import { unfinishedCalls, unfinishedDesks } from './store.ts'

type Sources = {
  db: Kysely<Database>
  profile(agent: AgentId): Promise<AgentProfile | undefined>
  /** Settles when the rows say what has happened so far. */
  drained(): Promise<void>
}

type UnfinishedCall = Awaited<ReturnType<typeof unfinishedCalls>>[number]

export async function adoptStanding(stage: Conductor, { db, profile, drained }: Sources): Promise<void> {
  const askedAt = stage.deps.clock.now()
  const known = new Set(stage.calls.keys())
  const standing = await stage.deps.media.standing()
  await drained()
  const upright = new Map(standing.calls.map((call) => [call.call, call]))

  for (const row of await unfinishedDesks(db)) {
    const agent = stage.book.desks.has(row.agent) ? undefined : await profile(row.agent)
    if (agent) adoptDesk(stage.book.open(agent), row, standing)
  }
  for (const row of await unfinishedCalls(db)) {
    const found = upright.get(row.id)
    // What came after we asked is not in the answer, and has not gone.
    const isNew = stage.calls.has(row.id) ? !known.has(row.id) : row.arrived_at.getTime() >= askedAt
    if (isNew) continue
    if (!found) await closeGoneCall(stage, row)
    else if (!stage.calls.has(row.id)) adoptCall(stage, row, found.connectedTo)
  }
  for (const desk of stage.book.desks.values()) settleDesk(stage, desk, standing)
}

function adoptDesk(
  desk: Desk,
  row: Awaited<ReturnType<typeof unfinishedDesks>>[number],
  standing: Standing,
): void {
  desk.status = row.status
  desk.breakReason = row.reason ?? undefined
  desk.statusSince = row.started_at.getTime()
  desk.line = standing.lines.includes(row.agent) ? 'proven' : 'down'
  if (row.lastCall && (row.status === 'wrapUp' || row.status === 'talking')) {
    const { id, connected_at, ended_at } = row.lastCall
    const connectedAt = (connected_at ?? row.started_at).getTime()
    desk.call = { id, connectedAt, onHold: false, muted: false, endedAt: ended_at?.getTime() }
  }
}

function adoptCall(stage: Conductor, row: UnfinishedCall, connectedTo: AgentId | undefined): void {
  const call = rebuilt(row)
  stage.calls.set(call.id, call)
  const desk = connectedTo && stage.book.desks.get(connectedTo)
  if (desk) {
    call.stage = 'talking'
    call.agent = desk.agent
    call.connectedAt = (row.connected_at ?? row.arrived_at).getTime()
    call.spellSince = call.connectedAt
    desk.call = {
      id: call.id,
      connectedAt: call.connectedAt,
      onHold: false,
      muted: false,
      endedAt: undefined,
    }
    stage.deps.lookUpCaller(desk, call)
  } else if (call.queue) {
    stage.routing.waitInQueue(call)
  } else {
    stage.citizens.begin(call)
  }
  stage.deps.log.info({ call: call.id, stage: call.stage }, 'call adopted')
}

function rebuilt(row: UnfinishedCall): LiveCall {
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
  call.queue = row.queue ?? undefined
  call.topic = row.topic ?? undefined
  call.queuedAt = row.queued_at?.getTime()
  return call
}

/** The call ended while nobody listened: its row is closed with what is known. */
async function closeGoneCall(stage: Conductor, row: UnfinishedCall): Promise<void> {
  const live = stage.calls.get(row.id)
  if (live) {
    stage.onMedia({ type: 'callerHungUp', call: row.id, cause: 0, at: stage.deps.clock.now() })
    return
  }
  const endedAt = (await lastWritten(row.citizen_leg)) ?? row.arrived_at.getTime()
  const talkedSince = row.connected_at?.getTime()
  const talkSeconds = talkedSince === undefined ? 0 : Math.max(0, (endedAt - talkedSince) / 1000)
  const lost = talkedSince === undefined ? ({ lost: row.queue ? 'abandoned' : 'leftInMenu' } as const) : {}
  stage.deps.append({
    type: 'callEnded',
    call: row.id,
    endedBy: 'citizen',
    ...lost,
    talkSeconds,
    holdSeconds: 0,
    cause: 0,
    endedAt,
  })
  stage.deps.log.info({ call: row.id }, 'a call ended while the server was away')
  const desk = row.agent ? stage.book.desks.get(row.agent) : undefined
  if (desk?.call?.id === row.id) stage.endAtDesk(desk)
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

/** What a desk says it is doing must be possible with the line and the call that are left. */
function settleDesk(stage: Conductor, desk: Desk, standing: Standing): void {
  const hasLine = standing.lines.includes(desk.agent)
  if (!hasLine && desk.line !== 'down')
    stage.onMedia({ type: 'lineDown', agent: desk.agent, cause: 0, at: stage.deps.clock.now() })
  if (desk.status === 'ringing' && !desk.offer) stage.book.move(desk, 'miss')
  if (desk.status === 'talking' && (!desk.call || !stage.calls.has(desk.call.id as CallId)))
    stage.endAtDesk(desk)
  if (desk.status === 'available' && desk.line === 'down') stage.book.move(desk, 'loseLine')
  if (desk.status === 'available') {
    const { queues, languages } = desk.profile
    stage.routing.route({ type: 'agentBecameAvailable', agent: desk.agent, queues, languages })
  }
}
