/**
 * Where callers go who cannot wait, as boxes and arrows: queues from left to right in the order in which callers pass
 * through them, and at the right the ends. Each rule of a queue leaves its box at a place of its own, so that what is
 * written on the arrows never lies on one another.
 */
import { OVERFLOW_FIELDS, type OverflowField } from '#core/routing/check-overflow.ts'
import type { Otherwise, QueueSettings } from '#core/routing/queue-settings.ts'

export type Box = { readonly id: string; readonly x: number; readonly y: number; readonly height: number }
export type Arrow = {
  readonly from: string
  readonly to: string
  readonly field: OverflowField
  /** Callers of `full`, seconds of `tooLong`. */
  readonly amount: number | undefined
  /** Where the arrow begins, with its words; and where it ends. */
  readonly start: Point
  readonly end: Point
  /** The lane in which it passes by what stands between. */
  readonly lane: Lane | undefined
}
type Lane = { readonly fromX: number; readonly toX: number; readonly y: number }
type Point = { readonly x: number; readonly y: number }
export type Picture = {
  readonly boxes: readonly Box[]
  readonly arrows: readonly Arrow[]
  readonly width: number
  readonly height: number
}

/** What is neither of these is a queue. */
export const ENDS = ['takeMessage', 'hangUp'] as const satisfies readonly Otherwise['do'][]

export const BOX_WIDTH = 190
/** Room for the words of an arrow, and then for its bend. */
export const WORDS_WIDTH = 150
const BEND_WIDTH = 90
const ROW_HEIGHT = 24
const BOX_MIN_HEIGHT = 44
const GAP = 14
const LANE_HEIGHT = 12
const COLUMN_WIDTH = BOX_WIDTH + WORDS_WIDTH + BEND_WIDTH
const MARGIN = 2

type Way = Pick<Arrow, 'from' | 'to' | 'field' | 'amount'>

/** With `only`, that queue and where its callers can come to. */
export function overflowPicture(queues: readonly QueueSettings[], only?: string): Picture {
  const all = queues.flatMap(waysOf)
  const shown = reachable(all, only === undefined ? all.map(({ from }) => from) : [only])
  const ways = all.filter(({ from }) => shown.has(from))
  const inOrder = [...queues.map(({ queue }) => String(queue)), ...ENDS]
  const names = [
    ...inOrder.filter((id) => shown.has(id)),
    ...[...shown].filter((id) => !inOrder.includes(id)),
  ]
  const boxes = placed(names, ways)
  const arrows = inLanes(
    boxes.flatMap((box) => arrowsOf(box, ways, boxes)),
    boxes,
  )
  const ends = [...boxes.map(({ y, height }) => y + height), ...arrows.map(({ lane }) => lane?.y ?? 0)]
  return {
    boxes,
    arrows,
    width: Math.max(0, ...boxes.map(({ x }) => x + BOX_WIDTH)) + MARGIN,
    height: Math.max(0, ...ends) + MARGIN,
  }
}

function waysOf(settings: QueueSettings): Way[] {
  return OVERFLOW_FIELDS.flatMap((field): Way[] => {
    const then = settings[field]?.then
    if (!then) return []
    const amount =
      field === 'full'
        ? settings.full?.waitingMax
        : field === 'tooLong'
          ? settings.tooLong?.waitSecondsMax
          : undefined
    return [{ from: settings.queue, to: then.do === 'overflow' ? then.to : then.do, field, amount }]
  })
}

function reachable(ways: readonly Way[], starts: readonly string[]): Set<string> {
  const found = new Set(starts)
  for (const id of found) for (const { from, to } of ways) if (from === id) found.add(to)
  return found
}

function placed(names: readonly string[], ways: readonly Way[]): Box[] {
  const isEnd = (id: string) => ENDS.some((end) => end === id)
  const stepOf = stepsBefore(ways)
  const last = Math.max(0, ...names.filter((id) => !isEnd(id)).map(stepOf))
  const heights = new Map<number, number>()
  return names.map((id) => {
    const step = isEnd(id) ? last + 1 : stepOf(id)
    const y = heights.get(step) ?? MARGIN
    const leaving = ways.filter(({ from }) => from === id).length
    const height = Math.max(BOX_MIN_HEIGHT, leaving * ROW_HEIGHT + 4)
    heights.set(step, y + height + GAP)
    return { id, x: MARGIN + step * COLUMN_WIDTH, y, height }
  })
}

/** How many queues callers can have passed through before each; in a circle, which is refused, some of them. */
function stepsBefore(ways: readonly Way[]): (id: string) => number {
  const known = new Map<string, number>()
  const steps = (id: string): number => {
    const found = known.get(id)
    if (found !== undefined) return found
    known.set(id, 0)
    const before = ways.filter(({ to, from }) => to === id && from !== id).map(({ from }) => steps(from) + 1)
    const most = Math.max(0, ...before)
    known.set(id, most)
    return most
  }
  return steps
}

function arrowsOf(box: Box, ways: readonly Way[], boxes: readonly Box[]): Arrow[] {
  const leaving = ways.filter(({ from }) => from === box.id)
  const first = box.y + (box.height - leaving.length * ROW_HEIGHT) / 2
  return leaving.flatMap((way, index) => {
    const to = boxes.find(({ id }) => id === way.to)
    if (!to) return []
    const start = { x: box.x + BOX_WIDTH, y: first + (index + 0.5) * ROW_HEIGHT }
    return [{ ...way, start, end: { x: to.x, y: to.y + to.height / 2 }, lane: undefined }]
  })
}

/** An arrow that passes by whole columns does so below their boxes, each in a lane of its own. */
function inLanes(arrows: readonly Arrow[], boxes: readonly Box[]): Arrow[] {
  let lanes = 0
  return arrows.map((arrow) => {
    const fromX = arrow.start.x + WORDS_WIDTH + BEND_WIDTH
    const toX = arrow.end.x - BEND_WIDTH
    const between = boxes.filter(({ x }) => x >= fromX && x < toX)
    if (between.length === 0) return arrow
    const below = Math.max(...between.map(({ y, height }) => y + height))
    lanes++
    return { ...arrow, lane: { fromX, toX, y: below + lanes * LANE_HEIGHT } }
  })
}
