/**
 * Hashes that nobody without this copy's secret can make: of codes, of form tokens, of what comes back from OneID, and the codes
 * by which appeals are followed. And what is sealed so that besides the secret it takes a cookie to read it.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { AppealId } from '#core/lib/ids.ts'
import { followCodeFrom, writtenFollowCode } from '#core/portal/follow-code.ts'

export type Keyed = ReturnType<typeof keyed>

/** Each use has a word of its own, so that what was made for one opens nothing else. */
type Use = 'code' | 'form' | 'follow' | 'typed' | 'state' | 'seal'

const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

export function keyed(secret: string) {
  const hash = (use: Use, ...parts: readonly string[]): Buffer =>
    createHmac('sha256', secret)
      .update(JSON.stringify([use, ...parts]))
      .digest()
  /** `series`: which telephone it is that the appeal names, the first being 0. Another one has another code. */
  const followCode = (appeal: AppealId, series = 0): string =>
    followCodeFrom(series === 0 ? hash('follow', appeal) : hash('follow', appeal, String(series)))

  return {
    hash,
    followCode,
    writtenFollowCode: (appeal: AppealId, series = 0): string =>
      writtenFollowCode(followCode(appeal, series)),

    /** As long for a right code as for a wrong one, however long it is. */
    isSame: (one: string, other: string): boolean =>
      timingSafeEqual(hash('typed', one), hash('typed', other)),

    /** For whoever has the cookie, and nobody else: neither the table nor the secret is enough. */
    seal(cookie: string, text: string): Buffer {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv(CIPHER, hash('seal', cookie), nonce)
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
    },

    /** Throws where another cookie or another secret has sealed it. */
    unseal(cookie: string, sealed: Buffer): string {
      const text = NONCE_BYTES + TAG_BYTES
      const opening = createDecipheriv(CIPHER, hash('seal', cookie), sealed.subarray(0, NONCE_BYTES))
      opening.setAuthTag(sealed.subarray(NONCE_BYTES, text))
      return opening.update(sealed.subarray(text), undefined, 'utf8') + opening.final('utf8')
    },
  }
}
