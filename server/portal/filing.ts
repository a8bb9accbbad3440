/**
 * The way of an appeal through the portal: the form is kept, its telephone proven by a code, the appeal registered. Who is
 * signed in by OneID is proven already and needs no code; where he names a telephone all the same, that is proven by one.
 *
 * What must hold: a form is one appeal, however often it is sent, from whichever page; once it is proven who files, the
 * appeal is registered even if the server dies right then; a form is seen and changed only in the browser it came from,
 * and that of a person only while he is signed in there.
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
/** `pinfl`: of whoever is signed in as a person. */
type Visit = { key: string; visitor: Buffer; pinfl: string | null }

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
  const prove = proving(deps)

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
        citizen: { name: form.name, ...(form.e164 !== null && { number: form.e164 }) },
        telephone: form.e164,
      },
      { isConfidential: form.is_confidential, pinfl: form.pinfl },
    )
    log.info({ appeal }, 'appeal filed in the portal')
    return appeal
  }

  return {
    ...savingForms(deps),

    /** `typed`: of the code; of no account where none is needed. */
    async confirm(visit: Visit, typed: string): Promise<CodeProblem | undefined> {
      const form = await ownForm(db, visit)
      if (!form.proven_at) {
        const problem = await prove(visit, form, typed)
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
      const { number, registered_on, due_on, follow_series } = await findFiledAppeal(db, appeal)
      return {
        number,
        followCode: keys.writtenFollowCode(appeal, follow_series),
        registeredOn: registered_on as Day,
        dueOn: due_on as Day | null,
      }
    },

    finish,

    forgetAbandoned: () => deleteAbandoned(db, new Date(now() - ABANDONED_AFTER_MS)),
  }
}

/** By the code; a person who names no telephone has been proven before, and says only that he is done. */
function proving({ db, codes, now }: FilingDeps) {
  async function putProof(trx: Trx, key: string, proof: { e164: string | null; code: string | null }) {
    if (!(await putProven(trx, key, { ...proof, at: new Date(now()) })))
      throw new Refusal('wrongStatus', `Form ${key} was changed while it was being confirmed`)
  }

  return async function prove(
    { key, visitor }: Visit,
    { code, e164 }: { code: string | null; e164: string | null },
    typed: string,
  ): Promise<CodeProblem | undefined> {
    if (e164 === null) {
      await db.transaction().execute((trx) => putProof(trx, key, { e164, code: null }))
      return undefined
    }
    if (code === null) return 'expired'
    return await codes.check({ id: code, visitor, typed }, (trx, proven) =>
      putProof(trx, key, { e164: proven, code }),
    )
  }
}

/** Until it is proven who files: the form is kept, and a code sent where there is a telephone. */
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
        const { key, visitor, language, filing } = sent
        mustBeOwn(form, { visitor, pinfl: filing.pinfl })
        if (form.proven_at) return 'filed'
        const code = await putFiling(trx, key, sent)
        if (filing.e164 === null || (await hasCode(trx, code, sent))) return 'confirm'
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
        if (proven_at) return 'filed'
        const { key, visitor } = visit
        return e164 === null ? 'confirm' : await askCode(trx, { key, visitor, language, e164 })
      })
      return await sendCode(asked)
    },
  }
}

/** The form, in the browser it came from. */
async function ownForm(db: Kysely<Database>, visit: Visit) {
  return mustBeOwn(await findFiling(db, visit.key), visit)
}

async function lockOwnForm(trx: Trx, visit: Visit) {
  return mustBeOwn(await lockFiling(trx, visit.key), visit)
}

/** Computers are shared: of a form of a person the browser alone is not enough. */
function mustBeOwn<Form extends { visitor: Buffer; pinfl: string | null }>(
  found: Form | undefined,
  { pinfl, visitor }: Omit<Visit, 'key'>,
): Form {
  if (!found?.visitor.equals(visitor)) throw new Refusal('notFound', 'No such form in this browser')
  if (found.pinfl !== null && found.pinfl !== pinfl)
    throw new Refusal('notFound', 'No such form of whoever is signed in')
  return found
}

/** Once it is proven who files the files are the appeal's: one that comes later would belong to nothing. */
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
  if (filed.e164 !== null) await numberProven(trx, { citizen: filed.shown_as, e164: filed.e164 })
  for (const { id, ...file } of await takeFormFiles(trx, filed.key))
    await attach(trx, appeal, file, { part: 'appeal', requestKey: id, at })
}
