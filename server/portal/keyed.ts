/** Hashes that nobody without this copy's secret can make: of codes, of form tokens, and the codes by which appeals are followed. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { AppealId } from '#core/lib/ids.ts'
import { followCodeFrom, writtenFollowCode } from '#core/portal/follow-code.ts'

export type Keyed = ReturnType<typeof keyed>

/** Each use has a word of its own, so that what was made for one opens nothing else. */
type Use = 'code' | 'form' | 'follow' | 'typed'

export function keyed(secret: string) {
  const hash = (use: Use, ...parts: readonly string[]): Buffer =>
    createHmac('sha256', secret)
      .update(JSON.stringify([use, ...parts]))
      .digest()
  const followCode = (appeal: AppealId): string => followCodeFrom(hash('follow', appeal))

  return {
    hash,
    followCode,
    writtenFollowCode: (appeal: AppealId): string => writtenFollowCode(followCode(appeal)),

    /** As long for a right code as for a wrong one, however long it is. */
    isSame: (one: string, other: string): boolean =>
      timingSafeEqual(hash('typed', one), hash('typed', other)),
  }
}
