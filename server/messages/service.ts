/**
 * Messages to citizens: written in the transaction of what they tell of, sent afterwards, exactly once.
 *
 * What must hold: nobody sends a message that he has not taken before, so that two never send the same; what was taken
 * and never ended is not sent again; a code is readable nowhere once it is sent; without a sender nothing is believed sent.
 */
import type { Kysely, Transaction } from 'kysely'
import type { AppealId } from '#core/lib/ids.ts'
import type { MessageStatus } from '#core/messages/message-status.ts'
import { messageOfMove, messageText, sendFrom } from '#core/messages/message-texts.ts'
import type { WrittenLanguage } from '#core/text/uzbek-dates.ts'
import type { Database } from '../database/schema.ts'
import { reporting } from './reporting.ts'
import { type MessageDeps, sending } from './sending.ts'
import {
  findMessageKey,
  findMessageStatus,
  insertAppealMessages,
  insertMessage,
  listFailedKeys,
  listLost,
  redirectWaiting,
} from './store.ts'

export { type ReadyMessageService, readyMessageService } from './ready.ts'
export { sentInCall } from './ready-store.ts'
export { SMS_SETTING, smsSettings } from './sms-settings.ts'

/** Whoever asked for a code sends it at once; the worker only looks after one whose server died in between. */
const CODE_JOB_AFTER_SECONDS = 20
const LOST_AFTER_MS = 5 * 60_000
const LOST_AT_ONCE_MAX = 500

export type MessageService = ReturnType<typeof messageService>

const STEP = 'step:'
const codeKey = (code: string) => `code:${code}`

export function messageService(deps: MessageDeps) {
  const { db } = deps
  const now = deps.now ?? Date.now
  const { end, send } = sending({ ...deps, now })

  return {
    send,
    takeReports: reporting({ ...deps, now }).take,

    /** What follows for the appeal from a message that has arrived. */
    async noteTold(message: string): Promise<void> {
      const key = await findMessageKey(db, message)
      if (key?.startsWith(STEP)) await deps.told({ message, step: key.slice(STEP.length) })
    },

    /** In the transaction that makes the code. */
    async addCode(
      trx: Transaction<Database>,
      { id, code, e164, language }: { id: string; code: string; e164: string; language: WrittenLanguage },
    ): Promise<string> {
      const text = messageText('code', { code }, language)
      return await insertMessage(
        trx,
        { kind: 'code', key: codeKey(id), e164, language, text },
        CODE_JOB_AFTER_SECONDS,
      )
    },

    /** Whether the code has reached the network. */
    codeStatus: (id: string, from: Kysely<Database> = db): Promise<MessageStatus | undefined> =>
      findMessageStatus(from, codeKey(id)),

    /** Those of the codes that have surely not reached the network. */
    async codesNotTaken(from: Kysely<Database>, ids: readonly string[]): Promise<ReadonlySet<string>> {
      const failed = new Set(await listFailedKeys(from, ids.map(codeKey)))
      return new Set(ids.filter((id) => failed.has(codeKey(id))))
    },

    /** For appeals, in the transaction of their moves: what the citizen is told of at once. */
    async tellOfMoves(
      trx: Transaction<Database>,
      moves: readonly { appeal: AppealId; action: string; step: string }[],
    ): Promise<void> {
      const told = moves.flatMap(({ appeal, action, step }) => {
        const kind = messageOfMove(action)
        return kind ? [{ appeal, kind, key: `${STEP}${step}`, from: new Date(sendFrom(kind, now())) }] : []
      })
      if (told.length > 0) await insertAppealMessages(trx, told)
    },

    /** In the transaction that names another telephone: it gets number and code of its own, and what waits to be sent. */
    async tellOfTelephone(
      trx: Transaction<Database>,
      { appeal, telephone, series }: { appeal: AppealId; telephone: string; series: number },
    ): Promise<void> {
      await redirectWaiting(trx, appeal, telephone)
      const key = `telephone:${appeal}:${series}`
      await insertAppealMessages(trx, [{ appeal, kind: 'appealRegistered', key, from: new Date(now()) }])
    },

    /** Whoever sends may die with a message in his hands; nobody knows then whether it went. */
    async endLost(): Promise<number> {
      const lost = await listLost(db, new Date(now() - LOST_AFTER_MS), LOST_AT_ONCE_MAX)
      for (const message of lost)
        await end(message, 'uncertain', { problem: 'the server ended while sending' })
      return lost.length
    },
  }
}
