import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { expect, test } from 'vitest'
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
  const state = { isAway: false, refuses: '', written, rejected }
  const writer: JournalWriter = {
    async write(events) {
      if (state.isAway) throw new Error('away')
      if (events.some((event) => 'call' in event && event.call === state.refuses))
        throw new TypeError('not accepted')
      for (const event of events) if (!written.has(event.key)) written.set(event.key, event)
    },
    isAway: (error) => !(error instanceof TypeError),
    rejected: async (event) => void rejected.push(event),
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
