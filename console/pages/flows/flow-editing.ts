/** What every part of the editor works on. */
import { createContext, useContext } from 'react'
import type { Topic } from '#contract/knowledge.ts'
import type { QueueRow } from '#contract/queues.ts'
import type { Flow, FlowNode, NodeId } from '#core/ivr/flow.ts'
import type { FlowProblem } from '#core/ivr/flow-problems.ts'

export type FlowEditing = {
  readonly flow: Flow
  readonly problems: readonly FlowProblem[]
  readonly queues: readonly QueueRow[]
  readonly topics: readonly Topic[]
  /** `about`: what is being typed; typing on is one step back. */
  change(next: Flow, about?: string): void
  /** Opens a node and brings it into sight; nothing for the menu as a whole. */
  show(node: NodeId | undefined): void
}

/** Of whatever edits one node. */
export type FieldsProps<Node extends FlowNode = FlowNode> = { id: NodeId; node: Node }

export const EditingContext = createContext<FlowEditing | undefined>(undefined)

export function useEditing(): FlowEditing {
  const editing = useContext(EditingContext)
  if (!editing) throw new Error('A part of the editor was drawn outside of it')
  return editing
}
