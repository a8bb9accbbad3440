/**
 * The files of the journal: segments of a bounded size, named so that they sort in
 * the order of their events. A segment is deleted once the database has seen all
 * that is in it, so that neither the disk nor the next start pays for a long run.
 *
 * A disk that is full or broken, or a journal that has reached its limit, stops the
 * writing and nothing else: `onBroken` is told, and `beginAgain` tries whether it goes
 * on, with everything that the database has not seen yet.
 */
import { createWriteStream, type WriteStream } from 'node:fs'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { RecordedCallEvent } from './events.ts'

/** About three megabytes: read in one go at a start, and rarely more than one of them. */
export const SEGMENT_EVENTS = 10_000
/** About five hours of a busy centre without a database. */
export const JOURNAL_MAX_BYTES = 1024 ** 3
const NUMBER_DIGITS = 8
const EXTENSION = '.journal'

type Segment = {
  path: string
  stream: WriteStream
  closed: Promise<void>
  events: number
  bytes: number
  until: number
}

export type JournalFilesOptions = {
  log: Logger
  segmentEvents?: number
  maxBytes?: number
  onBroken(why: string): void
}

export class JournalFiles {
  readonly #folder: string
  readonly #run: string
  readonly #log: Logger
  readonly #segmentEvents: number
  readonly #maxBytes: number
  readonly #onBroken: (why: string) => void
  readonly #segments: Segment[] = []
  #made = 0
  #isBroken = false
  #isTrying = false

  /** `run` names this run of the server and sorts after those before it. */
  constructor(folder: string, run: string, options: JournalFilesOptions) {
    this.#folder = folder
    this.#run = run
    this.#log = options.log
    this.#segmentEvents = options.segmentEvents ?? SEGMENT_EVENTS
    this.#maxBytes = options.maxBytes ?? JOURNAL_MAX_BYTES
    this.#onBroken = options.onBroken
  }

  /** What earlier runs have left, oldest first. */
  async older(): Promise<string[]> {
    await mkdir(this.#folder, { recursive: true, mode: 0o750 })
    const names = (await readdir(this.#folder)).filter((name) => name.endsWith(EXTENSION))
    return names.sort().map((name) => join(this.#folder, name))
  }

  /** `sequence` counts the events of this run. */
  write(sequence: number, event: RecordedCallEvent): void {
    if (this.#isBroken) return
    if (this.#bytes() >= this.#maxBytes)
      return this.#break(`it has reached its limit of ${this.#maxBytes} bytes`)
    const last = this.#segments.at(-1)
    const isFull = last !== undefined && last.events >= this.#segmentEvents
    if (isFull) last.stream.end()
    this.#put(last && !isFull ? last : this.#open(), sequence, event)
  }

  /** Tries to go on in a new segment with these events, the first of which is `sequence`. Says whether it does. */
  async beginAgain(sequence: number, events: readonly RecordedCallEvent[]): Promise<boolean> {
    if (this.#bytes() > this.#maxBytes / 2) return false
    this.#isBroken = false
    this.#isTrying = true
    const segment = this.#open()
    for (const [index, event] of events.entries()) this.#put(segment, sequence + index, event)
    const problem = await new Promise<unknown>((resolve) => segment.stream.write('', resolve))
    this.#isTrying = false
    if (problem) this.#isBroken = true
    return !this.#isBroken
  }

  #put(segment: Segment, sequence: number, event: RecordedCallEvent): void {
    const line = `${JSON.stringify(event)}\n`
    segment.stream.write(line)
    segment.events++
    segment.bytes += Buffer.byteLength(line)
    segment.until = sequence + 1
  }

  #break(why: string): void {
    if (this.#isBroken) return
    this.#isBroken = true
    this.#segments.at(-1)?.stream.end()
    if (this.#isTrying) return
    this.#log.error({ why }, 'the journal cannot be written')
    this.#onBroken(why)
  }

  #bytes(): number {
    return this.#segments.reduce((sum, { bytes }) => sum + bytes, 0)
  }

  /** Everything before `sequence` is in the database: segments that hold nothing else go. */
  async forgetBefore(sequence: number): Promise<void> {
    while (this.#segments.length > 1 && (this.#segments[0]?.until ?? 0) <= sequence) {
      await this.#deleteFirst()
    }
  }

  /** Closes the files; those of which the database has seen all, with what comes before `sequence`, go. */
  async stop(sequence: number): Promise<void> {
    this.#segments.at(-1)?.stream.end()
    await Promise.all(this.#segments.map(({ closed }) => closed))
    await this.forgetBefore(sequence)
    const [last] = this.#segments
    if (last && last.until <= sequence) await this.#deleteFirst()
  }

  #open(): Segment {
    const number = String(++this.#made).padStart(NUMBER_DIGITS, '0')
    const path = join(this.#folder, `${this.#run}.${number}${EXTENSION}`)
    const stream = createWriteStream(path, { flags: 'a', mode: 0o600 })
    stream.on('error', (error) => this.#break(error.message))
    const closed = new Promise<void>((resolve) => stream.once('close', resolve))
    const segment = { path, stream, closed, events: 0, bytes: 0, until: 0 }
    this.#segments.push(segment)
    return segment
  }

  async #deleteFirst(): Promise<void> {
    const [first] = this.#segments
    if (!first) return
    await first.closed
    await rm(first.path, { force: true })
    this.#segments.shift()
  }
}

/** The events of a segment; a last line cut short by a crash is left out. */
export async function readSegment(path: string, log: Logger): Promise<RecordedCallEvent[]> {
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '')
  const events: RecordedCallEvent[] = []
  for (const [index, line] of lines.entries()) {
    try {
      events.push(JSON.parse(line) as RecordedCallEvent)
    } catch (error) {
      const facts = { path, line: index + 1, error: error instanceof Error ? error.message : String(error) }
      log.warn(facts, 'a journal line is not whole and was left out')
    }
  }
  return events
}
