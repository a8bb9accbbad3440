import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { WebhookPlace, webhookChancellery } from './webhook.ts'

const SECRET = 'a secret that both know'
const APPEAL = {
  number: 'A-2026-000001',
  kind: 'application',
  topic: null,
  receivedAt: '2026-03-02T05:00:00.000Z',
  registeredOn: '2026-03-02',
  dueOn: '2026-03-17',
  citizen: { name: 'Gulnora Rahimova', numbers: ['+998 90 123 45 67'] },
  text: 'Tahrirlangan matn',
  citizensWords: 'Ruxsatnomada xato bor',
  sentAt: '2026-03-03T05:00:00.000Z',
  files: [
    {
      name: 'A-2026-000001.pdf',
      mime: 'application/pdf',
      bytes: 5,
      sha256: 'x',
      isDocument: true,
      read: async () => Buffer.from('salom'),
    },
  ],
} as const

/** A chancellery's system that remembers what it was asked, and answers as it is told to. */
const system = { asked: [] as { key: string; body: string; signature: string }[], status: 200, answer: '' }
const server = createServer((request, response) => {
  void readAll(request).then((body) => {
    const { 'idempotency-key': key, 'x-javob-signature': signature } = request.headers
    system.asked.push({ key: String(key), body, signature: String(signature) })
    if (system.status === 0) return response.destroy()
    if (system.status === 302) response.setHeader('location', 'http://127.0.0.1:1/')
    return response.writeHead(system.status).end(system.answer)
  })
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
afterAll(() => new Promise((resolve) => server.close(resolve)))
beforeEach(() => void Object.assign(system, { asked: [], status: 200, answer: '' }))

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/murojaat`
const chancellery = webhookChancellery({ url, secret: SECRET })

test('the package goes whole, under its key, signed by what both know', async () => {
  await chancellery.take('key-1', APPEAL)
  const [asked] = system.asked
  const { files, ...facts } = APPEAL
  const { name, mime, bytes, sha256 } = files[0]
  const sent = { name, mime, bytes, sha256, enclosed: true, content: Buffer.from('salom').toString('base64') }
  expect(JSON.parse(asked?.body ?? '')).toEqual({ ...facts, files: [sent] })
  expect(asked).toMatchObject({
    key: 'key-1',
    signature: createHmac('sha256', SECRET)
      .update(asked?.body ?? '')
      .digest('hex'),
  })
})

test.each([
  ['{"incomingNumber":"K-17/26"}', 'K-17/26'],
  ['{"incomingNumber":""}', null],
  ['ok', null],
  ['', null],
])(
  'the answer "%s" says the incoming number %s, and in any case that it was taken',
  async (answer, number) => {
    system.answer = answer
    expect(await chancellery.take('key', APPEAL)).toEqual({ incomingNumber: number })
  },
)

test.each([
  [503, /503/],
  [401, /401/],
  [302, /fetch failed/],
  [0, /fetch failed|terminated/],
])('an answer %s is no yes', async (status, problem) => {
  system.status = status
  await expect(chancellery.take('key', APPEAL)).rejects.toThrow(problem)
})

test('an answer without an end is given up', async () => {
  system.answer = 'x'.repeat(100_000)
  await expect(chancellery.take('key', APPEAL)).rejects.toThrow(/longer than any/)
})

test.each([
  { url: 'file:///etc/passwd', secret: SECRET },
  { url: 'devonxona', secret: SECRET },
  { url: 'https://devonxona.example', secret: 'short' },
])('%j is no place to send appeals to', (place) => {
  expect(WebhookPlace.safeParse(place).success).toBe(false)
})

test('a test says that it is one, and tells the status but nothing of what stood in the answer', async () => {
  system.answer = 'the inside of another machine'
  expect(await chancellery.test('test-1')).toEqual({ answer: 'HTTP 200' })
  expect(JSON.parse(system.asked[0]?.body ?? '')).toEqual({ test: true })
  system.status = 500
  await expect(chancellery.test('test-2')).rejects.toThrow(/500/)
})
