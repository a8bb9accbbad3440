/** A scenario as a file: what may be written in it, what is taken for granted, and what is said when it cannot be meant. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { CALL_LANGUAGES } from '#core/lib/languages.ts'
import type { QueueId, SkillId } from '#core/lib/ids.ts'
import { type Day, tashkentMidnight } from '#core/lib/time.ts'
import { AGENT_ORDERS, DEFAULT_ROUTING_SETTINGS, defaultQueueSettings } from '#core/routing/queue-settings.ts'
import { readSkillRules } from '#core/routing/skill-rule-text.ts'
import { HOURS_A_DAY } from '#core/staffing/arrivals.ts'
import { AGENTS_MAX, CALLS_MAX, scenarioProblems } from '#core/staffing/check-scenario.ts'
import { ORDINARY_DAY } from '#core/staffing/ordinary-scenario.ts'
import type { Scenario } from '#core/staffing/scenario.ts'
import { Fault } from '../../server/config.ts'

/** Longer ones are a mistake of units. */
const DURATION_MAX_SECONDS = 86_400
/** Virtual time knows nothing shorter. */
const DURATION_LEAST_SECONDS = 0.001
/** Of queues, and of groups: more describe no house. */
const LIST_MAX = 200
const PER_HOUR_MAX = 100_000
const FILE_BYTES_MAX = 1_000_000
const PROBLEMS_SHOWN_MAX = 10
const DEFAULT_WARM_UP_CALLS = 1_000
const DEFAULT_SERVICE_LEVEL_SECONDS = 20

const Name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9 -]{0,63}$/, 'must be a short name of small letters, digits, - and spaces')
const Queue = z
  .string()
  .regex(/^[a-z0-9-]{1,64}$/, 'must be the short word of a queue')
  .transform((name) => name as QueueId)
const Skill = z
  .string()
  .regex(/^[a-z0-9-]{1,64}$/, 'must be the short word of a skill')
  .transform((name) => name as SkillId)
const seconds = z.number().min(0).max(DURATION_MAX_SECONDS)
const positiveSeconds = seconds.min(DURATION_LEAST_SECONDS)

const Duration = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant'), seconds }),
  z.strictObject({ kind: z.literal('exponential'), meanSeconds: positiveSeconds }),
  z.strictObject({
    kind: z.literal('lognormal'),
    meanSeconds: positiveSeconds,
    deviationSeconds: positiveSeconds,
  }),
])

const perHour = z.number().min(0).max(PER_HOUR_MAX)
const Arrivals = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('steady'), perHour: perHour.gt(0) }),
  z.strictObject({ kind: z.literal('byHour'), perHour: z.array(perHour).length(HOURS_A_DAY) }),
])

const Callback = z.strictObject({
  share: z.number().min(0).max(1),
  afterSeconds: seconds,
  dial: Duration.default({ kind: 'constant', seconds: 15 }),
  reachedShare: z.number().min(0).max(1).default(1),
})

const Callers = z.strictObject({
  name: Name,
  share: z.number().min(0).max(1_000_000),
  queue: Queue,
  language: z.enum(CALL_LANGUAGES),
  priority: z.int().min(0).max(10).default(0),
  patience: Duration.optional(),
  talk: Duration,
  wrapUp: Duration.default({ kind: 'constant', seconds: 0 }),
  callback: Callback.optional(),
})

const Agents = z.strictObject({
  name: Name,
  agents: z.int().min(0).max(AGENTS_MAX),
  queues: z.array(Queue).min(1),
  skills: z.record(Skill, z.int().min(1).max(100)),
  pickUp: Duration.default({ kind: 'constant', seconds: 0 }),
  missShare: z.number().min(0).max(0.99).default(0),
  away: Duration.default({ kind: 'constant', seconds: 60 }),
})

const SkillRulesText = z.string().transform((text, context) => {
  const read = readSkillRules(text)
  if ('rules' in read) return read.rules
  for (const { message } of read.errors) context.addIssue({ code: 'custom', message })
  return z.NEVER
})

