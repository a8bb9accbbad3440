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
import type { CodeProblem } from '#core/portal/proof-code.ts'
import type { WrittenLanguage } from '#core/text/uzbek-dates.ts'
import type { AppealService, Moved } from '../appeals/service.ts'
import type { AttachmentService, SentFile } from '../attachments/service.ts'
import { numberProven } from '../citizens/service.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { MessageService } from '../messages/service.ts'
import type { AskedCode, Asking, PhoneCodes } from './codes.ts'
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
    const appeal = await appeals.registerOfCitizen(
      {
        requestKey: key,
        kind: form.kind,
        text: form.text,
        topic: null,
        call: null,
        citizen: { name: form.name, number: form.e164 },
      },
      { isConfidential: form.is_confidential },
    )
    log.info({ appeal }, 'appeal filed in the portal')
    return appeal
  }

  return {
    ...savingForms(deps),

    async confirm(visit: Visit, typed: string): Promise<CodeProblem | undefined> {
      const form = await ownForm(db, visit)
      if (!form.proven_at) {
        if (form.code === null) return 'expired'
        const { code } = form
        const problem = await codes.check({ id: code, visitor: visit.visitor, typed }, async (trx, e164) => {
          if (!(await putProven(trx, visit.key, { e164, code, at: new Date(now()) })))
            throw new Refusal('wrongStatus', `Form ${visit.key} was changed while its code was typed`)
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

  async function askCode(trx: Trx, { key, ...asking }: Asking & { key: string }): Promise<AskedCode> {
    const asked = await codes.ask(trx, asking)
    if ('id' in asked) await putFilingCode(trx, key, asked.id)
    return asked
  }

  async function sendCode(asked: AskedCode | Saved): Promise<Saved> {
    if (typeof asked === 'string' || 'nextAt' in asked) return asked
    await codes.send(asked)
    return 'confirm'
  }

  return {
    /** Keeps what was filled in and sends a code, unless one is on its way there already. */
    async save(sent: NewFiling): Promise<Saved> {
      const asked = await db.transaction().execute(async (trx): Promise<AskedCode | Saved> => {
        const form = await lockOrAddFiling(trx, sent)
        if (!form.visitor.equals(sent.visitor)) throw new Refusal('notFound', 'No such form in this browser')
        if (form.proven_at) return 'filed'
        const code = await putFiling(trx, sent.key, sent)
        if (await hasCode(trx, code, sent)) return 'confirm'
        const { key, visitor, language, filing } = sent
        return await askCode(trx, { key, visitor, language, e164: filing.e164 })
      })
      return await sendCode(asked)
    },

    /** One more file to the form; the same one twice is one. */
    async addFile(visit: Visit, sent: SentFile): Promise<void> {
      // Before a byte of it is written down: what is refused anyway fills no disk.
      await mustTakeFile(db, await ownForm(db, visit), 1)
      const received = await attachments.receive(sent)
      await db.transaction().execute(async (trx) => {
        await mustTakeFile(trx, await lockOwnForm(trx, visit), received.bytes)
        await addFormFile(trx, { form: visit.key, ...received })
      })
    },

    async removeFile(visit: Visit, id: string): Promise<void> {
      await ownForm(db, visit)
      await deleteFormFile(db, visit.key, id)
    },

    /** Another code to the same telephone. */
    async again(visit: Visit, language: WrittenLanguage): Promise<Saved> {
      const asked = await db.transaction().execute(async (trx): Promise<AskedCode | Saved> => {
        // Under the lock: sent again at the same moment it may name another telephone.
        const { e164, proven_at } = await lockOwnForm(trx, visit)
        return proven_at ? 'filed' : await askCode(trx, { ...visit, language, e164 })
      })
      return await sendCode(asked)
    },
  }
}

/** The form, in the browser it came from. */
async function ownForm(db: Kysely<Database>, { key, visitor }: Visit) {
  return mustBeOwn(await findFiling(db, key), visitor)
}

async function lockOwnForm(trx: Trx, { key, visitor }: Visit) {
  return mustBeOwn(await lockFiling(trx, key), visitor)
}

function mustBeOwn<Form extends { visitor: Buffer }>(found: Form | undefined, visitor: Buffer): Form {
  if (!found?.visitor.equals(visitor)) throw new Refusal('notFound', 'No such form in this browser')
  return found
}

/** Once the telephone is proven the files are the appeal's: one that comes later would belong to nothing. */
async function mustTakeFile(
  db: Kysely<Database>,
  { key, proven_at }: { key: string; proven_at: Date | null },
  bytes: number,
): Promise<void> {
  // Told on a page, where the words of `wrongStatus` would have the whole form filled in once more.
  if (proven_at) throw new Refusal('moveNotPossible', `Form ${key} is proven and takes no more files`)
  const problem = fitProblem(await listFormFiles(db, key), bytes)
  if (problem) throw new Refusal(problem, 'There is too much with the form')
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
