import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { gatewaySender, SmsGateway } from './sms-gateway.ts'

/** A gateway that remembers what it was asked, and answers as it is told to; 0 is a connection that breaks. */
const gateway = { asked: [] as { body: unknown; authorization: string }[], status: 200 }
const server = createServer((request, response) => {
  void readAll(request).then((body) => {
    gateway.asked.push({ body: JSON.parse(body), authorization: String(request.headers.authorization) })
    if (gateway.status === 0) return response.destroy()
    return response.writeHead(gateway.status).end('Request is received')
  })
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
afterAll(() => new Promise((resolve) => server.close(resolve)))
beforeEach(() => void Object.assign(gateway, { asked: [], status: 200 }))

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

const place = (port = (server.address() as AddressInfo).port) => ({
  url: `http://127.0.0.1:${port}/broker-api/send`,
  user: 'javob',
  password: 'secret',
  originator: '3700',
})
const MESSAGE = { id: '0199a000-0000-7000-8000-000000000001', to: '+998901234567', text: 'Kod: 123456' }

test('a message goes as the gateway asks for it, under an id of ours', async () => {
  expect(await gatewaySender(place()).send(MESSAGE)).toEqual({ outcome: 'accepted', providerId: MESSAGE.id })
  expect(gateway.asked).toEqual([
    {
      authorization: `Basic ${Buffer.from('javob:secret').toString('base64')}`,
      body: {
        messages: [
          {
            recipient: '998901234567',
            'message-id': MESSAGE.id,
            sms: { originator: '3700', content: { text: 'Kod: 123456' } },
          },
        ],
      },
    },
  ])
})

test.each([
  [400, 'refused'],
  [401, 'refused'],
  [503, 'away'],
  [0, 'unknown'],
])('an answer of %i means that the message is %s', async (status, outcome) => {
  gateway.status = status
  expect(await gatewaySender(place()).send(MESSAGE)).toMatchObject({ outcome })
})

test('where nobody listens nothing was sent', async () => {
  const closed = createServer()
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
  const { port } = closed.address() as AddressInfo
  await new Promise((resolve) => closed.close(resolve))
  expect(await gatewaySender(place(port)).send(MESSAGE)).toMatchObject({ outcome: 'away' })
})

test('a setting that lacks something is no gateway', () => {
  expect(SmsGateway.safeParse(place()).success).toBe(true)
  expect(SmsGateway.safeParse({ ...place(), url: 'ftp://x' }).success).toBe(false)
})

const TOKEN = 'a-token-that-nobody-guesses'
const reported = (body: unknown) => gatewaySender({ ...place(), reportToken: TOKEN }).reports?.read(body)
const report = (status: string, id: unknown = MESSAGE.id) => ({ messages: [{ 'message-id': id, status }] })

test('a gateway that was told no address reports nothing, and a token that can be guessed is none', () => {
  expect(gatewaySender(place()).reports).toBeUndefined()
  const setting = (reportToken: string) => SmsGateway.safeParse({ ...place(), reportToken }).success
  expect([setting(TOKEN), setting('short'), setting('a token/with a slash in it')]).toEqual([
    true,
    false,
    false,
  ])
})

test.each([
  ['Delivered', 'deliver'],
  ['DELIVERED', 'deliver'],
  ['NotDelivered', 'bounce'],
  ['Expired', 'bounce'],
  ['Rejected', 'bounce'],
  ['Failed', 'bounce'],
])('a report of %s says how it ended', (status, action) => {
  expect(reported(report(status))).toEqual([{ id: MESSAGE.id, action }])
})

test('what is still on its way, of a status nobody knows, or not ours says nothing', () => {
  expect(
    [
      report('Transmitted'),
      report('Sideways'),
      report('Delivered', 'ctc000000001'),
      report('Delivered', 7),
    ].map(reported),
  ).toEqual([[], [], [], []])
})

test.each([
  undefined,
  'Delivered',
  {},
  { messages: 'all' },
  { messages: [{}] },
  { messages: Array(1_001).fill({ 'message-id': 'x', status: 'Delivered' }) },
])('what is no report is refused (%#)', (body) => {
  expect(() => reported(body)).toThrow('no report')
})
