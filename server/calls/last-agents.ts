/**
 * Who spoke with a caller lately, by the caller's number: within an hour he is
 * given the same agent if that one is free. Kept in memory, because a call does
 * not wait for the database; filled by talks that end, and at a start by those of
 * the last hour.
 */
import type { AgentId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import type { Caller } from './events.ts'

export const REPEAT_WITHIN_MS = 3_600_000
/** Far more talks than an hour has; the oldest are forgotten first. */
const NUMBERS_MAX = 20_000

type Talk = { readonly agent: AgentId; readonly endedAt: Instant }

export class LastAgents {
  readonly #talks = new Map<string, Talk>()

  talked(caller: Caller, talk: Talk): void {
    const number = numberOf(caller)
    if (!number) return
    // Deleted first, so that the order of the map is the order of the talks.
    this.#talks.delete(number)
    this.#talks.set(number, talk)
    const oldest = this.#talks.size > NUMBERS_MAX ? this.#talks.keys().next().value : undefined
    if (oldest !== undefined) this.#talks.delete(oldest)
  }

  of(caller: Caller, now: Instant): AgentId | undefined {
    const talk = this.#talks.get(numberOf(caller) ?? '')
    return talk && now - talk.endedAt <= REPEAT_WITHIN_MS ? talk.agent : undefined
  }
}

/** A withheld or guessed number is nobody's. */
function numberOf({ e164, confidence }: Caller): string | undefined {
  return confidence === 'high' ? e164 : undefined
}
