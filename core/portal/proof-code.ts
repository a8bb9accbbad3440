/**
 * The code sent by SMS with which a citizen proves that a telephone is in his hand.
 *
 * It proves the telephone and not the person: families share one. So it opens what was filed or called from that
 * telephone, and nothing more. Each number gets few codes an hour and each code few tries, so that guessing one of a
 * million is hopeless and nobody can have a stranger's telephone ring all night.
 */
import type { Instant } from '#core/lib/time.ts'

const CODE_DIGITS = 6
export const CODE_VALID_MS = 10 * 60_000
export const CODE_TRIES_MAX = 5
export const CODES_PER_NUMBER_MAX = 3
/** With those that no network took: each may be guessed at, whether it was sent or not. */
export const CODES_ASKED_PER_NUMBER_MAX = 10
export const CODES_COUNTED_OVER_MS = 3_600_000

export type AskedBefore = { readonly at: Instant; readonly wasTaken: boolean }

/**
 * `asked`: when codes were made for this number lately, and whether a network may have taken them: whoever waited for one
 * that could not be sent may ask again. Nothing when another may be sent now, else from when on.
 */
export function nextCodeAt(asked: readonly AskedBefore[], now: Instant): Instant | undefined {
  const lately = asked.filter(({ at }) => at > now - CODES_COUNTED_OVER_MS)
  const taken = lately.filter(({ wasTaken }) => wasTaken)
  return fullUntil(taken, CODES_PER_NUMBER_MAX) ?? fullUntil(lately, CODES_ASKED_PER_NUMBER_MAX)
}

function fullUntil(asked: readonly AskedBefore[], most: number): Instant | undefined {
  const oldestThatCounts = asked
    .map(({ at }) => at)
    .toSorted((one, other) => one - other)
    .at(-most)
  return asked.length < most || oldestThatCounts === undefined
    ? undefined
    : oldestThatCounts + CODES_COUNTED_OVER_MS
}

/** A code as it is sent, from a number by chance in [0, 1). */
export function codeFrom(chance: number): string {
  const codes = 10 ** CODE_DIGITS
  return String(Math.min(codes - 1, Math.floor(chance * codes))).padStart(CODE_DIGITS, '0')
}

/** What was typed, without the spaces and dashes people put between digits; nothing when it cannot be a code. */
export function readCode(typed: string): string | undefined {
  const digits = typed.replace(/[\s\-‐-―]/gu, '')
  return new RegExp(`^\\d{${CODE_DIGITS}}$`).test(digits) ? digits : undefined
}

export type SentCode = {
  readonly sentAt: Instant
  readonly usedAt: Instant | null
  /** Tries that were counted already, this one not among them. */
  readonly tries: number
}

export const CODE_PROBLEMS = ['wrong', 'expired', 'spent'] as const
/** `spent`: it was tried too often, or it has been used. */
export type CodeProblem = (typeof CODE_PROBLEMS)[number]

export function codeProblem(code: SentCode, isRight: boolean, now: Instant): CodeProblem | undefined {
  if (code.usedAt !== null || code.tries >= CODE_TRIES_MAX) return 'spent'
  if (now >= code.sentAt + CODE_VALID_MS) return 'expired'
  return isRight ? undefined : 'wrong'
}
