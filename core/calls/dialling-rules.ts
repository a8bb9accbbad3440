/**
 * Which numbers outside may be called: from a desk, and when a citizen is called back.
 *
 * The organisation lists what numbers may begin with and what they may not; the
 * longest of the beginnings that fit decides, so that one number can be let through
 * where its range is not. Short numbers have no beginning to go by: each one has
 * to be listed whole. What fits nothing is refused.
 *
 * By default: Uzbek numbers of nine digits, without the range that costs extra. Foreign
 * numbers, short numbers and emergency numbers are refused. Our own numbers always are: they
 * would lead back into the menu. Numbers come from callers and from what is typed, so this is what
 * stands between a stranger and the organisation's bill.
 */
import { parsePhoneNumber } from '#core/text/phone-number.ts'

export type DiallingRules = {
  /** What E.164 numbers may begin with, and short numbers whole: `+998`, `1102`. */
  readonly allowed: readonly string[]
  readonly denied: readonly string[]
}

/**
 * +998 900: voting and entertainment. The others have no country and cost by their nature: shared cost, satellites,
 * networks of the world, premium rate (https://www.itu.int/pub/T-SP-E.164D).
 */
export const DEFAULT_DIALLING_RULES: DiallingRules = {
  allowed: ['+998'],
  denied: ['+998900', '+808', '+870', '+878', '+881', '+882', '+883', '+979'],
}

export const DIAL_REFUSALS = [
  'notANumber',
  'emergency',
  'shortNumber',
  'ownNumber',
  'costly',
  'foreign',
] as const
export type DialRefusal = (typeof DIAL_REFUSALS)[number]

export type DialVerdict = { readonly dial: string } | { readonly refused: DialRefusal }

/** An agent who has an emergency on the line calls from his own phone: from here the rescuers would see our address. */
const EMERGENCY_NUMBERS: ReadonlySet<string> = new Set(['101', '102', '103', '104', '112', '1050'])
const SHORT_NUMBER = /^\d{3,6}$/
const HOME = '+998'

/** Reads what was typed, in any way people write numbers, and says how to dial it or why not. */
export function mayDialOut(
  typed: string,
  rules: DiallingRules = DEFAULT_DIALLING_RULES,
  own: readonly string[] = [],
): DialVerdict {
  const compact = typed.replace(/[\s().-]/g, '')
  if (own.includes(compact)) return { refused: 'ownNumber' }
  if (SHORT_NUMBER.test(compact)) return shortNumber(compact, rules)
  const { e164, confidence } = parsePhoneNumber(typed)
  // A local number whose area was guessed could be anybody's.
  if (!e164 || confidence !== 'high') return { refused: 'notANumber' }
  if (own.includes(e164)) return { refused: 'ownNumber' }
  const allowed = longestOf(rules.allowed, e164)
  const denied = longestOf(rules.denied, e164)
  if (allowed > denied) return { dial: e164 }
  return { refused: e164.startsWith(HOME) ? 'costly' : 'foreign' }
}

function shortNumber(number: string, { allowed }: DiallingRules): DialVerdict {
  if (allowed.includes(number)) return { dial: number }
  return { refused: EMERGENCY_NUMBERS.has(number) ? 'emergency' : 'shortNumber' }
}

/** How long the longest of the beginnings that fit is. */
function longestOf(beginnings: readonly string[], number: string): number {
  const fitting = beginnings.filter((each) => each.startsWith('+') && number.startsWith(each))
  return Math.max(0, ...fitting.map(({ length }) => length))
}
