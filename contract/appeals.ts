/** Appeals: registered from a call, listed, opened, moved along their life cycle. */
import { z } from 'zod'
import { APPEAL_KINDS } from '#core/appeals/appeal-kind.ts'
import { APPEAL_ACTIONS, APPEAL_STATUSES } from '#core/appeals/appeal-status.ts'
import { APPEAL_TRACKS } from '#core/appeals/appeal-track.ts'
import { APPEAL_CHECKS } from '#core/appeals/checklist.ts'
import {
  COSIGNERS_MAX,
  FILER_NAME_MAX_CHARACTERS,
  GROUND_MAX_CHARACTERS,
  RESIDENCE_MAX_CHARACTERS,
} from '#core/appeals/filers.ts'
import { LINK_FLAGS, LINK_REASONS } from '#core/appeals/likeness.ts'
import {
  APPEAL_OUTCOMES,
  EXECUTOR_MAX_CHARACTERS,
  EXECUTORS_MAX,
  LEAVING_GROUNDS,
  MOVE_FIELD_MAX_CHARACTERS,
  NOTICE_MEDIA,
  REPLY_RESULTS,
} from '#core/appeals/move-fields.ts'
import { DUTIES, OTHER_DUTIES } from '#core/deadlines/duties.ts'
import { GRANTS } from '#core/deadlines/time-limits.ts'
import { APPEAL_MEDIA } from '#core/portal/following.ts'

/** A day that there is, also for the database, which knows no year 0. */
const Day = z.iso.date().regex(/^(?!0000)/)

const name = z.string().trim().min(2).max(FILER_NAME_MAX_CHARACTERS)

export const Cosigner = z.object({ name, residence: z.string().trim().max(RESIDENCE_MAX_CHARACTERS) })
export const Representative = z.object({
  name,
  ground: z.string().trim().max(GROUND_MAX_CHARACTERS),
  hasPapers: z.boolean(),
})

/** Who filed it, beside the citizen whose card it is on. */
export const Filers = z.object({
  cosigners: z.array(Cosigner).max(COSIGNERS_MAX),
  representative: Representative.nullable(),
})
export type Filers = z.infer<typeof Filers>

export const TELEPHONE_MAX_CHARACTERS = 40

export const RegisterAppeal = z.object({
  /** Made by the form once: the same form sent twice registers one appeal. */
  requestKey: z.uuid(),
  kind: z.enum(APPEAL_KINDS),
  text: z.string().trim().min(1).max(MOVE_FIELD_MAX_CHARACTERS.text),
  topic: z
    .string()
    .regex(/^\d{2}(\.\d{2}){0,2}$/)
    .nullable(),
  call: z.uuid().nullable(),
  citizen: z.union([
    z.object({ id: z.uuid() }),
    z.object({ name, number: z.string().max(TELEPHONE_MAX_CHARACTERS).optional() }),
    /** He does not say who he is. */
    z.object({ anonymous: z.literal(true) }),
  ]),
  filers: Filers.optional(),
  /** Where number and code go by SMS, as it was read back to the citizen. None where he names none: then nothing is sent. */
  telephone: z.string().max(TELEPHONE_MAX_CHARACTERS).nullable().optional(),
})
export type RegisterAppeal = z.infer<typeof RegisterAppeal>

/** What is told of an appeal that has just been registered; the rest is on its card. */
export const RegisteredAppeal = z.object({
  id: z.uuid(),
  number: z.string(),
  registeredOn: Day,
  dueOn: Day.nullable(),
})
export type RegisteredAppeal = z.infer<typeof RegisteredAppeal>

export const DueStep = z.object({ text: z.string(), day: Day, article: z.string() })

export const AppealRow = z.object({
  id: z.uuid(),
  number: z.string(),
  kind: z.enum(APPEAL_KINDS),
  status: z.enum(APPEAL_STATUSES),
  track: z.enum(APPEAL_TRACKS),
  citizenName: z.string(),
  topic: z.string().nullable(),
  excerpt: z.string(),
  registeredOn: Day,
  /** None where another procedure than the law on appeals counts. */
  dueOn: Day.nullable(),
  /** What has to be done first, and by when; none once the clock stands, or where the law counts none. */
  next: z.object({ duty: z.enum(DUTIES), dueOn: Day }).nullable(),
  /** Beside the citizen whose card it is on. */
  cosignerCount: z.number().int(),
  isAnonymous: z.boolean(),
  /** Somebody keeps an eye on it. */
  underControl: z.boolean(),
})
export type AppealRow = z.infer<typeof AppealRow>

export const APPEAL_LISTS = ['all', 'dueToday', 'soon', 'overdue', 'mine', 'control'] as const
/** `mine`: those I registered or edit. `control`: those somebody keeps an eye on. The lists by due day hold what is still owed a reply and has one of its days there, by the first of them. */
export type AppealList = (typeof APPEAL_LISTS)[number]

const TopicCode = z.string().regex(/^\d{2}(\.\d{2}){0,2}$/)

export const APPEAL_SEARCH_MAX_CHARACTERS = 100

/** Which appeals; what is not asked for is any. */
export const AppealsChosen = z.object({
  search: z.string().max(APPEAL_SEARCH_MAX_CHARACTERS).optional(),
  list: z.enum(APPEAL_LISTS).default('all'),
  status: z.enum(APPEAL_STATUSES).optional(),
  kind: z.enum(APPEAL_KINDS).optional(),
  track: z.enum(APPEAL_TRACKS).optional(),
  /** With those below it. */
  topic: TopicCode.optional(),
  editor: z.uuid().optional(),
  registeredFrom: Day.optional(),
  registeredTo: Day.optional(),
  dueBy: Day.optional(),
})
export type AppealsChosen = z.infer<typeof AppealsChosen>

