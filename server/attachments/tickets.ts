/**
 * A ticket opens one file for a minute, without a cookie: files may be served under another name than the console, where
 * the sign-in's cookie does not go and where nothing of ours could be harmed by what is in a file.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { AttachmentId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'

const TICKET_SECONDS = 60
const SECOND_MS = 1_000

export function tickets(secret: string) {
  const seal = (attachment: string, until: number) =>
    createHmac('sha256', secret).update(`attachment ${attachment} ${until}`).digest('base64url')

  return {
    issue(attachment: AttachmentId, now: Instant): string {
      const until = Math.ceil(now / SECOND_MS) + TICKET_SECONDS
      return `${until}.${seal(attachment, until)}`
    },

    isValid(attachment: AttachmentId, ticket: string, now: Instant): boolean {
      const [until = '', given = ''] = ticket.split('.')
      if (!/^\d{1,12}$/.test(until) || Number(until) * SECOND_MS < now) return false
      const wanted = Buffer.from(seal(attachment, Number(until)))
      const got = Buffer.from(given)
      return wanted.length === got.length && timingSafeEqual(wanted, got)
    },
  }
}
