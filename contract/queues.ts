/** Queues and skills as an administrator sets them. */
import { z } from 'zod'
import type { CourseId, QueueId, SkillId, StaffId } from '#core/lib/ids.ts'
import type { Day } from '#core/lib/time.ts'
import { QUEUE_FIELDS, QUEUE_PROBLEM_CODES } from '#core/routing/queue-problems.ts'
import { AGENT_ORDERS } from '#core/routing/queue-settings.ts'
import { RULE_TEXT_CODES } from '#core/routing/skill-rule-text.ts'
import { SKILL_LEVEL_MAX } from '#core/routing/skill-rules.ts'

/** A text that is one of our names. Without a transformation, so that the same shape serves both ways. */
const named = <Name extends string>(text: z.ZodType<string, string>) =>
  text as unknown as z.ZodType<Name, Name>

/** An array that nobody changes, as the core has them. */
const list = <Item>(items: z.ZodArray<z.ZodType<Item, Item>>) =>
  items as unknown as z.ZodType<readonly Item[], readonly Item[]>

export const QueueName = named<QueueId>(z.string().min(1).max(32))
export const SkillName = named<SkillId>(z.string().regex(/^[a-z][a-zA-Z0-9]{0,31}$/))
/** A number as one of our names; see `named`. */
export const CourseNumber = z.number().int().min(1).max(2_147_483_647) as unknown as z.ZodType<
  CourseId,
  CourseId
>
const COURSES_MAX = 100
const Agent = named<StaffId>(z.uuid())
const Level = z.number().int().min(0).max(SKILL_LEVEL_MAX)

const Otherwise = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('overflow'), to: QueueName }),
  z.strictObject({ do: z.literal('takeMessage') }),
  z.strictObject({ do: z.literal('hangUp') }),
])

const Hours = z.strictObject({
  open: z.strictObject({
    week: list(
      z.array(
        z.strictObject({
          days: list(z.array(z.number()).max(7)),
          fromMinute: z.number(),
          toMinute: z.number(),
        }),
      ),
    ),
    closedOn: list(z.array(named<Day>(z.string().max(10)))),
  }),
  then: Otherwise,
  atClosing: z.enum(['serve', 'sendAway']),
})

/** The shape only; whether it makes sense is for core/routing/check-queues.ts. */
export const QueueForm = z.strictObject({
  order: z.enum(AGENT_ORDERS),
  rules: z.string(),
  ringSeconds: z.number(),
  missesBeforeUnavailable: z.number(),
  shortAbandonSeconds: z.number(),
  expectedHandleSeconds: z.number(),
  full: z.exactOptional(z.strictObject({ waitingMax: z.number(), then: Otherwise })),
  tooLong: z.exactOptional(z.strictObject({ waitSecondsMax: z.number(), then: Otherwise })),
  nobodyOnDuty: z.exactOptional(z.strictObject({ then: Otherwise })),
  hours: z.exactOptional(Hours),
  /** In which whoever is asked must be attested. */
  courses: z.exactOptional(list(z.array(CourseNumber).max(COURSES_MAX))),
})
export type QueueForm = z.infer<typeof QueueForm>

export const QueueFormProblem = z.object({
  queue: QueueName,
  field: z.enum(QUEUE_FIELDS),
  code: z.enum([...QUEUE_PROBLEM_CODES, ...RULE_TEXT_CODES]),
  /** Of the rules, or the number of the opening time; from 1. */
  line: z.exactOptional(z.number().int()),
  column: z.exactOptional(z.number().int()),
  params: z.record(z.string(), z.union([z.string(), z.number(), list(z.array(QueueName))])),
  message: z.string(),
})
export type QueueFormProblem = z.infer<typeof QueueFormProblem>

