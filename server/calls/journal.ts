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

export type JournalWriter = {
  /** Writes the events and what they change, all or nothing. */
  write(events: readonly RecordedCallEvent[]): Promise<void>
  /** Whether a failed write says that the database is away rather than that the event is wrong. */
  isAway(error: unknown): boolean
  rejected(event: RecordedCallEvent, error: unknown): Promise<void>
}

export class Journal {
  readonly #folder: string
  readonly #writer: JournalWriter
  readonly #log: Logger
  readonly #segment: string
  readonly #waiting: RecordedCallEvent[] = []
  readonly #idle: (() => void)[] = []
  #file: WriteStream | undefined
  #sequence = 0
  #isDraining = false
  #isStopping = false

  constructor(folder: string, writer: JournalWriter, log: Logger, startedAt: Instant) {
    this.#folder = folder
    this.#writer = writer
    this.#log = log
    this.#segment = startedAt.toString(36)
  }

  /** Replays older segments, then opens this run's own. Returns how many events were found. */
  async start(): Promise<number> {
    await mkdir(this.#folder, { recursive: true, mode: 0o750 })
    const older = (await readdir(this.#folder)).filter((name) => name.endsWith('.journal')).sort()
    let found = 0
    for (const name of older) found += await this.#replay(join(this.#folder, name))
    this.#file = createWriteStream(join(this.#folder, `${this.#segment}.journal`), {
      flags: 'a',
      mode: 0o600,
    })
    this.#file.on('error', (error) =>
      this.#log.error({ error: error.message }, 'the journal file cannot be written'),
    )
    return found
  }

  append(event: CallEvent, at: Instant): void {
    const recorded: RecordedCallEvent = { ...event, at, key: `${this.#segment}:${this.#sequence++}` }
    this.#file?.write(`${JSON.stringify(recorded)}\n`)
    if (this.#waiting.length >= MEMORY_MAX_EVENTS) {
      this.#log.error({ key: recorded.key }, 'the journal is full in memory: the event waits in the file')
      return
    }
    this.#waiting.push(recorded)
    void this.#drain()
  }

  /** Settles when everything appended so far is in the database. */
  async drained(): Promise<void> {
    if (!this.#isDraining && this.#waiting.length === 0) return
    await new Promise<void>((resolve) => this.#idle.push(resolve))
  }

  /** How many events the database has not seen yet. */
  lag(): number {
    return this.#waiting.length
  }

  /** Stops writing to the database; what is not written stays in the file for the next start. */
  async stop(): Promise<void> {
    this.#isStopping = true
    await new Promise<void>((resolve) => (this.#file ? this.#file.end(resolve) : resolve()))
  }

  async #replay(path: string): Promise<number> {
    const events = await readSegment(path, this.#log)
    for (let from = 0; from < events.length; from += BATCH_EVENTS) {
      await this.#writeBatch(events.slice(from, from + BATCH_EVENTS))
    }
    await rm(path)
    return events.length
  }

  async #drain(): Promise<void> {
    if (this.#isDraining) return
    this.#isDraining = true
    let retryMs = RETRY_FIRST_MS
    while (this.#waiting.length > 0 && !this.#isStopping) {
      const batch = this.#waiting.slice(0, BATCH_EVENTS)
      try {
        await this.#writeBatch(batch)
        this.#waiting.splice(0, batch.length)
        retryMs = RETRY_FIRST_MS
      } catch (error) {
        const facts = { error: messageOf(error), waiting: this.#waiting.length, retryMs }
        this.#log.warn(facts, 'the journal cannot be written to the database yet')
        await new Promise((resolve) => setTimeout(resolve, retryMs))
        retryMs = Math.min(retryMs * 2, RETRY_MAX_MS)
      }
    }
    this.#isDraining = false
    for (const done of this.#idle.splice(0)) done()
  }

  /** Throws only while the database is away. */
  async #writeBatch(batch: readonly RecordedCallEvent[]): Promise<void> {
    try {
      await this.#writer.write(batch)
    } catch (error) {
      if (this.#writer.isAway(error)) throw error
      if (batch.length === 1) return await this.#setAside(batch[0] as RecordedCallEvent, error)
      for (const event of batch) await this.#writeBatch([event])
    }
  }

  async #setAside(event: RecordedCallEvent, error: unknown): Promise<void> {
    const reason = messageOf(error)
    this.#log.error(
      { key: event.key, type: event.type, error: reason },
      'an event was refused by the database and set aside',
    )
    const line = `${JSON.stringify({ event, error: reason })}\n`
    await appendFile(join(this.#folder, 'rejected.jsonl'), line, { mode: 0o600 })
    await this.#writer.rejected(event, error)
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
      log.warn(
        { path, line: index + 1, error: messageOf(error) },
        'a journal line is not whole and was left out',
      )
    }
  }
  return events
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
