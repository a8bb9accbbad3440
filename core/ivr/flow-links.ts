/** The ways from node to node, for whoever has to walk a flow without a caller: the checker, a drawing of the flow. */
import { unreachable } from '#core/lib/assert.ts'
import type { QueueId, TopicCode } from '#core/lib/ids.ts'
import type { Flow, FlowNode, NodeId } from './flow.ts'

/** By which field of its node a link leads on: `next`, `onNoInput`, `onWrongKey`, or `choices.2.next` of the third choice. */
export type LinkSlot = 'next' | 'onNoInput' | 'onWrongKey' | `choices.${number}.next`

export function isSlot(name: string | null): name is LinkSlot {
  return name !== null && /^(next|onNoInput|onWrongKey|choices\.\d+\.next)$/.test(name)
}

export type Link = { readonly to: NodeId; readonly slot: LinkSlot }

export function linksOf(node: FlowNode): Link[] {
  switch (node.kind) {
    case 'announce':
    case 'answer':
      return [{ to: node.next, slot: 'next' }]
    case 'chooseLanguage':
    case 'askDigits':
      return [{ to: node.next, slot: 'next' }, ...linksOfWaiting(node)]
    case 'menu':
      return [
        ...node.choices.map(({ next }, place): Link => ({ to: next, slot: `choices.${place}.next` })),
        ...linksOfWaiting(node),
      ]
    case 'queue':
    case 'takeMessage':
    case 'hangUp':
      return []
    default:
      return unreachable(node)
  }
}

/** Where a caller comes who presses nothing; nowhere from a node at which the flow ends. */
export function silentLinkOf(node: FlowNode): NodeId | undefined {
  if (node.kind === 'announce' || node.kind === 'answer') return node.next
  return 'onNoInput' in node ? node.onNoInput : undefined
}

/** Every existing node that can be reached from these, and not only through nodes that are no `thoroughfare`. */
export function reachableFrom(
  flow: Flow,
  starts: NodeId[],
  thoroughfare: (node: FlowNode) => boolean = () => true,
): Set<NodeId> {
  const reached = new Set(starts.filter((id) => Object.hasOwn(flow.nodes, id)))
  for (const id of reached) {
    const node = flow.nodes[id]
    if (!node || !thoroughfare(node)) continue
    for (const { to } of linksOf(node)) if (Object.hasOwn(flow.nodes, to)) reached.add(to)
  }
  return reached
}

/** Whether some caller may be led into this queue. */
export function leadsTo(flow: Flow, queue: QueueId): boolean {
  return Object.values(flow.nodes).some((node) => node.kind === 'queue' && node.queue === queue)
}

/** What calls may be about when they leave the menu. */
export function topicsOf(flow: Flow): TopicCode[] {
  const named = Object.values(flow.nodes).flatMap((node) => {
    if (node.kind === 'menu') return node.choices.flatMap(({ topic }) => topic ?? [])
    return node.kind === 'queue' && node.topic ? [node.topic] : []
  })
  return [...new Set(named)]
}

function linksOfWaiting({ onNoInput, onWrongKey }: { onNoInput: NodeId; onWrongKey: NodeId }): Link[] {
  return [
    { to: onNoInput, slot: 'onNoInput' },
    { to: onWrongKey, slot: 'onWrongKey' },
  ]
}
