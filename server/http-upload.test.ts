/** Uploads over a real connection, by something that sends everything before it reads, as a browser does. */
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import fastify from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Refusal } from './errors.ts'
import { readUpload, readWhole, takeUploads } from './http-upload.ts'

const MIB_BYTES = 1024 * 1024
const MOST_BYTES = 2 * MIB_BYTES

const app = fastify()
app.setErrorHandler((error, _request, response) =>
  response.code(error instanceof Refusal ? 422 : 500).send('refused'),
)
beforeAll(async () => {
  await takeUploads(app)
  app.post('/read', async (asked) => {
    const upload = await readUpload(asked, MOST_BYTES)
    return `${(await readWhole(upload, MOST_BYTES)).length}`
  })
  app.post('/unread', async (asked) => {
    await readUpload(asked, MOST_BYTES)
    throw new Refusal('fileNameHasPath', 'Refused by its name')
  })
  app.post('/unasked', async () => 'refused before anything was looked at')
  await app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => app.close())

/** The status, once everything was sent and the answer read. */
async function send(path: string, bytes: number): Promise<number> {
  const { port } = app.server.address() as AddressInfo
  const head = '--x\r\nContent-Disposition: form-data; name="file"; filename="video.mp4"\r\n\r\n'
  const body = Buffer.concat([Buffer.from(head), Buffer.alloc(bytes, 'a'), Buffer.from('\r\n--x--\r\n')])
  const headers = { 'content-type': 'multipart/form-data; boundary=x', 'content-length': body.length }
  const sending = request({ port, path, method: 'POST', headers })
  const ended = Promise.all([
    new Promise<number>((resolve, reject) => {
      sending.on('response', (answer) => answer.resume().on('end', () => resolve(answer.statusCode ?? 0)))
      sending.on('error', reject)
    }),
    new Promise((resolve) => sending.on('finish', resolve)),
  ])
  sending.end(body)
  return (await ended)[0]
}

test.each([
  ['/read', MOST_BYTES, 200],
  ['/read', MOST_BYTES + 1, 422],
  ['/read', 30 * MIB_BYTES, 422],
  ['/unread', 30 * MIB_BYTES, 422],
  ['/unasked', 30 * MIB_BYTES, 200],
])('to %s %i bytes are sent to their end, and the answer is %i', async (path, bytes, status) => {
  expect(await send(path, bytes)).toBe(status)
  expect(await send('/read', 10), 'and the next one is taken').toBe(200)
})
