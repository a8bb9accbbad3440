import pino from 'pino'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { AgentSkills, QueueForm, QueueRow, QueueVersion } from '#contract/queues.ts'
import type { QueueId, SkillId, StaffId } from '#core/lib/ids.ts'
import { queueForm } from '#core/routing/queue-form.ts'
import { defaultQueueSettings, type QueueSettings } from '#core/routing/queue-settings.ts'
import type { Role } from '#core/staff/permissions.ts'
import { testDatabase } from '../database/test-database.ts'
import { openHttp } from '../http.ts'
import { addStaffMember, type AgentProfile, agentProfiles, type HashedStaffMember } from '../staff/service.ts'
import { queueRoutes, skillRoutes } from './routes.ts'
import { queueService } from './service.ts'

const log = pino({ level: 'silent' })
const { db } = await testDatabase()
const [GENERAL, TECH] = ['general', 'tech'] as QueueId[] as [QueueId, QueueId]

const names = JSON.stringify({ uz: 'Navbat', ru: 'Очередь' })
await db
  .insertInto('queues')
  .values([GENERAL, TECH].map((id, position) => ({ id, names, position })))
  .execute()

const add = (person: Partial<HashedStaffMember> & { login: string }) =>
  db.transaction().execute((trx) =>
    addStaffMember(trx, {
      name: person.login,
      role: 'agent',
      languages: [],
      queues: [],
      passwordHash: '-',
      ...person,
    }),
  )
const administrator = await add({ login: 'administrator', role: 'administrator' })
const dilnoza = await add({ login: 'dilnoza', languages: ['uz', 'ru'], queues: [GENERAL, TECH] })
const rustam = await add({
  login: 'rustam',
  languages: ['uz', 'ru'],
  queues: [GENERAL],
  skills: { uz: 40, ru: 90 } as AgentProfile['skills'],
})

const queues = queueService({ db, log })
let toldQueues: QueueSettings[] = []
let toldAgents: AgentProfile[] = []
queues.onQueuesChanged((settings) => void toldQueues.push(...settings))
queues.onAgentsChanged((agents) => void toldAgents.push(...agents))
const app = await openHttp({
  log,
  staffOf: async (role) => ({ id: administrator, name: role, role: role as Role, signIn: role }),
  health: async () => ({}),
})
await app.register(queueRoutes(queues), { prefix: '/api' })
await app.register(skillRoutes(queues), { prefix: '/api' })
afterAll(() => app.close())

beforeEach(async () => {
  toldQueues = []
  toldAgents = []
  await db.deleteFrom('queue_settings').execute()
})

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
const ask = (method: Method, path: string, payload?: object, role: Role = 'administrator') =>
  app.inject({
    method,
    url: `/api${path}`,
    cookies: { javob: role },
    headers: { 'x-javob': '1' },
    ...(payload && { payload }),
  })

const plain = queueForm(defaultQueueSettings(GENERAL))
const save = (queue: QueueId, change: Partial<QueueForm>, basedOn: number) =>
  ask('PUT', `/queues/${queue}`, { basedOn, form: { ...plain, ...change } })
const problemsOf = (response: Awaited<ReturnType<typeof ask>>) =>
  response
    .json<{ problems: QueueRow['problems'] }>()
    .problems.map(({ queue, field, line, column, code }) =>
      [queue, field, line, column, code].filter(Boolean).join(' '),
    )
const versionsOf = async (queue: QueueId) =>
  (await ask('GET', `/queues/${queue}/versions`))
    .json<QueueVersion[]>()
    .map(({ version, restored, form }) => [version, restored, form.rules])
