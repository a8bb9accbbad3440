import { expect, test } from 'vitest'
import type { QueueId } from '#core/lib/ids.ts'
import { defaultQueueSettings, type Otherwise, type QueueSettings } from '#core/routing/queue-settings.ts'
import { BOX_WIDTH, overflowPicture, WORDS_WIDTH } from './overflow-picture.ts'

const queue = (id: string, change: Partial<QueueSettings> = {}): QueueSettings => ({
  ...defaultQueueSettings(id as QueueId),
  ...change,
})
const to = (id: string): Otherwise => ({ do: 'overflow', to: id as QueueId })
const message: Otherwise = { do: 'takeMessage' }

const QUEUES = [
  queue('general', { tooLong: { waitSecondsMax: 600, then: message } }),
  queue('tech', { full: { waitingMax: 20, then: to('general') }, nobodyOnDuty: { then: to('general') } }),
  queue('trust', { nobodyOnDuty: { then: to('tech') } }),
  queue('cert'),
]

test('callers go from left to right, and end at the right', () => {
  const { boxes, arrows, width } = overflowPicture(QUEUES)
  const across = Object.fromEntries(boxes.map(({ id, x }) => [id, x]))
  expect(Object.keys(across)).toEqual(['general', 'tech', 'trust', 'takeMessage'])
  expect([across.trust, across.tech, across.general, across.takeMessage]).toEqual(
    Object.values(across).toSorted((a, b) => a - b),
  )
  expect(Math.max(...Object.values(across)) + BOX_WIDTH).toBeLessThanOrEqual(width)
  expect(
    arrows.map(({ from, to, field, amount }) => [from, field, amount, to].filter(Boolean).join(' ')),
  ).toEqual([
    'general tooLong 600 takeMessage',
    'tech full 20 general',
    'tech nobodyOnDuty general',
    'trust nobodyOnDuty tech',
  ])
})

test('a queue that keeps all its callers is not in the picture of all', () => {
  expect(overflowPicture(QUEUES).boxes.map(({ id }) => id)).not.toContain('cert')
  expect(overflowPicture([queue('cert')])).toMatchObject({ boxes: [], arrows: [] })
})

test('the picture of one queue shows it and where its callers can come to', () => {
  expect(overflowPicture(QUEUES, 'tech').boxes.map(({ id }) => id)).toEqual([
    'general',
    'tech',
    'takeMessage',
  ])
  expect(overflowPicture(QUEUES, 'cert').boxes.map(({ id }) => id)).toEqual(['cert'])
})

test('no box lies on another, nor on the words of an arrow', () => {
  const { boxes, arrows } = overflowPicture(QUEUES)
  for (const [index, box] of boxes.entries()) {
    for (const other of boxes.slice(index + 1)) {
      const isApart =
        Math.abs(box.x - other.x) >= BOX_WIDTH ||
        box.y + box.height < other.y ||
        other.y + other.height < box.y
      expect(isApart, `${box.id} ${other.id}`).toBe(true)
    }
    for (const { start } of arrows) {
      const isBeside = box.x >= start.x + WORDS_WIDTH || box.x + BOX_WIDTH <= start.x
      expect(isBeside, box.id).toBe(true)
    }
  }
  expect(new Set(arrows.map(({ start }) => `${start.x} ${start.y}`)).size).toBe(arrows.length)
})

test('an arrow past a whole column passes below its boxes', () => {
  const [general, tech, ...others] = QUEUES as [QueueSettings, QueueSettings]
  const far = queue('tech', { ...tech, tooLong: { waitSecondsMax: 60, then: message } })
  const { arrows, boxes, height } = overflowPicture([general, far, ...others])
  const lanes = arrows.flatMap(({ lane }) => lane ?? [])
  expect(lanes).toHaveLength(1)
  for (const { fromX, toX, y } of lanes) {
    const passed = boxes.filter(({ x }) => x >= fromX && x < toX)
    expect(passed.map(({ id }) => id)).toEqual(['general'])
    for (const box of passed) expect(y).toBeGreaterThan(box.y + box.height)
    expect(y).toBeLessThanOrEqual(height)
  }
})

test('a circle and a queue that is not there are drawn too, so that one sees what to mend', () => {
  const circle = [
    queue('a', { nobodyOnDuty: { then: to('b') } }),
    queue('b', { nobodyOnDuty: { then: to('a') } }),
  ]
  expect(overflowPicture(circle).arrows).toHaveLength(2)
  const gone = overflowPicture([queue('a', { nobodyOnDuty: { then: to('gone') } })])
  expect(gone.boxes.map(({ id }) => id)).toEqual(['a', 'gone'])
})
