/** Agents' time by HTTP, with a real database behind it: who may do what, and what becomes of it. */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AgentDay, AgentTime, WrapUpDraft } from '#contract/agents.ts'
import { NOTE_MAX_CHARACTERS } from '#contract/calls.ts'
import { DEMO_BREAKS } from '#core/calls/demo-breaks.ts'
import { demoFlow } from '#core/ivr/demo-flow.ts'
import type { AgentId, CallId, OfferId, QueueId, StaffId, TopicCode, TrunkId } from '#core/lib/ids.ts'
import { tashkentDay } from '#core/lib/time.ts'
import { fluentIn } from '#core/routing/skill-rules.ts'
import type { Role } from '#core/staff/permissions.ts'
import { type TestDatabase, testDatabase } from '../database/test-database.ts'
import { type HttpServer, openHttp } from '../http.ts'
import type { AgentProfile } from '../staff/service.ts'
import { readAgentTime } from './agent-time-store.ts'
import { fixedClock } from './clock.ts'
import { type FakeMediaEngine, fakeMediaEngine } from './fake-media-engine.ts'
import { callRoutes, deskRoutes } from './routes.ts'
import { CallService, insertBreaks } from './service.ts'

const START = Date.UTC(2026, 10, 23, 9)
const MINUTE = 60_000
const log = pino({ level: 'silent' })
const clock = fixedClock(START)
const people = new Map<string, { id: StaffId; name: string; role: Role }>()

let db: TestDatabase['db']
let folder: string
let media: FakeMediaEngine
let service: CallService
let app: HttpServer

beforeAll(async () => {
  db = (await testDatabase()).db
  folder = await mkdtemp(join(tmpdir(), 'javob-agents-'))
  for (const role of ['agent', 'supervisor', 'officer', 'administrator', 'chancellery'] as const)
    await hire(role, role)
  await hire('other agent', 'agent')
  await db.transaction().execute((trx) => insertBreaks(trx, DEMO_BREAKS))
  const topic = { code: '01' as TopicCode, parent: null, level: 1, names: '{"uz":"a","ru":"b"}' }
  await db
    .insertInto('topics')
    .values({ ...topic, default_kind: null })
    .execute()
  media = fakeMediaEngine()
  service = callService()
  await service.prepare()
  await media.start((event) => service.onMedia(event))
  app = await openHttp({
    log,
    staffOf: async (token) => {
      const person = people.get(decodeURIComponent(token))
      return person && { ...person, signIn: token }
    },
    health: async () => ({}),
  })
  const topics = { unknownTopics: (codes: readonly string[]) => codes.filter((code) => code !== '01') }
  await app.register(deskRoutes(service, topics), { prefix: '/api' })
  await app.register(callRoutes(service), { prefix: '/api' })
})
afterAll(async () => {
  await app.close()
  await service.stop()
  await rm(folder, { recursive: true })
})

async function hire(name: string, role: Role): Promise<void> {
  const person = { login: name.replace(' ', ''), name, role, languages: ['uz' as const], password_hash: '-' }
  const added = db.insertInto('staff_members').values(person).returning('id')
  people.set(name, { id: (await added.executeTakeFirstOrThrow()).id, name, role })
}

const idOf = (name: string) => people.get(name)?.id as AgentId
const profile = (id: AgentId): AgentProfile => ({
  id,
  name: 'agent',
  queues: ['admission' as QueueId],
  skills: fluentIn(['uz']),
})

function callService(): CallService {
  return new CallService({
    db,
    log,
    media,
    clock,
    node: 'n1',
    prompts: { file: async (_language, text) => text },
    journalFolder: folder,
    flow: demoFlow,
    information: () => [],
    queueSettings: async () => [],
    hasWayOut: () => false,
    topicNames: () => null,
    callersOf: async () => ({ candidates: [], openAppeals: [] }),
    agentProfiles: async () => [profile(idOf('agent')), profile(idOf('other agent'))],
    agentProfile: async (id) => profile(id),
    openAlarms: async () => 0,
    alarm: async () => undefined,
    hooks: {
      callEnded: async () => undefined,
      messageLeft: async () => undefined,
      citizenLostByUs: async () => undefined,
      callDisputed: async () => undefined,
      citizenNamed: async () => undefined,
    },
    stillCommands: async () => true,
  })
}

async function ask(who: string, method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object) {
  const answer = await app.inject({
    method,
    url: `/api${path}`,
    cookies: { javob: encodeURIComponent(who) },
    headers: { 'x-javob': '1' },
    ...(body && { payload: body }),
  })
  return { status: answer.statusCode, body: answer.body ? JSON.parse(answer.body) : undefined }
}

