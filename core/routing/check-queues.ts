/**
 * Finds what is wrong with the settings of queues, all of them together with the agents who serve them. Settings with
 * a problem are not saved, so that the engine, and the caller, never meet one.
 *
 * The settings may come from a form: their shape has been checked, nothing else. Every problem is found at once, and
 * names the queue, the field and the line.
 */
import type { SkillId } from '#core/lib/ids.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import { type AttestedIn, checkCourses, courseWarnings } from './check-courses.ts'
import { checkOpeningHours } from './check-opening-hours.ts'
import { checkOverflow, longestWaitsBefore } from './check-overflow.ts'
import { checkSkillRules } from './check-skill-rules.ts'
import { type QueueField, type QueueProblem, queueProblem, type Report } from './queue-problems.ts'
import type { QueueSettings } from './queue-settings.ts'
import type { AgentServes } from './routing-events.ts'

/** Everything that settings are checked against: one of each queue, and everybody who may be asked. */
export type QueuesTogether = {
  readonly queues: readonly QueueSettings[]
  readonly agents: readonly AgentServes[]
  readonly skills: readonly SkillId[]
  readonly languages: readonly CallLanguage[]
  /** Published courses; without them no queue can require one. */
  readonly courses?: readonly AttestedIn[]
}

type Range = readonly [least: number, most: number]

/** In whole numbers of what the name ends in. */
export const QUEUE_RANGES = {
  /** Sooner nobody reaches for the mouse; later the caller has hung up. */
  ringSeconds: [5, 120],
  missesBeforeUnavailable: [1, 10],
  shortAbandonSeconds: [0, 60],
  expectedHandleSeconds: [10, 7_200],
  /** 0: nobody waits, a caller is taken at once or sent on. */
  waitingMax: [0, 2_000],
  waitSecondsMax: [10, 7_200],
} as const satisfies Record<string, Range>

/** No call lasts longer, whatever the rules; nor does a callback. */
const CALL_MAX_SECONDS = 86_400

const NUMBERS: readonly {
  field: QueueField
  range: Range
  of(settings: QueueSettings): number | undefined
}[] = [
  { field: 'ringSeconds', range: QUEUE_RANGES.ringSeconds, of: (queue) => queue.ringSeconds },
  {
    field: 'missesBeforeUnavailable',
    range: QUEUE_RANGES.missesBeforeUnavailable,
    of: (queue) => queue.missesBeforeUnavailable,
  },
  {
    field: 'shortAbandonSeconds',
    range: QUEUE_RANGES.shortAbandonSeconds,
    of: (queue) => queue.shortAbandonSeconds,
  },
  {
    field: 'expectedHandleSeconds',
    range: QUEUE_RANGES.expectedHandleSeconds,
    of: (queue) => queue.expectedHandleSeconds,
  },
  { field: 'full', range: QUEUE_RANGES.waitingMax, of: (queue) => queue.full?.waitingMax },
  { field: 'tooLong', range: QUEUE_RANGES.waitSecondsMax, of: (queue) => queue.tooLong?.waitSecondsMax },
]

export function checkQueues(together: QueuesTogether): QueueProblem[] {
  const { agents, queues } = together
  const waitedBefore = longestWaitsBefore(queues)
  return queues.flatMap((settings) => {
    const { queue } = settings
    const problems: QueueProblem[] = []
    const report: Report = (code, found) => problems.push(queueProblem(queue, code, found))
    const serving = agents.filter((agent) => agent.queues.includes(queue))
    if (serving.length === 0 && !settings.nobodyOnDuty) report('noAgents', { field: 'nobodyOnDuty' })
    const waitsHereSeconds = settings.tooLong?.waitSecondsMax ?? Infinity
    const longestWaitSeconds = Math.min(waitedBefore(queue) + waitsHereSeconds, CALL_MAX_SECONDS)
    checkSkillRules(settings.skills, { ...together, agents: serving, longestWaitSeconds }, report)
    checkNumbers(settings, report)
    checkOverflow(settings, queues, report)
    checkCourses(settings.courses ?? [], together.courses ?? [], report)
    if (settings.hours) checkOpeningHours(settings.hours.open, report)
    return problems
  })
}

/** What should be known of settings that are saved all the same. */
export function queueWarnings({ queues, agents, courses = [] }: QueuesTogether): QueueProblem[] {
  return queues.flatMap((settings) => courseWarnings(settings, agents, courses))
}

function checkNumbers(settings: QueueSettings, report: Report): void {
  for (const { field, range, of } of NUMBERS) {
    const [least, most] = range
    const value = of(settings)
    if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) continue
    report('outOfRange', { field, params: { least, most, value } })
  }
}
