/**
 * Follows the file in which the engine writes a line for each call it handled alone,
 * whether or not anybody was here to listen. How far it was read is kept beside it
 * and moves on only after the line has been handed over, so a line may be handed
 * over twice by a server that dies in between, but none is lost.
 */
import {
  closeSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Logger } from 'pino'
import type { CallId, TrunkId } from '#core/lib/ids.ts'
import type { LeftMessage } from '../calls/ports.ts'
import { messageOf } from './ari-link.ts'
import { claimedCaller } from './claimed-caller.ts'
import type { LegPlaces } from './leg-files.ts'

const LOOK_EVERY_MS = 500
const READ_AT_ONCE_BYTES = 1024 * 1024

export class LeftMessages {
  readonly #file: string
  readonly #offsetFile: string
  readonly #legs: LegPlaces
  readonly #log: Logger
  readonly #onMessage: (message: LeftMessage) => void
  #timer: NodeJS.Timeout | undefined
  #offset: number

  constructor(directory: string, legs: LegPlaces, log: Logger, onMessage: (message: LeftMessage) => void) {
    this.#file = join(directory, 'left.csv')
    this.#offsetFile = join(directory, 'left.offset')
    this.#legs = legs
    this.#log = log
    this.#onMessage = onMessage
    this.#offset = storedOffset(this.#offsetFile)
  }

  start(): void {
    this.#tryLook()
    this.#timer = setInterval(() => this.#tryLook(), LOOK_EVERY_MS)
  }

  /** What could not be handed over now is handed over next time. */
  #tryLook(): void {
    try {
      this.look()
    } catch (error) {
      this.#log.error({ error: messageOf(error) }, 'calls handled without the server could not be taken over')
    }
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** Hands over what has been written since. */
  look(): void {
    const size = statSync(this.#file, { throwIfNoEntry: false })?.size ?? 0
    if (size < this.#offset) this.#offset = 0 // Somebody began a new file.
    while (this.#offset < size) {
      const line = this.#nextLine()
      if (line === undefined) return // Half a line: its end is still being written.
      this.#handOver(line.toString('utf8'))
      this.#offset += line.length + 1
      writeFileSync(`${this.#offsetFile}.new`, String(this.#offset))
      renameSync(`${this.#offsetFile}.new`, this.#offsetFile)
    }
  }

  #nextLine(): Buffer | undefined {
    const chunk = Buffer.alloc(READ_AT_ONCE_BYTES)
    const file = openSync(this.#file, 'r')
    try {
      const length = readSync(file, chunk, 0, READ_AT_ONCE_BYTES, this.#offset)
      const end = chunk.subarray(0, length).indexOf(10)
      return end < 0 ? undefined : chunk.subarray(0, end)
    } finally {
      closeSync(file)
    }
  }

  #handOver(line: string): void {
    const message = leftMessage(line, this.#legs)
    if (!message) return this.#log.error('a line about a call without the server could not be read')
    this.#onMessage(message)
    // The engine's second copy of the message; the legs hold it all.
    rmSync(this.#legs.messageCopy(message.call), { force: true })
  }
}

/** `"{""extra"":""call|trunk|did|started|ended|asked to speak|claim""}"` */
export function leftMessage(line: string, legs: LegPlaces): LeftMessage | undefined {
  const [call, trunk, did = '', started, ended, asked, claim = ''] = extraOf(line).split('|')
  const [arrivedAt, endedAt, askedAt] = [Number(started), Number(ended), Number(asked)]
  if (!call || !trunk || !arrivedAt || !endedAt) return undefined
  return {
    call: call as CallId,
    trunk: trunk as TrunkId,
    did,
    caller: claimedCaller(claim),
    legs: legs.of(call as CallId),
    arrivedAt,
    endedAt,
    ...(askedAt ? { messageFromSeconds: (askedAt - arrivedAt) / 1000 } : {}),
  }
}

function extraOf(line: string): string {
  const text = line.replace(/^"|"$/g, '').replaceAll('""', '"')
  try {
    const { extra } = JSON.parse(text) as { extra?: unknown }
    return typeof extra === 'string' ? extra : ''
  } catch {
    return '' // The caller says so.
  }
}

function storedOffset(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8')) || 0
  } catch {
    return 0 // The first start.
  }
}