/** Waits for what was promised, and for the rows. */
const settled = () => service.adopt()

/** Signed on, line proven, on no call. */
async function onShift(name = 'agent'): Promise<AgentId> {
  const agent = idOf(name)
  if (service.desk(agent).status !== 'signedOut') service.agents.signOff(agent)
  await service.signOnAgent(agent)
  media.push({ type: 'lineUp', agent, at: clock.now() })
  await service.agents.proveLine(agent, 100)
  return agent
}

/** A call that rings at the agent's desk. */
async function rings(agent: AgentId): Promise<CallId> {
  const call = randomUUID() as string as CallId
  const legs = { citizen: `${call}.citizen`, agent: `${call}.agent` }
  const trunk = 'demo' as TrunkId
  const from = '+998901234567'
  media.push({ type: 'callArrived', call, trunk, did: '1195', caller: { from }, legs, at: clock.now() })
  for (const playback of [1, 2]) {
    await new Promise(setImmediate)
    media.push({ type: 'promptsPlayed', call, playback, at: clock.now() })
  }
  for (const digit of '111') media.push({ type: 'digitPressed', call, digit, at: clock.now() })
  if (service.desk(agent).status === 'onBreak') service.agents.becomeAvailable(agent)
  return call
}

/** A call that the agent has talked in for a minute, and that is over. */
async function talked(agent: AgentId): Promise<CallId> {
  const call = await rings(agent)
  service.agents.accept(agent, service.desk(agent).offer?.id as OfferId)
  clock.advance(MINUTE)
  media.push({ type: 'callerHungUp', call, cause: 16, at: clock.now() })
  return call
}

const draft: WrapUpDraft = {
  outcome: 'explained',
  topics: ['01'],
  note: 'Half a sent\0ence',
  citizen: null,
  appeal: null,
  registered: [],
}
const wrapUp = { outcome: 'resolved', topics: ['01'], note: 'Whole sentence' }

test.each<[string, 'GET' | 'POST' | 'PUT', string, object | undefined, string[]]>([
  ['the rules', 'GET', '/agent-time', undefined, ['agent', 'supervisor', 'officer', 'administrator']],
  ['the list of agents', 'GET', '/agents', undefined, ['supervisor', 'officer', 'administrator']],
  [
    'everybody’s day',
    'GET',
    '/agents/timeline?day=2026-11-23',
    undefined,
    ['supervisor', 'officer', 'administrator'],
  ],
  ['a break of an agent', 'POST', '/agents/ID/break', { reason: 'rest' }, ['supervisor']],
  ['being made available', 'POST', '/agents/ID/available', undefined, ['supervisor']],
  ['the end of a shift', 'POST', '/agents/ID/sign-off', undefined, ['supervisor']],
  ['agreeing to a break', 'POST', '/agents/ID/break/approve', undefined, ['supervisor']],
  ['refusing a break', 'POST', '/agents/ID/break/refuse', undefined, ['supervisor']],
  ['an own break', 'POST', '/desk/break', { reason: 'rest' }, ['agent']],
  ['calls to classify', 'GET', '/desk/to-classify', undefined, ['agent']],
])('%s is for those whose role allows it', async (_what, method, path, body, allowed) => {
  await onShift()
  for (const role of ['agent', 'supervisor', 'officer', 'administrator', 'chancellery']) {
    const { status } = await ask(role, method, path.replace('ID', idOf('agent')), body)
    expect([role, status === 403], role).toEqual([role, !allowed.includes(role)])
  }
  expect((await ask('nobody', method, path, body)).status).toBe(401)
})

const gone = '00000000-0000-4000-8000-00000000dead'
const commands: [path: string, body?: object][] = [
  ['/desk/call/hold'],
  ['/desk/call/resume'],
  ['/desk/call/mute', { muted: true }],
  ['/desk/call/digits', { digits: '1' }],
  ['/desk/call/end'],
  ['/desk/call/transfer', { agent: gone }],
  ['/desk/call/transfer', { number: '+998901234567' }],
  ['/desk/call/return'],
  ['/desk/call/consult', { agent: gone }],
  ['/desk/call/consult/end'],
  ['/desk/call/conference'],
  ['/desk/call/hand-over'],
  ['/desk/call/stop-helping'],
  ['/desk/call/wrap-up', wrapUp],
  ['/desk/call/more-time'],
  [`/desk/offers/${gone}.1.1/accept`],
  [`/desk/offers/${gone}.1.1/decline`],
]

