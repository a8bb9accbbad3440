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
import type { StaffId } from '#core/lib/ids.ts'
import { may, type Role } from '#core/staff/permissions.ts'

const MAX_STREAMS = 500
const MAX_BUFFERED_BYTES = 256 * 1024
/** Keeps proxies from closing a quiet stream, and finds readers that have gone. */
const PING_EVERY_MS = 15_000

type Reader = { staff: StaffId; role: Role; signIn: string; response: ServerResponse }

export type LiveHub = ReturnType<typeof liveHub>

export function liveHub(log: Logger) {
  const readers = new Set<Reader>()
  const ping = setInterval(() => {
    for (const reader of readers) write(reader, ': ping\n\n')
  }, PING_EVERY_MS)
  ping.unref()

  function write(reader: Reader, text: string): void {
    if (reader.response.writableLength > MAX_BUFFERED_BYTES) {
      log.warn({ staff: reader.staff }, 'a live stream was too slow and was cut off')
      reader.response.destroy()
      return
    }
    reader.response.write(text)
  }

  function sendTo(message: LiveMessage, mayRead: (reader: Reader) => boolean): void {
    let text: string | undefined
    for (const reader of readers) {
      if (!mayRead(reader)) continue
      text ??= `data: ${JSON.stringify(message)}\n\n`
      write(reader, text)
    }
  }

  return {
    /** Opens a stream; false if there are too many. */
    open(reader: Reader, first: readonly LiveMessage[]): boolean {
      if (readers.size >= MAX_STREAMS) return false
      readers.add(reader)
      reader.response.on('close', () => readers.delete(reader))
      reader.response.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      reader.response.write('retry: 1000\n\n')
      for (const message of first) write(reader, `data: ${JSON.stringify(message)}\n\n`)
      return true
    },

    toStaff: (staff: StaffId, message: LiveMessage) => sendTo(message, (reader) => reader.staff === staff),

    toThoseWhoSeeAgents: (message: LiveMessage) => sendTo(message, ({ role }) => may(role, 'seeAgents')),

    /** To those who may see every call, and to the agent whose call it is. */
    toThoseWhoSeeCall: (agent: StaffId | null, message: LiveMessage) =>
      sendTo(message, ({ role, staff }) => may(role, 'seeAllCalls') || (staff === agent && may(role, 'seeOwnCalls'))),

    toThoseWhoSeeAppeals: (message: LiveMessage) => sendTo(message, ({ role }) => may(role, 'seeAppeals')),

    /** The sign-in has ended: its streams are told and closed at once. */
    closeSignIn(signIn: string, reason: 'signedOut' | 'elsewhere' | 'deactivated'): void {
      for (const reader of readers) {
        if (reader.signIn !== signIn) continue
        write(reader, `data: ${JSON.stringify({ type: 'signedOut', reason })}\n\n`)
        reader.response.end()
      }
    },

    hasReaders: () => readers.size > 0,

    close(): void {
      clearInterval(ping)
      for (const reader of readers) reader.response.end()
    },
  }
}
