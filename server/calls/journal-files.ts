/**
 * The files of the journal: segments of a bounded size, named so that they sort in
 * the order of their events. A segment is deleted once the database has seen all
 * that is in it, so that neither the disk nor the next start pays for a long run.
 */
import { createWriteStream, type WriteStream } from 'node:fs'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { RecordedCallEvent } from './events.ts'

/** About three megabytes: read in one go at a start, and rarely more than one of them. */
export const SEGMENT_EVENTS = 10_000
const NUMBER_DIGITS = 8
const EXTENSION = '.journal'

type Segment = { path: string; stream: WriteStream; closed: Promise<void>; events: number; until: number }

export class JournalFiles {
  readonly #folder: string
  readonly #run: string
  readonly #log: Logger
  readonly #segmentEvents: number
  readonly #segments: Segment[] = []
  #made = 0

  /** `run` names this run of the server and sorts after those before it. */
  constructor(folder: string, run: string, log: Logger, segmentEvents = SEGMENT_EVENTS) {
    this.#folder = folder
    this.#run = run
    this.#log = log
    this.#segmentEvents = segmentEvents
  }

  /** What earlier runs have left, oldest first. */
  async older(): Promise<string[]> {
    await mkdir(this.#folder, { recursive: true, mode: 0o750 })
    const names = (await readdir(this.#folder)).filter((name) => name.endsWith(EXTENSION))
    return names.sort().map((name) => join(this.#folder, name))
  }

  /** `sequence` counts the events of this run. */
  write(sequence: number, event: RecordedCallEvent): void {
    const last = this.#segments.at(-1)
    const isFull = last !== undefined && last.events >= this.#segmentEvents
    if (isFull) last.stream.end()
    const segment = last && !isFull ? last : this.#open()
    segment.stream.write(`${JSON.stringify(event)}\n`)
    segment.events++
    segment.until = sequence + 1
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
    stream.on('error', (error) =>
      this.#log.error({ error: error.message }, 'the journal file cannot be written'),
    )
    const closed = new Promise<void>((resolve) => stream.once('close', resolve))
    const segment = { path, stream, closed, events: 0, until: 0 }
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
