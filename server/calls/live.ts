/**
 * The live stream: one server-sent event stream per open console. What a person
 * may see is decided once, here, by the same permission table as REST.
 *
 * A reader who is too slow is cut off rather than buffered for: the browser
 * comes back by itself and starts from the whole state.
 */
import type { ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import type { LiveMessage } from '#contract/live.ts'
import type { AppealTrack } from '#core/appeals/appeal-track.ts'
import { maySeeAppeal } from '#core/appeals/seeing.ts'
import type { StaffId } from '#core/lib/ids.ts'
import { may, type Role } from '#core/staff/permissions.ts'

const MAX_STREAMS = 500
const MAX_BUFFERED_BYTES = 256 * 1024
/** Keeps proxies from closing a quiet stream, and finds readers that have gone. */
const PING_EVERY_MS = 15_000

type Reader = { staff: StaffId; role: Role; signIn: string; response: ServerResponse }

export class LiveHub {
  readonly #log: Logger
  readonly #readers = new Set<Reader>()
  readonly #ping: NodeJS.Timeout

  constructor(log: Logger) {
    this.#log = log
    this.#ping = setInterval(() => this.#pingAll(), PING_EVERY_MS).unref()
  }

  /** Opens a stream; false if there are too many. */
  open(reader: Reader, first: readonly LiveMessage[]): boolean {
    if (this.#readers.size >= MAX_STREAMS) return false
    this.#readers.add(reader)
    reader.response.on('close', () => this.#readers.delete(reader))
    // Whoever goes in the middle of a message is found gone by the close that follows.
    reader.response.on('error', () => this.#readers.delete(reader))
    reader.response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    reader.response.write('retry: 1000\n\n')
    for (const message of first) this.#write(reader, asEvent(message))
    return true
  }

  toStaff(staff: StaffId, message: LiveMessage): void {
    this.#send(message, (reader) => reader.staff === staff)
  }

  toEverybody(message: LiveMessage): void {
    this.#send(message, () => true)
  }

  toThoseWhoSeeAgents(message: LiveMessage): void {
    this.#send(message, ({ role }) => may(role, 'seeAgents'))
  }

  /** To those who may see every call, and to the agents who have or had a part in this one. */
  toThoseWhoSeeCall(agents: readonly StaffId[], message: LiveMessage): void {
    this.#send(
      message,
      ({ role, staff }) => may(role, 'seeAllCalls') || (agents.includes(staff) && may(role, 'seeOwnCalls')),
    )
  }

  toThoseWhoSeeAllCalls(message: LiveMessage): void {
    this.#send(message, ({ role }) => may(role, 'seeAllCalls'))
  }

  toThoseWhoSeeAppeal(track: AppealTrack, message: LiveMessage): void {
    this.#send(message, ({ role }) => maySeeAppeal(role, track))
  }

  toThoseWhoSeeCitizens(message: LiveMessage): void {
    this.#send(message, ({ role }) => may(role, 'seeCitizens'))
  }

  /** To everybody, what he may know of it; nothing where it is not for him. */
  tell(messageFor: (reader: { id: StaffId; role: Role }) => LiveMessage | undefined): void {
    for (const reader of this.#readers) {
      const message = messageFor({ id: reader.staff, role: reader.role })
      if (message) this.#write(reader, asEvent(message))
    }
  }

  /** The sign-in has ended: its streams are told and closed at once. */
  closeSignIn(signIn: string, reason: Extract<LiveMessage, { type: 'signedOut' }>['reason']): void {
    for (const reader of this.#readers) {
      if (reader.signIn !== signIn) continue
      this.#write(reader, asEvent({ type: 'signedOut', reason }))
      this.#end(reader)
    }
  }

  hasReaders(): boolean {
    return this.#readers.size > 0
  }

  close(): void {
    clearInterval(this.#ping)
    for (const reader of this.#readers) this.#end(reader)
  }

  /** Nothing is written to it any more, though its end is still on its way: that would be an error of the response. */
  #end(reader: Reader): void {
    this.#readers.delete(reader)
    reader.response.end()
  }

  #send(message: LiveMessage, mayRead: (reader: Reader) => boolean): void {
    let text: string | undefined
    for (const reader of this.#readers) {
      if (!mayRead(reader)) continue
      text ??= asEvent(message)
      this.#write(reader, text)
    }
  }

  #pingAll(): void {
    for (const reader of this.#readers) this.#write(reader, ': ping\n\n')
  }

  #write(reader: Reader, text: string): void {
    if (reader.response.writableLength > MAX_BUFFERED_BYTES) {
      this.#log.warn({ staff: reader.staff }, 'a live stream was too slow and was cut off')
      this.#readers.delete(reader)
      reader.response.destroy()
      return
    }
    reader.response.write(text)
  }
}

function asEvent(message: LiveMessage): string {
  return `data: ${JSON.stringify(message)}\n\n`
}
