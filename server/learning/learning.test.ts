/** Courses by HTTP with a real database: written, taken, and what they mean for the queues an agent is known to serve. */
import pino from 'pino'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type {
  Attestations,
  CourseCard,
  CourseForm,
  CourseRow,
  MyCourse,
  MyCourseCard,
  QuizResult,
  QuizToAnswer,
} from '#contract/learning.ts'
import type { QueueRow } from '#contract/queues.ts'
import type { CourseId, KnowledgeItemId, QueueId, StaffId } from '#core/lib/ids.ts'
import { addDays, tashkentDay, tashkentMidnight } from '#core/lib/time.ts'
import { queueForm } from '#core/routing/queue-form.ts'
import { defaultQueueSettings } from '#core/routing/queue-settings.ts'
import type { Role } from '#core/staff/permissions.ts'
import { testDatabase } from '../database/test-database.ts'
import { openHttp } from '../http.ts'
import { articlesOf } from '../knowledge/service.ts'
import { queueRoutes } from '../queues/routes.ts'
import { queueService } from '../queues/service.ts'
import { addStaffMember, agentProfiles } from '../staff/service.ts'
import { learningRoutes } from './routes.ts'
import { learningService } from './service.ts'

const log = pino({ level: 'silent' })
const { db } = await testDatabase()
const [GENERAL, VISAS] = ['general', 'visas'] as QueueId[] as [QueueId, QueueId]
await db
  .insertInto('queues')
  .values([GENERAL, VISAS].map((id, position) => ({ id, names: '{"uz":"Navbat","ru":"Очередь"}', position })))
  .execute()
const people = new Map<string, { id: StaffId; role: Role }>()
for (const [login, role] of [
  ['dilnoza', 'agent'],
  ['rustam', 'agent'],
  ['supervisor', 'supervisor'],
  ['administrator', 'administrator'],
  ['editor', 'editor'],
] as const) {
  const queues = role === 'agent' ? [GENERAL, VISAS] : []
  const id = await db
    .transaction()
    .execute((trx) =>
      addStaffMember(trx, { login, name: login, role, languages: ['uz', 'ru'], queues, passwordHash: '-' }),
    )
  people.set(login, { id, role })
}
const idOf = (who: string) => people.get(who)?.id as StaffId

let now = Date.now()
const queues = queueService({ db, log })
const learning = await learningService({
  db,
  log,
  now: () => now,
  articles: articlesOf(db),
  queues: queues.requiring,
  agents: () => agentProfiles(db),
})
let told: (StaffId | undefined)[] = []
learning.onChanged((staff) => void told.push(staff))
queues.onQueuesChanged(() => void learning.queuesChanged())
const app = await openHttp({
  log,
  staffOf: async (token) => {
    const person = people.get(token)
    return person && { ...person, name: token, signIn: token }
  },
  health: async () => ({}),
})
await app.register(learningRoutes(learning), { prefix: '/api' })
await app.register(queueRoutes(queues), { prefix: '/api' })
afterAll(() => app.close())

let article: KnowledgeItemId
beforeEach(async () => {
  now = Date.now()
  for (const queue of [GENERAL, VISAS]) await requireOf(queue, [])
  article = await publishArticle()
  told = []
})

