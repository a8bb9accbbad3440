/** Turns a flow, which is a graph, into lines to read from above: each node once, deeper ones below the key that leads there. */
import type { Flow, FlowNode, NodeId } from '#core/ivr/flow.ts'
import { spokenLanguages, spokenMenu } from '#core/ivr/spoken.ts'
import type { CallLanguage, Texts } from '#core/lib/languages.ts'

export type TreeLine = {
  node: NodeId
  kind: FlowNode['kind']
  /** The key and its name that lead here from the line above. */
  key?: string
  label?: Texts
  /** What is said, sentence by sentence. */
  says: string[]
  /** The node stands further up already; it is named, not told again. */
  isToldAbove: boolean
  queue?: string
  priority?: number | undefined
  children: TreeLine[]
}

export function flowTree(flow: Flow, language: CallLanguage): TreeLine[] {
  const told = new Set<NodeId>()
  return follow({ flow, language, told }, flow.start)
}

type Walk = { flow: Flow; language: CallLanguage; told: Set<NodeId> }
type By = { key: string; label?: Texts }

/** The nodes from `id` on, one below the other, up to the first that branches or ends. */
function follow(walk: Walk, id: NodeId, by?: By): TreeLine[] {
  const node = walk.flow.nodes[id]
  if (!node) return []
  const line: TreeLine = {
    node: id,
    kind: node.kind,
    ...by,
    says: walk.told.has(id) ? [] : saysOf(node, walk.language),
    isToldAbove: walk.told.has(id),
    ...(node.kind === 'queue' && { queue: node.queue, priority: node.priority }),
    children: [],
  }
  if (line.isToldAbove) return [line]
  walk.told.add(id)
  if (node.kind === 'menu') {
    line.children = node.choices.flatMap(({ key, label, next }) => nest(follow(walk, next, { key, label })))
  }
  return 'next' in node ? [line, ...follow(walk, node.next)] : [line]
}

/** What follows a key is shown below its first line. */
function nest([first, ...rest]: TreeLine[]): TreeLine[] {
  return first ? [{ ...first, children: [...first.children, ...rest] }] : []
}

function saysOf(node: FlowNode, language: CallLanguage): string[] {
  if (node.kind === 'menu') return spokenMenu(node, [language]).map(({ text }) => text)
  if (node.kind === 'chooseLanguage') return spokenLanguages(node).map(({ text }) => text)
  return 'texts' in node ? [node.texts[language]] : []
}
