/** Appeals as their citizens see them, by number and code or in the cabinet, and what citizens do with them themselves. */
import type { Kysely } from 'kysely'
import type { MoveDetails } from '#contract/appeals.ts'
import { formatAppealNumber, parseAppealNumber } from '#core/appeals/appeal-number.ts'
import { clockRuns } from '#core/appeals/appeal-status.ts'
import { type MovedAppeal, ruleOf, sinceReopened } from '#core/appeals/move-rules.ts'
import type { AppealId, AttachmentId } from '#core/lib/ids.ts'
import { type Day, type Instant, tashkentDay } from '#core/lib/time.ts'
import { type CitizenAction, citizenActions, citizenStage, mayBeRated } from '#core/portal/citizen-appeal.ts'
import { citizenStory, type StoryStep } from '#core/portal/citizen-story.ts'
import { readFollowCode } from '#core/portal/follow-code.ts'
import { asStorableText } from '#core/text/hostile-text.ts'
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

/** No appeal: its code is counted all the same, so that a wrong number takes as long as a wrong code. */
const NO_APPEAL = '00000000-0000-7000-8000-000000000000' as AppealId
const CITIZENS_WORDS_MAX_CHARACTERS = 2_000

const FIELD_OF: Readonly<Record<CitizenAction, keyof MoveDetails>> = {
  supplement: 'addition',
  withdraw: 'reason',
  reopen: 'reason',
}

export type OwnAppealDeps = {
  db: Kysely<Database>
  appeals: Pick<AppealService, 'moveOfCitizen'>
  attachments: Pick<AttachmentService, 'kept' | 'ticketFor'>
  keys: Keyed
  now: () => Instant
}

/** By what whoever looks at an appeal has shown that it is his. */
export type Proof = { number: string; e164: string } | { number: string; code: string }

function finding({ db, attachments, keys }: Pick<OwnAppealDeps, 'attachments' | 'db' | 'keys'>) {
  async function own(e164: string, number: string): Promise<AppealId> {
    const id = await findOwnAppeal(db, e164, number)
    if (!id) throw new Refusal('notFound', 'No such appeal of this number')
    return id
  }

  /** Nothing for a wrong number as for a wrong code: whoever tries learns nothing from either. */
  async function byCode(typedNumber: string, typedCode: string): Promise<AppealId | undefined> {
    const number = parseAppealNumber(typedNumber)
    const id = await findAppealByNumber(db, number ? formatAppealNumber(number) : '')
    const isRight = keys.isSame(keys.followCode(id ?? NO_APPEAL), readFollowCode(typedCode))
    return isRight ? id : undefined
  }

  async function seen(id: AppealId) {
    const [read, kept] = await Promise.all([readAppeal(db, id), attachments.kept(id)])
    const files = kept.flatMap(({ bytes, id: file, name, part }) =>
      part === 'reply' && name !== null ? [{ id: file, name, bytes }] : [],
    )
    return { read, appeal: citizenAppeal(read, files) }
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
        : await findOwnAppeal(db, proof.e164, proof.number)
      if (!id || !(await seen(id)).appeal.files.some((one) => one.id === file))
        throw new Refusal('notFound', 'No such file of a reply')
      await db.transaction().execute((trx) =>
        record<PortalEvent>(trx, {
          type: 'replyFileOpenedByCitizen',
          appeal: id,
          attachment: file,
          proof: isByCode ? 'code' : 'telephone',
        }),
      )
      return attachments.ticketFor(file)
    },

    /** A page of them, the newest first, and before which number the next one begins. */
    async list(
      e164: string,
      { before = '' }: Readonly<Partial<Record<'before', string>>>,
    ): Promise<{ appeals: CitizenAppealRow[]; olderThan: string | undefined }> {
      const last = parseAppealNumber(before)
      const rows = await listOwnAppeals(db, e164, last && formatAppealNumber(last))
      const appeals = rows.slice(0, OWN_APPEALS_OF_PAGE).map(appealRow)
      return { appeals, olderThan: rows.length > OWN_APPEALS_OF_PAGE ? appeals.at(-1)?.number : undefined }
    },

    async open(e164: string, number: string): Promise<OwnAppeal> {
      return ownAppeal(await seen(await own(e164, number)), tashkentDay(now()))
    },

    async act(
      { e164, number }: { e164: string; number: string },
      form: { key: string; version: number; action: CitizenAction; words: string },
    ): Promise<void> {
      const id = await own(e164, number)
      const words = storable(form.words)
      if (words === '') throw new Refusal('badInput', 'words: there are none')
      await appeals.moveOfCitizen(id, {
        requestKey: form.key,
        action: form.action,
        version: form.version,
        details: { [FIELD_OF[form.action]]: words },
      })
    },

    async rate(
      { e164, number }: { e164: string; number: string },
      { stars, words }: { stars: number; words: string },
    ): Promise<void> {
      const id = await own(e164, number)
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

function storable(words: string): string {
  return [...asStorableText(words).trim()].slice(0, CITIZENS_WORDS_MAX_CHARACTERS).join('')
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
function citizenAppeal(read: ReadAppeal, files: readonly ReplyFile[]): CitizenAppeal {
  const { appeal, steps } = read
  const since = sinceReopened(steps)
  const replied = since.findLast(({ action }) => action === 'reply')
  const told = (replied?.details ?? {}) as MoveDetails
  return {
    ...appealRow(appeal),
    story: citizenStory(stepsOf(read)),
    reply:
      replied && told.reply !== undefined
        ? { at: replied.at.getTime(), text: told.reply, result: told.result ?? null }
        : null,
    files: replied ? files : [],
    explanation: explanationOf(steps),
  }
}

/** The steps as the story is told of them: the log knows the day that a grant led to, the n-th of its kind. */
function stepsOf({ days, steps }: ReadAppeal): StoryStep[] {
  const daysOf = Map.groupBy(days, ({ type }) => type)
  return steps.map(({ action, at, details, to_status }) => ({
    action,
    to: to_status,
    at: at.getTime(),
    details: details as MoveDetails,
    dueOn: (daysOf.get(ruleOf(action).event)?.shift()?.due_on ?? null) as Day | null,
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
