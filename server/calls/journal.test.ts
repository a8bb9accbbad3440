import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { expect, test, vi } from 'vitest'
import type { CallId } from '#core/lib/ids.ts'
import type { RecordedCallEvent } from './events.ts'
import { Journal, type JournalWriter } from './journal.ts'

const log = pino({ level: 'silent' })
const answered = (call: string) => ({ type: 'callAnswered', call: call as CallId }) as const

async function journalFolder() {
  return await mkdtemp(join(tmpdir(), 'javob-journal-'))
}

const segments = async (folder: string) => (await readdir(folder)).filter((name) => name.endsWith('.journal'))

/** A database that keeps each key once, and can be told to be away or to refuse an event. */
function memoryWriter() {
  const written = new Map<string, RecordedCallEvent>()
  const rejected: RecordedCallEvent[] = []
  const troubles: string[] = []
  const state = { isAway: false, refuses: '', written, rejected, troubles }
  const writer: JournalWriter = {
    async write(events) {
      if (state.isAway) throw new Error('away')
      if (events.some((event) => 'call' in event && event.call === state.refuses))
        throw new TypeError('not accepted')
      for (const event of events) if (!written.has(event.key)) written.set(event.key, event)
    },
    written: async (keys) => new Set(keys.filter((key) => written.has(key))),
    isAway: (error) => !(error instanceof TypeError),
    rejected: async (event) => void rejected.push(event),
    trouble: (what) => void troubles.push(what),
  }
  return { ...state, state, writer }
}

test('what is appended reaches the database in order', async () => {
  const { writer, written } = memoryWriter()
  const journal = new Journal(await journalFolder(), writer, log, { startedAt: 1 })
  await journal.start()
  for (const call of ['c1', 'c2', 'c3']) journal.append(answered(call), 5)
  await journal.drained()
  expect([...written.values()].map((event) => 'call' in event && event.call)).toEqual(['c1', 'c2', 'c3'])
  await journal.stop()
})

test('while the database is away nothing is lost, and it is caught up without anything twice', async () => {
  const { writer, written, state } = memoryWriter()
  const journal = new Journal(await journalFolder(), writer, log, { startedAt: 1 })
  await journal.start()
  state.isAway = true
  journal.append(answered('c1'), 5)
  journal.append(answered('c2'), 6)
  expect(journal.lag()).toBe(2)
  state.isAway = false
  await journal.drained()
  expect(written.size).toBe(2)
  await journal.stop()
})

test('a server killed before writing leaves its events to the next one, which writes each once', async () => {
  const folder = await journalFolder()
  const first = memoryWriter()
  first.state.isAway = true
  const killed = new Journal(folder, first.writer, log, { startedAt: 1 })
  await killed.start()
  killed.append(answered('c1'), 5)
  killed.append(answered('c2'), 6)
  await killed.stop()

  const second = memoryWriter()
  const journal = new Journal(folder, second.writer, log, { startedAt: 2 })
  expect(await journal.start()).toBe(2)
  expect(second.written.size).toBe(2)
  expect((await readdir(folder)).filter((name) => name.startsWith('1.'))).toEqual([])
  await journal.stop()
})

test('a server killed after writing leaves nothing to write again: only what the database has not seen', async () => {
  const folder = await journalFolder()
  const { state, writer } = memoryWriter()
  const killed = new Journal(folder, writer, log, { startedAt: 1 })
  for (const call of ['c1', 'c2']) killed.append(answered(call), 5)
  await killed.drained()
  state.isAway = true
  killed.append(answered('c3'), 6)
  await killed.stop()

  state.isAway = false
  const written: string[] = []
  const write = async (events: readonly RecordedCallEvent[]) => {
    written.push(...events.map((event) => ('call' in event ? event.call : '')))
    await writer.write(events)
  }
  const journal = new Journal(folder, { ...writer, write }, log, { startedAt: 2 })
  expect(await journal.start()).toBe(1)
  expect(written).toEqual(['c3'])
  expect(await segments(folder)).toEqual([])
  await journal.stop()
})

test('an event the database refuses is set aside and does not hold up the rest', async () => {
  const folder = await journalFolder()
  const { writer, written, rejected, state } = memoryWriter()
  state.refuses = 'bad'
  const journal = new Journal(folder, writer, log, { startedAt: 1 })
  await journal.start()
  for (const call of ['c1', 'bad', 'c2']) journal.append(answered(call), 5)
  await journal.drained()
  expect([...written.values()].map((event) => 'call' in event && event.call)).toEqual(['c1', 'c2'])
  expect(rejected).toHaveLength(1)
  expect(await readFile(join(folder, 'rejected.jsonl'), 'utf8')).toContain('not accepted')
  await journal.stop()
})

test('what the database has seen is not kept: neither after a stop nor beyond a segment', async () => {
  const folder = await journalFolder()
  const { writer, written } = memoryWriter()
  const journal = new Journal(folder, writer, log, { startedAt: 1, segmentEvents: 10 })
  await journal.start()
  for (let event = 0; event < 35; event++) journal.append(answered(`c${event}`), 5)
  await journal.drained()
  expect(await segments(folder)).toHaveLength(1)
  await journal.stop()
  expect(await segments(folder)).toEqual([])
  expect(written.size).toBe(35)
})

