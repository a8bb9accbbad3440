import { randomUUID } from 'node:crypto'
import pino from 'pino'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { RegisterAppeal } from '#contract/appeals.ts'
import type { ClassifierCard, ClassifierRow, TopicNodeIn } from '#contract/classifier.ts'
import type { Topic } from '#contract/knowledge.ts'
import type { AppealId, QueueId, TopicCode } from '#core/lib/ids.ts'
import type { Role } from '#core/staff/permissions.ts'
import { appealService } from '../appeals/service.ts'
import { testDatabase } from '../database/test-database.ts'
import { openHttp } from '../http.ts'
import { addDemoKnowledge, knowledgeService } from '../knowledge/service.ts'
import { writeOrganisation } from '../organisation/service.ts'
import { classifierRoutes } from './routes.ts'
import { adoptTopics, classifierService } from './service.ts'

const log = pino({ level: 'silent' })
const { db } = await testDatabase()
const GENERAL = 'general' as QueueId
const member = (login: string, role: Role) =>
  db
    .insertInto('staff_members')
    .values({ login, name: login, role, languages: ['uz'], password_hash: '-' })
    .returning('id')
    .executeTakeFirstOrThrow()
const { id: administrator } = await member('umida', 'administrator')
await db
  .insertInto('queues')
  .values({ id: GENERAL, names: JSON.stringify({ uz: 'Umumiy', ru: 'Общая' }), position: 0 })
  .execute()
await db.transaction().execute(async (trx) => {
  await addDemoKnowledge(trx)
  await adoptTopics(trx)
})
const knowledge = await knowledgeService(db)
let now = Date.now()
const classifier = classifierService({
  db,
  log,
  now: () => ++now,
  queues: async () => [GENERAL],
  published: knowledge.reload,
})
const app = await openHttp({
  log,
  staffOf: async (role) => ({ id: administrator, name: role, role: role as Role, signIn: role }),
  health: async () => ({}),
})
await app.register(classifierRoutes(classifier), { prefix: '/api' })
afterAll(() => app.close())

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
const ask = (method: Method, path = '', payload: object = {}, role: Role = 'administrator') =>
  app.inject({
    method,
    url: `/api/classifier${path}`,
    cookies: { javob: role },
    headers: { 'x-javob': '1' },
    ...((method === 'POST' || method === 'PUT') && { payload }),
  })
const rows = async () => (await ask('GET')).json<ClassifierRow[]>()
const published = async () => (await rows()).find(({ status }) => status === 'published')
const nodesOf = async (version: number) => (await ask('GET', `/${version}`)).json<ClassifierCard>().nodes
const save = (nodes: TopicNodeIn[], basedOn: number | null = null) => ask('PUT', '/draft', { basedOn, nodes })
async function publish(nodes: TopicNodeIn[]) {
  const { savedAt } = (await save(nodes)).json<ClassifierCard>()
  return await ask('POST', '/draft/publish', { basedOn: savedAt })
}
const problemsOf = (response: Awaited<ReturnType<typeof ask>>) =>
  response
    .json<{ problems: { row: string; field: string; code: string }[] }>()
    .problems.map(({ row, field, code }) => `${row} ${field} ${code}`)
const lastEvent = () =>
  db
    .selectFrom('events')
    .select(['type', 'actor', 'body'])
    .where('type', 'like', 'classifier%')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
const topic = (code: string): Topic | undefined => knowledge.allTopics().find((one) => one.code === code)
const renamed = (nodes: TopicNodeIn[], code: string, names: TopicNodeIn['names']) =>
  nodes.map((node) => (node.code === (code as TopicCode) ? { ...node, names } : node))

let given: TopicCode[] = []
classifier.givenBy(() => given)
let told = 0
classifier.onPublished(() => void told++)

beforeEach(async () => {
  given = []
  await ask('DELETE', '/draft')
})

test('what a first start has becomes version 1, with all its topics', async () => {
  expect(await rows()).toMatchObject([{ version: 1, status: 'published', topics: 173, savedByName: null }])
  expect((await nodesOf(1)).slice(0, 3).map(({ code }) => code)).toEqual(['01', '01.01', '01.01.01'])
})

test('a draft is kept with its faults, changes nothing for agents, and is refused when it is published', async () => {
  const bad = renamed(await nodesOf(1), '01', { uz: '', ru: 'Приём' })
  const draft = (await save(bad)).json<ClassifierCard>()
  expect(draft).toMatchObject({ version: 2, status: 'draft' })
  expect(topic('01')?.names.uz).toMatch(/^Bakalavriat/)
  const refused = await ask('POST', '/draft/publish', { basedOn: draft.savedAt })
  expect(refused.statusCode).toBe(422)
  expect(problemsOf(refused)).toEqual(['01 uz required'])
  expect((await published())?.version).toBe(1)
})

test('two who change the draft at once do not overwrite each other', async () => {
  const nodes = await nodesOf(1)
  const first = (await save(nodes)).json<ClassifierCard>()
  expect((await save(nodes)).json()).toMatchObject({ code: 'changedMeanwhile' })
  expect((await save(nodes, first.savedAt)).statusCode).toBe(200)
  const late = await ask('POST', '/draft/publish', { basedOn: first.savedAt })
  expect(late.json()).toMatchObject({ code: 'changedMeanwhile' })
})