async function publishArticle(): Promise<KnowledgeItemId> {
  const { id } = await db
    .insertInto('knowledge_items')
    .values({ kind: 'article' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await publishVersion(id, 1)
  return id
}

async function publishVersion(item: KnowledgeItemId, version: number): Promise<void> {
  const content = JSON.stringify({ uz: { title: `Visa ${version}`, text: 'Matn' } })
  await db
    .updateTable('knowledge_versions')
    .set({ status: 'replaced', ended_at: new Date() })
    .where('item', '=', item)
    .execute()
  await db
    .insertInto('knowledge_versions')
    .values({ item, version, status: 'published', content, topics: [], published_at: new Date() })
    .execute()
}

async function read(who: string, item = article, version = 1): Promise<void> {
  await db
    .insertInto('knowledge_readings')
    .values({ item, version, staff: idOf(who) })
    .execute()
}

type Method = 'GET' | 'POST' | 'PUT'
async function ask<Body = unknown>(who: string, method: Method, path: string, payload?: object) {
  const answer = await app.inject({
    method,
    url: `/api${path}`,
    cookies: { javob: who },
    headers: { 'x-javob': '1' },
    ...(payload && { payload }),
  })
  return { status: answer.statusCode, body: (answer.body ? answer.json() : null) as Body & { code?: string } }
}

const both = (text: string) => ({ uz: text, ru: text })
const option = (text: string, isRight: boolean) => ({ text: both(text), isRight })
const form = (change: Partial<CourseForm> = {}): CourseForm => ({
  names: { uz: 'Viza', ru: 'Визы' },
  items: [article],
  questions: [
    { text: both('Qaysi?'), options: [option('a', true), option('b', false)], explanation: both('Chunki') },
    {
      text: both('Qaysilari?'),
      options: [option('a', true), option('b', false), option('c', true)],
      explanation: both(''),
    },
  ],
  passPercent: 100,
  validMonths: 6,
  triesMax: 2,
  ...change,
})
const RIGHT = [[0], [0, 2]]
const WRONG = [[0], [0]]

async function course(change: Partial<CourseForm> = {}): Promise<CourseId> {
  const added = await ask<CourseCard>('supervisor', 'POST', '/courses', {
    form: form(change),
    published: true,
  })
  expect([added.status, added.body]).toMatchObject([201, {}])
  return added.body.course
}

async function requireOf(queue: QueueId, courses: readonly CourseId[]) {
  const row = (await queues.list()).find((one) => one.queue === queue)
  const plain = queueForm(defaultQueueSettings(queue))
  return await ask<QueueRow>('administrator', 'PUT', `/queues/${queue}`, {
    basedOn: row?.version ?? 0,
    form: { ...plain, ...(courses.length > 0 && { courses }) },
  })
}

const begin = (who: string, id: CourseId) => ask<QuizToAnswer>(who, 'POST', `/my-courses/${id}/quiz`, {})
const answer = (who: string, attempt: string, answers: number[][]) =>
  ask<QuizResult>(who, 'POST', `/quizzes/${attempt}/answers`, { answers })
async function take(who: string, id: CourseId, answers: number[][]): Promise<QuizResult> {
  const { attempt } = (await begin(who, id)).body
  return (await answer(who, attempt, answers)).body
}

async function servedBy(who: string): Promise<readonly QueueId[] | undefined> {
  return (await agentProfiles(db)).map(learning.qualified).find(({ id }) => id === idOf(who))?.queues
}

// Taking a course -----------------------------------------------------------------

test('an agent reads, answers, hears what was wrong and why, tries again and is attested', async () => {
  const id = await course()
  expect((await begin('dilnoza', id)).body.code).toBe('articlesNotRead')
  expect((await ask<MyCourseCard>('dilnoza', 'GET', `/my-courses/${id}`)).body).toMatchObject({
    standing: 'never',
    isRead: false,
    items: [{ item: article, version: 1, isRead: false, content: { uz: { title: 'Visa 1' } } }],
  })
  await read('dilnoza')
  const quiz = await begin('dilnoza', id)
  expect(quiz.body.questions.map(({ severalRight }) => severalRight)).toEqual([false, true])
  expect(JSON.stringify(quiz.body)).not.toMatch(/isRight|Chunki/)

  const failed = (await answer('dilnoza', quiz.body.attempt, WRONG)).body
  expect(failed).toMatchObject({ right: 1, of: 2, percent: 50, isPassed: false, validUntil: null })
  expect(failed.questions[0]).toMatchObject({ isRight: true, explanation: { uz: 'Chunki' } })
  const passed = await take('dilnoza', id, RIGHT)
  expect(passed).toMatchObject({ percent: 100, isPassed: true })
  const [mine] = (await ask<MyCourse[]>('dilnoza', 'GET', '/my-courses')).body.filter(
    (one) => one.course === id,
  )
  expect(mine).toMatchObject({ standing: 'valid', endsOn: passed.validUntil, triesLeft: 2, isRead: true })
  const kept = await ask<MyCourseCard>('dilnoza', 'GET', `/my-courses/${id}`)
  expect(kept.body.lastResult).toEqual(passed)
})

test('answers that are sent twice are marked once; other answers to the same quiz are refused', async () => {
  const id = await course()
  await read('dilnoza')
  const { attempt } = (await begin('dilnoza', id)).body
  const [first, second] = await Promise.all([
    answer('dilnoza', attempt, RIGHT),
    answer('dilnoza', attempt, RIGHT),
  ])
  expect([first.status, second.status]).toEqual([200, 200])
  expect(second.body).toEqual(first.body)
  expect((await answer('dilnoza', attempt, WRONG)).body.code).toBe('onlyOnce')
  const events = db.selectFrom('events').select('body').where('type', '=', 'quizAnswered')
  const marked = (await events.execute()).filter(({ body }) => JSON.stringify(body).includes(attempt))
  expect(marked).toHaveLength(1)
})

test('answers that are not those of the quiz, or another agent’s quiz, are refused and cost no try', async () => {
  const id = await course()
  await read('dilnoza')
  const { attempt } = (await begin('dilnoza', id)).body
  for (const answers of [[], [[0]], [[0], [3]], [[0], [0, 2], [0]]])
    expect((await answer('dilnoza', attempt, answers)).body.code).toBe('badInput')
  expect((await answer('rustam', attempt, RIGHT)).body.code).toBe('notFound')
  expect((await begin('dilnoza', id)).body.attempt).toBe(attempt)
  const [mine] = (await ask<MyCourse[]>('dilnoza', 'GET', '/my-courses')).body.filter(
    (one) => one.course === id,
  )
  expect(mine?.triesLeft).toBe(2)
})

test('two windows that begin at once have one quiz', async () => {
  const id = await course()
  await read('dilnoza')
  const both = await Promise.all([begin('dilnoza', id), begin('dilnoza', id)])
  expect(new Set(both.map(({ body }) => body.attempt)).size).toBe(1)
})

test('whoever has used up his tries waits until a supervisor gives more', async () => {
  const id = await course()
  await read('dilnoza')
  await take('dilnoza', id, WRONG)
  await take('dilnoza', id, WRONG)
  expect((await begin('dilnoza', id)).body.code).toBe('noTriesLeft')
  expect((await ask('dilnoza', 'POST', `/courses/${id}/tries`, { agent: idOf('dilnoza') })).status).toBe(403)
  now += 1_000
  const given = await ask<Attestations>('supervisor', 'POST', `/courses/${id}/tries`, {
    agent: idOf('dilnoza'),
  })
  const his = given.body.agents
    .find(({ name }) => name === 'dilnoza')
    ?.courses.find((one) => one.course === id)
  expect(his?.triesLeft).toBe(2)
  expect(await take('dilnoza', id, RIGHT)).toMatchObject({ isPassed: true })
})

// Queues --------------------------------------------------------------------------

test('a queue that requires a course is closed to whoever is not attested in it, and it is said why', async () => {
  const id = await course()
  const saved = await requireOf(VISAS, [id])
  expect([saved.status, saved.body.warnings]).toMatchObject([
    200,
    [{ code: 'nobodyAttested', field: 'courses' }],
  ])
  await expect.poll(() => servedBy('dilnoza')).toEqual([GENERAL])
  const [mine] = (await ask<MyCourse[]>('dilnoza', 'GET', '/my-courses')).body
  expect(mine).toMatchObject({ course: id, closedQueues: [{ queue: VISAS }], queues: [{ queue: VISAS }] })

  await read('dilnoza')
  told = []
  await take('dilnoza', id, RIGHT)
  expect(told).toEqual([idOf('dilnoza')])
  expect(await servedBy('dilnoza')).toEqual([GENERAL, VISAS])
  expect(await servedBy('rustam')).toEqual([GENERAL])
  const { agents } = (await ask<Attestations>('supervisor', 'GET', '/attestations')).body
  expect(agents.map(({ name, closedQueues }) => [name, closedQueues.map(({ queue }) => queue)])).toEqual([
    ['rustam', [VISAS]],
    ['dilnoza', []],
  ])
  expect((await queues.list()).find(({ queue }) => queue === VISAS)?.warnings).toEqual([])
})

test('an attestation holds through its last day and closes the queue at the midnight after it', async () => {
  const id = await course()
  await requireOf(VISAS, [id])
  await read('dilnoza')
  const { validUntil } = await take('dilnoza', id, RIGHT)
  const last = validUntil as ReturnType<typeof tashkentDay>
  now = tashkentMidnight(addDays(last, 1)) - 1
  learning.lookAtTheDay()
  told = []
  expect(await servedBy('dilnoza')).toEqual([GENERAL, VISAS])
  learning.lookAtTheDay()
  expect(told).toEqual([])
  now += 1
  learning.lookAtTheDay()
  expect(told).toEqual([undefined])
  expect(await servedBy('dilnoza')).toEqual([GENERAL])
  const [mine] = (await ask<MyCourse[]>('dilnoza', 'GET', '/my-courses')).body
  expect(mine).toMatchObject({ standing: 'ended', endsOn: last, closedQueues: [{ queue: VISAS }] })
})

test('a course that does not exist cannot be required, and one that is required cannot be retired', async () => {
  const id = await course()
  expect((await requireOf(VISAS, [99_999 as CourseId])).body.code).toBe('queuesHaveProblems')
  await requireOf(VISAS, [id])
  expect((await ask('supervisor', 'POST', `/courses/${id}/retire`, {})).body.code).toBe('wrongStatus')
  await requireOf(VISAS, [])
  expect((await ask<CourseCard>('supervisor', 'POST', `/courses/${id}/retire`, {})).body.retired).toBe(true)
  expect((await ask('dilnoza', 'GET', `/my-courses/${id}`)).status).toBe(404)
})

// Writing a course ----------------------------------------------------------------

test('an agent has a course only when it is published, and the published version until the next one is', async () => {
  const added = await ask<CourseCard>('supervisor', 'POST', '/courses', { form: form(), published: false })
  const id = added.body.course
  expect((await ask('dilnoza', 'GET', `/my-courses/${id}`)).status).toBe(404)
  const save = (basedOn: number, published: boolean, change: Partial<CourseForm> = {}) =>
    ask<CourseCard>('supervisor', 'POST', `/courses/${id}/versions`, {
      form: form(change),
      published,
      basedOn,
      againBy: null,
    })
  await save(1, true)
  await save(2, false, { names: { uz: 'Yangi', ru: 'Новый' } })
  expect((await ask<MyCourseCard>('dilnoza', 'GET', `/my-courses/${id}`)).body).toMatchObject({ version: 2 })
  const both = await Promise.all([save(3, true), save(3, true)])
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
})

test('a newer version of an article is told to whoever keeps the course; attestations stay as they were', async () => {
  const id = await course()
  await requireOf(VISAS, [id])
  await read('dilnoza')
  await take('dilnoza', id, RIGHT)
  await publishVersion(article, 2)
  const row = (await ask<CourseRow[]>('supervisor', 'GET', '/courses')).body.find((one) => one.course === id)
  expect(row).toMatchObject({ changedItems: 1, queues: [{ queue: VISAS }] })
  expect((await ask<CourseCard>('supervisor', 'GET', `/courses/${id}`)).body.changed).toEqual([
    { item: article, version: 1, now: 2 },
  ])
  expect(await servedBy('dilnoza')).toEqual([GENERAL, VISAS])

  const againBy = tashkentDay(now)
  const renewed = await ask<CourseCard>('supervisor', 'POST', `/courses/${id}/versions`, {
    form: form(),
    published: true,
    basedOn: 1,
    againBy,
  })
  expect(renewed.body).toMatchObject({ changed: [], versions: [{ version: 2, againBy }, { version: 1 }] })
  expect(await servedBy('dilnoza')).toEqual([GENERAL, VISAS])
  now = tashkentMidnight(addDays(againBy, 1))
  expect(await servedBy('dilnoza')).toEqual([GENERAL])
})

test.each<[string, (good: CourseForm) => object, string[]]>([
  ['a pass mark of 101 %', () => ({ passPercent: 101 }), ['* passPercent outOfRange']],
  [
    'a question without a right answer',
    ({ questions: [one] }) => ({
      questions: [{ ...one, options: [option('a', false), option('b', false)] }],
    }),
    ['q1 options noRightAnswer'],
  ],
  ['an article that nobody published', () => ({ items: [2_000_000] }), ['* items notPublished']],
])('a course with %s is refused where it stands', async (_why, change, problems) => {
  const good = form()
  const refused = await ask<{ problems: { row: string; field: string; code: string }[] }>(
    'supervisor',
    'POST',
    '/courses',
    { form: { ...good, ...change(good) }, published: true },
  )
  expect(refused.status).toBe(422)
  expect(refused.body.problems.map(({ row, field, code }) => `${row} ${field} ${code}`)).toEqual(problems)
})

test('what is written comes back as it was written, and what cannot be read is refused', async () => {
  const odd = '<script>alert(1)</script> =1+1 😀 \u202eשלום\u0000'
  const id = await course({
    questions: [
      {
        text: both(odd),
        options: [option('{citizen} 🙂', true), option("'; drop table courses", false)],
        explanation: both('x'.repeat(2_000)),
      },
    ],
  })
  const [kept] = (await ask<CourseCard>('supervisor', 'GET', `/courses/${id}`)).body.versions
  expect(kept?.form.questions[0]).toMatchObject({
    text: both(odd.replaceAll('\u0000', '')),
    options: [{ text: both('{citizen} 🙂') }, { text: both("'; drop table courses") }],
  })
  const long = await ask('supervisor', 'POST', '/courses', {
    form: form({ names: both('x'.repeat(100_000)) }),
    published: true,
  })
  expect(long.body.code).toBe('badInput')
  expect((await ask('supervisor', 'POST', '/courses', { form: {}, published: true })).body.code).toBe(
    'badInput',
  )
})

test.each<[string, Method, string, string[]]>([
  ['courses', 'GET', '/courses', ['supervisor', 'administrator']],
  ['attestations', 'GET', '/attestations', ['supervisor', 'administrator']],
  ['my courses', 'GET', '/my-courses', ['dilnoza']],
])('%s are for those whose role allows it', async (_what, method, path, allowed) => {
  for (const who of ['dilnoza', 'supervisor', 'administrator', 'editor'])
    expect([who, (await ask(who, method, path)).status]).toEqual([who, allowed.includes(who) ? 200 : 403])
  expect((await ask('nobody', method, path)).status).toBe(401)
})
