/**
 * The callbacks that are owed, in memory: how far each has come, when it is due,
 * and how often a number was promised a call today.
 *
 * Memory decides and the journal writes down, as with calls. A status changes
 * only along CALLBACK_MOVES, through #move. A callback is in the line of the
 * queue engine while it is due and waits; two timers bring it there and end it.
 */
import type { Logger } from 'pino'
import { CALLBACK_MOVES, type CallbackAction } from '#core/calls/callback-status.ts'
import type { CallbackSettings } from '#core/calls/callback-settings.ts'
import type { NumberVerdict } from '#core/ivr/waiting-run.ts'
import type { AgentId, CallbackId, OfferId, QueueId, StaffId } from '#core/lib/ids.ts'
import { type Day, type Instant, tashkentDay } from '#core/lib/time.ts'
import { mayCallAt, nextCallAt } from '#core/routing/callback-hours.ts'
import type { CallbackCause, CallbackEvent, CallbackFacts, PromisedCallback } from './events.ts'
import type { CallbackLine, Callbacks, OpenCallback } from './ports.ts'

/** No more are promised than could ever be kept in a day. */
export const OPEN_CALLBACKS_MAX = 5_000
const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

export type CallbackBookDeps = {
  log: Logger
  clock: { now(): Instant; after(ms: number, what: () => void): () => void }
  settings(): CallbackSettings
  /** Whether the number may be called from here at all. */
  mayDial(number: string): boolean
  append(event: CallbackEvent): void
  /** A promise was not kept: somebody has to look at it. */
  broken(callback: OpenCallback): void
  newId(): CallbackId
}

type Entry = {
  callback: OpenCallback
  isInLine: boolean
  /** By an earlier server; what it was doing is not settled yet. */
  isLeftBehind: boolean
  cancelDue?: () => void
  cancelExpiry: () => void
}

export class CallbackBook implements Callbacks {
  readonly #deps: CallbackBookDeps
  readonly #entries = new Map<CallbackId, Entry>()
  readonly #byNumber = new Map<string, CallbackId>()
  #today: { day: Day; promises: Map<string, number> }
  #line: CallbackLine | undefined

  constructor(deps: CallbackBookDeps) {
    this.#deps = deps
    this.#today = { day: tashkentDay(deps.clock.now()), promises: new Map() }
  }

  /** What an earlier server has left: callbacks that are owed, and how often numbers were promised one today. */
  load(owed: readonly OpenCallback[], promisesToday: ReadonlyMap<string, number>): void {
    this.#today = { day: tashkentDay(this.#deps.clock.now()), promises: new Map(promisesToday) }
    for (const callback of owed) this.#enter(callback).isLeftBehind = true
  }

  attach(line: CallbackLine): void {
    this.#line = line
  }

