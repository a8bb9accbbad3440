/**
 * Finds what is wrong with a flow. A flow with a problem cannot be published,
 * so that the interpreter, and the caller, never meet one.
 *
 * The flow may come from a form or a file: its shape has been checked, nothing
 * else. Every problem is found at once; the message is for the person who
 * edits the flow.
 */
import type { QueueId } from '#core/lib/ids.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import { type Flow, type FlowNode, GLOBAL_KEYS, type NodeId, PRIORITY_MAX } from './flow.ts'
import { linksOf, reachableFrom, silentLinkOf } from './flow-links.ts'

export const FLOW_PROBLEM_CODES = [
  'missingNode',
  'unreachable',
  'deadEnd',
  'notAnswered',
  'noOperator',
  'missingText',
  'textTooLong',
  'unknownQueue',
  'unknownLanguage',
  'noLanguage',
  'noChoices',
  'duplicateKey',
  'invalidKey',
  'globalKey',
  'invalidNumber',
  'tooManyNodes',
] as const
export type FlowProblemCode = (typeof FLOW_PROBLEM_CODES)[number]

export type FlowProblem = { readonly node: NodeId; readonly code: FlowProblemCode; readonly message: string }

export type Known = { readonly queues: readonly QueueId[]; readonly languages: readonly CallLanguage[] }

export const MAX_NODES = 300
/** Half a minute of speech; nobody remembers more. */
export const MAX_TEXT_CHARACTERS = 500
export const MAX_WAIT_SECONDS = 30
export const MAX_REPEATS = 5
export const MAX_DIGITS = 30

type Report = (code: FlowProblemCode, message: string, node?: NodeId) => void

export function checkFlow(flow: Flow, known: Known): FlowProblem[] {
  const problems: FlowProblem[] = []
  const report: Report = (code, message, node = flow.start) => problems.push({ node, code, message })

  checkLanguages(flow, known, report)
  const count = Object.keys(flow.nodes).length
  if (count > MAX_NODES) report('tooManyNodes', `The flow has ${count} nodes; ${MAX_NODES} are allowed.`)
  if (!nodeAt(flow, flow.start))
    report('missingNode', `The flow starts at „${flow.start}", which does not exist.`)

  for (const [id, node] of Object.entries(flow.nodes)) {
    const reportHere: Report = (code, message) => report(code, message, id)
    for (const { to, by } of linksOf(node)) {
      if (!nodeAt(flow, to)) reportHere('missingNode', `${by} leads to „${to}", which does not exist.`)
    }
    checkTexts(flow, node, reportHere)
    checkKeys(node, reportHere)
    checkNumbers(node, reportHere)
    if (node.kind === 'queue' && !known.queues.includes(node.queue)) {
      reportHere('unknownQueue', `There is no queue „${node.queue}".`)
    }
  }
  checkWays(flow, report)
  return problems
}

/** What can only be seen by walking: whether every node is reached, answered in time, and left again. */
function checkWays(flow: Flow, report: Report): void {
  const reached = reachableFrom(flow, [flow.start, flow.operator])
  for (const [id, node] of Object.entries(flow.nodes)) {
    if (!reached.has(id)) report('unreachable', 'No way leads to this node.', id)
    if (!endsInSilence(flow, id)) continue
    report(
      'deadEnd',
      `A caller who presses nothing at this ${node.kind} never reaches a queue, a message or a farewell.`,
      id,
    )
  }
  const beforeAnswer = reachableFrom(flow, [flow.start], (node) => node.kind === 'announce')
  for (const id of beforeAnswer) {
    const kind = nodeAt(flow, id)?.kind
    // Keys are not dependable before the answer, and carriers end an unanswered call after a minute or so.
    if (kind && kind !== 'announce' && kind !== 'answer' && kind !== 'hangUp') {
      report('notAnswered', `This ${kind} is reached before the call has been answered.`, id)
    }
  }
  const operatorWays = reachableFrom(flow, [flow.operator])
  if (![...operatorWays].some((id) => nodeAt(flow, id)?.kind === 'queue')) {
    report(
      'noOperator',
      `The key 0 leads to „${flow.operator}", from where no queue is reached.`,
      flow.operator,
    )
  }
}

