import { setTimeout as passed } from 'node:timers/promises'
import { afterEach, expect, test, vi } from 'vitest'
import pino from 'pino'
import { type WebSocket, WebSocketServer } from 'ws'
import { AriLink } from './ari-link.ts'
import { SOLE_MANDATE } from './engine-lease.ts'
import type { AriEvent } from './ari-objects.ts'
import { AriLost, AriRefused, AriSocket } from './ari-socket.ts'

type Asked = { request_id: string; method: string; uri: string; message_body?: string }
type Answer = { status_code: number; reason_phrase?: string; message_body?: string } | undefined

const open: { close(): void }[] = []
afterEach(() => {
  for (const one of open.splice(0)) one.close()
})

/** An Asterisk of a few lines: answers requests as told, and can be deaf. */
async function fakeAsterisk(answer: (asked: Asked) => Answer = () => ({ status_code: 204 })) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  open.push(server)
  await new Promise((resolve) => server.once('listening', resolve))
  const fake = {
    port: (server.address() as { port: number }).port,
    asked: [] as Asked[],
    sockets: [] as WebSocket[],
    isDeaf: false,
    sleepsMs: 0,
    authorization: '',
  }
  server.on('connection', (socket, request) => {
    fake.sockets.push(socket)
    fake.authorization = request.headers.authorization ?? ''
    open.push({ close: () => socket.terminate() })
    socket.on('message', (data: Buffer) => {
      const asked = JSON.parse(data.toString()) as Asked
      fake.asked.push(asked)
      const beat = /^events\/user\/(.+)\?/.exec(asked.uri)?.[1]
      // The whole process, with the server that is tested in it.
      if (beat && fake.sleepsMs > 0)
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, fake.sleepsMs)
      if (beat && !fake.isDeaf)
        socket.send(JSON.stringify({ type: 'ChannelUserevent', timestamp: '', eventname: beat }))
      const answered = beat ? { status_code: 204 } : answer(asked)
      if (answered)
        socket.send(
          JSON.stringify({
            type: 'RESTResponse',
            request_id: asked.request_id,
            reason_phrase: '',
            ...answered,
          }),
        )
    })
  })
  return fake
}

const place = (port: number) => ({
  address: address(port),
  log: pino({ level: 'silent' }),
  mandate: SOLE_MANDATE,
})
const address = (port: number) => ({ host: '127.0.0.1', port, password: 'secret' })
const nothing = { onEvent: () => undefined, onOver: () => undefined }

async function connected(port: number, handlers: Partial<Parameters<typeof AriSocket.connect>[1]> = {}) {
  const socket = await AriSocket.connect(address(port), { ...nothing, ...handlers })
  open.push({ close: () => socket.close('test over') })
  return socket
}

test('answers find their requests, in whatever order they come', async () => {
  const late: (() => void)[] = []
  const fake = await fakeAsterisk(({ uri, request_id }) => {
    if (!uri.startsWith('channels/')) return { status_code: 204 }
    const body = JSON.stringify({ is: uri })
    late.unshift(() =>
      fake.sockets[0]?.send(
        JSON.stringify({
          type: 'RESTResponse',
          request_id,
          status_code: 200,
          reason_phrase: '',
          message_body: body,
        }),
      ),
    )
    if (late.length === 2) for (const send of late) send()
    return undefined
  })
  const socket = await connected(fake.port)
  const answers = await Promise.all([socket.get(['channels', 'a']), socket.get(['channels', 'b'])])
  expect(answers).toEqual([{ is: 'channels/a' }, { is: 'channels/b' }])
})

test('no id becomes a path, and the password is not in an address', async () => {
  const fake = await fakeAsterisk()
  const socket = await connected(fake.port)
  await socket.request({
    method: 'POST',
    path: ['channels', '../a?b=c&d', 'play'],
    query: { media: 'sound:/x y,/z' },
  })
  expect(fake.asked.at(-1)?.uri).toBe('channels/..%2Fa%3Fb%3Dc%26d/play?media=sound%3A%2Fx+y%2C%2Fz')
  expect(fake.authorization).toBe(`Basic ${Buffer.from('javob:secret').toString('base64')}`)
})

test('a refusal carries its status and no id', async () => {
  const fake = await fakeAsterisk(({ uri }) =>
    uri.startsWith('channels') ? { status_code: 404, reason_phrase: 'Not Found' } : { status_code: 204 },
  )
  const socket = await connected(fake.port)
  const refused = await socket
    .request({ method: 'POST', path: ['channels', '1795467220.4', 'answer'] })
    .catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(AriRefused)
  expect(refused).toMatchObject({ status: 404, message: 'ARI 404 to POST channels/…/answer: Not Found' })
})

