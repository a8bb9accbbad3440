/** Appeals as their citizens see them, by number and code or in the cabinet, and what citizens do with them themselves. */
import type { Kysely } from 'kysely'
import type { MoveDetails } from '#contract/appeals.ts'
import { formatAppealNumber, parseAppealNumber } from '#core/appeals/appeal-number.ts'
import { clockRuns } from '#core/appeals/appeal-status.ts'
import { type MovedAppeal, ruleOf, sinceReopened } from '#core/appeals/move-rules.ts'
import type { AppealId, AttachmentId } from '#core/lib/ids.ts'
import { type Day, type Instant, tashkentDay } from '#core/lib/time.ts'
import {
  CITIZENS_WORDS_MAX_CHARACTERS,
  type CitizenAction,
  citizenActions,
  citizenStage,
  mayBeRated,
} from '#core/portal/citizen-appeal.ts'
import { type CitizenSignature, citizenStory, type StoryStep } from '#core/portal/citizen-story.ts'
import { citizensWords, lettersOver } from '#core/portal/filing.ts'
import { readFollowCode } from '#core/portal/follow-code.ts'
import type { ProvenIdentity } from '#core/portal/proven-identity.ts'
import type { CitizenAppeal, CitizenAppealRow, OwnAppeal, ReplyFile } from '../../portal/pages/appeal.ts'
import type { AppealService } from '../appeals/service.ts'
import type { AttachmentService } from '../attachments/service.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import {
  addRating,
  findAppealByNumber,
  findOwnAppeal,
  listOwnAppeals,
  OWN_APPEALS_OF_PAGE,
  readAppeal,
  type ReadAppeal,
} from './appeal-store.ts'
import type { PortalEvent } from './events.ts'
import type { Keyed } from './keyed.ts'
import { PORTAL_SETTINGS } from './settings.ts'

/** No appeal: its code is counted all the same, so that a wrong number takes as long as a wrong code. */
const NO_APPEAL = '00000000-0000-7000-8000-000000000000' as AppealId

const FIELD_OF: Readonly<Record<CitizenAction, keyof MoveDetails>> = {
  supplement: 'addition',
  withdraw: 'reason',
  reopen: 'reason',
}

/** As the log has them. */
const PROOF_NAMES = { phone: 'telephone', person: 'person' } as const

export type OwnAppealDeps = {
  db: Kysely<Database>
  appeals: Pick<AppealService, 'moveOfCitizen'>
  attachments: Pick<AttachmentService, 'kept' | 'ticketFor'>
  keys: Keyed
  now: () => Instant
}

/** By what whoever looks at an appeal has shown that it is his. */
export type Proof = OwnNumber | { number: string; code: string }
type OwnNumber = { number: string; identity: ProvenIdentity }

function finding({ db, attachments, keys }: Pick<OwnAppealDeps, 'attachments' | 'db' | 'keys'>) {
  async function own({ identity, number }: OwnNumber): Promise<AppealId> {
    const id = await findOwnAppeal(db, identity, number)
    if (!id) throw new Refusal('notFound', 'No such appeal of whoever is signed in')
    return id
  }

  /** Nothing for a wrong number as for a wrong code: whoever tries learns nothing from either. */
  async function byCode(typedNumber: string, typedCode: string): Promise<AppealId | undefined> {
    const number = parseAppealNumber(typedNumber)
    const found = await findAppealByNumber(db, number ? formatAppealNumber(number) : '')
    const code = keys.followCode(found?.id ?? NO_APPEAL, found?.follow_series)
    return keys.isSame(code, readFollowCode(typedCode)) ? found?.id : undefined
  }

  async function seen(id: AppealId) {
    const [read, kept] = await Promise.all([readAppeal(db, id), attachments.kept(id)])
    const files = kept.flatMap(({ bytes, id: file, name, part }) =>
      part === 'reply' && name !== null ? [{ id: file, name, bytes }] : [],
    )
    const isSigned = read.steps.some(({ signer_name }) => signer_name !== null)
    const showsNames = isSigned && (await PORTAL_SETTINGS.read(db)).showsStaffNames
    return { read, appeal: citizenAppeal(read, { files, showsNames }) }
  }

  return { byCode, own, seen }
}

