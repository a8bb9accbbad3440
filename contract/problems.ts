/** Why the server refused. The console and the portal have a text for each code in each language. */
import { z } from 'zod'
import { FlowProblem } from './flows.ts'
import { QueueFormProblem } from './queues.ts'
import { ATTACHMENT_PROBLEMS } from '#core/attachments/attachment-problems.ts'
import { SETTING_PROBLEM_CODES } from '#core/lib/setting-problems.ts'
import { SIGNATURE_PROBLEMS } from '#core/signatures/signature-rules.ts'

export const PROBLEM_CODES = [
  'notSignedIn',
  'wrongCredentials',
  'tooManyAttempts',
  'tooBusy',
  'tooManyToExport',
  'notAllowed',
  'notFound',
  'badInput',
  'wrongStatus',
  'changedMeanwhile',
  'cannotMerge',
  'moveNotPossible',
  'fourEyes',
  'onlyOnce',
  'articlesNotRead',
  'noTriesLeft',
  'dueDayPassed',
  'mergeNotPossible',
  'lineNotUp',
  'phoneNotReachable',
  'phoneRings',
  'lineNotProven',
  'offerGone',
  'callGone',
  'agentNotFree',
  'numberNotAllowed',
  'messageNotPossible',
  'callbackNotPossible',
  'wrapUpNotDone',
  'flowHasProblems',
  'queuesHaveProblems',
  'settingsHaveProblems',
  'passwordToChoose',
  'passwordNotNew',
  'recordingNotReady',
  'engineAway',
  'tooLarge',
  ...ATTACHMENT_PROBLEMS,
  ...SIGNATURE_PROBLEMS,
  'somethingWentWrong',
] as const
export type ProblemCode = (typeof PROBLEM_CODES)[number]

/** What is wrong with a row of some other settings. */
export const SettingProblem = z.object({
  row: z.string(),
  field: z.string(),
  code: z.enum(SETTING_PROBLEM_CODES),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  message: z.string(),
})

/** RFC 9457 problem details. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.enum(PROBLEM_CODES),
  detail: z.string().optional(),
  /** For a flow and for settings: what is wrong and where. */
  problems: z.array(z.union([FlowProblem, QueueFormProblem, SettingProblem])).optional(),
})
export type Problem = z.infer<typeof Problem>
