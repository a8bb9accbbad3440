/**
 * SMS over the HTTP gateway that Uzbek aggregators offer (the broker interface of Play Mobile): one `POST` with a user
 * and a password, JSON, and an id of ours that the gateway takes only once.
 *
 * What it refuses by its own word was refused. What could not reach it was not sent and may be tried again. Where the
 * request was sent and no answer came, nobody knows.
 */
import { z } from 'zod'
import type { SentSms, SmsSender } from '../messages/ports.ts'

const ANSWER_WITHIN_MS = 5_000
const PROBLEM_MAX_CHARACTERS = 200

export const SmsGateway = z.object({
  driver: z.literal('gateway'),
  url: z.url({ protocol: /^https?$/ }),
  user: z.string().min(1),
  password: z.string().min(1),
  /** What the citizen sees as the sender. */
  originator: z.string().min(1).max(20),
})
export type SmsGateway = z.infer<typeof SmsGateway>

export function gatewaySender({ url, user, password, originator }: Omit<SmsGateway, 'driver'>): SmsSender {
  return {
    async send({ id, to, text }): Promise<SentSms> {
      const sms = { originator, content: { text } }
      const body = JSON.stringify({ messages: [{ recipient: to.replace('+', ''), 'message-id': id, sms }] })
      let response: Response
      try {
        response = await fetch(url, {
          method: 'POST',
          body,
          redirect: 'error',
          signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
          headers: {
            'content-type': 'application/json',
            authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
          },
        })
        await response.body?.cancel()
      } catch (error) {
        return { outcome: neverSent(error) ? 'away' : 'unknown', problem: problemOf(error) }
      }
      if (response.ok) return { outcome: 'accepted', providerId: id }
      const problem = `the gateway answered ${response.status}`
      return { outcome: response.status < 500 ? 'refused' : 'away', problem }
    },
  }
}

const NEVER_CONNECTED = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]

/** There was no connection, so nothing can have been taken. */
function neverSent(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error && 'code' in cause && NEVER_CONNECTED.includes(String(cause.code))
}

function problemOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, PROBLEM_MAX_CHARACTERS)
}