export function ownAppeals(deps: OwnAppealDeps) {
  const { appeals, attachments, db, now } = deps
  const { byCode, own, seen } = finding(deps)

  return {
    async byCode(number: string, code: string): Promise<CitizenAppeal | undefined> {
      const id = await byCode(number, code)
      return id === undefined ? undefined : (await seen(id)).appeal
    },

    /** A ticket to a file of the reply; that it was given is written down first. A stranger gets what a wrong number gets. */
    async openReplyFile(proof: Proof, file: AttachmentId): Promise<string> {
      const isByCode = 'code' in proof
      const id = isByCode
        ? await byCode(proof.number, proof.code)
        : await findOwnAppeal(db, proof.identity, proof.number)
      if (!id || !(await seen(id)).appeal.files.some((one) => one.id === file))
        throw new Refusal('notFound', 'No such file of a reply')
      await db.transaction().execute((trx) =>
        record<PortalEvent>(trx, {
          type: 'replyFileOpenedByCitizen',
          appeal: id,
          attachment: file,
          proof: isByCode ? 'code' : PROOF_NAMES[proof.identity.by],
        }),
      )
      return attachments.ticketFor(file)
    },

    /** A page of them, the newest first, and before which number the next one begins. */
    async list(
      identity: ProvenIdentity,
      { before = '' }: Readonly<Partial<Record<'before', string>>>,
    ): Promise<{ appeals: CitizenAppealRow[]; olderThan: string | undefined }> {
      const last = parseAppealNumber(before)
      const rows = await listOwnAppeals(db, identity, last && formatAppealNumber(last))
      const appeals = rows.slice(0, OWN_APPEALS_OF_PAGE).map(appealRow)
      return { appeals, olderThan: rows.length > OWN_APPEALS_OF_PAGE ? appeals.at(-1)?.number : undefined }
    },

    async open(asked: OwnNumber): Promise<OwnAppeal> {
      return ownAppeal(await seen(await own(asked)), tashkentDay(now()))
    },

    async act(
      asked: OwnNumber,
      form: { key: string; version: number; action: CitizenAction; words: string },
    ): Promise<void> {
      const id = await own(asked)
      const words = storable(form.words)
      if (words === '') throw new Refusal('badInput', 'words: there are none')
      await appeals.moveOfCitizen(id, {
        requestKey: form.key,
        action: form.action,
        version: form.version,
        details: { [FIELD_OF[form.action]]: words },
      })
    },

    async rate(asked: OwnNumber, { stars, words }: { stars: number; words: string }): Promise<void> {
      const id = await own(asked)
      const { stage } = (await seen(id)).appeal
      if (!mayBeRated(stage)) throw new Refusal('moveNotPossible', `An appeal that is ${stage} is not rated`)
      await db.transaction().execute(async (trx) => {
        const rating = { appeal: id, stars, words: storable(words), rated_at: new Date(now()) }
        if (await addRating(trx, rating))
          await record<PortalEvent>(trx, { type: 'appealRated', appeal: id, stars })
      })
    },
  }
}

/** Nothing of it is cut: the page asks before, and tells at the field. */
function storable(words: string): string {
  if (lettersOver(words, CITIZENS_WORDS_MAX_CHARACTERS) > 0) throw new Refusal('badInput', 'words: too long')
  return citizensWords(words)
}

type Row = Pick<ReadAppeal['appeal'], 'number' | 'kind' | 'status' | 'outcome' | 'registered_on' | 'due_on'>

function appealRow({ number, kind, status, outcome, registered_on, due_on }: Row): CitizenAppealRow {
  return {
    number,
    kind,
    stage: citizenStage(status, outcome),
    registeredOn: registered_on as Day,
    dueOn: clockRuns(status) ? (due_on as Day | null) : null,
  }
}

/** `files`: those of the reply, which nobody sees before there is one. */
type Shown = { readonly files: readonly ReplyFile[]; readonly showsNames: boolean }

function citizenAppeal(read: ReadAppeal, { files, showsNames }: Shown): CitizenAppeal {
  const { appeal, steps } = read
  const since = sinceReopened(steps)
  const replied = since.findLast(({ action }) => action === 'reply')
  const told = (replied?.details ?? {}) as MoveDetails
  const signature = ({ signer_name: by }: ReadAppeal['steps'][number]): CitizenSignature | null =>
    by === null ? null : { by: showsNames ? by : null }
  // What the citizen was answered.
  const decided = since.findLast(({ action }) => action === 'reply' || action === 'approveLeaving')
  return {
    ...appealRow(appeal),
    story: citizenStory(stepsOf(read, signature)),
    signature: decided ? signature(decided) : null,
    reply:
      replied && told.reply !== undefined
        ? { at: replied.at.getTime(), text: told.reply, result: told.result ?? null }
        : null,
    files: replied ? files : [],
    explanation: explanationOf(steps),
  }
}

/** The steps as the story is told of them: the log knows the day that a grant led to, the n-th of its kind. */
function stepsOf(
  { days, steps }: ReadAppeal,
  signature: (step: ReadAppeal['steps'][number]) => CitizenSignature | null,
): StoryStep[] {
  const daysOf = Map.groupBy(days, ({ type }) => type)
  return steps.map((step) => ({
    action: step.action,
    to: step.to_status,
    at: step.at.getTime(),
    details: step.details as MoveDetails,
    signature: signature(step),
    dueOn: (daysOf.get(ruleOf(step.action).event)?.shift()?.due_on ?? null) as Day | null,
  }))
}

/** Why there is no reply from us, in the words of the last move that says so. */
function explanationOf(steps: ReadAppeal['steps']): string | null {
  const since = sinceReopened(steps)
  const last = since.findLast(({ action }) => ['forward', 'return', 'approveLeaving'].includes(action))
  if (!last) return null
  const told = last.details as MoveDetails
  if (last.action !== 'approveLeaving') return told.reason ?? null
  const proposed = since.findLast(({ action }) => action === 'proposeLeaving')?.details as
    | MoveDetails
    | undefined
  return proposed?.conclusion ?? null
}

type Seen = { read: ReadAppeal; appeal: CitizenAppeal }

function ownAppeal({ appeal: seen, read: { appeal, steps } }: Seen, today: Day): OwnAppeal {
  const moved: MovedAppeal = {
    ...appeal,
    dueOn: appeal.due_on,
    moves: steps.map(({ action, actor }) => ({ action, by: actor })),
  }
  return {
    ...seen,
    version: steps.length,
    words: appeal.text,
    additions: steps.flatMap(({ action, at, details }) => {
      const { addition } = details as MoveDetails
      return action === 'supplement' && addition !== undefined ? [{ at: at.getTime(), text: addition }] : []
    }),
    actions: citizenActions(moved, today),
    mayBeRated: mayBeRated(seen.stage),
    rating: appeal.stars === null ? null : { stars: appeal.stars, words: appeal.words ?? '' },
  }
}
