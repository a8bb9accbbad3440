/**
 * Codes by SMS that prove a telephone: asked for, sent, checked.
 *
 * What must hold: no number gets more than three an hour, however many ask at once, and one that could not be sent is none of them; each code is sent once and used
 * once; a code opens only what it was asked for, in the browser that asked.
 */
import { randomInt, randomUUID } from 'node:crypto'
import type { Kysely, Transaction } from 'kysely'
import type { Logger } from 'pino'
import type { Instant } from '#core/lib/time.ts'
import {
  CODES_COUNTED_OVER_MS,
  codeFrom,
  codeProblem,
  type CodeProblem,
  nextCodeAt,
  readCode,
} from '#core/portal/proof-code.ts'
import type { MessageStatus } from '#core/messages/message-status.ts'
import type { WrittenLanguage } from '#core/text/uzbek-dates.ts'
import type { Database } from '../database/schema.ts'
import type { MessageService } from '../messages/service.ts'
import { countTry, findCode, insertCode, listCodesSince, lockCode, lockCodesOf } from './code-store.ts'
import type { Keyed } from './keyed.ts'

/** As finely as chance is divided. */
const CHANCES = 2 ** 40

type Trx = Transaction<Database>

export type CodeDeps = {
  db: Kysely<Database>
  log: Logger
  messages: Pick<MessageService, 'addCode' | 'send' | 'codeStatus' | 'codesNotTaken'>
  keys: Keyed
  now: () => Instant
}

export type Asking = { e164: string; visitor: Buffer; language: WrittenLanguage }
/** `nextAt`: this number has had all its codes; from when on there is another. */
export type AskedCode = { id: string; message: string } | { nextAt: Instant }

export function phoneCodes({ db, log, messages, keys, now }: CodeDeps) {
  return {
    /** Makes a code in the caller's transaction; `send` it when that is committed. */
    async ask(trx: Trx, { e164, visitor, language }: Asking): Promise<AskedCode> {
      await lockCodesOf(trx, e164)
      const at = now()
      const lately = await listCodesSince(trx, e164, new Date(at - CODES_COUNTED_OVER_MS))
      const notTaken = await messages.codesNotTaken(
        trx,
        lately.map(({ id }) => id),
      )
      const nextAt = nextCodeAt(
        lately.map((code) => ({ at: code.sentAt, wasTaken: !notTaken.has(code.id) })),
        at,
      )
      if (nextAt !== undefined) return { nextAt }
      const id = randomUUID()
      const code = codeFrom(randomInt(CHANCES) / CHANCES)
      await insertCode(trx, { id, e164, visitor, hash: keys.hash('code', id, code), sent_at: new Date(at) })
      return { id, message: await messages.addCode(trx, { id, code, e164, language }) }
    },

    /** The citizen waits for it. What cannot be sent is told on the page that asks for the code. */
    async send({ message }: { message: string }): Promise<void> {
      await messages
        .send(message)
        .catch((error: unknown) => log.warn({ message, error: String(error) }, 'the code was not sent'))
    },

    /** What stands against the typed code; with a right one `proven` is done in the same transaction. */
    async check(
      { id, visitor, typed }: { id: string; visitor: Buffer; typed: string },
      proven: (trx: Trx, e164: string) => Promise<void>,
    ): Promise<CodeProblem | undefined> {
      const code = readCode(typed)
      return await db.transaction().execute(async (trx) => {
        const sent = await lockCode(trx, id, visitor)
        if (!sent) return 'expired'
        const isRight = code !== undefined && keys.hash('code', id, code).equals(sent.hash)
        const problem = codeProblem(usable(sent), isRight, now())
        if (problem === 'spent' || problem === 'expired') return problem
        await countTry(trx, id, problem === undefined ? new Date(now()) : null)
        if (problem === undefined) await proven(trx, sent.e164)
        return problem
      })
    },

    /** Whose code it is, and how it travels. */
    async look(id: string, visitor: Buffer, from: Kysely<Database> = db) {
      const code = await findCode(from, id, visitor)
      if (!code) return undefined
      const status = await messages.codeStatus(id, from)
      const way = (status && WAY_OF[status]) ?? ('onItsWay' as const)
      return { e164: code.e164, way, canBeTried: codeProblem(usable(code), true, now()) === undefined }
    },
  }
}

const WAY_OF: Partial<Record<MessageStatus, 'sent' | 'notSent'>> = {
  sent: 'sent',
  delivered: 'sent',
  undelivered: 'notSent',
  failed: 'notSent',
}

function usable(code: { sent_at: Date; used_at: Date | null; tries: number }) {
  return { sentAt: code.sent_at.getTime(), usedAt: code.used_at?.getTime() ?? null, tries: code.tries }
}

export type PhoneCodes = ReturnType<typeof phoneCodes>