test('a published version holds for whoever chooses a topic, in four languages and with a queue', async () => {
  const names = { uz: 'Grantlar', ru: 'Гранты', en: 'Grants', cyrillic: 'Грантлар' }
  const added = { code: '20' as TopicCode, names, kind: 'complaint' as const, queue: GENERAL, track: null }
  const before = await nodesOf((await published())?.version ?? 0)
  const without = before.filter(({ code }) => !code.startsWith('16'))
  expect((await publish([...without, added])).statusCode).toBe(200)
  expect(topic('20')).toMatchObject({
    level: 1,
    parent: null,
    names,
    defaultKind: 'complaint',
    queue: GENERAL,
  })
  expect(topic('16')).toMatchObject({ retired: true })
  expect(knowledge.topics().some(({ code }) => code.startsWith('16'))).toBe(false)
  expect(knowledge.notToChoose(['01', '16', '20', '99'])).toEqual(['16', '99'])
  const event = await lastEvent()
  expect(event).toMatchObject({ type: 'classifierPublished', actor: administrator, body: { added: ['20'] } })
  expect((event.body as { removed: string[] }).removed[0]).toBe('16')
})

test('a topic that is called otherwise keeps its old name in the version it had it in', async () => {
  const before = (await published())?.version ?? 0
  const names = { uz: '<i>Hujjat topshirish</i>', ru: 'Подача документов' }
  expect((await publish(renamed(await nodesOf(before), '01.01', names))).statusCode).toBe(200)
  expect(topic('01.01')?.names).toEqual(names)
  const old = (await nodesOf(before)).find(({ code }) => code === ('01.01' as TopicCode))
  expect(old?.names.uz).toBe('Roʻyxatdan oʻtish')
})

test('a version says by which procedure appeals go that are registered or classified from then on', async () => {
  const appeals = appealService({ db, log })
  const officer = { id: (await member('bahrom', 'officer')).id, role: 'officer' as const }
  await db.transaction().execute((trx) =>
    writeOrganisation(trx, {
      code: 'test',
      names: { uz: 'Agentlik', ru: 'Агентство' },
      appealPrefix: 'A',
      shortNumber: '1195',
    }),
  )
  const register = async (code: string) => {
    const form: RegisterAppeal = {
      requestKey: randomUUID(),
      kind: 'complaint',
      text: 'Ruxsatnomada xato bor',
      topic: code,
      call: null,
      citizen: { name: 'Gulnora Rahimova', number: '+998 90 123 45 67' },
    }
    return await appeals.card((await appeals.register(form, officer)).id as AppealId, officer)
  }
  const before = await register('05.01.01')
  const nodes = (await nodesOf((await published())?.version ?? 0)).map((node) =>
    node.code === ('05' as TopicCode) ? { ...node, track: 'trust' as const } : node,
  )
  expect((await publish(nodes)).statusCode).toBe(200)
  expect((await lastEvent()).body).toMatchObject({ changed: ['05'], added: [], removed: [] })
  expect(before.track).toBe('general')
  // What was registered keeps its own; what stands below the topic goes with it.
  expect((await appeals.card(before.id as AppealId, officer)).track).toBe('general')
  expect((await register('05.01.01')).track).toBe('trust')
  const details = { kind: 'complaint' as const, topic: '05.01.01' }
  const move = { requestKey: randomUUID(), action: 'classify' as const, version: 1, details }
  expect((await appeals.move(before.id as AppealId, move, { ...officer, role: 'supervisor' })).track).toBe(
    'trust',
  )
  // Those that came with the system.
  expect((await register('12.01')).track).toBe('trust')
  const score = await register('02.02.04')
  expect([score.track, score.dueOn]).toEqual(['testScore', null])
  await ask('POST', '/1/restore')
  expect((await register('05.01.01')).track).toBe('general')
})

test('a procedure there is not is no draft', async () => {
  const nodes = (await nodesOf(1)).map((node) => ({ ...node, track: 'secret' }) as unknown as TopicNodeIn)
  expect((await save(nodes)).statusCode).toBe(400)
})

test('an older version is brought back as the newest one', async () => {
  const back = await ask('POST', '/1/restore')
  expect(back.statusCode).toBe(200)
  const newest = await published()
  expect(newest).toMatchObject({ restored: 1, topics: 173, publishedByName: 'umida' })
  expect(topic('01.01')?.names.uz).toBe('Roʻyxatdan oʻtish')
  expect(topic('20')).toMatchObject({ retired: true })
  expect(topic('16')).toMatchObject({ retired: false })
  expect((await ask('POST', `/${newest?.version}/restore`)).statusCode).toBe(404)
})

test('a topic that the menu gives callers is not withdrawn, and every open console hears of what is published (4)', async () => {
  const before = await nodesOf((await published())?.version ?? 0)
  const without = before.filter(({ code }) => !code.startsWith('16'))
  // Another has been gone for long: that holds up nobody.
  given = ['16.01', '99'] as TopicCode[]
  const heard = told
  const refused = await publish(without)
  expect(refused.statusCode).toBe(422)
  expect(problemsOf(refused)).toEqual(['16.01 code flowLeadsHere'])
  expect(told).toBe(heard)
  given = ['01'] as TopicCode[]
  const { savedAt } = (await rows())[0] as ClassifierRow
  expect((await ask('POST', '/draft/publish', { basedOn: savedAt })).statusCode).toBe(200)
  expect(told).toBe(heard + 1)
  await ask('POST', '/1/restore')
  expect(told).toBe(heard + 2)
})

test('only an administrator changes the classifier', async () => {
  for (const role of ['agent', 'supervisor', 'editor', 'officer'] as const)
    expect((await ask('GET', '', {}, role)).statusCode).toBe(403)
})
