/** Callers on their way into a queue and out of it: each entry is counted, and each exit has its reason. */
import type { CallId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import type { Books } from './books.ts'
import { mayTake } from './choose-agents.ts'
import type { Offering } from './offering.ts'
import type { CallArrived, QueueExit, RoutingCommand, WaitingCall } from './routing-events.ts'
import type { QueueSettings } from './queue-settings.ts'
import { timersOf, unservedTimer } from './routing-timers.ts'
import { nextQueueOf, type SentAway, sentAwayAtOnce, sentAwayLater } from './sent-away.ts'

export class Entering {
  readonly #books: Books
  readonly #offering: Offering

  constructor(books: Books, offering: Offering) {
    this.#books = books
    this.#offering = offering
  }

  arrive(event: CallArrived, now: Instant): RoutingCommand[] {
    const { isBack = false, lastAgent, priority = 0 } = event
    const waiting = this.#waitingCall(event, lastAgent ? priority + 1 : priority, now)
    const refused = isBack ? undefined : this.#refused(waiting, now)
    if (refused) return this.#turnAway(waiting, refused, now)
    const settings = this.#books.queue(waiting.queue)
    // Where everybody is asked at once, nobody is asked before the others.
    const known = lastAgent && settings.order !== 'ringAll' && this.#books.staff.get(lastAgent)
    if (known && known.state === 'idle' && mayTake(known, waiting, settings, now))
      return [...this.#hold(waiting, now), ...this.#offering.offer(waiting, [known], now)]
    return [...this.#letIn(waiting, now), ...(isBack ? this.#waitForDuty(waiting, now) : [])]
  }

  /**
   * Who is back is not sent away at once where nobody serves his queue: after a restart the agents are on their way back as
   * well, and one whose line was lost signs on anew within seconds. If nobody has come by then, the rule holds for him too.
   */
  #waitForDuty(waiting: WaitingCall, now: Instant): RoutingCommand[] {
    if (waiting.kind === 'callback' || this.#books.staff.onDutyFor(waiting.queue) > 0) return []
    return [unservedTimer(waiting, now + this.#books.settings.directWaitSeconds * 1000)]
  }

  #enter(waiting: WaitingCall, now: Instant): RoutingCommand[] {
    const refused = this.#refused(waiting, now)
    return refused ? this.#turnAway(waiting, refused, now) : this.#letIn(waiting, now)
  }

  /** What time, or settings that were changed since he was let in, have made of a call that waits here. */
  sendAwayIfDue(waiting: WaitingCall, now: Instant, before?: QueueSettings): RoutingCommand[] {
    const settings = this.#books.queue(waiting.queue)
    const sent = sentAwayLater(waiting, settings, { now, before: before ?? settings })
    return sent ? this.sendAway(waiting.call, sent, now) : []
  }

  sendAwayIfNobodyServes(waiting: WaitingCall, now: Instant): RoutingCommand[] {
    const { call, kind, only, queue } = waiting
    // Another rule may have sent him on to a queue where he waits by now.
    if (this.#books.waiting.get(call) !== waiting) return []
    const rule = this.#books.queue(queue).nobodyOnDuty
    if (!rule || kind === 'callback' || only || this.#books.staff.onDutyFor(queue) > 0) return []
    return this.sendAway(call, { reason: 'closed', then: rule.then }, now)
  }

  /** A rule ends the wait in this queue: in another one, or with a word and the end of the call. */
  sendAway(call: CallId, sent: SentAway, now: Instant): RoutingCommand[] {
    const waiting = this.#books.waiting.remove(call)
    return waiting ? this.#sendOn(waiting, sent, now) : []
  }

  exit(
    { call, kind, queue, enteredAt }: WaitingCall,
    { reason, then }: { reason: QueueExit; then?: 'takeMessage' | 'hangUp' },
    now: Instant,
  ): RoutingCommand[] {
    // A callback was counted when its caller left the queue for it.
    if (kind === 'callback') return []
    this.#books.ledger.left(queue, reason)
    return [{ do: 'leaveQueue', call, queue, reason, waitedMs: now - enteredAt, ...(then && { then }) }]
  }

  /** Whoever waited for one agent alone waits for anybody now, at his place. */
  openToAll(waiting: WaitingCall, now: Instant): RoutingCommand[] {
    if (!waiting.only) return []
    this.#books.waiting.remove(waiting.call)
    return this.waitForAnybody(waiting, now)
  }

  /** What should have ended his wait may have come while it was another's to end: an offer's, or one agent's alone. */
  waitForAnybody(waiting: WaitingCall, now: Instant): RoutingCommand[] {
    const { call, only } = waiting
    const open = { ...waiting, only: undefined }
    this.#books.waiting.add(open)
    // Where all were asked at once, whoever is free has just let him ring: no reason to keep him beyond his time.
    const rangAll = !only && this.#books.queue(open.queue).order === 'ringAll'
    const due = rangAll ? this.sendAwayIfDue(open, now) : []
    if (due.length > 0) return due
    return [
      ...(only ? [{ do: 'openToAll', call } as const] : []),
      ...this.#offering.serve(open, now),
      ...this.sendAwayIfDue(open, now),
      // The last one may have gone, or serve something else, while he was asked for this very call.
      ...this.sendAwayIfNobodyServes(open, now),
    ]
  }

  #waitingCall(event: CallArrived, priority: number, now: Instant): WaitingCall {
    const { call, queue, language, since = now, enteredAt = now, kind = 'caller' } = event
    const ordinal = this.#books.nextOrdinal()
    return {
      call,
      kind,
      queue,
      language,
      priority,
      only: event.only && this.#books.staff.get(event.only) ? event.only : undefined,
      since,
      turn: since - priority * this.#books.settings.headStartSeconds * 1000,
      enteredAt,
      visit: ordinal,
      overflows: 0,
      ordinal,
    }
  }

  #hold(waiting: WaitingCall, now: Instant): RoutingCommand[] {
    const { ledger, settings, waiting: line } = this.#books
    const { call, only, queue } = waiting
    if (waiting.kind === 'caller') ledger.entered(queue)
    line.add(waiting)
    return [
      { do: 'holdInQueue', call, queue, position: line.positionOf(waiting), ...(only && { only }) },
      ...timersOf(waiting, this.#books.queue(queue), settings, now),
    ]
  }

  #letIn(waiting: WaitingCall, now: Instant): RoutingCommand[] {
    const held = [...this.#hold(waiting, now), ...this.#offering.serve(waiting, now)]
    // Taken up after a restart, he may have been here too long, or the queue have closed, while nobody watched.
    return [...held, ...this.sendAwayIfDue(waiting, now)]
  }

  #turnAway(waiting: WaitingCall, refused: SentAway, now: Instant): RoutingCommand[] {
    if (waiting.kind === 'caller') this.#books.ledger.entered(waiting.queue)
    return this.#sendOn(waiting, refused, now)
  }

  #refused(waiting: WaitingCall, now: Instant): SentAway | undefined {
    const { queue } = waiting
    return sentAwayAtOnce(waiting, this.#books.queue(queue), {
      now,
      onDuty: this.#books.staff.onDutyFor(queue),
      callers: this.#books.waiting.callersIn(queue),
      isSomebodyFree: () => this.#books.freeFor(waiting, now).length > 0,
    })
  }

  #sendOn(waiting: WaitingCall, sent: SentAway, now: Instant): RoutingCommand[] {
    const queue = nextQueueOf(waiting, sent)
    if (queue === undefined) {
      const then = sent.then.do === 'hangUp' ? 'hangUp' : 'takeMessage'
      return this.exit(waiting, { reason: sent.reason, then }, now)
    }
    const moved = {
      ...waiting,
      queue,
      only: undefined,
      enteredAt: now,
      visit: this.#books.nextOrdinal(),
      overflows: waiting.overflows + 1,
    }
    return [...this.exit(waiting, { reason: 'overflowed' }, now), ...this.#enter(moved, now)]
  }
}
