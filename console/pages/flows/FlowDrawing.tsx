import { useComputedColorScheme } from '@mantine/core'
import {
  type Connection,
  Controls,
  type Edge,
  Handle,
  type Node,
  type NodeChange,
  type NodeProps,
  Position,
  ReactFlow,
  type ReactFlowInstance,
} from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { useEffect, useMemo, useRef } from 'react'
import { connect } from '#core/ivr/edit-flow.ts'
import type { NodeId } from '#core/ivr/flow.ts'
import { isSlot } from '#core/ivr/flow-links.ts'
import { isOfWholeFlow } from '#core/ivr/flow-problems.ts'
import { inMyLanguage, myTextLanguage, t } from '../../i18n.ts'
import { Key } from '../../ui/Key.tsx'
import css from './editor.module.css'
import { type FlowEditing, useEditing } from './flow-editing.ts'
import { type DrawnRow, heightOf, linesOf, rowsOf } from './flow-drawing.ts'
import { NODE_WIDTH, placesIn } from './flow-layout.ts'
import { kindText } from './flow-words.ts'
import { callLanguageText } from '../../call-words.ts'

/** Readable on a screen of 1366 points. */
const ZOOM = 0.85
const BEGIN_ZOOM = 0.7
const LEAST_ZOOM = 0.15

type Drawn = Node<{ rows: DrawnRow[]; kind: string; faults: number; isStanding: boolean }, 'step'>
const NODE_TYPES = { step: DrawnNode }

export type Shown = { readonly node: NodeId; readonly times: number }

/**
 * The menu as a drawing. Nodes arrange themselves; a way is led elsewhere by drawing a line from its row to a node, or by
 * the fields beside. Whoever does not see the drawing has the list of steps.
 */
export function FlowDrawing(props: {
  selected: NodeId | undefined
  /** Brought into sight whenever it changes. */
  shown: Shown | undefined
  /** Where the caller of the trial stands. */
  standing: NodeId | undefined
  select: (node: NodeId | undefined) => void
}) {
  const { select, selected, shown, standing } = props
  const editing = useEditing()
  const { change, flow } = editing
  const scheme = useComputedColorScheme('light')
  const instance = useRef<ReactFlowInstance<Drawn> | undefined>(undefined)
  const nodes = useMemo(() => nodesOf(editing, selected, standing), [editing, selected, standing])
  const edges = useMemo(() => linesOf(flow).map(edgeOf), [flow])

  useEffect(() => {
    if (shown && instance.current) centre(instance.current, shown.node)
  }, [shown])

  const connected = ({ source, sourceHandle, target }: Connection) => {
    if (isSlot(sourceHandle)) change(connect(flow, source, { slot: sourceHandle, to: target }))
  }
  const selectionChanged = (changes: NodeChange<Drawn>[]) => {
    const chosen = changes.filter((one) => one.type === 'select')
    if (chosen.length > 0) select(chosen.find((one) => one.selected)?.id)
  }
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      colorMode={scheme}
      onInit={(ready) => {
        instance.current = ready
        if (shown) centre(ready, shown.node)
        else begin(ready, flow.start)
      }}
      onNodesChange={selectionChanged}
      onConnect={connected}
      nodesDraggable={false}
      edgesFocusable={false}
      deleteKeyCode={null}
      minZoom={LEAST_ZOOM}
      aria-label={t('Drawing of the menu')}
      ariaLabelConfig={labels()}
    >
      <Controls showInteractive={false} />
    </ReactFlow>
  )
}

/** The first steps from the left edge on, rather than the first one in the middle. */
function begin(ready: ReactFlowInstance<Drawn>, start: NodeId): void {
  const node = ready.getNode(start)
  if (node) void ready.setCenter(node.position.x + 2 * NODE_WIDTH, node.position.y, { zoom: BEGIN_ZOOM })
}

