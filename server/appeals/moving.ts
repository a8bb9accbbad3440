/**
 * A move of an appeal: asked of the table in core, carried out in one transaction with its step and its event.
 *
 * What must hold: nobody moves an appeal that somebody else moved since he looked at it, nothing is done twice by a
 * form sent twice, and an appeal merged into another never leaves its citizen with a later due day.
 */
import type { Transaction, Updateable } from 'kysely'
import type { MoveAppeal, MoveDetails } from '#contract/appeals.ts'
import { APPEAL_MOVES, type AppealAction, type AppealStatus, clockRuns } from '#core/appeals/appeal-status.ts'
import { type AppealTrack, trackClassified, trackDisclosed } from '#core/appeals/appeal-track.ts'
import { missingFields, outcomeAfter, storableFields } from '#core/appeals/move-fields.ts'
import {
  type AppealMoveEvent,
  dutiesDone,
  type MoveProblem,
  moveProblem,
  type MovedAppeal,
  ruleOf,
} from '#core/appeals/move-rules.ts'
import { appealClock, type DeadlineRules } from '#core/deadlines/appeal-clock.ts'
import { type Grant, GRANTS } from '#core/deadlines/time-limits.ts'
import type { AppealId, TopicCode } from '#core/lib/ids.ts'
import { type Day, type Instant, tashkentDay } from '#core/lib/time.ts'
import type { ProblemCode } from '#contract/problems.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { AppealEvent } from './events.ts'
import {
  hasMerged,
  insertStep,
  listMoves,
  lockAppeals,
  type LockedAppeal,
  updateAppeal,
  updateDays,
} from './moves-store.ts'
import type { Moved, Mover } from './registering.ts'
import { findTopicTracks } from './registering-store.ts'
import { dayColumns } from './day-columns.ts'
import { keepWords } from './words-store.ts'

type Change = Updateable<Database['appeals']>

/** Writes the wish to send an appeal to the chancellery, in the transaction of the move that does. */
export type Dispatched = (trx: Transaction<Database>, step: string) => Promise<void>

export type Moving = {
  input: MoveAppeal
  by: Mover
  at: Instant
  rules: DeadlineRules
  dispatched?: Dispatched | undefined
  moved?: Moved | undefined
}

const CODE_OF: Readonly<Record<MoveProblem, ProblemCode>> = {
  wrongStatus: 'moveNotPossible',
  notAllowed: 'notAllowed',
  fourEyes: 'fourEyes',
  onlyOnce: 'onlyOnce',
  dueDayPassed: 'dueDayPassed',
}

const GRANT_OF: Partial<Record<AppealAction, Grant>> = { study: 'study', extend: 'extension' }

export async function moveAppeal(trx: Transaction<Database>, id: AppealId, moving: Moving): Promise<void> {
  const { input, by, at, rules } = moving
  const { action } = input
  const details = storableFields(input.details)
  const into = action === 'merge' ? (details.into as AppealId | undefined) : undefined
  const locked = await lockAppeals(trx, into ? [id, into] : [id])
  const appeal = locked.find((row) => row.id === id)
  if (!appeal) throw new Refusal('notFound', `No appeal ${id}`)
  const moves = await listMoves(trx, id)
  if (moves.length !== input.version)
    throw new Refusal('changedMeanwhile', `Appeal ${id} was moved meanwhile`)
  mustBePossible({ ...appeal, dueOn: appeal.due_on, moves }, moving, details)
  if (into)
    await mustTakeIn(
      trx,
      appeal,
      locked.find((row) => row.id === into),
    )

  const to = APPEAL_MOVES[appeal.status][action] as AppealStatus
  const change = await changeOf(trx, appeal, { ...moving, details })
  const after = { ...appeal, ...change }
  const done = dutiesDone([...moves, { action }])
  const clock = changesClock(action) ? clockOf({ ...(after as LockedAppeal), ...done }, at, rules) : undefined
  await updateAppeal(trx, id, { ...change, status: to, ...(clock && { registered_on: clock.registered_on }) })
  if (clock) await updateDays(trx, id, clock.days)
  if (changesWords(action)) await keepWords(trx, [id])
  const step = await insertStep(trx, {
    appeal: id,
    place: moves.length + 1,
    action,
    from_status: appeal.status,
    to_status: to,
    actor: by.id,
    at: new Date(at),
    request_key: input.requestKey,
    details: JSON.stringify(details),
  })
  if (action === 'dispatch') await moving.dispatched?.(trx, step)
  await record<AppealEvent>(trx, {
    type: ruleOf(action).event as Exclude<AppealMoveEvent, 'appealRegistered'>,
    appeal: id,
    from: appeal.status,
    to,
    dueOn: clock ? clock.days.due_on : appeal.due_on,
    ...(into && { into }),
    ...(by.id !== null && { by: by.id }),
  })
  await moving.moved?.(trx, [{ appeal: id, action, step, isByCitizen: by.role === 'citizen' }])
}