test.each(commands)(
  '%s without a call is refused with what the agent is doing, and changes nothing',
  async (path, body) => {
    const agent = await onShift()
    for (const status of ['onBreak', 'signedOut'] as const) {
      if (status === 'signedOut') service.agents.signOff(agent)
      const refused = await ask('agent', 'POST', path, body)
      expect(['callGone', 'offerGone', 'wrongStatus']).toContain(refused.body.code)
      expect(service.desk(agent).status).toBe(status)
      const others = ['/desk/call/wrap-up', '/desk/call/more-time']
      if (status === 'onBreak' && !others.includes(path)) expect(refused.body.detail).toContain(status)
    }
  },
)

test.each(commands.filter(([path]) => path.startsWith('/desk/call')))(
  '%s after the call has ended is refused, and the agent wraps up',
  async (path, body) => {
    if (path === '/desk/call/wrap-up' || path === '/desk/call/more-time') return
    const agent = await onShift()
    await talked(agent)
    const refused = await ask('agent', 'POST', path, body)
    expect(refused.body).toMatchObject({ code: 'callGone' })
    expect(refused.body.detail).toContain('wrapUp')
    expect(service.desk(agent).status).toBe('wrapUp')
    await ask('agent', 'POST', '/desk/call/wrap-up', wrapUp)
  },
)

test.each<[path: string, body: object]>([
  ['/desk/call/digits', { digits: '1'.repeat(33) }],
  ['/desk/call/digits', { digits: '1\r\n2' }],
  ['/desk/call/transfer', { queue: 'nowhere' }],
  ['/desk/call/transfer', { queue: 'admission', number: '+998901234567' }],
  ['/desk/call/transfer', {}],
  ['/desk/call/consult', { queue: 'admission' }],
  ['/desk/call/consult', { number: '9'.repeat(33) }],
  ['/desk/call/mute', { muted: 'yes' }],
  ['/desk/call/wrap-up', { ...wrapUp, topics: [] }],
  ['/desk/call/wrap-up', { ...wrapUp, topics: ['99'] }],
  ['/desk/break', { reason: '' }],
  ['/desk/line-proven', { packetsReceived: -1 }],
])('%s with %j cannot be meant', async (path, body) => {
  await onShift()
  expect(await ask('agent', 'POST', path, body)).toMatchObject({ status: 400, body: { code: 'badInput' } })
})

test('a day at the ends of the calendar is a day on which nobody was there', async () => {
  for (const day of ['0000-01-01', '0001-01-01', '9999-12-31'])
    expect((await ask('supervisor', 'GET', `/agents/timeline?day=${day}`)).body).toMatchObject([
      { intervals: [] },
      { intervals: [] },
    ])
  for (const day of ['-000001-01-01', '2026-02-30', '10000-01-01'])
    expect((await ask('supervisor', 'GET', `/agents/timeline?day=${day}`)).status).toBe(400)
})

test('an agent sees his own day and nobody else’s', async () => {
  await onShift()
  await settled()
  const path = (name: string) => `/agents/${idOf(name)}/timeline?day=2026-11-23`
  expect((await ask('agent', 'GET', path('agent'))).body).toMatchObject({ id: idOf('agent') })
  expect((await ask('agent', 'GET', path('other agent'))).status).toBe(404)
  expect((await ask('supervisor', 'GET', path('other agent'))).status).toBe(200)
  expect((await ask('supervisor', 'GET', path('supervisor'))).status).toBe(404)
  expect((await ask('supervisor', 'GET', `/agents/timeline?day=tomorrow`)).status).toBe(400)
})

test('a call whose wrap-up time is over is classified later, from what was written before', async () => {
  const agent = await onShift()
  const call = await talked(agent)
  await settled()
  expect((await ask('agent', 'GET', '/desk/to-classify')).body).toEqual([])
  expect((await ask('agent', 'POST', `/desk/to-classify/${call}`, wrapUp)).body).toMatchObject({
    code: 'wrongStatus',
  })
  expect((await ask('agent', 'PUT', `/desk/drafts/${call}`, draft)).status).toBe(204)
  clock.advance(MINUTE)
  await settled()

  const { body: list } = await ask('agent', 'GET', '/desk/to-classify')
  expect(list).toMatchObject([{ id: call, number: '+998 90 123 45 67', hasDraft: true }])
  expect((await ask('agent', 'GET', `/desk/drafts/${call}`)).body).toEqual({
    ...draft,
    note: 'Half a sentence',
  })
  expect((await ask('supervisor', 'GET', '/agents')).body).toMatchObject([
    { id: agent, status: 'available', callsToClassify: 1 },
    { status: 'signedOut', callsToClassify: 0 },
  ])

  expect((await ask('other agent', 'POST', `/desk/to-classify/${call}`, wrapUp)).status).toBe(404)
  expect((await ask('other agent', 'GET', `/desk/drafts/${call}`)).body).toBeNull()
  const unknown = { ...wrapUp, topics: ['99'] }
  expect((await ask('agent', 'POST', `/desk/to-classify/${call}`, unknown)).status).toBe(400)
  expect((await ask('agent', 'POST', `/desk/to-classify/${call}`, wrapUp)).status).toBe(204)
  await settled()
  expect((await ask('agent', 'GET', '/desk/to-classify')).body).toEqual([])
  expect((await ask('agent', 'GET', `/desk/drafts/${call}`)).body).toBeNull()
  expect((await ask('agent', 'POST', `/desk/to-classify/${call}`, wrapUp)).status).toBe(404)
  expect(await service.callCard(call)).toMatchObject({ outcome: 'resolved', note: 'Whole sentence' })
})