  /** What the last server was doing with a callback goes on only if its call still stands. */
  settle(isInTalk: (callback: CallbackId) => boolean): void {
    for (const entry of [...this.#entries.values()]) {
      const { id, status } = entry.callback
      if (!entry.isLeftBehind) continue
      entry.isLeftBehind = false
      if (status === 'offered') this.#move(entry, 'release')
      if (status === 'dialling') this.#move(entry, isInTalk(id) ? 'connect' : 'release')
      if (status === 'connected' && !isInTalk(id)) this.#move(entry, 'finish')
      this.#wait(entry)
    }
  }

  get(id: CallbackId): OpenCallback | undefined {
    return this.#entries.get(id)?.callback
  }

  count(): number {
    return this.#entries.size
  }

  isOwedFrom(queue: QueueId): boolean {
    return [...this.#entries.values()].some(({ callback }) => callback.queue === queue)
  }

  positionOf(id: CallbackId): number | undefined {
    return this.#entries.get(id)?.isInLine ? this.#line?.positionOf(id) : undefined
  }

  isOfferedIn(queue: QueueId): boolean {
    return this.#hasRoom() && !this.#deps.settings().queuesWithout.includes(queue)
  }

  judge(number: string): NumberVerdict {
    if (!this.#deps.mayDial(number) || !this.#hasRoom()) return 'notAllowed'
    if (this.#byNumber.has(number)) return 'promisedBefore'
    const promised = this.#promisesToday().get(number) ?? 0
    return promised >= this.#deps.settings().aNumberADayMax ? 'calledEnough' : 'callable'
  }

  isForMorning(afterMs: number): boolean {
    return !mayCallAt(this.#deps.settings().quiet, this.#deps.clock.now() + afterMs)
  }

  promise(promised: PromisedCallback, at?: Instant): OpenCallback {
    const { append, clock, log, newId, settings } = this.#deps
    const { expiresAfterHours, firstAfterSeconds } = settings()
    const now = clock.now()
    const id = newId()
    // Quiet hours come on top of it, and may be changed until then.
    const dueAt = Math.max(now + firstAfterSeconds * 1000, at ?? 0)
    const expiresAt = Math.max(now, at ?? 0) + expiresAfterHours * HOUR_MS
    const facts = { id, promisedAt: now, expiresAt, dueAt }
    const callback: OpenCallback = { ...promised, ...facts, status: 'waiting', attempts: 0, agent: undefined }
    const promises = this.#promisesToday()
    promises.set(promised.number, (promises.get(promised.number) ?? 0) + 1)
    append({ type: 'callbackPromised', callback: id, ...promised, dueAt, expiresAt })
    log.info({ callback: id, call: promised.call, queue: promised.queue }, 'callback promised')
    this.#wait(this.#enter(callback))
    return callback
  }

  mayBeOffered(id: CallbackId): boolean {
    const entry = this.#entries.get(id)
    if (!entry) return false
    const { clock, settings } = this.#deps
    if (mayCallAt(settings().quiet, clock.now())) return true
    // An earlier offer may have been missed just now.
    if (entry.callback.status === 'offered') this.#move(entry, 'release')
    this.#leaveLine(entry)
    this.#wait(entry)
    return false
  }

  offered(id: CallbackId, { agent, offer }: { agent: AgentId; offer: OfferId }): void {
    const entry = this.#entries.get(id)
    if (!entry) return
    // Where everybody is asked at once it is offered more than once.
    if (entry.callback.status !== 'offered' && !this.#move(entry, 'offer')) return
    this.#deps.append({ type: 'callbackOffered', callback: id, call: entry.callback.call, offer, agent })
  }

  released(id: CallbackId): void {
    const entry = this.#entries.get(id)
    if (!entry) return
    const { attempts, status } = entry.callback
    // A line of ours that went while he was called was no attempt to reach him.
    const counted = status === 'dialling' ? { attempts: attempts - 1 } : {}
    if (this.#move(entry, 'release', {}, counted)) this.#wait(entry)
  }

  dialled(id: CallbackId, agent: AgentId): void {
    const entry = this.#entries.get(id)
    if (!entry) return
    const attempts = entry.callback.attempts + 1
    // Whoever is accepted waits no more; the queue engine has let it go.
    if (this.#move(entry, 'dial', { agent }, { attempts })) entry.isInLine = false
  }

  notReached(id: CallbackId, cause: CallbackCause): void {
    const entry = this.#entries.get(id)
    if (!entry) return
    const { clock, settings } = this.#deps
    const { attemptsMax, retryAfterMinutes } = settings()
    if (entry.callback.attempts >= attemptsMax || cause === 'notAllowed')
      return void this.#move(entry, 'giveUp', { cause })
    const dueAt = clock.now() + retryAfterMinutes * MINUTE_MS
    if (this.#move(entry, 'tryAgain', { cause }, { dueAt })) this.#wait(entry)
  }

  reached(id: CallbackId): void {
    const entry = this.#entries.get(id)
    if (entry) this.#move(entry, 'connect')
  }

  finished(id: CallbackId): void {
    const entry = this.#entries.get(id)
    if (entry) this.#move(entry, 'finish')
  }

  spoke(number: string): void {
    const id = this.#byNumber.get(number)
    if (id && this.get(id)?.reason !== 'promised') this.cancel(id, { cause: 'spokeMeanwhile' })
  }

  cancel(id: CallbackId, why: { by: StaffId } | { cause: CallbackCause }): boolean {
    const entry = this.#entries.get(id)
    if (!entry || !CALLBACK_MOVES[entry.callback.status].cancel) return false
    this.#move(entry, 'cancel', why)
    this.#leaveLine(entry)
    return true
  }

  /** Quiet hours that were moved hold for those who wait for their end. */
  settingsChanged(): void {
    for (const entry of [...this.#entries.values()]) this.#wait(entry)
  }

  #hasRoom(): boolean {
    return this.#entries.size < OPEN_CALLBACKS_MAX
  }

  #enter(callback: OpenCallback): Entry {
    const { clock } = this.#deps
    const untilExpiry = Math.max(0, callback.expiresAt - clock.now())
    const entry: Entry = {
      callback,
      isInLine: false,
      isLeftBehind: false,
      cancelExpiry: clock.after(untilExpiry, () => this.#expire(entry)),
    }
    this.#entries.set(callback.id, entry)
    this.#byNumber.set(callback.number, callback.id)
    return entry
  }

  /** In the line if it is due, else by a timer when it will be. */
  #wait(entry: Entry): void {
    const { clock, settings } = this.#deps
    const { callback } = entry
    const now = clock.now()
    if (callback.status !== 'waiting' || entry.isLeftBehind) return
    if (callback.expiresAt <= now) return this.#expire(entry)
    if (entry.isInLine || !this.#line) return
    const { firstAfterSeconds, quiet } = settings()
    const freeAt = this.#line.isStillOn(callback.call) ? now + firstAfterSeconds * 1000 : now
    const dueAt = nextCallAt(quiet, Math.max(freeAt, callback.dueAt))
    entry.cancelDue?.()
    if (dueAt > now) {
      entry.cancelDue = clock.after(dueAt - now, () => this.#wait(entry))
      return
    }
    entry.isInLine = true
    this.#line.join(callback)
  }

  #leaveLine(entry: Entry): void {
    if (!entry.isInLine) return
    entry.isInLine = false
    this.#line?.leave(entry.callback)
  }

  /** One that is being offered or called just then has its chance; it expires when it comes back. */
  #expire(entry: Entry): void {
    if (entry.callback.status !== 'waiting' || entry.isLeftBehind) return
    this.#move(entry, 'expire')
    this.#leaveLine(entry)
    this.#deps.broken(entry.callback)
  }

  #move(
    entry: Entry,
    action: CallbackAction,
    facts: CallbackFacts = {},
    change: Partial<Pick<OpenCallback, 'attempts' | 'dueAt'>> = {},
  ): boolean {
    const { append, log } = this.#deps
    const { id, call, status: from } = entry.callback
    const to = CALLBACK_MOVES[from][action]
    if (!to) {
      log.info({ callback: id, status: from, action }, 'a move that this callback does not allow')
      return false
    }
    const agent = to === 'waiting' ? undefined : (facts.agent ?? entry.callback.agent)
    entry.callback = { ...entry.callback, ...change, status: to, agent }
    const { attempts, dueAt } = entry.callback
    append({ type: 'callbackMoved', callback: id, call, action, to, attempts, dueAt, ...facts })
    log.info({ callback: id, call, from, to, attempts }, 'callback')
    if (Object.keys(CALLBACK_MOVES[to]).length === 0) this.#forget(entry)
    return true
  }

  #forget(entry: Entry): void {
    entry.cancelDue?.()
    entry.cancelExpiry()
    this.#entries.delete(entry.callback.id)
    this.#byNumber.delete(entry.callback.number)
  }

  /** Bounded by the promises of one day, which are bounded by the lines of the trunks. */
  #promisesToday(): Map<string, number> {
    const day = tashkentDay(this.#deps.clock.now())
    if (this.#today.day !== day) this.#today = { day, promises: new Map() }
    return this.#today.promises
  }
}
