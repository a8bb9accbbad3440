import pino from 'pino'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { AddQueue, QueueRow, RetiredQueue } from '#contract/queues.ts'
import type { QueueId, StaffId } from '#core/lib/ids.ts'
import type { SettingProblemCode } from '#core/lib/setting-problems.ts'
import type { Otherwise, QueueSettings } from '#core/routing/queue-settings.ts'
import type { Role } from '#core/staff/permissions.ts'
import { testDatabase } from '../database/test-database.ts'
import { openHttp } from '../http.ts'
import { addStaffMember, type AgentProfile, agentProfiles } from '../staff/service.ts'
import { queueRoutes } from './routes.ts'
import { queueService } from './service.ts'

const log = pino({ level: 'silent' })
const { db } = await testDatabase()
const GENERAL = 'general' as QueueId
const names = { uz: 'Navbat', ru: 'Очередь' }
await db
  .insertInto('queues')
  .values({ id: GENERAL, names: JSON.stringify(names), position: 0 })
  .execute()

const add = (login: string, role: Role, languages: ('uz' | 'ru')[] = ['uz', 'ru'], queues: QueueId[] = []) =>
  db
    .transaction()
    .execute((trx) => addStaffMember(trx, { login, name: login, role, languages, queues, passwordHash: '-' }))
const administrator = await add('administrator', 'administrator')
const dilnoza = await add('dilnoza', 'agent', ['uz', 'ru'], [GENERAL])
const uzbek = await add('uzbek', 'agent', ['uz'])
const russian = await add('russian', 'agent', ['ru'])

const queues = queueService({ db, log })
let toldQueues: QueueSettings[] = []
let toldAgents: AgentProfile[] = []
let needed: SettingProblemCode[] = []
queues.onQueuesChanged((settings) => void toldQueues.push(...settings))
queues.onAgentsChanged((agents) => void toldAgents.push(...agents))
queues.keptBecause(async () => needed)
const app = await openHttp({
  log,
  staffOf: async (role) => ({ id: administrator, name: role, role: role as Role, signIn: role }),
  health: async () => ({}),
})
await app.register(queueRoutes(queues), { prefix: '/api' })
afterAll(() => app.close())
beforeEach(() => {
  toldQueues = []
  toldAgents = []
  needed = []
})

const ask = (
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  payload: object = {},
  role: Role = 'administrator',
) =>
  app.inject({
    method,
    url: `/api/queues${path}`,
    cookies: { javob: role },
    headers: { 'x-javob': '1' },
    ...(method !== 'GET' && { payload }),
  })
const message: Otherwise = { do: 'takeMessage' }
const addQueue = (queue: string, change: Partial<AddQueue> = {}) =>
  ask('POST', '', { queue, names, then: message, ...change })
const listed = async () => (await ask('GET', '')).json<QueueRow[]>().map(({ queue }) => queue)
const problemsOf = (response: Awaited<ReturnType<typeof ask>>) =>
  response
    .json<{ problems: { row?: string; queue?: string; field: string; code: string }[] }>()
    .problems.map(({ row, queue, field, code }) => `${row ?? queue} ${field} ${code}`)
const servedBy = async (queue: string) =>
  (await agentProfiles(db)).filter((agent) => agent.queues.includes(queue as QueueId)).map(({ id }) => id)
const setAgents = (queue: string, from: StaffId[], to: StaffId[]) =>
  ask('PUT', `/${queue}/agents`, { from, to })