const lastEvent = () =>
  db
    .selectFrom('events')
    .select(['type', 'actor', 'body'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()

test('a queue that nobody has set is served as every queue is', async () => {
  const rows = (await ask('GET', '/queues')).json<QueueRow[]>()
  expect(rows.map(({ queue, version, savedAt }) => ({ queue, version, savedAt }))).toEqual([
    { queue: GENERAL, version: 0, savedAt: null },
    { queue: TECH, version: 0, savedAt: null },
  ])
  expect(rows[0]).toMatchObject({ form: plain, problems: [] })
  expect(await queues.settings()).toEqual([GENERAL, TECH].map(defaultQueueSettings))
})

test('settings are saved as a version, with who did it, and the routing engine is told', async () => {
  const response = await save(
    GENERAL,
    {
      rules: 'wait < 1 min: language >= 60; then language ≥ 40',
      full: { waitingMax: 20, then: { do: 'overflow', to: TECH } },
    },
    0,
  )
  expect(response.statusCode).toBe(200)
  expect(response.json()).toMatchObject({
    version: 1,
    savedByName: 'administrator',
    form: { rules: 'wait < 60 s: language >= 60\nthen language >= 40', ringSeconds: 20 },
  })
  const settings = {
    ...defaultQueueSettings(GENERAL),
    skills: [
      { fromSeconds: 0, needs: [{ skill: 'language', atLeast: 60 }] },
      { fromSeconds: 60, needs: [{ skill: 'language', atLeast: 40 }] },
    ],
    full: { waitingMax: 20, then: { do: 'overflow', to: TECH } },
  }
  expect(toldQueues).toEqual([settings])
  expect((await queues.settings())[0]).toEqual(settings)
  expect(await lastEvent()).toEqual({
    type: 'queueSettingsSaved',
    actor: administrator,
    body: { queue: GENERAL, version: 1 },
  })
})

test('an older version is brought back as a new one', async () => {
  await save(GENERAL, { rules: 'any' }, 0)
  await save(GENERAL, { rules: 'language >= 2' }, 1)
  expect((await ask('POST', '/queues/general/versions/1/restore', { basedOn: 2 })).json()).toMatchObject({
    version: 3,
    form: { rules: 'any' },
  })
  expect(await versionsOf(GENERAL)).toEqual([
    [3, 1, 'any'],
    [2, null, 'language >= 2'],
    [1, null, 'any'],
  ])
  expect(toldQueues.at(-1)?.skills).toEqual([{ fromSeconds: 0, needs: [] }])
  expect(await lastEvent()).toMatchObject({ body: { queue: GENERAL, version: 3, restored: 1 } })
  expect((await ask('POST', '/queues/general/versions/9/restore', { basedOn: 3 })).statusCode).toBe(404)
})

test('an older version that makes no sense any more stays where it is', async () => {
  await save(GENERAL, { tooLong: { waitSecondsMax: 60, then: { do: 'overflow', to: TECH } } }, 0)
  await save(GENERAL, {}, 1)
  await save(TECH, { tooLong: { waitSecondsMax: 60, then: { do: 'overflow', to: GENERAL } } }, 0)
  const refused = await ask('POST', '/queues/general/versions/1/restore', { basedOn: 2 })
  expect(refused.statusCode).toBe(422)
  expect(problemsOf(refused)).toEqual(['general tooLong overflowLoop', 'tech tooLong overflowLoop'])
})

test('settings that make no sense are refused with every problem, and nothing is saved or told', async () => {
  const refused = await save(
    GENERAL,
    { rules: 'wait < 60 s: ru >= 95\nthen fr > 10\nthen any', ringSeconds: 600 },
    0,
  )
  expect(refused.statusCode).toBe(422)
  expect(refused.json()).toMatchObject({ code: 'queuesHaveProblems' })
  expect(problemsOf(refused)).toEqual(['general skills 2 9 expected', 'general ringSeconds outOfRange'])
  expect(problemsOf(await save(GENERAL, { rules: '\nappeals >= 10' }, 0))).toEqual([
    'general skills 2 unknownSkill',
  ])
  expect(await versionsOf(GENERAL)).toEqual([])
  expect(toldQueues).toEqual([])
})

test('what has not the shape of settings is not saved', async () => {
  for (const form of [{}, { ...plain, order: 'any' }, { ...plain, hours: {} }, { ...plain, shell: 'reboot' }])
    expect((await ask('PUT', '/queues/general', { basedOn: 0, form })).json()).toMatchObject({
      code: 'badInput',
    })
  expect((await save('nowhere' as QueueId, {}, 0)).statusCode).toBe(404)
  expect((await ask('PUT', '/queues/..%2Fgeneral', { basedOn: 0, form: plain })).statusCode).toBe(400)
})

const week = (spans: number) =>
  Array.from({ length: spans }, () => ({ days: [1], fromMinute: 0, toMinute: 60 }))
const hours = (open: object) => ({ open, then: { do: 'hangUp' }, atClosing: 'serve' })
const toNowhere = { do: 'overflow', to: 'nowhere\u0000' }

// Whatever somebody sends instead of what the screen does is told with its place, and changes nothing.
test.each<[why: string, change: object, said: string[]]>([
  ['ten thousand steps', { rules: 'wait < 60 s: any\n'.repeat(10_000) }, ['general skills 1 1 textTooLong']],
  ['nothing but line ends', { rules: '\n\r\n;;;' }, ['general skills 1 1 nothingWritten']],
  ['a control character', { rules: 'ru\u0007 >= 10' }, ['general skills 1 3 expected']],
  ['a level of a million', { rules: 'ru >= 1000000' }, ['general skills 1 7 expected']],
  ['a skill that every object has', { rules: 'constructor >= 1' }, ['general skills 1 unknownSkill']],
  [
    'a step in two years',
    { rules: 'wait < 999999 min: ru >= 9; then any' },
    ['general skills 1 neverApplies'],
  ],
  ['a negative time', { ringSeconds: -20 }, ['general ringSeconds outOfRange']],
  [
    'a number beyond counting',
    { expectedHandleSeconds: 1e308 },
    ['general expectedHandleSeconds outOfRange'],
  ],
  ['part of a miss', { missesBeforeUnavailable: 1.5 }, ['general missesBeforeUnavailable outOfRange']],
  [
    'nobody may wait, and less',
    { full: { waitingMax: -1, then: toNowhere } },
    ['general full outOfRange', 'general full overflowToUnknown'],
  ],
  [
    'hours beyond reading',
    { hours: hours({ week: week(201), closedOn: [] }) },
    ['general hours tooManyHours'],
  ],
  [
    'the same hours twice',
    { hours: hours({ week: week(2), closedOn: [] }) },
    ['general hours 2 hoursOverlap'],
  ],
  [
    'no hours',
    { hours: hours({ week: [], closedOn: ['0000-00-00'] }) },
    ['general hours neverOpen', 'general hours closedDayInvalid'],
  ],
])('settings with %s are refused where it stands', async (_why, change, said) => {
  const refused = await ask('PUT', '/queues/general', { basedOn: 0, form: { ...plain, ...change } })
  expect([refused.statusCode, problemsOf(refused)]).toEqual([422, said])
  expect(await versionsOf(GENERAL)).toEqual([])
})

test('of two who change the same settings, the second is told', async () => {
  const both = await Promise.all([save(GENERAL, { rules: 'any' }, 0), save(GENERAL, { ringSeconds: 30 }, 0)])
  expect(both.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 409])
  expect(await versionsOf(GENERAL)).toHaveLength(1)
})

test('of two who together would send callers round in a circle, the second is refused', async () => {
  const both = await Promise.all([
    save(GENERAL, { tooLong: { waitSecondsMax: 60, then: { do: 'overflow', to: TECH } } }, 0),
    save(TECH, { tooLong: { waitSecondsMax: 60, then: { do: 'overflow', to: GENERAL } } }, 0),
  ])
  expect(both.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 422])
})