/** Whether a caller who presses nothing goes round and round. */
function endsInSilence(flow: Flow, start: NodeId): boolean {
  const seen = new Set<NodeId>()
  for (let id: NodeId | undefined = start; id !== undefined; ) {
    const node = nodeAt(flow, id)
    // A link to nowhere is reported as such.
    if (!node) return false
    if (seen.has(id)) return true
    seen.add(id)
    id = silentLinkOf(node)
  }
  return false
}

function checkLanguages(flow: Flow, known: Known, report: Report): void {
  if (flow.languages.length === 0) report('noLanguage', 'The flow has no language.')
  for (const language of flow.languages) {
    if (!known.languages.includes(language)) report('unknownLanguage', `„${language}" cannot be spoken.`)
  }
  checkText(
    flow.languages.map((language) => [language, flow.wrongKey[language]]),
    'The text for a wrong key',
    report,
  )
}

function checkTexts(flow: Flow, node: FlowNode, report: Report): void {
  const everyLanguage = (texts: Partial<Record<CallLanguage, string>>) =>
    flow.languages.map((language): [CallLanguage, string | undefined] => [language, texts[language]])

  if ('texts' in node && node.texts) checkText(everyLanguage(node.texts), 'The text', report)
  if (node.kind === 'menu') {
    if (node.closing) checkText(everyLanguage(node.closing), 'The closing text', report)
    for (const { key, label } of node.choices)
      checkText(everyLanguage(label), `The label of key ${key}`, report)
  }
  if (node.kind !== 'chooseLanguage') return
  for (const { key, language, text } of node.choices)
    checkText([[language, text]], `The text of key ${key}`, report)
  for (const language of [node.defaultLanguage, ...node.choices.map((choice) => choice.language)]) {
    if (!flow.languages.includes(language))
      report('unknownLanguage', `„${language}" is not a language of this flow.`)
  }
}

function checkText(texts: [CallLanguage, string | undefined][], what: string, report: Report): void {
  for (const [language, text] of texts) {
    // A text without a letter or a digit is silence when spoken.
    if (!/[\p{L}\p{N}]/u.test(text ?? '')) report('missingText', `${what} is missing in „${language}".`)
    else if ((text ?? '').length > MAX_TEXT_CHARACTERS) {
      report('textTooLong', `${what} in „${language}" is longer than ${MAX_TEXT_CHARACTERS} characters.`)
    }
  }
}

function checkKeys(node: FlowNode, report: Report): void {
  if (node.kind !== 'menu' && node.kind !== 'chooseLanguage') return
  if (node.choices.length === 0) report('noChoices', 'There is nothing to choose.')
  const seen = new Set<string>()
  for (const { key } of node.choices) {
    if (GLOBAL_KEYS.some((global) => global === key))
      report('globalKey', `${key} means the same in every menu and cannot be a choice.`)
    else if (!/^[1-9]$/.test(key)) report('invalidKey', `„${key}" is not a key from 1 to 9.`)
    if (seen.has(key)) report('duplicateKey', `The key ${key} is given twice.`)
    seen.add(key)
  }
}

function checkNumbers(node: FlowNode, report: Report): void {
  const check = (what: string, value: number, [least, most]: [number, number]) => {
    if (Number.isInteger(value) && value >= least && value <= most) return
    report('invalidNumber', `${what} must be a whole number from ${least} to ${most}, not ${value}.`)
  }
  if (node.kind === 'queue' && node.priority !== undefined)
    check('The priority', node.priority, [1, PRIORITY_MAX])
  if (!('repeats' in node)) return
  check('The wait in seconds', node.waitSeconds, [1, MAX_WAIT_SECONDS])
  check('The number of repeats', node.repeats, [0, MAX_REPEATS])
  if (node.kind !== 'askDigits') return
  check('The most digits', node.maxDigits, [1, MAX_DIGITS])
  check('The fewest digits', node.minDigits, [1, Math.max(1, node.maxDigits)])
}

function nodeAt(flow: Flow, id: NodeId): FlowNode | undefined {
  return Object.hasOwn(flow.nodes, id) ? flow.nodes[id] : undefined
}
