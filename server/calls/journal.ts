/**
 * The journal: everything that happens to calls, first in a local file, then in
 * the database, in order.
 *
 * The call path only appends here and never waits. A segment file belongs to one
 * run of the server; the next start replays whatever of older segments the
 * database has not seen. Each event's key is its segment and place, so writing it
 * twice is harmless, and a segment is deleted only once it is wholly written.
 *
 * An event the database refuses (our bug, never its absence) is set aside in
 * rejected.jsonl with the reason, and an alarm is raised: it must not stop the rest.
 */
import { createWriteStream, type WriteStream } from 'node:fs'
import { appendFile, mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Instant } from '#core/lib/time.ts'
import type { CallEvent, RecordedCallEvent } from './events.ts'

/** One transaction takes at most so many events, so that a long outage is caught up in bounded bites. */
const BATCH_EVENTS = 200
const RETRY_FIRST_MS = 100
const RETRY_MAX_MS = 5_000
/** About an hour of 300 busy lines. Beyond it events stay in the file alone until the next start. */
const MEMORY_MAX_EVENTS = 500_000

export type Journal = ReturnType<typeof openJournal>

export type JournalWriter = {
  /** Writes the events and what they change, all or nothing. */
  write(events: readonly RecordedCallEvent[]): Promise<void>
  /** Whether a failed write says that the database is away rather than that the event is wrong. */
  isAway(error: unknown): boolean
  rejected(event: RecordedCallEvent, error: unknown): Promise<void>
}

export function openJournal(folder: string, writer: JournalWriter, log: Logger, startedAt: Instant) {
  const segment = startedAt.toString(36)
  const waiting: RecordedCallEvent[] = []
  const idle: (() => void)[] = []
  let file: WriteStream | undefined
  let sequence = 0
  let draining = false
  let stopping = false

  async function drain(): Promise<void> {
    if (draining) return
    draining = true
    let retryMs = RETRY_FIRST_MS
    while (waiting.length > 0 && !stopping) {
      const batch = waiting.slice(0, BATCH_EVENTS)
      try {
        await writeBatch(batch)
        waiting.splice(0, batch.length)
        retryMs = RETRY_FIRST_MS
      } catch (error) {
        log.warn({ error: messageOf(error), waiting: waiting.length, retryMs }, 'the journal cannot be written to the database yet')
        await new Promise((resolve) => setTimeout(resolve, retryMs))
        retryMs = Math.min(retryMs * 2, RETRY_MAX_MS)
      }
    }
    draining = false
    for (const done of idle.splice(0)) done()
  }

  /** Throws only while the database is away. */
  async function writeBatch(batch: readonly RecordedCallEvent[]): Promise<void> {
    try {
      await writer.write(batch)
    } catch (error) {
      if (writer.isAway(error)) throw error
      if (batch.length === 1) return await setAside(batch[0] as RecordedCallEvent, error)
      for (const event of batch) await writeBatch([event])
    }
  }

  async function setAside(event: RecordedCallEvent, error: unknown): Promise<void> {
    log.error({ key: event.key, type: event.type, error: messageOf(error) }, 'an event was refused by the database and set aside')
    await appendFile(join(folder, 'rejected.jsonl'), `${JSON.stringify({ event, error: messageOf(error) })}\n`, { mode: 0o600 })
    await writer.rejected(event, error)
  }

  return {
    /** Replays older segments, then opens this run's own. Returns how many events were found. */
    async start(): Promise<number> {
      await mkdir(folder, { recursive: true, mode: 0o750 })
      const older = (await readdir(folder)).filter((name) => name.endsWith('.journal')).sort()
      let found = 0
      for (const name of older) {
        const events = await readSegment(join(folder, name), log)
        found += events.length
        for (let from = 0; from < events.length; from += BATCH_EVENTS) await writeBatch(events.slice(from, from + BATCH_EVENTS))
        await rm(join(folder, name))
      }
      file = createWriteStream(join(folder, `${segment}.journal`), { flags: 'a', mode: 0o600 })
      file.on('error', (error) => log.error({ error: error.message }, 'the journal file cannot be written'))
      return found
    },

    append(event: CallEvent, at: Instant): void {
      const recorded: RecordedCallEvent = { ...event, at, key: `${segment}:${sequence++}` }
      file?.write(`${JSON.stringify(recorded)}\n`)
      if (waiting.length >= MEMORY_MAX_EVENTS) {
        log.error({ key: recorded.key }, 'the journal is full in memory: the event waits in the file')
        return
      }
      waiting.push(recorded)
      void drain()
    },

    /** Settles when everything appended so far is in the database. */
    async drained(): Promise<void> {
      if (!draining && waiting.length === 0) return
      await new Promise<void>((resolve) => idle.push(resolve))
    },

    /** How many events the database has not seen yet. */
    lag: () => waiting.length,

    /** Stops writing to the database; what is not written stays in the file for the next start. */
    async stop(): Promise<void> {
      stopping = true
      await new Promise<void>((resolve) => (file ? file.end(resolve) : resolve()))
    },
  }
}

/** The events of a segment; a last line cut short by a crash is left out. */
async function readSegment(path: string, log: Logger): Promise<RecordedCallEvent[]> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '')
  const events: RecordedCallEvent[] = []
  for (const [index, line] of lines.entries()) {
    try {
      events.push(JSON.parse(line) as RecordedCallEvent)
    } catch (error) {
      log.warn({ path, line: index + 1, error: messageOf(error) }, 'a journal line is not whole and was left out')
    }
  }
  return events
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