test('the database keeps no version twice', async () => {
  await save(GENERAL, {}, 0)
  const again = { queue: GENERAL, version: 1, body: '{}', saved_by: null, restored: null }
  await expect(db.insertInto('queue_settings').values(again).execute()).rejects.toThrow('duplicate key')
})

// Skills ------------------------------------------------------------------------

const table = async () => (await ask('GET', '/agent-skills')).json<AgentSkills>()
const levelsOf = async (agent: StaffId) => (await table()).agents.find((row) => row.agent === agent)?.levels
const change = (agent: StaffId, skill: string, from: number, to: number) => ({ agent, skill, from, to })
const changeSkills = (...changes: ReturnType<typeof change>[]) => ask('PUT', '/agent-skills', { changes })

test('agents are listed with their levels, languages among them', async () => {
  const { skills, agents } = await table()
  expect(skills.map(({ skill }) => skill)).toEqual(['uz', 'ru'])
  expect(agents.map(({ name, levels }) => ({ name, levels }))).toEqual([
    { name: 'rustam', levels: { uz: 40, ru: 90 } },
    { name: 'dilnoza', levels: { uz: 100, ru: 100 } },
  ])
})

test('a skill is added, given, asked for, and cannot be removed while a rule asks for it', async () => {
  const added = await ask('POST', '/skills', { skill: 'appeals', names: { uz: 'Murojaat', ru: 'Обращения' } })
  expect(added.statusCode).toBe(201)
  expect(added.json<AgentSkills>().skills.map(({ skill }) => skill)).toEqual(['uz', 'ru', 'appeals'])
  await changeSkills(change(dilnoza, 'appeals', 0, 70))
  expect(toldAgents).toMatchObject([{ id: dilnoza, skills: { uz: 100, ru: 100, appeals: 70 } }])
  expect(await lastEvent()).toEqual({
    type: 'agentSkillsChanged',
    actor: administrator,
    body: { staff: dilnoza, changes: [{ skill: 'appeals', from: 0, to: 70 }] },
  })
  await save(GENERAL, { rules: 'wait < 30 s: appeals >= 70; then any' }, 0)
  const refused = await ask('DELETE', '/skills/appeals')
  expect(problemsOf(refused)).toEqual(['general skills 1 unknownSkill'])

  await save(GENERAL, {}, 1)
  expect((await ask('DELETE', '/skills/appeals')).statusCode).toBe(200)
  expect(await levelsOf(dilnoza)).toEqual({ uz: 100, ru: 100 })
  expect(toldAgents.at(-1)).toMatchObject({ id: dilnoza, skills: { uz: 100, ru: 100 } })
  expect(await lastEvent()).toMatchObject({
    type: 'skillRemoved',
    body: { skill: 'appeals', levels: { [dilnoza]: 70 } },
  })
})

