/**
 * The journal: everything that happens to calls, first in a local file, then in
 * the database, in order.
 *
 * The call path only appends here and never waits. What a run of the server leaves
 * in its files (journal-files.ts), the next start replays. Each event's key is its
 * run and place, so writing it twice is harmless, and a file is deleted only once
 * all of it is in the database.
 *
 * An event the database refuses (our bug, never its absence) is set aside in
 * rejected.jsonl with the reason, and an alarm is raised: it must not stop the rest.
 */
import { appendFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { Instant } from '#core/lib/time.ts'
import type { CallEvent, RecordedCallEvent } from './events.ts'
import { JournalFiles, readSegment } from './journal-files.ts'

/** One transaction takes at most so many events, so that a long outage is caught up in bounded bites. */
const BATCH_EVENTS = 200
/**
 * What happens in a moment is written together, after whoever waits for us has been served: rows of ten calls that end
 * at once cost the processor more than offering the next ten.
 */
const GATHER_MS = 100
const RETRY_FIRST_MS = 100
const RETRY_MAX_MS = 5_000
/** About an hour of 300 busy lines. Beyond it events stay in the file alone until the next start. */
const MEMORY_MAX_EVENTS = 500_000
/** How often a journal that cannot be written is tried again. */
const BEGIN_AGAIN_MS = 1_000

export type JournalWriter = {
  /** Writes the events and what they change, all or nothing. */
  write(events: readonly RecordedCallEvent[]): Promise<void>
  /** Which of these keys are in the database already. */
  written(keys: readonly string[]): Promise<ReadonlySet<string>>
  /** Whether a failed write says that the database is away rather than that the event is wrong. */
  isAway(error: unknown): boolean
  rejected(event: RecordedCallEvent, error: unknown): Promise<void>
  /**
   * The journal cannot do all it is for. `notKept`: what happens is in memory alone until the database has it.
   * `tooMuch`: there is no room in memory, what happens is in the files alone until the next start.
   */
  trouble?(what: 'notKept' | 'tooMuch', detail: string): void
}

type Run = { startedAt: Instant; segmentEvents?: number; maxBytes?: number; maxWaiting?: number }

export class Journal {
  readonly #folder: string
  readonly #writer: JournalWriter
  readonly #log: Logger
  readonly #run: string
  readonly #files: JournalFiles
  readonly #waiting: RecordedCallEvent[] = []
  readonly #idle: (() => void)[] = []
  #sequence = 0
  /** So many events of this run are in the database, from the first on. */
  #written = 0
  /** The first event for which there was no room in memory: it and what follows stay in their files. */
  #firstLeftOut = Number.POSITIVE_INFINITY
  readonly #maxWaiting: number
  #beginsAgain: NodeJS.Timeout | undefined
  #isDraining = false
  /** Ends the gathering: somebody waits for the rows. */
  #hurry: (() => void) | undefined
  #isStopping = false

  constructor(folder: string, writer: JournalWriter, log: Logger, { startedAt, maxWaiting, ...files }: Run) {
    this.#folder = folder
    this.#writer = writer
    this.#log = log
    this.#run = startedAt.toString(36)
    this.#maxWaiting = maxWaiting ?? MEMORY_MAX_EVENTS
    const onBroken = (why: string) => this.#broken(why)
    this.#files = new JournalFiles(folder, this.#run, { ...files, log, onBroken })
  }

  /** Replays what earlier runs have left. Returns how many events the database had not seen. */
  async start(): Promise<number> {
    let found = 0
    for (const path of await this.#files.older()) found += await this.#replay(path)
    return found
  }

  append(event: CallEvent, at: Instant): void {
    const sequence = this.#sequence++
    const recorded: RecordedCallEvent = { ...event, at, key: `${this.#run}:${sequence}` }
    this.#files.write(sequence, recorded)
    if (this.#waiting.length >= this.#maxWaiting) return this.#leaveOut(sequence)
    this.#waiting.push(recorded)
    void this.#drain()
  }

  /** Settles when everything appended so far is in the database. */
  async drained(): Promise<void> {
    if (!this.#isDraining && this.#waiting.length === 0) return
    await new Promise<void>((resolve) => {
      this.#idle.push(resolve)
      this.#hurry?.()
    })
  }

  /** How many events the database has not seen yet. */
  lag(): number {
    return this.#waiting.length
  }

  /** Stops writing to the database; what is not written stays in the file for the next start. */
  async stop(): Promise<void> {
    this.#isStopping = true
    clearTimeout(this.#beginsAgain)
    await this.#files.stop(this.#seen())
  }

  #leaveOut(sequence: number): void {
    if (this.#firstLeftOut < sequence) return
    this.#firstLeftOut = sequence
    this.#log.error({ sequence }, 'the journal is full in memory: events wait in the files')
    this.#writer.trouble?.('tooMuch', `More than ${this.#maxWaiting} events wait for the database`)
  }

  #broken(why: string): void {
    this.#writer.trouble?.('notKept', `The journal cannot be written: ${why}`)
    this.#beginsAgain = setTimeout(() => void this.#beginAgain(), BEGIN_AGAIN_MS)
  }

  async #beginAgain(): Promise<void> {
    if (this.#isStopping) return
    if (await this.#files.beginAgain(this.#written, this.#waiting))
      this.#log.info('the journal is written again')
    else this.#beginsAgain = setTimeout(() => void this.#beginAgain(), BEGIN_AGAIN_MS)
  }

  #seen(): number {
    return Math.min(this.#written, this.#firstLeftOut)
  }

  async #replay(path: string): Promise<number> {
    const events = await readSegment(path, this.#log)
    // A segment is deleted as a whole, so of the last one nearly all was written: people wait for a start.
    const written = await this.#writer.written(events.map(({ key }) => key))
    const missing = events.filter(({ key }) => !written.has(key))
    for (let from = 0; from < missing.length; from += BATCH_EVENTS) {
      await this.#writeBatch(missing.slice(from, from + BATCH_EVENTS))
    }
    await rm(path)
    return missing.length
  }

  async #drain(): Promise<void> {
    if (this.#isDraining) return
    this.#isDraining = true
    let retryMs = RETRY_FIRST_MS
    while (this.#waiting.length > 0 && !this.#isStopping) {
      await this.#gather()
      if (this.#isStopping) break
      const batch = this.#waiting.slice(0, BATCH_EVENTS)
      try {
        await this.#writeBatch(batch)
        this.#waiting.splice(0, batch.length)
        this.#written += batch.length
        await this.#files.forgetBefore(this.#seen())
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

  async #gather(): Promise<void> {
    if (this.#idle.length > 0 || this.#waiting.length >= BATCH_EVENTS) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, GATHER_MS)
      this.#hurry = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.#hurry = undefined
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

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
