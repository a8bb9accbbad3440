/**
 * After a restart, or when the engine was out of reach: ask the engine what is
 * still true, and repair our side.
 *
 * A call that still stands is taken up where it was: talking stays talking, on
 * hold stays with its agent, waiting keeps its place by the moment it was queued,
 * and one that was in the menu hears it from its start. A call that has gone is
 * closed with the moment its recording stopped, which is when it ended.
 */
import type { AgentId, PartyId, TrunkId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import type { Conductor } from './conductor.ts'
import { withParty } from './consult-side.ts'
import type { Desk, Doing } from './desk.ts'
import {
  type OpenOffer,
  rebuilt,
  type Sources,
  spellsOf,
  type UnfinishedCall,
  type UnfinishedDesk,
  waitingSince,
  whatIsLeft,
} from './left-behind.ts'
import { type LiveCall, talkState } from './live-call.ts'
import type { CitizenLostByUs } from './events.ts'
import { tellLoss } from './lost-by-us.ts'
import type { Host, Standing } from './ports.ts'
import { atDesk, showTalk } from './talk-view.ts'

/** Whose doing it is that a desk is set right. */
const RESTARTED: Doing = { cause: 'serverRestarted' }

export async function adoptStanding(stage: Conductor, sources: Sources): Promise<void> {
  await sources.drained()
  const askedAt = stage.deps.clock.now()
  const known = new Set(stage.calls.keys())
  const left = await whatIsLeft(sources, new Set(stage.book.desks.keys()))
  const standing = await stage.deps.media.standing()
  // From here on nothing is waited for: whatever came, went or was connected meanwhile is in the picture.
  const upright = new Map(standing.calls.map((call) => [call.call, call]))

  // Before the calls: each waits again, or has ended.
  for (const offer of left.offers) endOffer(stage, offer)
  for (const row of left.desks) {
    const isBack = stage.book.desks.has(row.agent)
    if (!row.profile || isBack) continue
    const desk = stage.book.open(row.profile)
    adoptDesk(desk, row, standing)
    // Before the calls: one may wait for him alone, and each is told how long it will wait for those at work.
    const isBusy = desk.status !== 'onBreak' && desk.call?.state !== 'helping'
    stage.routing.signedOn(desk, { answered: row.answered, isBusy })
  }
  for (const row of left.calls) {
    const found = upright.get(row.id)
    const isNew = !known.has(row.id) && (stage.calls.has(row.id) || row.arrived_at.getTime() >= askedAt)
    const hasEndedMeanwhile = known.has(row.id) && !stage.calls.has(row.id)
    if (isNew || hasEndedMeanwhile) continue
    if (standing.alone.includes(row.id)) continue
    if (!found) closeGoneCall(stage, row, standing)
    else if (!stage.calls.has(row.id)) adoptCall(stage, row, { standing, connectedTo: found.connectedTo })
  }
  // Whoever has been idle longest is asked first, as before.
  const longestFirst = [...stage.book.desks.values()].sort((a, b) => a.statusSince - b.statusSince)
  for (const desk of longestFirst) settleDesk(stage, desk, standing)
  stage.callbacks.settle(standing, askedAt)
  for (const party of standing.parties) if (!withParty(stage.calls, party)) hangUpParty(stage, party)
}

/** It went with the server that had made it: no doing of the agent's. */
function endOffer({ deps }: Conductor, { id: offer, call, agent }: OpenOffer): void {
  deps.append({ type: 'offerEnded', call, offer, agent, as: 'withdrawn', because: 'serverLost' })
  deps.log.info({ call, agent, offer }, 'an offer went with the last server')
}

/** Nobody remembers for whom he was called. */
function hangUpParty(stage: Conductor, party: PartyId): void {
  stage.deps.media.hangUpParty(party).catch((error: unknown) => {
    stage.deps.log.warn({ party, error: String(error) }, 'a party outside could not be hung up')
  })
}

function adoptDesk(desk: Desk, row: UnfinishedDesk, standing: Standing): void {
  desk.status = row.status
  desk.breakReason = row.reason ?? undefined
  desk.statusSince = row.started_at.getTime()
  // Nothing else is kept of which phone he uses: who has a line uses it, else it is the phone that has registered.
  if (!standing.lines.includes(row.agent) && standing.phones.includes(row.agent)) desk.phoneMode = 'perCall'
  desk.line = hasPhone(desk, standing) ? 'proven' : 'down'
  desk.limitAt = row.limit_at?.getTime()
  desk.extensions = row.extensions
  desk.isOverLimit = row.is_over_limit
  desk.breakRequest = row.request
  desk.isLeaving = row.leaving !== undefined
  desk.leaving = row.leaving
  if (row.lastCall && (row.status === 'wrapUp' || row.status === 'talking')) {
    const { id, role, started_at, ended_at } = row.lastCall
    const state = ended_at ? 'over' : role === 'helper' ? 'helping' : 'talking'
    const part = { id, connectedAt: started_at.getTime(), endedAt: ended_at?.getTime() }
    desk.call = { ...part, state, muted: false, other: undefined }
  }
}

function hasPhone({ agent, phoneMode }: Desk, { lines, phones }: Standing): boolean {
  return (phoneMode === 'perCall' ? phones : lines).includes(agent)
}

type Found = { standing: Standing; connectedTo: AgentId | undefined }

function adoptCall(stage: Conductor, row: UnfinishedCall, found: Found): void {
  const call = rebuilt(row)
  stage.calls.set(call.id, call)
  const desk = deskOf(stage, row, found.connectedTo)
  const outside = hostOutside(call, found.standing)
  if (outside) leaveOutside(stage, { call, party: outside, number: row.outside ?? '' })
  else if (desk) seat(stage, { call, desk, row, found })
  else if (call.queue) letWait(stage, call, row)
  else stage.citizens.begin(call)
  stage.deps.log.info({ call: call.id, stage: call.stage }, 'call adopted')
}

/** Whom a rule had sent away it may send away again; everybody else has his place. */
function letWait({ routing }: Conductor, call: LiveCall, row: UnfinishedCall): void {
  const { in_queue_from: from, meant_for: only, queue_exit: exit } = row
  if (exit !== null && exit !== 'answered') return routing.waitInQueue(call)
  routing.waitAgain(call, { ...(from && { enteredAt: from.getTime() }), ...(only && { only }) })
}

/** The desk at which the call is: where it is heard, or where it was when the rows were written. */
function deskOf(stage: Conductor, row: UnfinishedCall, connectedTo: AgentId | undefined): Desk | undefined {
  if (connectedTo) return stage.book.desks.get(connectedTo)
  const desk = row.agent ? stage.book.desks.get(row.agent) : undefined
  const isHis = desk?.status === 'talking' && desk.call?.id === row.id && desk.call.state !== 'helping'
  return isHis ? desk : undefined
}

/** The party outside with whom the citizen was left. */
function hostOutside({ id }: LiveCall, { rooms }: Standing): PartyId | undefined {
  const room = rooms.find(({ members }) => members.some((member) => 'call' in member && member.call === id))
  return room && 'party' in room.host ? room.host.party : undefined
}

function leaveOutside(
  stage: Conductor,
  { call, party, number }: { call: LiveCall; party: PartyId; number: string },
): void {
  call.stage = 'outside'
  call.helper = { party, number, isThere: true, since: stage.deps.clock.now() }
}

type Seating = { call: LiveCall; desk: Desk; row: UnfinishedCall; found: Found }

/** Gives the call back to its agent as it was. If they do not hear each other, the line is asked why. */
function seat(stage: Conductor, { call, desk, row, found }: Seating): void {
  const { agent } = desk
  const isHeard = found.connectedTo === agent
  call.agent = agent
  call.connectedAt ??= call.arrivedAt
  call.stage = row.status === 'onHold' && !isHeard ? 'onHold' : 'talking'
  findHelper(stage, { call, desk, row, found })
  desk.call = atDesk(call, desk, desk.call?.id === call.id ? desk.call.connectedAt : call.connectedAt)
  showTalk(stage, call)
  stage.deps.lookUpCaller(desk, call)
  const hasLine = hasPhone(desk, found.standing)
  if (isHeard && hasLine) return
  const at = stage.deps.clock.now()
  if (!hasLine) stage.onMedia({ type: 'lineDown', agent, cause: 0, at })
  else if (call.stage === 'talking') {
    stage.onMedia({ type: 'lineUp', agent, at })
    desk.line = 'proven'
  }
}

/** Whoever is in the agent's room beside the citizen, or in his stead, was asked into the call. */
function findHelper(stage: Conductor, { call, desk, row, found }: Seating): void {
  const room = found.standing.rooms.find(({ host }) => 'agent' in host && host.agent === desk.agent)
  const member = room?.members.find((each): each is Host => !('call' in each))
  if (!member) return
  const colleague = 'agent' in member ? stage.book.desks.get(member.agent) : undefined
  // One who has left or does something else is not kept.
  if ('agent' in member && colleague?.status !== 'talking') return stage.consults.gather(call)
  const there = { isThere: true, since: stage.deps.clock.now() }
  call.helper =
    'party' in member ? { ...member, ...there, number: row.outside ?? '' } : { ...member, ...there }
  call.stage = found.connectedTo === desk.agent ? 'conference' : 'consulting'
  if (!colleague) return
  colleague.call = atDesk(call, colleague, colleague.call?.connectedAt ?? there.since)
  stage.deps.lookUpCaller(colleague, call)
}

/** The call ended while nobody listened: its row is closed with what is known. */
function closeGoneCall(stage: Conductor, row: UnfinishedCall, { engineSince }: Standing): void {
  const { append, clock, log } = stage.deps
  if (stage.calls.has(row.id))
    return stage.onMedia({ type: 'callerHungUp', call: row.id, cause: 0, at: clock.now() })
  const { talkMs, holdMs, since } = spellsOf(row)
  const endedAt = row.lastWritten ?? since
  const isLostByUs = row.arrived_at.getTime() < engineSince
  const lastMs = Math.max(0, endedAt - since)
  const hasTalked = row.connected_at !== null
  leaveQueue(stage, row, endedAt)
  append({
    type: 'callEnded',
    call: row.id,
    endedBy: isLostByUs ? 'engine' : 'citizen',
    ...(!hasTalked && { lost: isLostByUs ? 'engineLost' : row.queue ? 'abandoned' : 'leftInMenu' }),
    talkSeconds: (talkMs + (row.talking_since ? lastMs : 0)) / 1000,
    holdSeconds: (holdMs + (row.status === 'onHold' ? lastMs : 0)) / 1000,
    cause: 0,
    endedAt,
  })
  if (isLostByUs)
    tellLoss(stage.deps, lostRow(row), {
      trunk: row.trunk as TrunkId,
      did: row.did,
      topic: row.topic ?? undefined,
    })
  log.info({ call: row.id }, 'a call ended while the server was away')
  const desk = row.agent ? stage.book.desks.get(row.agent) : undefined
  if (desk?.call?.id === row.id) stage.endAtDesk(desk)
}

/** He waited, and gave up while nobody watched. */
function leaveQueue({ deps, engine }: Conductor, row: UnfinishedCall, leftAt: Instant): void {
  const { id: call, in_queue_from: from, queue } = row
  if (!from || !queue) return
  const waitedMs = leftAt - from.getTime()
  const sinceMs = leftAt - (waitingSince(row) ?? from.getTime())
  // Where nothing tells when he left, it is not said that it was soon.
  const reason = waitedMs < 0 ? 'abandoned' : engine.givenUpAs(queue, sinceMs)
  deps.append({ type: 'callLeftQueue', call, queue, reason, waitedMs: Math.max(0, waitedMs), leftAt })
}

function lostRow(row: UnfinishedCall): CitizenLostByUs {
  const number = row.caller_e164 ? { number: row.caller_e164 } : {}
  const since = waitingSince(row) ?? row.arrived_at.getTime()
  const queue = row.queue ? { queue: row.queue } : {}
  return { call: row.id, ...number, ...queue, language: row.language ?? 'uz', since, why: 'engineLost' }
}

/** What a desk says it is doing must be possible with the line and the call that are left. */
function settleDesk(stage: Conductor, desk: Desk, standing: Standing): void {
  const { status: before } = desk
  const hasLine = hasPhone(desk, standing)
  stage.time.adopted(desk)
  if (!hasLine && desk.line !== 'down')
    stage.onMedia({ type: 'lineDown', agent: desk.agent, cause: 0, at: stage.deps.clock.now() })
  else if (hasLine && isUnaware(stage, desk)) lineStands(stage, desk)
  // The offer went with the old server: it was no doing of the agent's.
  if (desk.status === 'ringing' && !desk.offer) stage.book.move(desk, 'withdraw', RESTARTED)
  // What he said about his last call was kept; what follows from it died with the old server.
  if (desk.status === 'wrapUp' && !desk.call) return stage.time.endWrapUp(desk, RESTARTED)
  const hasCall = desk.callingBack || (desk.call && stage.calls.has(desk.call.id))
  if (desk.status === 'talking' && desk.call?.state === 'helping') settleHelper(stage, desk)
  else if (desk.status === 'talking' && !hasCall) endTalk(stage, desk)
  if (desk.status === 'available' && desk.line === 'down') stage.book.move(desk, 'loseLine', RESTARTED)
  if (desk.status === 'available') stage.routing.available(desk, desk.statusSince)
  else if (desk.status === 'onBreak' && before !== 'onBreak')
    stage.routing.route({ type: 'agentLeft', agent: desk.agent })
}

/** The desk says that its line is down, or its call waits for it. */
function isUnaware({ calls }: Conductor, { agent, call: atDesk, line, phoneMode, status }: Desk): boolean {
  if (status === 'signedOut' || phoneMode === 'perCall') return false
  const call = atDesk && calls.get(atDesk.id)
  return line === 'down' || (call?.agent === agent && call.stage === 'adrift')
}

/** A line that has stood all the time is not told again, nor proven again by its page. */
function lineStands(stage: Conductor, desk: Desk): void {
  stage.onMedia({ type: 'lineUp', agent: desk.agent, at: stage.deps.clock.now() })
  desk.line = 'proven'
  stage.deps.deskChanged(desk)
}

/** What he helped with may be over, or have gone on without him. */
function settleHelper(stage: Conductor, desk: Desk): void {
  const call = desk.call && stage.calls.get(desk.call.id)
  if (!call || talkState(call, desk.agent) !== 'helping') stage.consults.free(desk)
}

/** The old server may have died between the end of the call and what follows from it at the desk. */
function endTalk(stage: Conductor, desk: Desk): void {
  if (!desk.call) {
    stage.book.move(desk, 'loseCall', RESTARTED)
    // There is no wrap-up to wait for any more.
    if (desk.isLeaving) stage.leave(desk)
  } else if (desk.call.endedAt !== undefined) stage.book.move(desk, 'endCall', RESTARTED)
  else stage.endAtDesk(desk)
}
