/**
 * SMS over the HTTP gateway that Uzbek aggregators offer (the broker interface of Play Mobile): one `POST` with a user
 * and a password, JSON, and an id of ours that the gateway takes only once.
 *
 * What it refuses by its own word was refused. What could not reach it was not sent and may be tried again. Where the
 * request was sent and no answer came, nobody knows. What became of a message it reports afterwards, by a `POST` of its own
 * to an address it was told; it cannot be asked.
 */
import { z } from 'zod'
import type { DeliveryAction } from '#core/messages/message-status.ts'
import { Refusal } from '../errors.ts'
import type { DeliveryReport, SentSms, SmsSender } from '../messages/ports.ts'

const ANSWER_WITHIN_MS = 5_000
const PROBLEM_MAX_CHARACTERS = 200

export const SmsGateway = z.object({
  url: z.url({ protocol: /^https?$/ }),
  user: z.string().min(1),
  password: z.string().min(1),
  /** What the citizen sees as the sender. */
  originator: z.string().min(1).max(20),
  /** The secret end of the address to which it reports; none where nobody has told it one. */
  reportToken: z
    .string()
    .regex(/^[\w-]{20,100}$/)
    .optional(),
})
export type SmsGateway = z.infer<typeof SmsGateway>

const REPORTS_AT_ONCE_MAX = 1_000

const Reports = z.object({
  messages: z
    .array(z.object({ 'message-id': z.union([z.string(), z.number()]), status: z.string() }))
    .max(REPORTS_AT_ONCE_MAX),
})

/** In small letters; what is on its way (`transmitted`) is not here. */
const ACTION_OF: Readonly<Record<string, DeliveryAction | undefined>> = {
  delivered: 'deliver',
  notdelivered: 'bounce',
  expired: 'bounce',
  rejected: 'bounce',
  failed: 'bounce',
}

const OurId = z.uuid()

function readReports(body: unknown): DeliveryReport[] {
  const read = Reports.safeParse(body)
  if (!read.success) throw new Refusal('badInput', 'This is no report of a gateway')
  return read.data.messages.flatMap(({ 'message-id': id, status }) => {
    const action = ACTION_OF[status.toLowerCase()]
    const ours = OurId.safeParse(id)
    return action && ours.success ? [{ id: ours.data, action }] : []
  })
}

export function gatewaySender({ url, user, password, originator, reportToken }: SmsGateway): SmsSender {
  return {
    ...(reportToken !== undefined && { reports: { token: reportToken, read: readReports } }),
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
