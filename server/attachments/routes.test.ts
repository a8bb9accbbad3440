/** Attachments by HTTP: sent as a browser does, and handed out so that a browser can only save them. */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { AttachmentRow, OpenedAttachment } from '#contract/attachments.ts'
import { testOffice } from '../appeals/test-office.ts'
import { testDatabase } from '../database/test-database.ts'
import { fileService } from '../files/service.ts'
import { openHttp } from '../http.ts'
import { attachmentRoutes } from './routes.ts'
import { attachmentService } from './service.ts'
import { PDF } from './test-files.ts'

const { db } = await testDatabase()
const { appeals, log, people, register } = await testOffice(db)
const folder = await mkdtemp(join(tmpdir(), 'javob-files-'))
const FILES = 'https://files.example'

const openApp = async (filesOrigin?: string) => {
  const files = fileService({ db, folder })
  const attachments = attachmentService({
    db,
    log,
    files,
    mustSee: appeals.card,
    secret: 'sir',
    filesOrigin,
  })
  const app = await openHttp({
    log,
    staffOf: async (token) => {
      const person = people[token as keyof typeof people]
      return person && { ...person, name: token, signIn: token }
    },
    health: async () => ({}),
    filesOrigin,
  })
  await app.register(attachmentRoutes(attachments), { prefix: '/api' })
  return app
}
const app = await openApp()
const apart = await openApp(FILES)
afterAll(async () => {
  await Promise.all([app.close(), apart.close()])
  await rm(folder, { recursive: true })
})

const as = (who: string) => ({ cookie: `javob=${who}`, 'x-javob': '1' })

function upload(appeal: string, { content = PDF, name = 'ariza.pdf', who = 'agent' } = {}) {
  const mark = 'chegara'
  const head = `--${mark}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: text/html\r\n\r\n`
  return app.inject({
    method: 'POST',
    url: `/api/appeals/${appeal}/attachments?requestKey=${randomUUID()}`,
    headers: { ...as(who), 'content-type': `multipart/form-data; boundary=${mark}` },
    payload: Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${mark}--\r\n`)]),
  })
}

const opened = async (one: typeof app, id: string) => {
  const response = await one.inject({
    method: 'POST',
    url: `/api/attachments/${id}/open`,
    headers: as('editor'),
  })
  return response.json<OpenedAttachment>().address
}

test('what is sent is listed, and handed out as a file that no page can show', async () => {
  const { id } = await register()
  const added = await upload(id, { name: 'Ўтинч & "ariza".pdf'.replaceAll('"', '%22') })
  expect(added.statusCode).toBe(201)
  const [row] = added.json<AttachmentRow[]>()
  const file = await app.inject({ method: 'GET', url: await opened(app, row?.id ?? '') })
  expect(file.statusCode).toBe(200)
  expect(file.rawPayload).toEqual(PDF)
  expect(file.headers).toMatchObject({
    'content-type': 'application/pdf',
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  })
  expect(file.headers['content-disposition']).toMatch(
    /^attachment; filename="[\x20-\x7e]*"; filename\*=UTF-8''/,
  )
})

test('a name with a way in it comes as it was sent, and is refused', async () => {
  const { id } = await register()
  const answer = await upload(id, { name: '../../ariza.pdf' })
  expect(answer.json()).toMatchObject({ code: 'fileNameHasPath', status: 422 })
})

test('more than may be sent is refused and not cut off', async () => {
  const { id } = await register()
  const answer = await upload(id, { content: Buffer.alloc(21 * 1024 * 1024, 'a') })
  expect(answer.json()).toMatchObject({ code: 'fileTooLarge' })
})

test.each([
  ['a line that breaks', 'form-data; name="file"; filename="a.txt"', 'salom', '', 'badInput'],
  ['a file without a name', 'form-data; name="file"', 'salom', '\r\n--x--\r\n', 'fileNameMissing'],
])('%s is no mistake of the server', async (_what, head, content, end, code) => {
  const { id } = await register()
  const answer = await app.inject({
    method: 'POST',
    url: `/api/appeals/${id}/attachments?requestKey=${randomUUID()}`,
    headers: { ...as('agent'), 'content-type': 'multipart/form-data; boundary=x' },
    payload: `--x\r\nContent-Disposition: ${head}\r\nContent-Type: application/octet-stream\r\n\r\n${content}${end}`,
  })
  expect(answer.json()).toMatchObject({ code })
})

test('a form without a mark between its parts is no mistake of the server', async () => {
  const { id } = await register()
  const answer = await app.inject({
    method: 'POST',
    url: `/api/appeals/${id}/attachments?requestKey=${randomUUID()}`,
    headers: { ...as('agent'), 'content-type': 'multipart/form-data' },
    payload: 'salom',
  })
  expect(answer.json()).toMatchObject({ code: 'badInput' })
})

test('under the name of the files there is nothing else, and under ours there are none', async () => {
  const { id } = await register()
  const [row] = (await upload(id)).json<AttachmentRow[]>()
  const address = await opened(apart, row?.id ?? '')
  expect(address.startsWith(`${FILES}/api/files/`)).toBe(true)
  const url = address.slice(FILES.length)
  const get = (host: string, path: string) =>
    apart.inject({ method: 'GET', url: path, headers: { ...as('editor'), host } })
  expect((await get('files.example', url)).statusCode).toBe(200)
  expect((await get('javob.example', url)).statusCode).toBe(404)
  expect((await get('files.example', `/api/appeals/${id}/attachments`)).statusCode).toBe(404)
  expect((await get('javob.example', `/api/appeals/${id}/attachments`)).statusCode).toBe(200)
})

test('without a ticket, and to roles that see no appeals, nothing is handed out', async () => {
  const { id } = await register()
  const [row] = (await upload(id)).json<AttachmentRow[]>()
  const guess = await app.inject({ method: 'GET', url: `/api/files/${row?.id}/1.x` })
  expect(guess.statusCode).toBe(404)
  const stranger = await app.inject({
    method: 'POST',
    url: `/api/attachments/${row?.id}/open`,
    headers: { 'x-javob': '1' },
  })
  expect(stranger.statusCode).toBe(401)
  expect((await upload(id, { who: 'officer' })).statusCode).toBe(409)
})