test.each(['any', 'then', 'wait', 'language', 'uz', 'Big', 'two words', '', 'constructor', 'toString'])(
  'no new skill is called „%s"',
  async (skill) => {
    const refused = await ask('POST', '/skills', { skill, names: { uz: 'A', ru: 'Б' } })
    expect(refused.json()).toMatchObject({ code: 'badInput' })
  },
)

test('a skill whose names are nothing that can be read is not added', async () => {
  for (const invisible of ['\u0000', '\u202e\u0007', ' \n\t '])
    expect(
      (await ask('POST', '/skills', { skill: 'fax', names: { uz: 'A', ru: invisible } })).json(),
    ).toMatchObject({ code: 'badInput' })
  expect((await table()).skills.map(({ skill }) => skill)).toEqual(['uz', 'ru'])
})

test('the languages of calls cannot be removed', async () => {
  expect((await ask('DELETE', '/skills/ru')).json()).toMatchObject({ code: 'badInput' })
  expect((await ask('DELETE', '/skills/nothing')).statusCode).toBe(404)
})

test('a language at any level is one that the agent speaks, on every screen', async () => {
  const languages = async () =>
    (
      await db
        .selectFrom('staff_members')
        .select('languages')
        .where('id', '=', rustam)
        .executeTakeFirstOrThrow()
    ).languages
  await changeSkills(change(rustam, 'uz', 40, 0))
  expect([await languages(), await levelsOf(rustam)]).toEqual([['ru'], { ru: 90 }])
  await changeSkills(change(rustam, 'uz', 0, 40))
  expect([await languages(), await levelsOf(rustam)]).toEqual([['uz', 'ru'], { uz: 40, ru: 90 }])
})

