/**
 * The way of an appeal through the portal: the form is kept, its telephone proven by a code, the appeal registered.
 *
 * What must hold: a form is one appeal, however often it is sent, from whichever page; once the telephone is proven the
 * appeal is registered even if the server dies right then; a form is seen and changed only in the browser it came from.
 */
import type { Kysely, Transaction } from 'kysely'
import type { Logger } from 'pino'
import { fitProblem } from '#core/attachments/attachment-problems.ts'
import type { AppealId } from '#core/lib/ids.ts'
import type { Day, Instant } from '#core/lib/time.ts'
import type { Filing } from '#core/portal/filing.ts'
import type { CodeProblem } from '#core/portal/proof-code.ts'
import type { WrittenLanguage } from '#core/text/uzbek-dates.ts'
import type { AppealService, Moved } from '../appeals/service.ts'
import type { AttachmentService, SentFile } from '../attachments/service.ts'
import { numberProven } from '../citizens/service.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { MessageService } from '../messages/service.ts'
import type { AskedCode, PhoneCodes } from './codes.ts'
import {
  addFormFile,
  deleteAbandoned,
  deleteFormFile,
  findFiledAppeal,
  findFiling,
  listFormFiles,
  lockFiling,
  lockOrAddFiling,
  type NewFiling,
  putFiledAppeal,
  putFiling,
  putFilingCode,
  putProven,
  takeFormFiles,
} from './filing-store.ts'
import type { Keyed } from './keyed.ts'

/** Whoever has not typed his code by then has given up. */
const ABANDONED_AFTER_MS = 24 * 3_600_000

type Trx = Transaction<Database>
type Visit = { key: string; visitor: Buffer }

export type FilingDeps = {
  db: Kysely<Database>
  log: Logger
  appeals: Pick<AppealService, 'registerOfCitizen'>
  codes: PhoneCodes
  attachments: Pick<AttachmentService, 'receive'>
  keys: Keyed
  now: () => Instant
}

export type Saved = 'confirm' | 'filed' | { nextAt: Instant }

export function filings(deps: FilingDeps) {
  const { db, log, appeals, codes, keys, now } = deps

  async function finish(key: string): Promise<AppealId> {
    const form = await findFiling(db, key)
    if (form?.appeal) return form.appeal
    if (!form?.proven_at || form.name === null || form.text === null)
      throw new Refusal('wrongStatus', `Form ${key} is not proven`)
    const appeal = await appeals.registerOfCitizen({
      requestKey: key,
      kind: form.kind,
      text: form.text,
      topic: null,
      call: null,
      citizen: { name: form.name, number: form.e164 },
    })
    log.info({ appeal }, 'appeal filed in the portal')
    return appeal
  }

  return {
    ...savingForms(deps),

    async confirm(visit: Visit, typed: string): Promise<CodeProblem | undefined> {
      const form = await ownForm(db, visit)
      if (!form.proven_at) {
        if (form.code === null) return 'expired'
        const problem = await codes.check({ id: form.code, visitor: visit.visitor, typed }, async (trx) => {
          await putProven(trx, visit.key, new Date(now()))
        })
        if (problem) return problem
      }
      await finish(visit.key)
      return undefined
    },

    /** How the form stands, for the page that asks for its code; the appeal once there is one. */
    async look(visit: Visit) {
      const form = await ownForm(db, visit)
      const code = form.code === null ? undefined : await codes.look(form.code, visit.visitor)
      const files = await listFormFiles(db, visit.key)
      return { form, files, isProven: form.proven_at !== null, way: code?.way ?? ('onItsWay' as const) }
    },

    /** Also after a server that died between the proof and the number. */
    async filed(visit: Visit) {
      await ownForm(db, visit)
      const appeal = await finish(visit.key)
      const { number, registered_on, due_on } = await findFiledAppeal(db, appeal)
      return {
        number,
        followCode: keys.writtenFollowCode(appeal),
        registeredOn: registered_on as Day,
        dueOn: due_on as Day | null,
      }
    },

    finish,

    forgetAbandoned: () => deleteAbandoned(db, new Date(now() - ABANDONED_AFTER_MS)),
  }
}

