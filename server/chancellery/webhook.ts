/**
 * The system of a chancellery that takes appeals over HTTP: one request for each, signed, with the key of the dispatch.
 *
 * The request: `POST`, JSON with each enclosed file in base64, `Idempotency-Key`, and `X-Javob-Signature`, the SHA-256 HMAC of the body by the shared
 * secret in hex. The answer: any 2xx once it is kept; `{"incomingNumber": "…"}` where there is one at once.
 */
import { createHmac } from 'node:crypto'
import { z } from 'zod'
import type { AppealPackage, Chancellery } from '../appeals/ports.ts'
import { readBounded } from '../bounded-answer.ts'
import { enclose, packageFacts } from './package.ts'

/** With everything that is enclosed, over a poor line. */
const ANSWER_WITHIN_MS = 60_000
const ANSWER_MAX_BYTES = 64 * 1024

export const WebhookPlace = z.object({
  url: z.url({ protocol: /^https?$/ }),
  /** Shared with the system: it proves that the package is ours. */
  secret: z.string().min(16),
})
export type WebhookPlace = z.infer<typeof WebhookPlace>

const Answer = z.object({ incomingNumber: z.string().trim().min(1).max(64) })

export function webhookChancellery(place: WebhookPlace): Chancellery {
  return {
    async take(key: string, appeal: AppealPackage) {
      const enclosed = await enclose(appeal.files)
      const facts = packageFacts(appeal, enclosed)
      const contentOf = new Map(enclosed.map(({ content, place: at }) => [at, content.toString('base64')]))
      const files = facts.files.map((file, at) => ({ ...file, content: contentOf.get(at) ?? null }))
      const { text } = await ask(place, key, { ...facts, files })
      return { incomingNumber: numberIn(text) }
    },

    /** Only the status is told: any address can be typed, and what stands inside is not for whoever typed it. */
    async test(key: string) {
      const { status } = await ask(place, key, { test: true })
      return { answer: `HTTP ${status}` }
    },
  }
}

/** What was answered to a request that was taken. */
async function ask(
  { secret, url }: WebhookPlace,
  key: string,
  content: object,
): Promise<{ status: number; text: string }> {
  const body = JSON.stringify(content)
  const response = await fetch(url, {
    method: 'POST',
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    headers: {
      'content-type': 'application/json',
      'idempotency-key': key,
      'x-javob-signature': createHmac('sha256', secret).update(body).digest('hex'),
    },
  })
  const text = await readBounded(response, ANSWER_MAX_BYTES)
  if (!response.ok) throw new Error(`The chancellery's system answered ${response.status}`)
  return { status: response.status, text }
}

/** It was taken, whatever else the answer says. */
function numberIn(text: string): string | null {
  try {
    return Answer.parse(JSON.parse(text)).incomingNumber
  } catch {
    return null
  }
}
