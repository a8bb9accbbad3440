import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { StaffId } from '#core/lib/ids.ts'
import type { Role } from '#core/staff/permissions.ts'
import { testDatabase } from '../database/test-database.ts'
import { type HttpServer, openHttp } from '../http.ts'
import { addStaffMember, withHashedPasswords } from '../staff/service.ts'
import { knowledgeImport } from './import.ts'
import { importRoutes, itemRoutes } from './item-routes.ts'
import { itemService } from './items.ts'
import { knowledgeUseRoutes } from './use-routes.ts'
import { knowledgeUse } from './use.ts'

const { db } = await testDatabase()
const log = pino({ level: 'silent' })
const people = new Map<string, { id: StaffId; role: Role }>()
let app: HttpServer

beforeAll(async () => {
  for (const role of ['agent', 'editor', 'officer', 'supervisor'] as const) {
    const [hashed] = await withHashedPasswords([
      { login: role, name: role, role, languages: ['uz'], queues: [], password: 'x' },
    ])
    const id = await db
      .transaction()
      .execute((trx) => addStaffMember(trx, hashed as NonNullable<typeof hashed>))
    people.set(role, { id, role })
  }
  const unknownTopics = () => []
  const items = itemService({ db, log, unknownTopics })
  app = await openHttp({
    log,
    staffOf: async (token) => {
      const person = people.get(token)
      return person && { ...person, name: token, signIn: token }
    },
    health: async () => ({}),
  })
  const api = { prefix: '/api' }
  await app.register(itemRoutes(items), api)
  await app.register(importRoutes(knowledgeImport({ db, log, items, unknownTopics })), api)
  await app.register(knowledgeUseRoutes(knowledgeUse({ db, log, items })), api)
})
afterAll(() => app.close())

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

async function ask(who: string, method: Method, address: string, payload?: object) {
  const headers = { 'x-javob': '1' }
  const url = `/api${address}`
  const answer = await app.inject({
    method,
    url,
    headers,
    cookies: { javob: who },
    ...(payload && { payload }),
  })
  return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() }
}

const aForm = (title: string, text = 'Matn') => ({
  content: { uz: { title, text } },
  topics: [],
  basis: '',
  owner: null,
  validFrom: null,
  validUntil: null,
  mustRead: true,
})

test('the editor writes, the officer approves, the editor publishes, the agent reads', async () => {
  const { status, body } = await ask('editor', 'POST', '/knowledge', { kind: 'law', form: aForm('Qonun') })
  expect(status).toBe(201)
  const version = `/knowledge/${body.id}/versions/1`
  expect((await ask('agent', 'GET', `/knowledge/${body.id}`)).status).toBe(404)
  expect((await ask('editor', 'POST', `${version}/approve`, {})).status).toBe(403)
  expect((await ask('officer', 'POST', `${version}/approve`, {})).body.versions[0].status).toBe('approved')
  expect((await ask('editor', 'POST', `${version}/publish`, {})).status).toBe(200)
  expect((await ask('agent', 'GET', `/knowledge/${body.id}`)).body.versions[0].status).toBe('published')

  expect((await ask('agent', 'GET', '/knowledge/to-read')).body).toHaveLength(1)
  expect((await ask('agent', 'POST', `${version}/acknowledge`, {})).status).toBe(204)
  expect((await ask('agent', 'POST', `${version}/vote`, { useful: true })).status).toBe(204)
  expect((await ask('agent', 'GET', '/knowledge/to-read')).body).toEqual([])
  expect((await ask('agent', 'GET', `/knowledge/${body.id}/use`)).body).toMatchObject({
    useful: 1,
    hasRead: true,
    readers: null,
  })
})

test('three languages of 100,000 letters are taken, one letter more is not', async () => {
  const long = (letters: number) => ({ title: 'Uzun', text: 'ў'.repeat(letters) })
  const form = (letters: number) => ({
    ...aForm('Uzun'),
    content: { uz: long(letters), ru: long(letters), en: long(letters) },
  })
  expect((await ask('editor', 'POST', '/knowledge', { kind: 'article', form: form(100_000) })).status).toBe(
    201,
  )
  expect((await ask('editor', 'POST', '/knowledge', { kind: 'article', form: form(100_001) })).status).toBe(
    400,
  )
})

test.each<[who: string, method: Method, address: string]>([
  ['agent', 'POST', '/knowledge'],
  ['officer', 'POST', '/knowledge'],
  ['agent', 'PUT', '/knowledge/1'],
  ['agent', 'POST', '/knowledge/1/versions/1/publish'],
  ['agent', 'POST', '/knowledge/import'],
  ['agent', 'GET', '/knowledge/misses'],
  ['officer', 'DELETE', '/knowledge/misses/1'],
  ['supervisor', 'POST', '/knowledge/1/versions/1/shown'],
])('%s may not %s %s', async (who, method, address) => {
  expect((await ask(who, method, address, {})).body).toMatchObject({ code: 'notAllowed' })
})

test('a search that found nothing reaches the editor, and a number does not', async () => {
  for (const search of ['yoʻl haqi', 'AB1234567'])
    expect((await ask('agent', 'POST', '/knowledge/misses', { search })).status).toBe(204)
  const { body } = await ask('editor', 'GET', '/knowledge/misses')
  expect(body.map(({ words }: { words: string }) => words)).toEqual(['yoʻl haqi'])
  expect((await ask('editor', 'DELETE', `/knowledge/misses/${body[0].id}`)).status).toBe(204)
})

test('a table comes with its rows, and what is refused is named', async () => {
  const rows = [
    { row: 2, cells: { code: '01', q_uz: 'Savol?', a_uz: 'Javob.' } },
    { row: 3, cells: { code: '01', q_uz: 'Javobsiz?' } },
  ]
  const { body } = await ask('editor', 'POST', '/knowledge/import', { rows })
  expect(body.added.map(({ row }: { row: number }) => row)).toEqual([2])
  expect(body.refused).toEqual([{ row: 3, problem: 'textMissing' }])
})

test('those who may answer for an item are told to whoever writes one', async () => {
  const owners = await ask('editor', 'GET', '/knowledge/owners')
  expect((owners.body as { name: string }[]).map(({ name }) => name)).toEqual(['editor', 'officer'])
  expect((await ask('agent', 'GET', '/knowledge/owners')).status).toBe(403)
})
