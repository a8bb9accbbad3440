/** A flow as a drawing: what stands on each node, row by row, and which lines lead from which row to which node. */
import type { Flow, FlowNode, NodeId } from '#core/ivr/flow.ts'
import { linksOf, type LinkSlot } from '#core/ivr/flow-links.ts'
import type { Texts } from '#core/lib/languages.ts'

export const HEAD_HEIGHT = 34
export const ROW_HEIGHT = 22
const PADDING = 10

export type DrawnRow = {
  /** The line that begins here. */
  readonly slot?: LinkSlot
  readonly key?: string
  /** In the language of the reader, or as it is. */
  readonly text?: Texts
  readonly is: 'text' | 'choice' | 'language' | 'queue' | 'onward' | 'silence' | 'wrongKey'
  readonly word?: string
  /** Where it leads, told in words because its line is not drawn. */
  readonly to?: NodeId
}

export type DrawnLine = {
  readonly from: NodeId
  readonly slot: LinkSlot
  readonly to: NodeId
  readonly isAside: boolean
}

export function rowsOf(flow: Flow, node: FlowNode): DrawnRow[] {
  switch (node.kind) {
    case 'announce':
      return [{ is: 'text', text: node.texts, slot: 'next' }]
    case 'answer':
      return [{ is: 'onward', slot: 'next' }]
    case 'chooseLanguage':
      return [
        ...node.choices.map(({ key, language }): DrawnRow => ({ is: 'language', key, word: language })),
        { is: 'onward', slot: 'next' },
        ...asideRows(flow, node),
      ]
    case 'menu':
      return [
        ...node.choices.map(
          ({ key, label }, place): DrawnRow => ({
            is: 'choice',
            key,
            text: label,
            slot: `choices.${place}.next`,
          }),
        ),
        ...asideRows(flow, node),
      ]
    case 'askDigits':
      return [{ is: 'text', text: node.texts, slot: 'next' }, ...asideRows(flow, node)]
    case 'queue':
      return [{ is: 'queue', word: node.queue }]
    case 'takeMessage':
    case 'hangUp':
      return [{ is: 'text', text: node.texts }]
  }
}

export function heightOf(flow: Flow, node: FlowNode | undefined): number {
  return HEAD_HEIGHT + (node ? rowsOf(flow, node).length : 0) * ROW_HEIGHT + PADDING
}

/** Every line but those that lead in silence to whoever `0` leads to: they would cover the rest. */
export function linesOf(flow: Flow): DrawnLine[] {
  return Object.entries(flow.nodes).flatMap(([from, node]) =>
    linksOf(node).flatMap(({ slot, to }) => {
      const isAside = slot === 'onNoInput' || slot === 'onWrongKey'
      if (!Object.hasOwn(flow.nodes, to) || (isAside && to === flow.operator)) return []
      return [{ from, slot, to, isAside }]
    }),
  )
}

function asideRows(flow: Flow, node: { onNoInput: NodeId; onWrongKey: NodeId }): DrawnRow[] {
  const told = (to: NodeId) => (to === flow.operator ? { to } : {})
  return [
    { is: 'silence', slot: 'onNoInput', ...told(node.onNoInput) },
    { is: 'wrongKey', slot: 'onWrongKey', ...told(node.onWrongKey) },
  ]
}
