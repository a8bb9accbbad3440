/** What is told with a move: its closed sets, its lengths, and whether all of it is there. */
import { charactersOver, firstLineOver, type LineOver } from '#core/text/characters-over.ts'
import { asStorableText } from '#core/text/hostile-text.ts'
import type { AppealKind } from './appeal-kind.ts'
import type { AppealAction } from './appeal-status.ts'
import { uncheckedOf } from './checklist.ts'
import { type MoveField, ruleOf } from './move-rules.ts'

export const LEAVING_GROUNDS = ['anonymous', 'noAuthority', 'notAsTheLawAsks'] as const
/**
 * Article 29. `noAuthority`: a representative without papers. That somebody is too young to act in law is no ground:
 * the appeals of minors are considered.
 */
export type LeavingGround = (typeof LEAVING_GROUNDS)[number]

export const REPLY_RESULTS = ['satisfied', 'explained', 'refused'] as const
export type ReplyResult = (typeof REPLY_RESULTS)[number]

export const NOTICE_MEDIA = ['phone', 'sms', 'letter', 'email', 'inPerson'] as const
/** How the citizen was told. */
export type NoticeMedium = (typeof NOTICE_MEDIA)[number]

/** Article 28 asks that the author of a proposal is told of its study in writing. */
const WRITTEN_MEDIA: readonly NoticeMedium[] = ['sms', 'letter', 'email']

/** By which a move may tell the citizen. */
export function mediaOf(action: AppealAction): readonly NoticeMedium[] {
  return action === 'tellOfStudy' ? WRITTEN_MEDIA : NOTICE_MEDIA
}

export const APPEAL_OUTCOMES = [
  ...REPLY_RESULTS,
  'forwarded',
  'returned',
  'leftUnconsidered',
  'merged',
  'withdrawn',
] as const
/** What became of it, once that is known. */
export type AppealOutcome = (typeof APPEAL_OUTCOMES)[number]

const OUTCOME_OF: Partial<Record<AppealAction, AppealOutcome>> = {
  forward: 'forwarded',
  return: 'returned',
  approveLeaving: 'leftUnconsidered',
  merge: 'merged',
  withdraw: 'withdrawn',
}

/** The outcome after a move; what says nothing about it leaves the one there was. */
export function outcomeAfter(
  action: AppealAction,
  before: AppealOutcome | null,
  result: ReplyResult | undefined,
): AppealOutcome | null {
  if (action === 'reopen') return null
  if (action === 'reply') return result ?? before
  return OUTCOME_OF[action] ?? before
}

/** Lists and not texts: what was ticked, and who carries it out. */
export type MoveListField = Extract<MoveField, 'checked' | 'executors'>

export const EXECUTORS_MAX = 10
export const EXECUTOR_MAX_CHARACTERS = 200

export const MOVE_FIELD_MAX_CHARACTERS: Readonly<Record<Exclude<MoveField, MoveListField>, number>> = {
  kind: 16,
  topic: 16,
  text: 20_000,
  reason: 2_000,
  signatory: 200,
  authority: 200,
  ground: 32,
  conclusion: 5_000,
  into: 36,
  incomingNumber: 64,
  result: 16,
  reply: 20_000,
  medium: 16,
  addition: 20_000,
}

/** Of those who are to carry it out: a line that is longer than is kept, or that they are too many. */
export function executorsFault(executors: readonly string[] = []): LineOver | 'tooMany' | undefined {
  const named = executors.filter((one) => one.trim() !== '')
  return named.length > EXECUTORS_MAX ? 'tooMany' : firstLineOver(executors, EXECUTOR_MAX_CHARACTERS)
}

/** The first of what is told that is more than is kept. */
export function fieldTooLong(fields: MoveFields): MoveField | undefined {
  if (executorsFault([fields.executors ?? []].flat())) return 'executors'
  return (Object.keys(MOVE_FIELD_MAX_CHARACTERS) as (keyof typeof MOVE_FIELD_MAX_CHARACTERS)[]).find(
    (field) => {
      const told = fields[field]
      return typeof told === 'string' && charactersOver(told, MOVE_FIELD_MAX_CHARACTERS[field]) > 0
    },
  )
}

export type MoveFields = { readonly [Field in MoveField]?: string | readonly string[] | undefined }

/** What the move needs and was not told. Of a checklist everything has to be ticked. */
export function missingFields(action: AppealAction, fields: MoveFields, kind?: AppealKind): MoveField[] {
  return ruleOf(action).needs.filter((field) => {
    const told = fields[field] ?? ''
    if (field === 'medium') return !mediaOf(action).some((medium) => medium === told)
    if (field === 'checked' && kind) return uncheckedOf(kind, [told].flat()).length > 0
    return [told].flat().every((one) => one.trim() === '')
  })
}

/** The words as they can be stored; what is empty was not told. */
export function storableFields<Fields extends MoveFields>(fields: Fields): Fields {
  const told = Object.entries(fields).map(([field, words]) => [
    field,
    typeof words === 'string'
      ? asStorableText(words).trim()
      : words?.map((one: string) => asStorableText(one).trim()),
  ])
  return Object.fromEntries(told.filter(([, words]) => words !== '' && words !== undefined)) as Fields
}