export const AppealsQuery = AppealsChosen.extend({
  /** The id of the last row of the page before. */
  before: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type AppealsQuery = z.infer<typeof AppealsQuery>

const words = (field: keyof typeof MOVE_FIELD_MAX_CHARACTERS) =>
  z.string().trim().max(MOVE_FIELD_MAX_CHARACTERS[field]).optional()

/** What is told with a move; which of it the move needs stands in core/appeals/move-rules.ts. */
export const MoveDetails = z.object({
  kind: z.enum(APPEAL_KINDS).optional(),
  topic: z
    .string()
    .regex(/^\d{2}(\.\d{2}){0,2}$/)
    .optional(),
  text: words('text'),
  reason: words('reason'),
  signatory: words('signatory'),
  authority: words('authority'),
  ground: z.enum(LEAVING_GROUNDS).optional(),
  conclusion: words('conclusion'),
  into: z.uuid().optional(),
  incomingNumber: words('incomingNumber'),
  /** The lead first. */
  executors: z.array(z.string().trim().min(1).max(EXECUTOR_MAX_CHARACTERS)).max(EXECUTORS_MAX).optional(),
  result: z.enum(REPLY_RESULTS).optional(),
  reply: words('reply'),
  medium: z.enum(NOTICE_MEDIA).optional(),
  addition: words('addition'),
  checked: z.array(z.enum(APPEAL_CHECKS)).max(APPEAL_CHECKS.length).optional(),
})
export type MoveDetails = z.infer<typeof MoveDetails>

export const MoveAppeal = z.object({
  /** Made by the form once: the same form sent twice moves once. */
  requestKey: z.uuid(),
  action: z.enum(APPEAL_ACTIONS).exclude(['register']),
  /** The version of the card that the person saw: the number of its last move. */
  version: z.number().int().positive(),
  details: MoveDetails,
})
export type MoveAppeal = z.infer<typeof MoveAppeal>

export const AppealMove = z.object({
  place: z.number().int(),
  action: z.enum(APPEAL_ACTIONS),
  from: z.enum(APPEAL_STATUSES),
  to: z.enum(APPEAL_STATUSES),
  at: z.number(),
  /** Nobody of the staff where the citizen did it himself. */
  by: z.uuid().nullable(),
  byName: z.string().nullable(),
  details: MoveDetails,
})
export type AppealMove = z.infer<typeof AppealMove>

export const AppealLink = z.object({
  other: z.object({ id: z.uuid(), number: z.string(), status: z.enum(APPEAL_STATUSES) }),
  flag: z.enum(LINK_FLAGS),
  /** Null where nobody has decided yet: then it is a proposal. */
  accepted: z.boolean().nullable(),
  /** In per cent, with what speaks for it; of decided ones only while they would still be proposed. */
  likeness: z.number().int().nullable(),
  reasons: z.array(z.enum(LINK_REASONS)),
})
export type AppealLink = z.infer<typeof AppealLink>

export const DecideLink = z.object({ other: z.uuid(), flag: z.enum(LINK_FLAGS), accepted: z.boolean() })
export type DecideLink = z.infer<typeof DecideLink>

export const AppealCard = AppealRow.extend({
  /** The number of the last move: a move is refused to whoever saw an older one. */
  version: z.number().int(),
  /** The citizen's words, as they were written down. */
  text: z.string(),
  /** The editor's. */
  editedText: z.string().nullable(),
  editorName: z.string().nullable(),
  incomingNumber: z.string().nullable(),
  outcome: z.enum(APPEAL_OUTCOMES).nullable(),
  mergedInto: z.object({ id: z.uuid(), number: z.string() }).nullable(),
  grants: z.array(z.enum(GRANTS)),
  citizen: z.object({ id: z.uuid(), name: z.string(), numbers: z.array(z.string()), isMinor: z.boolean() }),
  filers: Filers,
  medium: z.enum(APPEAL_MEDIA),
  /** The one that the appeal names: it is told of the appeal and follows it, but for a report that an agent wrote down. */
  telephone: z.string().nullable(),
  call: z.object({ id: z.uuid(), arrivedAt: z.number() }).nullable(),
  receivedAt: z.number(),
  /** Null where the citizen filed it himself. */
  registeredByName: z.string().nullable(),
  /** How the due day came about, line by line with the article. */
  dueSteps: z.array(DueStep),
  /** The last working day on or before the due day. */
  controlOn: Day.nullable(),
  /** By when its author is told of a study, and by when it is sent on if it is not ours: while that is to be done. */
  otherDays: z.array(
    z.object({ duty: z.enum(OTHER_DUTIES), dueOn: Day, controlOn: Day, steps: z.array(DueStep) }),
  ),
  /** Earlier appeals of the same person that this one repeats or doubles, and those it may. */
  links: z.array(AppealLink),
  /** Everything that was done to it, oldest first. */
  moves: z.array(AppealMove),
  timeline: z.array(
    z.object({
      at: z.number(),
      type: z.string(),
      actorName: z.string().nullable(),
      /** The incoming number that the chancellery's system answered; of an export, why. */
      note: z.string().nullable(),
      /** In whose words it was taken. */
      receipt: z.string().nullable(),
    }),
  ),
})
export type AppealCard = z.infer<typeof AppealCard>
