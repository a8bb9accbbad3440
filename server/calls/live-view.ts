/**
 * What the live screens are told, and how often: an agent's desk at once, changed
 * calls and the wallboard in bounded beats, however much happens.
 */
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Desk as DeskView } from '#contract/calls.ts'
import type { Wallboard } from '#contract/live.ts'
import type { BreakRequest } from '#core/calls/break-request.ts'
import type { CallId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import type { Database } from '../database/schema.ts'
import type { Desk } from './desk.ts'
import { LiveHub } from './live.ts'
import { agentsOfCalls } from './store.ts'

/** Live screens are told of a call at most this often, however much happens to it. */
const CALL_CHANGED_EVERY_MS = 250
const WALLBOARD_EVERY_MS = 1_000

export type LiveViewDeps = {
  db: Kysely<Database>
  log: Logger
  now(): Instant
  wallboard(): Promise<Wallboard>
}

export class LiveView {
  readonly hub: LiveHub
  readonly #deps: LiveViewDeps
  readonly #changedCalls = new Set<CallId>()
  #haveCallbacksChanged = false
  #isWallboardStale = false
  readonly #timers: readonly NodeJS.Timeout[]

  constructor(deps: LiveViewDeps) {
    this.#deps = deps
    this.hub = new LiveHub(deps.log)
    this.#timers = [
      setInterval(() => this.#tellChangedCalls(), CALL_CHANGED_EVERY_MS),
      setInterval(() => this.#tellWallboard(), WALLBOARD_EVERY_MS),
    ]
  }

  deskChanged(desk: Desk): void {
    this.#isWallboardStale = true
    this.hub.toStaff(desk.agent, { type: 'desk', desk: deskView(desk, this.#deps.now()) })
  }

  callChanged(call: CallId): void {
    this.#changedCalls.add(call)
  }

  callbacksChanged(): void {
    this.#haveCallbacksChanged = true
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer)
    this.hub.close()
  }

  #tellChangedCalls(): void {
    if (this.#haveCallbacksChanged) this.hub.toThoseWhoSeeAllCalls({ type: 'callbacksChanged' })
    this.#haveCallbacksChanged = false
    if (this.#changedCalls.size === 0) return
    this.#isWallboardStale = true
    const calls = [...this.#changedCalls]
    this.#changedCalls.clear()
    void this.#tellChanged(calls)
  }

  async #tellChanged(calls: readonly CallId[]): Promise<void> {
    if (!this.hub.hasReaders()) return
    try {
      const agents = await agentsOfCalls(this.#deps.db, calls)
      for (const call of calls)
        this.hub.toThoseWhoSeeCall(agents.get(call) ?? [], { type: 'callChanged', call })
    } catch (error) {
      this.#deps.log.warn({ calls: calls.length, error: String(error) }, 'changes could not be told')
    }
  }

  #tellWallboard(): void {
    if (!this.#isWallboardStale || !this.hub.hasReaders()) return
    this.#isWallboardStale = false
    this.#deps.wallboard().then(
      (wallboard) => this.hub.toThoseWhoSeeAgents({ type: 'wallboard', wallboard }),
      (error: unknown) => this.#deps.log.warn({ error: String(error) }, 'the wallboard could not be drawn'),
    )
  }
}

/** A desk as its agent sees it; nobody's desk is one that is signed out. */
export function deskView(desk: Desk | undefined, now: Instant): DeskView {
  return {
    status: desk?.status ?? 'signedOut',
    breakReason: desk?.breakReason ?? null,
    statusSince: desk?.statusSince ?? now,
    phoneMode: desk?.phoneMode ?? 'alwaysOn',
    limitAt: desk?.limitAt ?? null,
    extensions: desk?.extensions ?? 0,
    isLeaving: desk?.isLeaving ?? false,
    breakRequest: requestView(desk?.breakRequest),
    line: desk?.line ?? 'down',
    offer: desk?.offer ? { ...desk.offer, callback: desk.offer.callback !== undefined } : null,
    callingBack: desk?.callingBack ? { since: desk.callingBack.since } : null,
    call: desk?.call
      ? { ...desk.call, endedAt: desk.call.endedAt ?? null, other: desk.call.other ?? null }
      : null,
    caller: desk?.caller ?? null,
    serverTime: now,
  }
}

/** What is used or withdrawn is over; a refusal is shown until it has been read. */
function requestView(request: BreakRequest | undefined): DeskView['breakRequest'] {
  if (!request || request.status === 'used' || request.status === 'withdrawn') return null
  return { reason: request.reason, status: request.status, validUntil: request.validUntil ?? null }
}