test('100 kB of anything are kept with a call as they are; more is refused with a word, and kept as a draft', async () => {
  const letter = '<b>x²</b> 😀 שלום — ж '
  const agent = await onShift()
  const call = await talked(agent)
  await settled()
  const whole = [...letter.repeat(NOTE_MAX_CHARACTERS / 10)].slice(0, NOTE_MAX_CHARACTERS - 1).join('') + '.'
  const tooLong = `${whole}!${letter}`
  const refused = await ask('agent', 'POST', '/desk/call/wrap-up', { ...wrapUp, note: tooLong })
  expect(refused).toMatchObject({ status: 400, body: { code: 'badInput' } })
  expect(refused.body.detail).toContain('body.note')
  const appeal = { requestKey: randomUUID(), kind: null, citizenName: 'A\0', text: tooLong }
  const kept = { ...draft, note: tooLong, appeal }
  expect((await ask('agent', 'PUT', `/desk/drafts/${call}`, kept)).status).toBe(204)
  expect((await ask('agent', 'GET', `/desk/drafts/${call}`)).body).toEqual({
    ...kept,
    appeal: { ...appeal, citizenName: 'A' },
  })
  const finished = await ask('agent', 'POST', '/desk/call/wrap-up', { ...wrapUp, note: whole })
  expect(finished.status).toBeLessThan(300)
  await settled()
  expect((await service.callCard(call))?.note).toBe(whole)
})

test('another’s call takes no draft of mine, and a wrong call none at all', async () => {
  const agent = await onShift()
  const call = await talked(agent)
  await settled()
  for (const id of [call, randomUUID()]) {
    expect((await ask('other agent', 'PUT', `/desk/drafts/${id}`, draft)).status).toBe(204)
    expect((await ask('other agent', 'GET', `/desk/drafts/${id}`)).body).toBeNull()
  }
  service.agents.wrapUp(agent, { outcome: 'resolved', topics: ['01'], note: '' }, 'available')
})

test('a break to be agreed to is asked for, seen on the wallboard, agreed to and begun', async () => {
  const agent = await onShift()
  service.agents.becomeAvailable(agent)
  const asked = await ask('agent', 'POST', '/desk/break', { reason: 'training' })
  expect(asked.body).toMatchObject({
    status: 'available',
    breakRequest: { reason: 'training', status: 'asked', validUntil: clock.now() + 30 * MINUTE },
  })
  const mine = (await service.wallboard()).agents.find(({ id }) => id === agent)
  expect(mine).toMatchObject({ status: 'available', asks: { reason: 'training', since: clock.now() } })
  expect((await ask('supervisor', 'POST', `/agents/${agent}/break/approve`)).status).toBe(204)
  expect((await ask('supervisor', 'POST', `/agents/${agent}/break/approve`)).status).toBe(409)
  expect((await ask('agent', 'GET', '/desk')).body).toMatchObject({
    status: 'onBreak',
    breakReason: 'training',
  })
  await settled()
  const rows = db
    .selectFrom('break_requests')
    .selectAll()
    .where('agent', '=', agent)
    .orderBy('asked_at', 'desc')
  expect(await rows.executeTakeFirst()).toMatchObject({
    reason: 'training',
    status: 'used',
    asked_by: agent,
    decided_by: idOf('supervisor'),
  })
})

test('a queue is needed by callers who ring or talk too: they may be back', async () => {
  const admission = 'admission' as QueueId
  const agent = await onShift()
  expect(service.hasWaiting(admission)).toBe(false)
  const call = await rings(agent)
  expect(service.hasWaiting(admission)).toBe(true)
  service.agents.accept(agent, service.desk(agent).offer?.id as OfferId)
  expect(service.hasWaiting(admission)).toBe(true)
  media.push({ type: 'callerHungUp', call, cause: 16, at: clock.now() })
  expect(service.hasWaiting(admission)).toBe(false)
  service.agents.wrapUp(agent, { outcome: 'resolved', topics: ['01'], note: '' }, 'available')
  service.agents.signOff(agent)
})