test('only events that are read are asked for, and answers pass the filter too', async () => {
  const fake = await fakeAsterisk()
  await connected(fake.port)
  const filter = JSON.parse(fake.asked[0]?.message_body ?? '{}') as { allowed: { type: string }[] }
  const types = filter.allowed.map(({ type }) => type)
  expect(types).toContain('RESTResponse')
  expect(types).toContain('StasisStart')
  expect(types).not.toContain('ChannelVarset')
})

test('a socket on which events stop coming is over within two seconds, though it is open and answers', async () => {
  const fake = await fakeAsterisk()
  const since = Date.now()
  const over = new Promise<string>((resolve) => void connected(fake.port, { onOver: resolve }))
  fake.isDeaf = true
  expect(await over).toBe('events stopped coming')
  expect(Date.now() - since).toBeLessThan(2_500)
})

test('an engine that is slow is not taken for deaf: any event is a sign of life', async () => {
  const fake = await fakeAsterisk()
  const over: string[] = []
  await connected(fake.port, { onOver: (why) => void over.push(why) })
  fake.isDeaf = true
  for (let n = 0; n < 6; n++) {
    await passed(500)
    fake.sockets[0]?.send(JSON.stringify({ type: 'StasisEnd' }))
  }
  expect(over).toEqual([])
})

test('whoever has slept himself reads what came meanwhile before he calls the engine deaf', async () => {
  const fake = await fakeAsterisk()
  const over: string[] = []
  await connected(fake.port, { onOver: (why) => void over.push(why) })
  fake.sleepsMs = 2_000
  await vi.waitUntil(() => fake.asked.some(({ uri }) => uri.startsWith('events/user')), { timeout: 5_000 })
  fake.sleepsMs = 0
  await passed(500)
  expect(over).toEqual([])
})

test('requests that wait when the socket ends are lost, not forgotten', async () => {
  const fake = await fakeAsterisk(({ uri }) =>
    uri.startsWith('channels') ? undefined : { status_code: 204 },
  )
  const socket = await connected(fake.port)
  const waiting = socket.get(['channels']).catch((error: unknown) => error)
  fake.sockets[0]?.terminate()
  expect(await waiting).toBeInstanceOf(AriLost)
  await expect(socket.get(['channels'])).rejects.toBeInstanceOf(AriLost)
})

test('a lost link comes back, looks around before it tells anything new, and says both', async () => {
  const fake = await fakeAsterisk()
  const told: string[] = []
  const back = Promise.withResolvers<void>()
  const link = new AriLink(place(fake.port), {
    onEvent: (event: AriEvent) => void told.push(event.type),
    onUp: async () => {
      told.push('up')
      if (fake.sockets.length < 2) return
      fake.sockets[1]?.send(JSON.stringify({ type: 'StasisStart', args: [] }))
      await link.request({ method: 'POST', path: ['asterisk', 'ping'] })
      told.push('looked')
      setImmediate(back.resolve)
    },
    onDown: () => void told.push('down'),
  })
  open.push({ close: () => link.stop() })
  await link.start()
  fake.sockets[0]?.terminate()
  await back.promise
  expect(told).toEqual(['up', 'down', 'up', 'looked', 'StasisStart'])
})

test('a link that is lost while it looks around is opened once, not twice', async () => {
  const fake = await fakeAsterisk()
  const back = Promise.withResolvers<void>()
  let ups = 0
  const link = new AriLink(place(fake.port), {
    onEvent: () => undefined,
    onUp: async () => {
      ups++
      if (ups === 2) {
        const looking = link.request({ method: 'GET', path: ['never', 'answered'] })
        fake.sockets[1]?.terminate()
        await looking
      }
      if (ups === 3) back.resolve()
    },
    onDown: () => undefined,
  })
  open.push({ close: () => link.stop() })
  await link.start()
  fake.sockets[0]?.terminate()
  await back.promise
  // Its first heartbeat comes long after a second try would have been made.
  await vi.waitUntil(() => fake.asked.some(({ uri }) => uri.startsWith('events/user')), { timeout: 3_000 })
  expect({ sockets: fake.sockets.length, ups, isUp: link.isUp }).toEqual({ sockets: 3, ups: 3, isUp: true })
})