/** GET /api/queues. `version` 0: nobody has saved any yet, it is served as every queue is. */
export const QueueRow = z.object({
  queue: QueueName,
  names: z.object({ uz: z.string(), ru: z.string() }),
  version: z.number().int(),
  savedAt: z.number().nullable(),
  savedByName: z.string().nullable(),
  form: QueueForm,
  /** Settings that were good when they were saved may be so no more: the last agent has left. */
  problems: z.array(QueueFormProblem),
  /** What holds all the same: nobody is attested in what it requires. */
  warnings: z.array(QueueFormProblem),
})
export type QueueRow = z.infer<typeof QueueRow>

/** PUT /api/queues/:queue. `basedOn`: the version that was changed; another one meanwhile is not overwritten. */
export const SaveQueue = z.strictObject({ basedOn: z.number().int().min(0), form: QueueForm })
export type SaveQueue = z.infer<typeof SaveQueue>

/** POST /api/queues/:queue/versions/:version/restore. */
export const RestoreQueue = z.strictObject({ basedOn: z.number().int().min(0) })

/** GET /api/queues/:queue/versions, newest first. */
export const QueueVersion = z.object({
  version: z.number().int(),
  savedAt: z.number(),
  savedByName: z.string().nullable(),
  /** The older version that this one brought back. */
  restored: z.number().int().nullable(),
  form: QueueForm,
})
export type QueueVersion = z.infer<typeof QueueVersion>

const Names = z.strictObject({ uz: z.string().max(400), ru: z.string().max(400) })
const AGENTS_MAX = 1_000
const AgentList = z.array(Agent).max(AGENTS_MAX)

/** POST /api/queues. `then`: what becomes of callers as long as nobody serves it. */
export const AddQueue = z.strictObject({ queue: z.string().max(64), names: Names, then: Otherwise })
export type AddQueue = z.infer<typeof AddQueue>

/** PUT /api/queues/:queue/names. */
export const RenameQueue = z.strictObject({ names: Names })

/** PUT /api/queues/:queue/agents. `from`: who served it when it was changed; others meanwhile are not overwritten. */
export const SetQueueAgents = z.strictObject({ from: AgentList, to: AgentList })
export type SetQueueAgents = z.infer<typeof SetQueueAgents>

/** GET /api/queues/retired. */
export const RetiredQueue = z.object({
  queue: QueueName,
  names: z.object({ uz: z.string(), ru: z.string() }),
  retiredAt: z.number(),
})
export type RetiredQueue = z.infer<typeof RetiredQueue>

export const SkillRow = z.object({ skill: SkillName, names: z.object({ uz: z.string(), ru: z.string() }) })
export type SkillRow = z.infer<typeof SkillRow>

export const SKILL_NAME_MAX_CHARACTERS = 60
const SkillLabel = z.string().trim().min(1).max(SKILL_NAME_MAX_CHARACTERS)
export const AddSkill = z.strictObject({
  skill: SkillName,
  names: z.strictObject({ uz: SkillLabel, ru: SkillLabel }),
})
export type AddSkill = z.infer<typeof AddSkill>

/** GET /api/agent-skills: the table of agents and skills. A skill that is not among the levels is 0. */
export const AgentSkills = z.object({
  skills: z.array(SkillRow),
  agents: z.array(
    z.object({
      agent: Agent,
      name: z.string(),
      queues: z.array(QueueName),
      levels: z.record(z.string(), Level),
    }),
  ),
  /** Published courses that a queue may require, and who is attested in them today. */
  courses: z.array(
    z.object({
      course: CourseNumber,
      names: z.object({ uz: z.string(), ru: z.string() }),
      attested: z.array(Agent),
    }),
  ),
})
export type AgentSkills = z.infer<typeof AgentSkills>

const SKILL_CHANGES_MAX = 1_000

/** PUT /api/agent-skills. `from` is the level that was changed; another one meanwhile is not overwritten. */
export const ChangeAgentSkills = z.strictObject({
  changes: z
    .array(z.strictObject({ agent: Agent, skill: SkillName, from: Level, to: Level }))
    .min(1)
    .max(SKILL_CHANGES_MAX),
})
export type ChangeAgentSkills = z.infer<typeof ChangeAgentSkills>