function mustBePossible(appeal: MovedAppeal, { input, by, at }: Moving, details: MoveDetails): void {
  const problem = moveProblem(appeal, input.action, by, tashkentDay(at))
  if (problem) throw new Refusal(CODE_OF[problem], `${input.action} from ${appeal.status}: ${problem}`)
  const missing = missingFields(input.action, details, appeal.kind)
  if (missing.length > 0) throw new Refusal('badInput', `${input.action} needs ${missing.join(', ')}`)
}

/** The one that stays is still owed a reply, and not later than the one that goes into it. */
async function mustTakeIn(
  trx: Transaction<Database>,
  appeal: LockedAppeal,
  into: LockedAppeal | undefined,
): Promise<void> {
  const problem =
    !into || into.id === appeal.id || !clockRuns(into.status)
      ? 'there is none that is open'
      : into.track !== appeal.track
        ? 'it is of another track'
        : into.due_on !== null && appeal.due_on !== null && into.due_on > appeal.due_on
          ? 'its due day is later'
          : (await hasMerged(trx, appeal.id))
            ? 'others were merged into this one'
            : undefined
  if (problem) throw new Refusal('mergeNotPossible', `Merging ${appeal.id}: ${problem}`)
}

type Doing = Moving & { details: MoveDetails }

/** What a move changes beside the status and the days. */
async function changeOf(
  trx: Transaction<Database>,
  appeal: LockedAppeal,
  { input: { action }, by, at, details }: Doing,
): Promise<Change> {
  const outcome = outcomeAfter(action, appeal.outcome, details.result)
  const grant = GRANT_OF[action]
  if (grant) return { grants: [...appeal.grants, grant] }
  switch (action) {
    case 'classify': {
      const topic = details.topic as TopicCode
      return {
        kind: details.kind ?? appeal.kind,
        topic,
        track: trackClassified(appeal.track, await trackOf(trx, topic)),
      }
    }
    case 'disclose':
      return { track: trackDisclosed(appeal.topic === null ? 'general' : await trackOf(trx, appeal.topic)) }
    case 'edit':
      return { editor: by.id }
    case 'write':
      return { edited_text: details.text ?? null, editor: by.id }
    case 'receive':
      return { incoming_number: details.incomingNumber ?? null }
    case 'reply':
      return { outcome, replied_at: new Date(at) }
    case 'merge':
      return { outcome, merged_into: details.into as AppealId }
    case 'reopen':
      return { outcome, merged_into: null, replied_at: null, grants: [], reopened_at: new Date(at) }
    default:
      return { outcome }
  }
}

async function trackOf(trx: Transaction<Database>, topic: TopicCode): Promise<AppealTrack> {
  const track = (await findTopicTracks(trx, [topic])).get(topic)
  if (track === undefined) throw new Refusal('badInput', `topic: there is no ${topic}`)
  return track
}

const CHANGE_CLOCK: readonly AppealAction[] = [
  'classify',
  'reopen',
  'study',
  'extend',
  'approve',
  'tellOfStudy',
  'disclose',
]

function changesClock(action: AppealAction): boolean {
  return CHANGE_CLOCK.includes(action)
}

/** The editor's text and the incoming number are what an appeal is found by. */
function changesWords(action: AppealAction): boolean {
  return action === 'write' || action === 'receive'
}

type CountedAppeal = Pick<
  LockedAppeal,
  'kind' | 'track' | 'received_at' | 'registered_on' | 'reopened_at' | 'grants'
> &
  ReturnType<typeof dutiesDone>

/** The days by what is stored. Registered is registered: that day stays, once it has begun. */
export function clockOf(appeal: CountedAppeal, at: Instant, rules: DeadlineRules) {
  const clock = appealClock(
    {
      ...appeal,
      receivedAt: appeal.received_at.getTime(),
      registeredOn: appeal.registered_on <= tashkentDay(at) ? (appeal.registered_on as Day) : undefined,
      reopenedAt: appeal.reopened_at?.getTime(),
      grants: GRANTS.filter((grant) => appeal.grants.includes(grant)),
    },
    rules,
  )
  return { registered_on: clock.registeredOn, days: dayColumns(clock) }
}