test('a server killed after several segments leaves those the database has not seen, in their order', async () => {
  const folder = await journalFolder()
  const first = memoryWriter()
  first.state.isAway = true
  const killed = new Journal(folder, first.writer, log, { startedAt: 1, segmentEvents: 10 })
  await killed.start()
  for (let event = 0; event < 125; event++) killed.append(answered(`c${event}`), 5)
  await killed.stop()
  expect(await segments(folder)).toHaveLength(13)

  const second = memoryWriter()
  const journal = new Journal(folder, second.writer, log, { startedAt: 2 })
  expect(await journal.start()).toBe(125)
  expect([...second.written.values()].map((event) => 'call' in event && event.call)).toEqual(
    Array.from({ length: 125 }, (_, event) => `c${event}`),
  )
  await journal.stop()
})

/** Three hundred lines whose calls last three minutes and tell twelve things each: as many in ten minutes. */
const TEN_MINUTES_EVENTS = 12_000

test('ten minutes of full lines without the database, and a server that dies in the middle: each event is written once, in order', async () => {
  const folder = await journalFolder()
  const name = (event: number) => `c${event}`
  const half = TEN_MINUTES_EVENTS / 2
  const first = memoryWriter()
  first.state.isAway = true
  const killed = new Journal(folder, first.writer, log, { startedAt: 1 })
  await killed.start()
  for (let event = 0; event < half; event++) killed.append(answered(name(event)), 5)
  await killed.stop()

  const { writer, written, state } = memoryWriter()
  const journal = new Journal(folder, writer, log, { startedAt: 2 })
  await journal.start()
  state.isAway = true
  for (let event = half; event < TEN_MINUTES_EVENTS; event++) journal.append(answered(name(event)), 6)
  state.isAway = false
  await journal.drained()
  expect(state.troubles).toEqual([])
  expect([...written.values()].map((event) => 'call' in event && event.call)).toEqual(
    Array.from({ length: TEN_MINUTES_EVENTS }, (_, event) => name(event)),
  )
  await journal.stop()
})

test('while the disk takes nothing, events reach the database all the same, and what it has not seen is kept once there is room', async () => {
  const folder = await journalFolder()
  const { writer, written, state } = memoryWriter()
  const journal = new Journal(folder, writer, log, { startedAt: 1, segmentEvents: 2 })
  await journal.start()
  await rm(folder, { recursive: true })
  journal.append(answered('c1'), 5)
  journal.append(answered('c2'), 6)
  await journal.drained()
  expect(written.size).toBe(2)
  await vi.waitUntil(() => state.troubles.length > 0)
  state.isAway = true
  journal.append(answered('c3'), 7)
  journal.append(answered('c4'), 8)
  await mkdir(folder)
  await vi.waitUntil(async () => (await segments(folder)).length > 0, { timeout: 5_000 })
  journal.append(answered('c5'), 9)
  await journal.stop()
  expect(state.troubles).toEqual(['notKept'])

  const second = memoryWriter()
  const next = new Journal(folder, second.writer, log, { startedAt: 2 })
  await next.start()
  expect([...second.written.values()].map((event) => 'call' in event && event.call)).toEqual([
    'c3',
    'c4',
    'c5',
  ])
  await next.stop()
})

test('a journal that has reached its limit says so and grows no further, and goes on when the database has seen half of it', async () => {
  const folder = await journalFolder()
  const { writer, written, state } = memoryWriter()
  const journal = new Journal(folder, writer, log, { startedAt: 1, segmentEvents: 10, maxBytes: 5_000 })
  await journal.start()
  state.isAway = true
  for (let event = 0; event < 200; event++) journal.append(answered(`c${event}`), 5)
  await vi.waitUntil(() => state.troubles.length > 0)
  const before = await segments(folder)
  expect(before.length).toBeLessThan(10)
  state.isAway = false
  await journal.drained()
  expect(written.size).toBe(200)
  await vi.waitUntil(async () => (await segments(folder)).some((name) => !before.includes(name)), {
    timeout: 5_000,
  })
  expect(state.troubles).toEqual(['notKept'])
  await journal.stop()
})

test('what finds no room in memory waits in the files, which are kept for the next server', async () => {
  const folder = await journalFolder()
  const { writer, state } = memoryWriter()
  const journal = new Journal(folder, writer, log, { startedAt: 1, maxWaiting: 3 })
  await journal.start()
  state.isAway = true
  for (let event = 0; event < 6; event++) journal.append(answered(`c${event}`), 5)
  expect(state.troubles).toEqual(['tooMuch'])
  state.isAway = false
  await journal.drained()
  await journal.stop()

  const second = memoryWriter()
  const next = new Journal(folder, second.writer, log, { startedAt: 2 })
  expect(await next.start()).toBe(6)
  await next.stop()
})
