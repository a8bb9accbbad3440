/**
 * The callers who wait, in order, by queue and language: within such a class
 * every agent who may take one call may take the others, so only heads compete.
 *
 * Each class is an array sorted by turn. Arrivals are appended, heads shifted,
 * and a call returning after a missed offer is put back by binary search where
 * its time of arrival puts it, which is at or near the head.
 */
import type { CallId, QueueId } from '#core/lib/ids.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import type { WaitingCall } from './routing-events.ts'

type ClassKey = `${CallLanguage} ${QueueId}`

const classOf = (queue: QueueId, language: CallLanguage): ClassKey => `${language} ${queue}`

/** Negative when `a` has its turn before `b`. */
export function byTurn(a: WaitingCall, b: WaitingCall): number {
  return a.since - b.since || a.ordinal - b.ordinal
}

export class WaitingCalls {
  readonly #classes = new Map<ClassKey, WaitingCall[]>()
  readonly #byCall = new Map<CallId, WaitingCall>()

  has(call: CallId): boolean {
    return this.#byCall.has(call)
  }

  /** Returns the position in its class, 1 for the head. */
  add(waiting: WaitingCall): number {
    const key = classOf(waiting.queue, waiting.language)
    const line = this.#classes.get(key) ?? []
    this.#classes.set(key, line)
    const index = turnIn(line, waiting)
    line.splice(index, 0, waiting)
    this.#byCall.set(waiting.call, waiting)
    return index + 1
  }

  remove(call: CallId): WaitingCall | undefined {
    const waiting = this.#byCall.get(call)
    if (!waiting) return undefined
    const line = this.#line(waiting)
    // Shifting the head is a constant-time move of the array's start; splicing is not.
    if (line[0] === waiting) line.shift()
    else line.splice(turnIn(line, waiting), 1)
    this.#byCall.delete(call)
    return waiting
  }

  /** The call whose turn comes first among the classes of these queues and languages. */
  firstFor(queues: readonly QueueId[], languages: readonly CallLanguage[]): WaitingCall | undefined {
    let first: WaitingCall | undefined
    for (const queue of queues) {
      for (const language of languages) {
        const head = this.#classes.get(classOf(queue, language))?.[0]
        if (head && (!first || byTurn(head, first) < 0)) first = head
      }
    }
    return first
  }

  positionOf(call: CallId): number | undefined {
    const waiting = this.#byCall.get(call)
    return waiting && turnIn(this.#line(waiting), waiting) + 1
  }

  all(): WaitingCall[] {
    return [...this.#byCall.values()].sort(byTurn)
  }

  #line({ queue, language }: WaitingCall): WaitingCall[] {
    return this.#classes.get(classOf(queue, language)) ?? []
  }
}

/** Where `waiting` stands or would stand in a sorted line. */
function turnIn(line: readonly WaitingCall[], waiting: WaitingCall): number {
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
