/**
 * What can be wrong with a flow, as data for whoever says it in his language, and in English. Every problem names the
 * node it stands at; one of the flow itself names the node where the flow begins.
 */
import type { NodeId } from './flow.ts'

export type FlowProblemParams = Readonly<Record<string, string | number>>

/** `{name}` is filled in from the params of the problem. */
const TEXTS = {
  missingNode: 'It leads to „{to}", which does not exist.',
  unreachable: 'No way leads to this node.',
  deadEnd: 'A caller who presses nothing here never reaches a queue, a message or a farewell.',
  notAnswered: 'This is reached before the call has been answered.',
  noOperator: 'The key 0 leads to „{to}", from where no queue is reached.',
  missingText: 'The text is missing in „{language}".',
  textTooLong: 'The text in „{language}" is longer than {most} characters.',
  soundMissing: 'The text in „{language}" has no sound.',
  unknownQueue: 'There is no queue „{queue}".',
  unknownTopic: 'There is no topic „{topic}" in the classifier.',
  unknownLanguage: '„{language}" is no language of this flow, or cannot be spoken.',
  noLanguage: 'The flow has no language.',
  noChoices: 'There is nothing to choose.',
  duplicateKey: 'The key {key} is given twice.',
  invalidKey: '„{key}" is not a key from 1 to 9.',
  globalKey: '{key} means the same in every menu and cannot be a choice.',
  invalidNumber: 'It must be a whole number from {least} to {most}, not {value}.',
  tooManyNodes: 'The flow has {count} nodes; {most} are allowed.',
} as const

export type FlowProblemCode = keyof typeof TEXTS
export const FLOW_PROBLEM_CODES = Object.keys(TEXTS) as FlowProblemCode[]

export type FlowProblem = {
  readonly node: NodeId
  /** Where in the node: `texts`, `next`, `choices.2.label`; of the flow itself: `start`, `operator`, `languages`, `wrongKey`, `nodes`. */
  readonly field: string
  readonly code: FlowProblemCode
  readonly params: FlowProblemParams
  readonly message: string
}

const FLOW_FIELDS: readonly string[] = ['start', 'operator', 'languages', 'wrongKey', 'nodes']

/** Whether it belongs to the flow and to no node of it. */
export function isOfWholeFlow({ field }: Pick<FlowProblem, 'field'>): boolean {
  return FLOW_FIELDS.includes(field)
}

export type Report = (code: FlowProblemCode, field: string, params?: FlowProblemParams) => void

export function flowProblem(
  node: NodeId,
  code: FlowProblemCode,
  { field, params = {} }: { field: string; params?: FlowProblemParams },
): FlowProblem {
  const text = TEXTS[code].replace(/\{(\w+)\}/g, (_, name: string) => String(params[name]))
  return { node, field, code, params, message: `${field}: ${text}` }
}
