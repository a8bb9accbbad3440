/**
 * ClamAV's daemon, which looks through a file that is sent to it (INSTREAM): it needs no access to our folders, and may
 * run on another machine.
 */
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { connect, type Socket } from 'node:net'
import type { VirusScan } from '../attachments/ports.ts'

const ANSWER_WITHIN_MS = 60_000
const ANSWER_MAX_BYTES = 4 * 1024
const PIECE_BYTES = 64 * 1024

/** `/path/of.socket` or `host:port`. */
export function clamd(address: string): VirusScan {
  return {
    async scan(path) {
      const socket = connect(placeOf(address))
      socket.setTimeout(ANSWER_WITHIN_MS, () => socket.destroy(new Error('clamd did not answer in time')))
      try {
        await once(socket, 'connect')
        const answer = answerOf(socket)
        // What goes wrong while it is sent is told by the sending.
        answer.catch(() => undefined)
        await sendFile(socket, path)
        return { found: foundIn(await answer) }
      } finally {
        socket.destroy()
      }
    },
  }
}

function placeOf(address: string): { path: string } | { host: string; port: number } {
  if (address.startsWith('/')) return { path: address }
  const at = address.lastIndexOf(':')
  return { host: address.slice(0, at), port: Number(address.slice(at + 1)) }
}

async function sendFile(socket: Socket, path: string): Promise<void> {
  const write = (bytes: Uint8Array) =>
    new Promise<void>((resolve, reject) => {
      socket.write(bytes, (error) => (error ? reject(error) : resolve()))
    })
  await write(Buffer.from('zINSTREAM\0'))
  for await (const piece of createReadStream(path, { highWaterMark: PIECE_BYTES })) {
    const length = Buffer.alloc(4)
    length.writeUInt32BE((piece as Buffer).length)
    await write(Buffer.concat([length, piece as Buffer]))
  }
  await write(Buffer.alloc(4))
}

async function answerOf(socket: Socket): Promise<string> {
  let answer = ''
  for await (const chunk of socket) {
    answer += (chunk as Buffer).toString('latin1')
    if (answer.includes('\0') || answer.length > ANSWER_MAX_BYTES) break
  }
  return answer.replace(/\0.*$/s, '').trim()
}

/** `stream: OK`, `stream: Eicar-Test FOUND`; anything else says nothing about the file. */
function foundIn(answer: string): string | undefined {
  if (answer === 'stream: OK') return undefined
  const found = /^stream: (.+) FOUND$/.exec(answer)?.[1]
  if (found === undefined) throw new Error(`clamd answered "${answer}"`)
  return found
}