const lastEvent = () =>
  db
    .selectFrom('events')
    .select(['type', 'actor', 'body'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()

test('a queue is added with what becomes of callers as long as nobody serves it, and routing is told', async () => {
  const response = await addQueue('grants')
  expect(response.statusCode).toBe(201)
  expect(await listed()).toEqual([GENERAL, 'grants'])
  expect(toldQueues).toMatchObject([{ queue: 'grants', nobodyOnDuty: { then: message } }])
  expect(await lastEvent()).toMatchObject({
    type: 'queueAdded',
    actor: administrator,
    body: { queue: 'grants' },
  })
})

test('a queue that is there, has no name, or sends callers to itself is refused', async () => {
  expect(problemsOf(await addQueue('general'))).toEqual(['general queue taken'])
  expect(problemsOf(await addQueue('Bad one', { names: { uz: '', ru: 'x' } }))).toEqual([
    'Bad one queue badCode',
    'Bad one uz required',
  ])
  const itself = await addQueue('loop', { then: { do: 'overflow', to: 'loop' as QueueId } })
  expect(problemsOf(itself)).toEqual(['loop nobodyOnDuty overflowToItself'])
  expect(await listed()).not.toContain('loop')
})

test('a queue is renamed, in words that are text', async () => {
  const renamed = { uz: '<i>Grant</i>\u202e', ru: 'Гранты' }
  await ask('PUT', '/grants/names', { names: renamed })
  const row = (await ask('GET', '')).json<QueueRow[]>().find(({ queue }) => (queue as string) === 'grants')
  expect(row?.names).toEqual({ uz: '<i>Grant</i>', ru: 'Гранты' })
  expect(await lastEvent()).toMatchObject({ type: 'queueRenamed', body: { from: names, to: row?.names } })
})

test('who serves a queue is set all at once, because one alone would leave a language with nobody', async () => {
  const alone = await setAgents('grants', [], [uzbek])
  expect(problemsOf(alone)).toEqual(['grants skills languageUnserved'])
  // Whoever is named twice serves it once.
  expect((await setAgents('grants', [], [uzbek, russian, uzbek])).statusCode).toBe(200)
  expect((await servedBy('grants')).toSorted()).toEqual([uzbek, russian].toSorted())
  expect(toldAgents.map(({ id, queues: his }) => [id, his])).toEqual([
    [uzbek, ['grants']],
    [russian, ['grants']],
  ])
  expect(await lastEvent()).toMatchObject({
    type: 'queueAgentsChanged',
    body: { add: [uzbek, russian], remove: [] },
  })
  expect((await setAgents('grants', [uzbek], [])).json()).toMatchObject({ code: 'changedMeanwhile' })
  expect((await setAgents('general', [dilnoza], [])).json()).toMatchObject({ code: 'queuesHaveProblems' })
})

test('a queue is not retired while the menu leads there, callers wait in it, or others pass theirs on', async () => {
  needed = ['flowLeadsHere', 'callersWaitHere']
  expect(problemsOf(await ask('POST', '/grants/retire'))).toEqual([
    'grants queue flowLeadsHere',
    'grants queue callersWaitHere',
  ])
  needed = []
  await addQueue('night', { then: { do: 'overflow', to: 'grants' as QueueId } })
  expect(problemsOf(await ask('POST', '/grants/retire'))).toEqual(['night nobodyOnDuty overflowToUnknown'])
  expect(await listed()).toContain('grants')
})

test('a retired queue is served by nobody, keeps its name, and can be used again', async () => {
  await ask('POST', '/night/retire')
  toldAgents = []
  expect((await ask('POST', '/grants/retire')).statusCode).toBe(200)
  expect(await listed()).toEqual([GENERAL])
  expect(await servedBy('grants')).toEqual([])
  expect(toldAgents.every(({ queues: his }) => his.length === 0)).toBe(true)
  const retired = (await ask('GET', '/retired')).json<RetiredQueue[]>()
  expect(retired.map(({ queue, names: { ru } }) => [queue, ru])).toEqual([
    ['grants', 'Гранты'],
    ['night', 'Очередь'],
  ])
  expect(problemsOf(await addQueue('grants'))).toEqual(['grants queue taken'])
  toldQueues = []
  expect((await ask('POST', '/grants/reopen')).statusCode).toBe(200)
  expect(await listed()).toEqual([GENERAL, 'grants'])
  expect(toldQueues).toMatchObject([{ queue: 'grants', nobodyOnDuty: { then: message } }])
})

test('only an administrator changes which queues there are', async () => {
  for (const path of ['/general/retire', '/general/reopen'])
    expect((await ask('POST', path, {}, 'supervisor')).statusCode).toBe(403)
  expect((await ask('POST', '', { queue: 'x', names, then: message }, 'supervisor')).statusCode).toBe(403)
})