test('levels that would leave callers with nobody are refused, all of the change', async () => {
  const refused = await changeSkills(change(dilnoza, 'ru', 100, 0), change(rustam, 'uz', 40, 50))
  expect(refused.statusCode).toBe(422)
  expect(problemsOf(refused)).toEqual(['tech skills 1 languageUnserved'])
  expect(await levelsOf(rustam)).toEqual({ uz: 40, ru: 90 })
  expect(toldAgents).toEqual([])
})

test('levels that somebody changed meanwhile are not overwritten, nor are those of people who take no calls', async () => {
  expect((await changeSkills(change(rustam, 'uz', 30, 50))).json()).toMatchObject({
    code: 'changedMeanwhile',
  })
  expect((await changeSkills(change(administrator, 'uz', 0, 50))).statusCode).toBe(404)
  expect((await changeSkills(change(rustam, 'juggling', 0, 50))).statusCode).toBe(404)
  expect((await changeSkills(change(rustam, 'uz', 40, 101))).statusCode).toBe(400)
  const twice = [change(rustam, 'uz', 40, 50), change(rustam, 'uz', 40, 60)]
  expect((await changeSkills(...twice)).json()).toMatchObject({ code: 'badInput' })
  expect(await levelsOf(rustam)).toEqual({ uz: 40, ru: 90 })
})

test('settings that the last agent has left behind are shown as they are, and can be put right', async () => {
  await db.updateTable('staff_members').set({ active: false }).where('id', '=', dilnoza).execute()
  const shown = (await ask('GET', '/queues')).json<QueueRow[]>()
  expect(shown.map(({ queue, problems }) => [queue, problems.map(({ code }) => code)])).toEqual([
    [GENERAL, []],
    [TECH, ['noAgents']],
  ])
  expect((await save(GENERAL, { ringSeconds: 30 }, 0)).statusCode).toBe(200)
  expect((await save(TECH, { ringSeconds: 30 }, 0)).statusCode).toBe(422)
  expect((await save(TECH, { nobodyOnDuty: { then: { do: 'takeMessage' } } }, 0)).statusCode).toBe(200)
  expect((await agentProfiles(db)).map(({ id }) => id)).toEqual([rustam])
  await db.updateTable('staff_members').set({ active: true }).where('id', '=', dilnoza).execute()
})

test.each(['agent', 'supervisor', 'officer'] as const)(
  'a member of staff who is %s changes no settings',
  async (role) => {
    expect((await ask('GET', '/queues', undefined, role)).statusCode).toBe(403)
    expect((await ask('PUT', '/queues/general', { basedOn: 0, form: plain }, role)).statusCode).toBe(403)
    const changes = [change(dilnoza, 'ru' as SkillId, 100, 50)]
    expect((await ask('PUT', '/agent-skills', { changes }, role)).statusCode).toBe(403)
  },
)

test('the document of the API says what settings may be filled in with', async () => {
  const document = (await app.inject('/api/openapi.json')).json()
  const { put } = document.paths['/api/queues/{queue}']
  expect(put['x-allow']).toEqual(['changeQueues'])
  const { form } = put.requestBody.content['application/json'].schema.properties
  expect(form.properties.order.enum).toContain('ringAll')
  expect(form.required).not.toContain('hours')
})
