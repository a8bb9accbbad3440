/**
 * The callers who wait, in order. Those of one class are alike but for their
 * time: same queue, language, priority and, for a transfer, the same wanted
 * agent. Rules only relax with waiting, so within a class whoever may take one
 * call may take all before it, and only the heads of classes compete.
 *
 * Each class is an array sorted by turn. Arrivals are appended, heads shifted,
 * and a call returning after a missed offer is put back by binary search where
 * its turn puts it, which is at or near the head.
 */
import type { CallId, QueueId } from '#core/lib/ids.ts'
import type { Ahead } from './expected-wait.ts'
import type { WaitingCall } from './routing-events.ts'

/** The calls of one class, by turn; never empty while it is in the book. */
export type Line = readonly WaitingCall[]

/** Negative when `a` has its turn before `b`. */
export function byTurn(a: WaitingCall, b: WaitingCall): number {
  return a.turn - b.turn || a.ordinal - b.ordinal
}

export class WaitingCalls {
  readonly #queues = new Map<QueueId, Map<string, WaitingCall[]>>()
  readonly #byCall = new Map<CallId, WaitingCall>()
  readonly #callers = new Map<QueueId, number>()

  get(call: CallId): WaitingCall | undefined {
    return this.#byCall.get(call)
  }

  add(waiting: WaitingCall): void {
    const lines = this.#queues.get(waiting.queue) ?? new Map<string, WaitingCall[]>()
    this.#queues.set(waiting.queue, lines)
    const line = lines.get(classOf(waiting)) ?? []
    lines.set(classOf(waiting), line)
    line.splice(turnIn(line, waiting), 0, waiting)
    this.#byCall.set(waiting.call, waiting)
    this.#count(waiting, 1)
  }

  remove(call: CallId): WaitingCall | undefined {
    const waiting = this.#byCall.get(call)
    if (!waiting) return undefined
    const lines = this.#queues.get(waiting.queue)
    const line = lines?.get(classOf(waiting)) ?? []
    // Shifting the head is a constant-time move of the array's start; splicing is not.
    if (line[0] === waiting) line.shift()
    else line.splice(turnIn(line, waiting), 1)
    if (line.length === 0) lines?.delete(classOf(waiting))
    this.#byCall.delete(call)
    this.#count(waiting, -1)
    return waiting
  }

  /** How many wait on the line. A callback is a promise that is kept: it holds no line and may wait for hours. */
  callersIn(queue: QueueId): number {
    return this.#callers.get(queue) ?? 0
  }

  #count({ kind, queue }: WaitingCall, by: number): void {
    if (kind === 'caller') this.#callers.set(queue, this.callersIn(queue) + by)
  }

  lineOf(waiting: WaitingCall): Line {
    return this.#queues.get(waiting.queue)?.get(classOf(waiting)) ?? []
  }

  /**
   * Of those that somebody may take, whose turn comes first. What waits for him alone comes before all others, be it of a
   * queue that he does not serve.
   */
  first(mayTake: (waiting: WaitingCall) => boolean): WaitingCall | undefined {
    let first: WaitingCall | undefined
    for (const lines of this.#queues.values())
      for (const [head] of lines.values())
        if (head && (!first || isBefore(head, first)) && mayTake(head)) first = head
    return first
  }

  /** How many of the same queue and language have their turn before this one, and itself. Transfers to one agent do not compete. */
  positionOf(waiting: WaitingCall): number {
    let position = 1
    for (const line of this.#queues.get(waiting.queue)?.values() ?? []) {
      const [head] = line
      if (!head || head.language !== waiting.language || head.only !== waiting.only) continue
      position += turnIn(line, waiting)
    }
    return position
  }

  /** All who have their turn before this one, whatever they wait for: of each line one, and how many. */
  aheadOf(waiting: WaitingCall): Ahead[] {
    const lines = [...this.#queues.values()].flatMap((ofQueue) => [...ofQueue.values()])
    return lines.flatMap((line) => {
      const count = turnIn(line, waiting)
      return line[0] && count > 0 ? [{ like: line[0], count }] : []
    })
  }

  all(): WaitingCall[] {
    return [...this.#byCall.values()].sort(byTurn)
  }
}

function isBefore(a: WaitingCall, b: WaitingCall): boolean {
  if ((a.only === undefined) !== (b.only === undefined)) return a.only !== undefined
  return byTurn(a, b) < 0
}

function classOf({ language, only, priority }: WaitingCall): string {
  return `${language} ${priority} ${only ?? ''}`
}

/** Where `waiting` stands or would stand in a sorted line. */
function turnIn(line: Line, waiting: WaitingCall): number {
  const last = line.at(-1)
  if (!last || byTurn(last, waiting) < 0) return line.length
  let [from, to] = [0, line.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    const other = line[middle]
    if (other && byTurn(other, waiting) < 0) from = middle + 1
    else to = middle
  }
  return from
}
