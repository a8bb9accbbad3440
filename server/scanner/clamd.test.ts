import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { clamd } from './clamd.ts'

const folder = await mkdtemp(join(tmpdir(), 'javob-clamd-'))
const file = join(folder, 'x')

/** Speaks as clamd does: takes pieces with their lengths to the empty one, and answers. */
const daemon: { answer: string; got: Buffer } = { answer: 'stream: OK', got: Buffer.alloc(0) }
const server = createServer((socket) => {
  let said: Buffer = Buffer.alloc(0)
  socket.on('error', () => undefined)
  socket.on('data', (chunk: Buffer) => {
    said = Buffer.concat([said, chunk])
    if (!said.subarray(-4).equals(Buffer.alloc(4))) return
    daemon.got = contentOf(said)
    if (daemon.answer === '') socket.destroy()
    else socket.end(`${daemon.answer}\0`)
  })
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve))
  await rm(folder, { recursive: true })
})

function contentOf(said: Buffer): Buffer {
  const pieces: Buffer[] = []
  let at = 'zINSTREAM\0'.length
  expect(said.subarray(0, at).toString()).toBe('zINSTREAM\0')
  while (at < said.length) {
    const length = said.readUInt32BE(at)
    pieces.push(said.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return Buffer.concat(pieces)
}

const scanner = clamd(`127.0.0.1:${(server.address() as AddressInfo).port}`)

test('a file is sent whole, in pieces, and what is found in it is told by name', async () => {
  const content = Buffer.alloc(200_000, 'a')
  await writeFile(file, content)
  expect(await scanner.scan(file)).toEqual({ found: undefined })
  expect(daemon.got.equals(content)).toBe(true)
  daemon.answer = 'stream: Eicar-Test-Signature FOUND'
  expect(await scanner.scan(file)).toEqual({ found: 'Eicar-Test-Signature' })
})

test.each(['INSTREAM size limit exceeded. ERROR', ''])('the answer "%s" is no yes', async (answer) => {
  daemon.answer = answer
  await expect(scanner.scan(file)).rejects.toThrow(/clamd answered|ECONNRESET|EPIPE|closed/)
})

test('a daemon that is not there is no yes', async () => {
  await expect(clamd('127.0.0.1:1').scan(file)).rejects.toThrow(/ECONNREFUSED/)
})
