import { expect, test } from 'vitest'
import { liveMessages } from './desk-client.ts'

const MESSAGE = { type: 'signedOut', reason: 'elsewhere' } as const

async function read(parts: readonly Uint8Array[]) {
  const messages = []
  for await (const message of liveMessages(arriving(parts))) messages.push(message)
  return messages
}

async function* arriving(parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts
}

test('messages are found however the network cuts the stream', async () => {
  const event = Buffer.from(`: ping\n\nid: 1\ndata: ${JSON.stringify(MESSAGE)}\n\n`)
  const single = Array.from(event, (byte) => Uint8Array.of(byte))
  await expect(read([event, event])).resolves.toEqual([MESSAGE, MESSAGE])
  await expect(read(single)).resolves.toEqual([MESSAGE])
})

test('a message of a kind we do not know is passed over', async () => {
  const parts = [
    Buffer.from('data: {"type":"fromTheFuture"}\n\n'),
    Buffer.from(`data: ${JSON.stringify(MESSAGE)}\n\n`),
  ]
  await expect(read(parts)).resolves.toEqual([MESSAGE])
})

test('a stream that never ends a message is given up', async () => {
  await expect(read([Buffer.alloc(1_000_001, 'x')])).rejects.toThrow('without an end')
})
