/** Why the server refused. The console and the portal have a text for each code in each language. */
import { z } from 'zod'
import { FlowProblem } from './flows.ts'
import { QueueFormProblem } from './queues.ts'

export const PROBLEM_CODES = [
  'notSignedIn',
  'wrongCredentials',
  'tooManyAttempts',
  'notAllowed',
  'notFound',
  'badInput',
  'wrongStatus',
  'changedMeanwhile',
  'lineNotUp',
  'phoneNotReachable',
  'phoneRings',
  'lineNotProven',
  'offerGone',
  'callGone',
  'agentNotFree',
  'numberNotAllowed',
  'wrapUpNotDone',
  'flowHasProblems',
  'queuesHaveProblems',
  'recordingNotReady',
  'engineAway',
  'tooLarge',
  'somethingWentWrong',
] as const
export type ProblemCode = (typeof PROBLEM_CODES)[number]

/** RFC 9457 problem details. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.enum(PROBLEM_CODES),
  detail: z.string().optional(),
  /** For a flow and for the settings of queues: what is wrong and where. */
  problems: z.array(z.union([FlowProblem, QueueFormProblem])).optional(),
})
export type Problem = z.infer<typeof Problem>
