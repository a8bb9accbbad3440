/**
 * Whether somebody is attested today, and until when.
 *
 * An attestation holds through its last day, by Tashkent's calendar. It ends at that midnight for what comes next; what
 * is going on, goes on. A later version of the course may end the attestations of earlier ones on a day of its own.
 */
import { addDays, addMonths, type Day, type Instant, tashkentMidnight } from '#core/lib/time.ts'

/** Passed quizzes; of two of the same course the one that holds longer counts. */
export type Attestation = {
  readonly version: number
  readonly passedOn: Day
  /** The last day on which it holds; nothing: it does not end by itself. */
  readonly validUntil: Day | null
}

/** A published version after which earlier attestations hold until `againBy` only. */
export type Renewal = { readonly version: number; readonly againBy: Day }

export const STANDINGS = ['never', 'valid', 'endsSoon', 'ended'] as const
export type Standing = (typeof STANDINGS)[number]

/** So long before the end one is reminded: time enough for a course between calls. */
export const ENDS_SOON_DAYS = 14

export function validUntil(passedOn: Day, validMonths: number | null): Day | null {
  return validMonths === null ? null : addMonths(passedOn, validMonths)
}

/** The last day on which it holds, renewals and all. */
export function endsOn(attestation: Attestation, renewals: readonly Renewal[]): Day | null {
  const days = renewals
    .filter(({ version }) => version > attestation.version)
    .map(({ againBy }) => againBy)
    .concat(attestation.validUntil ?? [])
  return days.length === 0 ? null : days.reduce((first, day) => (day < first ? day : first))
}

export type HowItStands = { readonly standing: Standing; readonly endsOn: Day | null }

/** Of everything somebody has passed of one course. */
export function standingOf(
  passed: readonly Attestation[],
  renewals: readonly Renewal[],
  today: Day,
): HowItStands {
  if (passed.length === 0) return { standing: 'never', endsOn: null }
  const ends = passed.map((attestation) => endsOn(attestation, renewals))
  if (ends.includes(null)) return { standing: 'valid', endsOn: null }
  const last = ends.filter((day) => day !== null).reduce((latest, day) => (day > latest ? day : latest))
  if (last < today) return { standing: 'ended', endsOn: last }
  return { standing: addDays(today, ENDS_SOON_DAYS) >= last ? 'endsSoon' : 'valid', endsOn: last }
}

export function isAttested(standing: Standing): boolean {
  return standing === 'valid' || standing === 'endsSoon'
}

/** From this moment on it holds no more. */
export function endOf(last: Day): Instant {
  return tashkentMidnight(addDays(last, 1))
}