function centre(ready: ReactFlowInstance<Drawn>, id: NodeId): void {
  const node = ready.getNode(id)
  if (!node) return
  const { x, y } = node.position
  void ready.setCenter(x + NODE_WIDTH / 2, y + (node.height ?? 0) / 2, {
    zoom: Math.max(ready.getZoom(), ZOOM),
  })
}

function nodesOf(editing: FlowEditing, selected: NodeId | undefined, standing: NodeId | undefined): Drawn[] {
  const { flow, problems } = editing
  const places = placesIn(flow, (id) => heightOf(flow, flow.nodes[id]))
  return Object.entries(flow.nodes).map(([id, node]) => {
    const faults = problems.filter((problem) => problem.node === id && !isOfWholeFlow(problem)).length
    const kind = kindText(node.kind)
    return {
      id,
      type: 'step',
      position: places.get(id) ?? { x: 0, y: 0 },
      width: NODE_WIDTH,
      height: heightOf(flow, node),
      selected: id === selected,
      ariaLabel: [kind, id, faults > 0 && t('faults: {{faults}}', { faults })].filter(Boolean).join(', '),
      domAttributes: { 'aria-roledescription': t('step') },
      data: { kind, faults, isStanding: id === standing, rows: rowsOf(flow, node) },
    }
  })
}

function edgeOf({ from, isAside, slot, to }: ReturnType<typeof linesOf>[number]): Edge {
  return {
    id: `${from} ${slot}`,
    source: from,
    sourceHandle: slot,
    target: to,
    ariaLabel: `${from} → ${to}`,
    domAttributes: { 'aria-roledescription': t('Way') },
    ...(isAside && { className: css.aside ?? '' }),
  }
}

function DrawnNode({ data: { faults, isStanding, kind, rows }, id, selected }: NodeProps<Drawn>) {
  return (
    <div className={css.node} data-selected={selected} data-standing={isStanding} data-faulty={faults > 0}>
      <Handle type="target" position={Position.Left} style={{ top: 17 }} />
      <div className={css.nodeHead}>
        <b>{id}</b>
        <span>{faults > 0 ? t('faults: {{faults}}', { faults }) : kind}</span>
      </div>
      {rows.map((row, place) => (
        // Rows have no names; a changed flow is drawn anew.
        <div key={`${place} ${row.slot}`} className={css.nodeRow} data-is={row.is}>
          {row.key && <Key>{row.key}</Key>}
          <RowText row={row} />
          {row.slot && <Handle type="source" id={row.slot} position={Position.Right} />}
        </div>
      ))}
    </div>
  )
}

function RowText({ row: { is, text, to, word } }: { row: DrawnRow }) {
  switch (is) {
    case 'text':
    case 'choice':
      return <span lang={myTextLanguage()}>{(text && inMyLanguage(text)) || '…'}</span>
    case 'language':
      return <span>{word === 'uz' || word === 'ru' ? callLanguageText(word) : word}</span>
    case 'queue':
      return <QueueText queue={word ?? ''} />
    case 'onward':
      return <span>{t('then')}</span>
    case 'silence':
      return <span>{to ? t('no key → {{to}}', { to }) : t('no key')}</span>
    case 'wrongKey':
      return <span>{to ? t('wrong keys → {{to}}', { to }) : t('wrong keys')}</span>
  }
}

function QueueText({ queue }: { queue: string }) {
  const row = useEditing().queues.find((one) => one.queue === queue)
  return <span>{row ? inMyLanguage(row.names) : queue || '…'}</span>
}

const labels = () => ({
  'node.a11yDescription.default': t('Enter opens the step. Its fields stand beside the drawing.'),
  'node.a11yDescription.keyboardDisabled': t('Enter opens the step. Its fields stand beside the drawing.'),
  'controls.ariaLabel': t('Size of the drawing'),
  'controls.zoomIn.ariaLabel': t('Larger'),
  'controls.zoomOut.ariaLabel': t('Smaller'),
  'controls.fitView.ariaLabel': t('The whole drawing'),
  'handle.ariaLabel': t('Way'),
})
