/**
 * Where each node stands in the drawing: callers walk from left to right, and what a key leads to stands beside the
 * others of its menu in the order of the keys. The drawing arranges itself, so nobody has to tidy it; the same flow is
 * always drawn the same way.
 */
import type { Flow, NodeId } from '#core/ivr/flow.ts'
import { type Link, linksOf } from '#core/ivr/flow-links.ts'

export type Place = { readonly x: number; readonly y: number }

export const NODE_WIDTH = 220
const COLUMN_GAP = 90
const ROW_GAP = 24

/** `heightOf`: how tall a node is drawn. */
export function placesIn(flow: Flow, heightOf: (id: NodeId) => number): Map<NodeId, Place> {
  const columns = columnsOf(flow)
  const tallest = Math.max(...columns.map((column) => heightIn(column, heightOf)))
  const places = new Map<NodeId, Place>()
  for (const [number, column] of columns.entries()) {
    let y = (tallest - heightIn(column, heightOf)) / 2
    for (const id of column) {
      places.set(id, { x: number * (NODE_WIDTH + COLUMN_GAP), y })
      y += heightOf(id) + ROW_GAP
    }
  }
  return places
}

/** Every node once, as callers meet them. */
export function walkingOrder(flow: Flow): NodeId[] {
  return columnsOf(flow).flat()
}

/** The nodes by their distance from the start; those that nothing leads to come last of all. */
function columnsOf(flow: Flow): NodeId[][] {
  const column = new Map<NodeId, number>()
  const walk = (starts: NodeId[], first: number) => {
    for (const id of starts) if (isIn(flow, id) && !column.has(id)) column.set(id, first)
    for (const [id, at] of column) {
      for (const { to } of inOrder(flow, id)) if (isIn(flow, to) && !column.has(to)) column.set(to, at + 1)
    }
  }
  walk([flow.start], 0)
  const deepest = Math.max(0, ...column.values())
  // Where `0` leads stands beside the queues, at the end.
  if (column.has(flow.operator)) column.set(flow.operator, deepest)
  const island = column.size === 0 ? 0 : deepest + 1
  for (const id of [flow.operator, ...Object.keys(flow.nodes)]) if (!column.has(id)) walk([id], island)
  const columns: NodeId[][] = []
  for (const [id, at] of column) (columns[at] ??= []).push(id)
  return columns.filter((ids) => ids !== undefined)
}

/** Choices first, then what follows in silence: that is what a reader looks for. */
function inOrder(flow: Flow, id: NodeId): Link[] {
  const node = flow.nodes[id]
  return node ? linksOf(node) : []
}

function heightIn(column: readonly NodeId[], heightOf: (id: NodeId) => number): number {
  return column.reduce((sum, id) => sum + heightOf(id) + ROW_GAP, 0)
}

const isIn = (flow: Flow, id: NodeId) => Object.hasOwn(flow.nodes, id)
