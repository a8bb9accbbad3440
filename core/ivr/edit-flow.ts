/**
 * Changes of a flow by whoever draws it: nodes are added, taken away, named and connected. Each returns a new flow; a
 * change may leave faults, which check-flow.ts tells of.
 */
import { unreachable } from '#core/lib/assert.ts'
import type { QueueId } from '#core/lib/ids.ts'
import type { CallLanguage, Texts } from '#core/lib/languages.ts'
import type {
  AskDigitsNode,
  ChooseLanguageNode,
  Flow,
  FlowNode,
  LanguageChoice,
  MenuChoice,
  NodeId,
} from './flow.ts'
import { linksOf, type LinkSlot } from './flow-links.ts'

export type NodeKind = FlowNode['kind']

/** In the order in which a caller meets them. */
export const NODE_KINDS = [
  'announce',
  'answer',
  'chooseLanguage',
  'menu',
  'askDigits',
  'queue',
  'takeMessage',
  'hangUp',
] as const satisfies readonly NodeKind[]

/** A name is a word people read: no name that every object of the language has, no marks. */
export const NODE_NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._()-]{0,63}$/u

export type NameVerdict = 'possible' | 'badName' | 'taken'

export function judgeName(flow: Flow, name: string): NameVerdict {
  if (!NODE_NAME.test(name)) return 'badName'
  return Object.hasOwn(flow.nodes, name) ? 'taken' : 'possible'
}

const WAIT_SECONDS = 5
const REPEATS = 1
const NO_TEXTS: Texts = { uz: '', ru: '' }

/** Adds a node that leads, where it has to lead somewhere, to whoever `0` leads to. */
export function addNode(
  flow: Flow,
  kind: NodeKind,
  queues: readonly QueueId[] = [],
): { flow: Flow; added: NodeId } {
  const added = freeName(flow, kind)
  return { flow: withNode(flow, added, newNode(flow, kind, queues)), added }
}

/** What led to it leads to nothing then, and is told as a fault: nobody is sent elsewhere without a word. */
export function removeNode(flow: Flow, id: NodeId): Flow {
  const { [id]: _, ...nodes } = flow.nodes
  return { ...flow, nodes }
}

export function withNode(flow: Flow, id: NodeId, node: FlowNode): Flow {
  return { ...flow, nodes: { ...flow.nodes, [id]: node } }
}

/** Under the new name the node stands where it stood, and everything that led to it leads to it. */
export function renameNode(flow: Flow, from: NodeId, to: NodeId): Flow {
  const led = (id: NodeId) => (id === from ? to : id)
  const nodes = Object.entries(flow.nodes).map(([id, node]): [NodeId, FlowNode] => [
    led(id),
    relinked(node, led),
  ])
  return { ...flow, start: led(flow.start), operator: led(flow.operator), nodes: Object.fromEntries(nodes) }
}

/** Leads the slot of a node elsewhere; a slot that the node has not changes nothing. */
export function connect(flow: Flow, from: NodeId, { slot, to }: { slot: LinkSlot; to: NodeId }): Flow {
  const node = flow.nodes[from]
  if (!node || !linksOf(node).some((link) => link.slot === slot)) return flow
  const place = /^choices\.(\d+)\.next$/.exec(slot)?.[1]
  if (place === undefined || node.kind !== 'menu')
    return withNode(flow, from, { ...node, [slot]: to } as FlowNode)
  const choices = node.choices.map((choice, at) => (at === Number(place) ? { ...choice, next: to } : choice))
  return withNode(flow, from, { ...node, choices })
}

/** The next choice of a menu, on the first key that is free; none where all nine are taken. */
export function newMenuChoice(choices: readonly MenuChoice[], next: NodeId): MenuChoice | undefined {
  const key = freeKey(choices)
  return key === undefined ? undefined : { key, label: NO_TEXTS, next }
}

export function newLanguageChoice(
  choices: readonly LanguageChoice[],
  languages: readonly CallLanguage[],
): LanguageChoice | undefined {
  const key = freeKey(choices)
  const language = languages.find((one) => !choices.some((choice) => choice.language === one)) ?? languages[0]
  return key === undefined || language === undefined ? undefined : { key, language, text: '' }
}

function freeKey(choices: readonly { readonly key: string }[]): string | undefined {
  return '123456789'.split('').find((key) => !choices.some((choice) => choice.key === key))
}

function freeName(flow: Flow, kind: NodeKind): NodeId {
  for (let count = 1; ; count++) {
    const name = `${kind} ${count}`
    if (!Object.hasOwn(flow.nodes, name)) return name
  }
}

function newNode(flow: Flow, kind: NodeKind, queues: readonly QueueId[]): FlowNode {
  const next = flow.operator
  const waits = { waitSeconds: WAIT_SECONDS, repeats: REPEATS, onNoInput: next, onWrongKey: next }
  switch (kind) {
    case 'announce':
      return { kind, texts: NO_TEXTS, next }
    case 'answer':
      return { kind, next }
    case 'chooseLanguage':
      return { kind, ...newLanguages(flow), next, ...waits }
    case 'menu':
      return { kind, choices: [{ key: '1', label: NO_TEXTS, next }], ...waits }
    case 'askDigits':
      return { kind, ...NEW_NUMBER, next, ...waits }
    case 'queue':
      return { kind, queue: queues[0] ?? ('' as QueueId) }
    case 'takeMessage':
    case 'hangUp':
      return { kind, texts: NO_TEXTS }
    default:
      return unreachable(kind)
  }
}

const NEW_NUMBER: Pick<AskDigitsNode, 'name' | 'texts' | 'minDigits' | 'maxDigits' | 'personal'> = {
  name: 'number',
  texts: NO_TEXTS,
  minDigits: 4,
  maxDigits: 12,
  personal: true,
}

function newLanguages({ languages }: Flow): Pick<ChooseLanguageNode, 'choices' | 'defaultLanguage'> {
  const choices = languages.map(
    (language, at): LanguageChoice => ({ key: String(at + 1), language, text: '' }),
  )
  return { choices, defaultLanguage: languages[0] ?? 'uz' }
}

function relinked(node: FlowNode, led: (id: NodeId) => NodeId): FlowNode {
  switch (node.kind) {
    case 'announce':
    case 'answer':
      return { ...node, next: led(node.next) }
    case 'chooseLanguage':
    case 'askDigits':
      return { ...node, next: led(node.next), ...ledWaits(node, led) }
    case 'menu':
      return {
        ...node,
        choices: node.choices.map((choice) => ({ ...choice, next: led(choice.next) })),
        ...ledWaits(node, led),
      }
    case 'queue':
    case 'takeMessage':
    case 'hangUp':
      return node
    default:
      return unreachable(node)
  }
}

function ledWaits(node: { onNoInput: NodeId; onWrongKey: NodeId }, led: (id: NodeId) => NodeId) {
  return { onNoInput: led(node.onNoInput), onWrongKey: led(node.onWrongKey) }
}
