/** What is different between two versions of a flow, node by node and field by field, for people who compare them. */
import type { Flow, FlowNode, NodeId } from './flow.ts'

export type FieldChange = { readonly field: string; readonly before: string; readonly after: string }

export type FlowChange = {
  /** Nothing for the flow itself: where it starts, its languages, the text for a wrong key. */
  readonly node: NodeId | undefined
  readonly kind: FlowNode['kind'] | undefined
  readonly is: 'added' | 'removed' | 'changed'
  readonly fields: readonly FieldChange[]
}

export function flowChanges(before: Flow, after: Flow): FlowChange[] {
  const { nodes: nodesBefore, ...restBefore } = before
  const { nodes: nodesAfter, ...restAfter } = after
  const rest = changedFields(restBefore, restAfter)
  const ofFlow: FlowChange[] =
    rest.length > 0 ? [{ node: undefined, kind: undefined, is: 'changed', fields: rest }] : []
  const names = new Set([...Object.keys(nodesBefore), ...Object.keys(nodesAfter)])
  return [...ofFlow, ...[...names].flatMap((id) => changeOf(id, nodeAt(before, id), nodeAt(after, id)))]
}

export function isSameFlow(one: Flow, other: Flow): boolean {
  return flowChanges(one, other).length === 0
}

function changeOf(node: NodeId, before: FlowNode | undefined, after: FlowNode | undefined): FlowChange[] {
  const kind = (after ?? before)?.kind
  const fields = changedFields(before ?? {}, after ?? {})
  if (before && after) return fields.length > 0 ? [{ node, kind, is: 'changed', fields }] : []
  return [{ node, kind, is: after ? 'added' : 'removed', fields }]
}

function changedFields(before: object, after: object): FieldChange[] {
  const [valuesBefore, valuesAfter] = [leavesOf(before), leavesOf(after)]
  const fields = new Set([...valuesBefore.keys(), ...valuesAfter.keys()])
  return [...fields].flatMap((field) => {
    const change = { field, before: valuesBefore.get(field) ?? '', after: valuesAfter.get(field) ?? '' }
    return change.before === change.after ? [] : [change]
  })
}

/** Every value of an object by its path, e.g. `choices.1.label.ru`. Absent and empty are the same to a reader. */
function leavesOf(value: object, path = '', leaves = new Map<string, string>()): Map<string, string> {
  for (const [name, part] of Object.entries(value) as [string, unknown][]) {
    const field = path ? `${path}.${name}` : name
    if (typeof part === 'object' && part !== null) leavesOf(part, field, leaves)
    else if (part !== undefined && part !== false)
      leaves.set(field, typeof part === 'string' ? part : JSON.stringify(part))
  }
  return leaves
}

function nodeAt(flow: Flow, id: NodeId): FlowNode | undefined {
  return Object.hasOwn(flow.nodes, id) ? flow.nodes[id] : undefined
}