/** Until the telephone is proven: the form is kept and a code sent. */
function savingForms({ db, codes, attachments }: FilingDeps) {
  /** A code that can still be typed is enough: whoever sends the form again does not lose one of his three. */
  async function hasCode(trx: Trx, code: string | null, { filing, visitor }: NewFiling): Promise<boolean> {
    const known = code === null ? undefined : await codes.look(code, visitor, trx)
    return known?.e164 === filing.e164 && known.canBeTried && known.way !== 'notSent'
  }

  async function askCode(trx: Trx, { key, visitor, language, filing }: NewFiling): Promise<AskedCode> {
    const asked = await codes.ask(trx, { e164: filing.e164, visitor, language })
    if ('id' in asked) await putFilingCode(trx, key, asked.id)
    return asked
  }

  return {
    /** Keeps what was filled in and sends a code, unless one is on its way there already. */
    async save(sent: NewFiling): Promise<Saved> {
      const asked = await db.transaction().execute(async (trx): Promise<AskedCode | Saved> => {
        const form = await lockOrAddFiling(trx, sent)
        if (!form.visitor.equals(sent.visitor)) throw new Refusal('notFound', 'No such form in this browser')
        if (form.proven_at) return 'filed'
        await putFiling(trx, sent.key, sent)
        if (await hasCode(trx, form.code, sent)) return 'confirm'
        return await askCode(trx, sent)
      })
      if (typeof asked === 'string' || 'nextAt' in asked) return asked
      await codes.send(asked)
      return 'confirm'
    },

    /** One more file to the form; the same one twice is one. */
    async addFile(visit: Visit, sent: SentFile): Promise<void> {
      const form = await ownForm(db, visit)
      if (form.proven_at) throw new Refusal('wrongStatus', `Form ${visit.key} is proven`)
      const received = await attachments.receive(sent)
      await db.transaction().execute(async (trx) => {
        await lockFiling(trx, visit.key)
        const problem = fitProblem(await listFormFiles(trx, visit.key), received.bytes)
        if (problem) throw new Refusal(problem, 'There is too much with the form')
        await addFormFile(trx, { form: visit.key, ...received })
      })
    },

    async removeFile(visit: Visit, id: string): Promise<void> {
      await ownForm(db, visit)
      await deleteFormFile(db, visit.key, id)
    },

    /** Another code to the same telephone. */
    async again(visit: Visit, language: WrittenLanguage): Promise<Saved> {
      const form = await ownForm(db, visit)
      if (form.proven_at) return 'filed'
      const asked = await db
        .transaction()
        .execute((trx) => askCode(trx, { ...visit, language, filing: form as unknown as Filing }))
      if ('nextAt' in asked) return asked
      await codes.send(asked)
      return 'confirm'
    },
  }
}

/** The form, in the browser it came from. */
async function ownForm(db: Kysely<Database>, { key, visitor }: Visit) {
  const found = await findFiling(db, key)
  if (!found?.visitor.equals(visitor)) throw new Refusal('notFound', 'No such form in this browser')
  return found
}

type Told = {
  messages: Pick<MessageService, 'tellOfMoves'>
  attach: AttachmentService['attach']
  now?: () => Instant
}

/** For appeals, in the transaction of their moves: what came through the portal is put in order, and citizens are told. */
export async function citizensTold(
  trx: Trx,
  steps: Parameters<Moved>[1],
  { messages, attach, now = Date.now }: Told,
): Promise<void> {
  for (const { action, appeal, isByCitizen } of steps)
    if (action === 'register' && isByCitizen) await appealFiled(trx, appeal, { attach, at: now() })
  await messages.tellOfMoves(trx, steps)
}

/** In the transaction that registers what came through the portal. */
async function appealFiled(
  trx: Trx,
  appeal: AppealId,
  { attach, at }: { attach: AttachmentService['attach']; at: Instant },
): Promise<void> {
  const filed = await putFiledAppeal(trx, appeal)
  if (!filed) return
  await numberProven(trx, { citizen: filed.shown_as, e164: filed.e164 })
  for (const { id, ...file } of await takeFormFiles(trx, filed.key))
    await attach(trx, appeal, file, { part: 'appeal', requestKey: id, at })
}
