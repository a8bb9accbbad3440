/** What can be wrong with the settings of a queue, as data for whoever says it in his language, and in English. */
import type { QueueId } from '#core/lib/ids.ts'

/** Where in the settings: the same names as in QueueSettings. */
export const QUEUE_FIELDS = [
  'skills',
  'ringSeconds',
  'missesBeforeUnavailable',
  'shortAbandonSeconds',
  'expectedHandleSeconds',
  'full',
  'tooLong',
  'nobodyOnDuty',
  'hours',
  'courses',
] as const
export type QueueField = (typeof QUEUE_FIELDS)[number]

type Params = Record<string, string | number | readonly QueueId[]>

/** `{name}` is filled in from the params of the problem. */
const TEXTS = {
  outOfRange: 'It must be a whole number from {least} to {most}, not {value}.',
  noSteps: 'The rules have no step.',
  tooManySteps: 'The rules have {count} steps; {most} are allowed.',
  tooManyNeeds: 'This step asks for {count} skills; {most} are allowed.',
  stepsOutOfOrder: 'The first step must begin at 0, and each later one after the one before it.',
  levelOutOfRange: 'A level must be a whole number from 1 to {most}, not {level} for „{skill}".',
  unknownSkill: 'There is no skill „{skill}".',
  skillTwice: '„{skill}" is asked for twice in one step.',
  stricter: 'This step asks for more „{skill}" than the step before it; rules may only relax.',
  beyondAgents: 'No agent of this queue has „{skill}" at {level}; the best has {best}.',
  nobodyHasAll: 'No agent of this queue has everything that this step asks for.',
  languageUnserved:
    'Who chose „{language}" would wait for nobody: no agent of this queue may be asked for him.',
  neverApplies: 'This step begins after {from} s, but nobody waits longer than {most} s.',
  noAgents: 'No agent serves this queue, and it is not said what to do when nobody is on duty.',
  overflowToItself: 'The queue overflows to itself.',
  overflowToUnknown: 'There is no queue „{to}".',
  overflowLoop: 'Callers would go round: {loop}.',
  neverOpen: 'The queue is never open.',
  tooManyHours: 'There are {count} opening times and closed days; {most} are allowed.',
  hoursWithoutDays: 'This opening time has no day.',
  hoursOutOfRange: 'Days go from 1 (Monday) to 7, minutes from 0 to 1440.',
  hoursEmpty: 'This opening time ends before it has begun.',
  hoursOverlap: 'This opening time overlaps number {other}.',
  courseTwice: 'Course {course} is required twice.',
  unknownCourse: 'There is no published course {course}.',
  nobodyAttested:
    'None of the {count} agents of this queue is attested in its courses: nobody is offered its calls.',
  closedDayInvalid: '„{day}" is no day of the calendar.',
} as const

export type QueueProblemCode = keyof typeof TEXTS
export const QUEUE_PROBLEM_CODES = Object.keys(TEXTS) as QueueProblemCode[]

export type QueueProblem = {
  readonly queue: QueueId
  readonly field: QueueField
  readonly code: QueueProblemCode
  /** In the rules and the hours: the step or the opening time, from 1. */
  readonly line?: number
  readonly params: Params
  readonly message: string
}

export type Found = { field: QueueField; line?: number; params?: Params }
export type Report = (code: QueueProblemCode, found: Found) => void

export function queueProblem(
  queue: QueueId,
  code: QueueProblemCode,
  { field, line, params = {} }: Found,
): QueueProblem {
  const where = `${queue}, ${field}${line === undefined ? '' : ` ${line}`}`
  const text = TEXTS[code].replace(/\{(\w+)\}/g, (_, name: string) => written(params[name]))
  return { queue, field, code, ...(line !== undefined && { line }), params, message: `${where}: ${text}` }
}

function written(value: Params[string] | undefined): string {
  return typeof value === 'object' ? value.join(' → ') : String(value)
}