test('a day is told interval by interval, with cause, actor, limit and call', async () => {
  const agent = await onShift('other agent')
  clock.advance(MINUTE)
  const call = await talked(agent)
  clock.advance(MINUTE / 2)
  await ask('supervisor', 'POST', `/agents/${agent}/break`, { reason: 'rest' })
  service.agents.wrapUp(agent, { outcome: 'resolved', topics: ['01'], note: '' }, 'available')
  clock.advance(20 * MINUTE)
  await settled()
  const { body } = await ask('supervisor', 'GET', `/agents/${agent}/timeline?day=${tashkentDay(clock.now())}`)
  const { intervals } = body as AgentDay
  expect(intervals.slice(-4)).toMatchObject([
    { status: 'onBreak', reason: 'justSignedIn', cause: 'agent', byName: 'other agent' },
    { status: 'talking', cause: 'agent', byName: 'other agent', call },
    { status: 'wrapUp', cause: 'callEnded', byName: null, call },
    { status: 'onBreak', reason: 'rest', cause: 'agent', endedAt: null },
  ])
  const rest = intervals.at(-1)
  expect(rest?.limitAt).toBe((rest?.startedAt ?? 0) + 15 * MINUTE)
})

test('the rules of agents’ time are changed by the administrator, and hold at once', async () => {
  const before = (await ask('agent', 'GET', '/agent-time')).body as AgentTime
  expect(before).toMatchObject({ wrapUpSeconds: 60, wrapUpExtensionsMax: 2 })
  const [rest] = before.breaks
  const changed = { ...before, wrapUpSeconds: 90, breaks: [rest, { ...rest, code: 'walk', limitMinutes: 5 }] }
  expect((await ask('supervisor', 'PUT', '/agent-time', changed)).status).toBe(403)
  const twice = { ...changed, breaks: [rest, rest] }
  const refused = await ask('administrator', 'PUT', '/agent-time', twice)
  expect(refused.body).toMatchObject({
    code: 'settingsHaveProblems',
    problems: [{ row: 'rest', field: 'code', code: 'taken' }],
  })
  const saved = (await ask('administrator', 'PUT', '/agent-time', changed)).body as AgentTime
  const { wrapUpSeconds, breaks } = changed
  expect(saved).toMatchObject({ wrapUpSeconds, breaks })
  // Days on which they were taken are still read with their names.
  expect(saved.earlierBreaks).toContainEqual({ code: 'lunch', names: { uz: 'Tushlik', ru: 'Обед' } })
  const late = await ask('administrator', 'PUT', '/agent-time', changed)
  expect(late.body).toMatchObject({ code: 'changedMeanwhile' })

  const agent = await onShift()
  expect((await ask('agent', 'POST', '/desk/break', { reason: 'walk' })).body).toMatchObject({
    breakReason: 'walk',
    limitAt: clock.now() + 5 * MINUTE,
  })
  expect((await ask('agent', 'POST', '/desk/break', { reason: 'lunch' })).status).toBe(404)
  await talked(agent)
  expect((await ask('agent', 'GET', '/desk')).body).toMatchObject({
    limitAt: clock.now() + 90_000,
    extensions: 0,
  })
  expect((await ask('agent', 'POST', '/desk/call/more-time')).body).toMatchObject({
    limitAt: clock.now() + 150_000,
    extensions: 1,
  })
  expect((await readAgentTime(db, log)).rules).toEqual(service.shifts.rules)
})

test('who is not among those that call outside is offered no number, and is refused one', async () => {
  const agent = await onShift()
  await talked(agent)
  expect((await ask('agent', 'GET', '/desk/targets')).body.dialling).toMatchObject({ allowed: ['+998'] })
  const { body } = await ask('administrator', 'GET', '/dialling-rules')
  const rules = { ...body.rules, callers: [idOf('other agent')] }
  const named = await ask('administrator', 'PUT', '/dialling-rules', { basedOn: body.changedAt, rules })
  expect(named.body).toMatchObject({ rules })
  expect((await ask('agent', 'GET', '/desk/targets')).body.dialling).toBeNull()
  const refused = await ask('agent', 'POST', '/desk/call/consult', { number: '+998901234567' })
  expect(refused).toMatchObject({ status: 403, body: { code: 'notAllowed' } })
  expect((await ask('other agent', 'GET', '/desk/targets')).body.dialling).not.toBeNull()
})
