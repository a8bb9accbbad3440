/**
 * The number of an appeal, as in `A-2026-000001`: the organisation's prefix, the year of registration, the place in
 * that year. The sequence has no gaps; the database counts it in the transaction that registers.
 */

/** A number read out over the telephone: six digits last for the busiest year. Larger sequences only grow longer. */
const SEQUENCE_DIGITS = 6
const PREFIX = /^\p{Lu}[\p{Lu}\d]{0,7}$/u

export type AppealNumber = { readonly prefix: string; readonly year: number; readonly sequence: number }

/** Whether an administrator may choose this prefix: capitals and digits, eight at most. */
export function isAppealPrefix(prefix: string): boolean {
  return PREFIX.test(prefix)
}

export function formatAppealNumber({ prefix, year, sequence }: AppealNumber): string {
  return `${prefix}-${year}-${String(sequence).padStart(SEQUENCE_DIGITS, '0')}`
}

/** Reads a number as people write it: in small letters, without leading zeros, with spaces or long dashes. */
export function parseAppealNumber(text: string): AppealNumber | undefined {
  const [, prefix = '', year = '', sequence = ''] =
    /^(\p{L}[\p{L}\d]{0,7})[\s\-‐-―/]+(\d{4})[\s\-‐-―/]+(\d{1,9})$/u.exec(text.trim().toUpperCase()) ?? []
  const number = { prefix, year: Number(year), sequence: Number(sequence) }
  return isAppealPrefix(prefix) && number.sequence > 0 ? number : undefined
}
