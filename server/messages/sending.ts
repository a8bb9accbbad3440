/** One message after the other: taken, handed over, and what became of it written down. */
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { AppealId, CallId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import { afterAttempt, hasArrived, MESSAGE_MOVES, type MessageStatus } from '#core/messages/message-status.ts'
import { isUrgent, messageText } from '#core/messages/message-texts.ts'
import { smsSegments } from '#core/messages/sms-text.ts'
import { followingTelephone } from '#core/portal/following.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import type { MessageEvent } from './events.ts'
import type { SentSms, SmsSender } from './ports.ts'
import {
  addToldJob,
  findMessageAppeal,
  isToldOf,
  putMessageStatus,
  type TakenMessage,
  takeMessage,
} from './store.ts'

const NO_SENDER: SentSms = { outcome: 'refused', problem: 'no sender is set up' }

export type MessageDeps = {
  db: Kysely<Database>
  log: Logger
  /** None while nobody has set one up. */
  sender(): Promise<SmsSender | undefined>
  /** The code by which an appeal is followed, as it is written; another one for each telephone that it named. */
  followCode(appeal: AppealId, series: number): string
  /** Where the portal is, if anybody has said it. */
  address(): Promise<string | undefined>
  /** The citizen of an appeal has what was written to him of one of its steps. */
  told(told: { message: string; step: string }): Promise<void>
  /** Something became of a message that was sent in a call. */
  callMessageMoved?: (call: CallId) => void
  now?: () => Instant
}

type Ending = Partial<SentSms> & { segments?: number; withReports?: boolean }

type SendingDeps = Omit<MessageDeps, 'told'> & { now: () => Instant }

export function sending({ db, log, sender, followCode, address, callMessageMoved, now }: SendingDeps) {
  /** Nothing where the appeal is followed by another telephone by now: its code is not for this one. */
  async function textOf(message: TakenMessage): Promise<string | undefined> {
    if (message.text !== null || message.appeal === null || message.kind === 'ready')
      return message.text ?? ''
    const { number, due_on, follow_series, ...named } = await findMessageAppeal(db, message.appeal)
    if (followingTelephone(named) !== message.e164) return undefined
    const where = await address()
    return messageText(
      message.kind,
      {
        number,
        followCode: followCode(message.appeal, follow_series),
        dueOn: due_on,
        ...(where !== undefined && { address: where }),
      },
      message.language,
    )
  }

  /** The status it is in afterwards, whoever brought it there; throws when it should be tried again. */
  async function send(id: string): Promise<void> {
    const message = await takeMessage(db, id, new Date(now()))
    if (!message) return
    const text = await textOf(message)
    if (text === undefined) return await end(message, 'failed', { problem: 'another telephone is named' })
    const by = await sender()
    const sent = (await by?.send({ id, to: message.e164, text })) ?? NO_SENDER
    const action = afterAttempt(sent.outcome, message.attempts, isUrgent(message.kind))
    const status = MESSAGE_MOVES.sending[action] as MessageStatus
    const withReports = by?.reports !== undefined
    await end(message, status, { ...sent, segments: smsSegments(text), withReports })
    log.info({ message: id, kind: message.kind, status }, 'message')
    if (status === 'queued') throw new Error(`Message ${id} is tried again: ${sent.problem ?? 'away'}`)
  }

  async function end(
    message: Pick<TakenMessage, 'id' | 'kind' | 'appeal' | 'call'>,
    status: MessageStatus,
    { providerId, problem, segments, withReports = false }: Ending,
  ): Promise<void> {
    await db.transaction().execute(async (trx) => {
      const ended = await putMessageStatus(trx, message.id, {
        status,
        at: new Date(now()),
        ...(providerId !== undefined && { providerId }),
        ...(problem !== undefined && { problem }),
        ...(segments !== undefined && { segments }),
      })
      const type = EVENT_OF[status]
      if (!ended || !type) return
      await record<MessageEvent>(trx, {
        type,
        message: message.id,
        kind: message.kind,
        ...(message.appeal && { appeal: message.appeal }),
        ...(message.call && { call: message.call }),
      })
      if (hasArrived(status, { withReports }) && isToldOf(message)) await addToldJob(trx, message.id)
    })
    if (message.call) callMessageMoved?.(message.call)
  }

  return { end, send }
}

const EVENT_OF: Partial<Record<MessageStatus, MessageEvent['type']>> = {
  sent: 'messageSent',
  failed: 'messageFailed',
  uncertain: 'messageLost',
}