const Otherwise = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('overflow'), to: Queue }),
  z.strictObject({ do: z.literal('takeMessage') }),
  z.strictObject({ do: z.literal('hangUp') }),
])

/** What is left out is as it is in a new queue. */
const QueueRules = z
  .strictObject({
    queue: Queue,
    order: z.enum(AGENT_ORDERS),
    skills: SkillRulesText,
    ringSeconds: z.int(),
    missesBeforeUnavailable: z.int(),
    shortAbandonSeconds: z.int(),
    full: z.strictObject({ waitingMax: z.int(), then: Otherwise }),
    tooLong: z.strictObject({ waitSecondsMax: z.int(), then: Otherwise }),
    nobodyOnDuty: z.strictObject({ then: Otherwise }),
    expectedHandleSeconds: z.int(),
  })
  .partial()
  .required({ queue: true })
  .transform((rules) => ({ ...defaultQueueSettings(rules.queue), ...withoutGaps(rules) }))

const ScenarioFile = z.strictObject({
  seed: z
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .default(1),
  startsOn: z.iso.date().default(ORDINARY_DAY),
  warmUpCalls: z.int().min(0).max(CALLS_MAX).default(DEFAULT_WARM_UP_CALLS),
  calls: z.int().min(1).max(CALLS_MAX),
  arrivals: Arrivals,
  callers: z.array(Callers).min(1).max(LIST_MAX),
  agents: z.array(Agents).min(1).max(LIST_MAX),
  queues: z.array(QueueRules).min(1).max(LIST_MAX),
  routing: z
    .strictObject({ headStartSeconds: seconds, directWaitSeconds: seconds })
    .partial()
    .default({})
    .transform((routing) => ({ ...DEFAULT_ROUTING_SETTINGS, ...withoutGaps(routing) })),
  serviceLevelSeconds: positiveSeconds.default(DEFAULT_SERVICE_LEVEL_SECONDS),
})

export function readScenarioFile(file: string): Scenario {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw new Fault(`The scenario ${file} cannot be read`, 'Name a file that is there')
  }
  if (text.length > FILE_BYTES_MAX)
    throw new Fault(`The scenario ${file} is too large`, 'A scenario is a page or two of JSON')
  return requirePossible(parseScenario(text, file), file)
}

/** `name`: what the file is called when something is said about it. */
export function parseScenario(text: string, name: string): Scenario {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new Fault(
      `The scenario ${name} is not JSON`,
      error instanceof Error ? error.message : String(error),
    )
  }
  const parsed = ScenarioFile.safeParse(json)
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${where(path)}${message}`)
    throw impossible(name, problems)
  }
  const { startsOn, ...rest } = parsed.data
  return {
    ...rest,
    callers: rest.callers.map((group) => ({ ...group, patience: group.patience, callback: group.callback })),
    startsAt: tashkentMidnight(startsOn as Day),
  }
}

export function requirePossible(scenario: Scenario, name: string): Scenario {
  const problems = scenarioProblems(scenario)
  if (problems.length > 0) throw impossible(name, problems)
  return scenario
}

function impossible(name: string, problems: readonly string[]): Fault {
  const shown = problems.slice(0, PROBLEMS_SHOWN_MAX).map((problem) => `\n  ${problem}`)
  const more = problems.length > shown.length ? `\n  and ${problems.length - shown.length} more` : ''
  return new Fault(
    `The scenario ${name} cannot be simulated:${shown.join('')}${more}`,
    'See docs/how-to/simulate-a-day.md',
  )
}

/** `callers[0].talk: ` */
function where(path: readonly PropertyKey[]): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('')
  return text === '' ? '' : `${text.replace(/^\./, '')}: `
}

type WithoutGaps<Value> = { [Key in keyof Value]: Exclude<Value[Key], undefined> }

function withoutGaps<Value extends object>(value: Value): WithoutGaps<Value> {
  return Object.fromEntries(
    Object.entries(value).filter(([, each]) => each !== undefined),
  ) as WithoutGaps<Value>
}
