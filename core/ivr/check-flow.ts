/**
 * Finds what is wrong with a flow. A flow with a problem cannot be published,
 * so that the interpreter, and the caller, never meet one.
 *
 * The flow may come from a form or a file: its shape has been checked, nothing
 * else. Every problem is found at once. Whether all it says has been spoken is
 * for check-sounds.ts.
 */
import type { QueueId, TopicCode } from '#core/lib/ids.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import { type Flow, type FlowNode, GLOBAL_KEYS, type NodeId, PRIORITY_MAX } from './flow.ts'
import { linksOf, reachableFrom, silentLinkOf } from './flow-links.ts'
import { type FlowProblem, flowProblem, type Report } from './flow-problems.ts'
import { placesOf } from './flow-places.ts'

export type Known = {
  readonly queues: readonly QueueId[]
  readonly languages: readonly CallLanguage[]
  /** The codes of the classifier; topics are not looked up where they are not known. */
  readonly topics?: ReadonlySet<TopicCode>
}

export const MAX_NODES = 300
/** Half a minute of speech; nobody remembers more. */
export const MAX_TEXT_CHARACTERS = 500
export const MAX_WAIT_SECONDS = 30
export const MAX_REPEATS = 5
export const MAX_DIGITS = 30

/** Of one node, or of the flow itself. */
type ReportAt = (node: NodeId) => Report

export function checkFlow(flow: Flow, known: Known): FlowProblem[] {
  const problems: FlowProblem[] = []
  const at: ReportAt =
    (node) =>
    (code, field, params = {}) =>
      void problems.push(flowProblem(node, code, { field, params }))
  const ofFlow = at(flow.start)

  checkLanguages(flow, known, ofFlow)
  const count = Object.keys(flow.nodes).length
  if (count > MAX_NODES) ofFlow('tooManyNodes', 'nodes', { count, most: MAX_NODES })
  if (!nodeAt(flow, flow.start)) ofFlow('missingNode', 'start', { to: flow.start })
  checkTexts(flow, at)

  for (const [id, node] of Object.entries(flow.nodes)) {
    const report = at(id)
    for (const { to, slot } of linksOf(node)) if (!nodeAt(flow, to)) report('missingNode', slot, { to })
    checkNodeLanguages(flow, node, report)
    checkKeys(node, report)
    checkNumbers(node, report)
    checkNames(node, known, report)
  }
  checkWays(flow, at)
  return problems
}

/** What can only be seen by walking: whether every node is reached, answered in time, and left again. */
function checkWays(flow: Flow, at: ReportAt): void {
  const reached = reachableFrom(flow, [flow.start, flow.operator])
  for (const id of Object.keys(flow.nodes)) {
    if (!reached.has(id)) at(id)('unreachable', 'node')
    if (endsInSilence(flow, id)) at(id)('deadEnd', 'node')
  }
  const beforeAnswer = reachableFrom(flow, [flow.start], (node) => node.kind === 'announce')
  for (const id of beforeAnswer) {
    const kind = nodeAt(flow, id)?.kind
    // Keys are not dependable before the answer, and carriers end an unanswered call after a minute or so.
    if (kind && kind !== 'announce' && kind !== 'answer' && kind !== 'hangUp') at(id)('notAnswered', 'node')
  }
  const operatorWays = reachableFrom(flow, [flow.operator])
  if (![...operatorWays].some((id) => nodeAt(flow, id)?.kind === 'queue'))
    at(flow.operator)('noOperator', 'operator', { to: flow.operator })
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
  if (flow.languages.length === 0) report('noLanguage', 'languages')
  for (const language of flow.languages)
    if (!known.languages.includes(language)) report('unknownLanguage', 'languages', { language })
}

function checkTexts(flow: Flow, at: ReportAt): void {
  for (const { node, field, language, text } of placesOf(flow)) {
    // A text without a letter or a digit is silence when spoken.
    if (!/[\p{L}\p{N}]/u.test(text)) at(node)('missingText', field, { language })
    else if (text.length > MAX_TEXT_CHARACTERS)
      at(node)('textTooLong', field, { language, most: MAX_TEXT_CHARACTERS })
  }
}

function checkNodeLanguages(flow: Flow, node: FlowNode, report: Report): void {
  if (node.kind !== 'chooseLanguage') return
  const isOfFlow = (language: CallLanguage) => flow.languages.includes(language)
  const { choices, defaultLanguage } = node
  if (!isOfFlow(defaultLanguage)) report('unknownLanguage', 'defaultLanguage', { language: defaultLanguage })
  for (const [place, { language }] of choices.entries())
    if (!isOfFlow(language)) report('unknownLanguage', `choices.${place}.language`, { language })
}

function checkKeys(node: FlowNode, report: Report): void {
  if (node.kind !== 'menu' && node.kind !== 'chooseLanguage') return
  if (node.choices.length === 0) report('noChoices', 'choices')
  const seen = new Set<string>()
  for (const [place, { key }] of node.choices.entries()) {
    const field = `choices.${place}.key`
    if (GLOBAL_KEYS.some((global) => global === key)) report('globalKey', field, { key })
    else if (!/^[1-9]$/.test(key)) report('invalidKey', field, { key })
    if (seen.has(key)) report('duplicateKey', field, { key })
    seen.add(key)
  }
}

function checkNumbers(node: FlowNode, report: Report): void {
  const check = (field: string, value: number, [least, most]: [number, number]) => {
    if (Number.isInteger(value) && value >= least && value <= most) return
    report('invalidNumber', field, { least, most, value: String(value) })
  }
  if (node.kind === 'queue' && node.priority !== undefined)
    check('priority', node.priority, [1, PRIORITY_MAX])
  if (!('repeats' in node)) return
  check('waitSeconds', node.waitSeconds, [1, MAX_WAIT_SECONDS])
  check('repeats', node.repeats, [0, MAX_REPEATS])
  if (node.kind !== 'askDigits') return
  check('maxDigits', node.maxDigits, [1, MAX_DIGITS])
  check('minDigits', node.minDigits, [1, Math.max(1, node.maxDigits)])
}

/** The queues and topics that a node names. */
function checkNames(node: FlowNode, { queues, topics }: Known, report: Report): void {
  const checkTopic = (field: string, topic: TopicCode | undefined) => {
    if (topic && topics && !topics.has(topic)) report('unknownTopic', field, { topic })
  }
  if (node.kind === 'queue') {
    if (!queues.includes(node.queue)) report('unknownQueue', 'queue', { queue: node.queue })
    checkTopic('topic', node.topic)
  }
  if (node.kind !== 'menu') return
  for (const [place, { topic }] of node.choices.entries()) checkTopic(`choices.${place}.topic`, topic)
}

function nodeAt(flow: Flow, id: NodeId): FlowNode | undefined {
  return Object.hasOwn(flow.nodes, id) ? flow.nodes[id] : undefined
}
