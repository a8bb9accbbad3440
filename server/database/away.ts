/**
 * Whether a failed statement says that the database is away, so that it is worth
 * asking again, rather than that what was asked is wrong and always will be.
 *
 * What is not known is taken for wrong: taken for absence, one mistake of ours
 * would be tried for ever and hold up everything behind it.
 */

/** Connection lost, out of resources, shutting down or crashed, and transactions that may be tried again. */
const AWAY_CLASSES = /^(08|53|57|40)/
/** Node's own words for a peer that does not answer: ECONNREFUSED, EPIPE, ENOENT for a socket that is gone. */
const NETWORK_CODE = /^E[A-Z]+$/
/** What the driver says without a code. */
const DRIVER_WORDS = /connection|connect|timeout|not queryable|client was closed/i

export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof TypeError || error instanceof RangeError) return false
  const code = 'code' in error ? String(error.code) : ''
  if (code !== '') return AWAY_CLASSES.test(code) || NETWORK_CODE.test(code)
  return DRIVER_WORDS.test(error.message)
}
