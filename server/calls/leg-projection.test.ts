/** The parts of a call in the rows, and what each agent made of his. */
import { beforeAll, expect, test } from 'vitest'
import type { AgentId, CallId, CitizenId, QueueId, TopicCode, TrunkId } from '#core/lib/ids.ts'
import { type TestDatabase, testDatabase } from '../database/test-database.ts'
import { callCard } from './call-card.ts'
import { callsToClassify, countToClassify, isToClassify, readDraft, saveDraft } from './calls-to-classify.ts'
import type { CallEvent } from './events.ts'
import { writeEvents } from './projection.ts'
import { findCallAgents, listCalls, unfinishedCalls, unfinishedDesks } from './store.ts'

const HOUR = Date.UTC(2026, 10, 23, 9)
const QUEUE = 'admission' as QueueId
const TOPICS = ['01', '02'] as TopicCode[]
const DRAFT = { outcome: null, topics: [], note: 'Half', citizen: null, appeal: null, registered: [] }
const NUMBER = '+998712345678'

let t: TestDatabase
let first: AgentId
let second: AgentId
let count = 0
let keys = 0

beforeAll(async () => {
  t = await testDatabase()
  const add = async (login: string, name: string) => {
    const staff = { login, name, role: 'agent' as const, languages: ['uz' as const], password_hash: '-' }
    return (await t.db.insertInto('staff_members').values(staff).returning('id').executeTakeFirstOrThrow()).id
  }
  first = await add('dilnoza', 'Dilnoza')
  second = await add('rustam', 'Rustam')
  const names = '{"uz":"a","ru":"b"}'
  const rows = TOPICS.map((code) => ({
    code,
    parent: null,
    level: 1,
    names,
    default_kind: null,
  }))
  await t.db.insertInto('topics').values(rows).execute()
})

/** Of a call that the first agent answered at second 10. */
async function story(...events: [seconds: number, event: (call: CallId) => CallEvent][]): Promise<CallId> {
  count++
  const call = `00000000-0000-4000-8000-${String(count).padStart(12, '0')}` as CallId
  const before: typeof events = [
    [0, arrived],
    [5, queued],
    [10, (call) => ({ type: 'callConnected', call, agent: first })],
  ]
  await tell(call, ...before, ...events)
  return call
}

/** Told in this order; each only once. */
async function tell(call: CallId, ...events: [seconds: number, event: (call: CallId) => CallEvent][]) {
  const recorded = events.map(([seconds, make]) => ({
    ...make(call),
    at: HOUR + seconds * 1000,
    key: `legs:${++keys}`,
  }))
  const nothing = async () => undefined
  await writeEvents(t.db, recorded, {
    callEnded: nothing,
    messageLeft: nothing,
    citizenLostByUs: nothing,
    callDisputed: nothing,
    citizenNamed: nothing,
  })
}

const arrived = (call: CallId): CallEvent => ({
  type: 'callArrived',
  call,
  node: 'n1',
  trunk: 'demo' as TrunkId,
  did: '1195',
  caller: { raw: '998901234567', e164: '+998901234567', confidence: 'high' },
  legs: { citizen: 'c', agent: 'a' },
})
const queued = (call: CallId): CallEvent => ({
  type: 'callQueued',
  call,
  queue: QUEUE,
  language: 'uz',
  position: 1,
})
const ended = (call: CallId): CallEvent => ({
  type: 'callEnded',
  call,
  endedBy: 'citizen',
  talkSeconds: 0,
  holdSeconds: 0,
  cause: 16,
})
const consult =
  (what: 'consultStarted' | 'consultAnswered' | 'conferenceStarted') =>
  (call: CallId): CallEvent => ({
    type: what,
    call,
    agent: first,
    with: { agent: second },
  })
const consultEnded =
  (as: 'handedOver' | 'helperLeft' | 'missed') =>
  (call: CallId): CallEvent => ({
    type: 'consultEnded',
    call,
    agent: first,
    with: { agent: second },
    as,
  })
const wrapUp =
  (agent: AgentId, more: Partial<Extract<CallEvent, { type: 'callWrappedUp' }>>) => (call: CallId) =>
    ({
      type: 'callWrappedUp',
      call,
      agent,
      outcome: 'resolved',
      topics: TOPICS,
      note: '',
      ...more,
    }) as CallEvent

const handedOver: [number, (call: CallId) => CallEvent][] = [
  [20, consult('consultStarted')],
  [22, consult('consultAnswered')],
  [30, consult('conferenceStarted')],
  [40, consultEnded('handedOver')],
  [40, (call) => ({ type: 'callTransferred', call, agent: first, kind: 'attended', to: { agent: second } })],
  [40, (call) => ({ type: 'callConnected', call, agent: second })],
]

async function legs(call: CallId) {
  const card = await callCard(t.db, call)
  const at = (ms: number | null) => ms && (ms - HOUR) / 1000
  return card?.legs.map((leg) => [
    leg.name,
    leg.role,
    at(leg.startedAt),
    at(leg.endedAt),
    leg.endedAs,
    Math.round(leg.talkSeconds),
  ])
}

test('each part of a call that is handed over has its own time, and its time heard', async () => {
  const call = await story(...handedOver, [60, ended])
  expect(await legs(call)).toEqual([
    ['Dilnoza', 'agent', 10, 40, 'transferred', 20],
    ['Rustam', 'helper', 22, 40, 'handedOver', 10],
    ['Rustam', 'agent', 40, 60, 'ended', 20],
  ])
  const card = await callCard(t.db, call)
  const names = card?.timeline.filter(
    ({ type }) => type === 'callTransferred' || type === 'conferenceStarted',
  )
  expect(names?.map(({ actorName, detail }) => [actorName, detail.otherName])).toEqual([
    ['Dilnoza', 'Rustam'],
    ['Dilnoza', 'Rustam'],
  ])
})

test('what each agent made of his part stands, in whatever order they say so; the call is the last one’s', async () => {
  for (const order of ['first last', 'first first']) {
    const firsts = wrapUp(first, { outcome: 'unresolved', note: 'Handed on', topics: TOPICS.slice(0, 1) })
    const seconds = wrapUp(second, { outcome: 'explained', note: 'Settled', topics: TOPICS.slice(1) })
    const call = await story(
      ...handedOver,
      ...(order === 'first first' ? [[50, firsts] as [number, typeof firsts]] : []),
      [60, ended],
      [70, seconds],
      ...(order === 'first last' ? [[80, firsts] as [number, typeof firsts]] : []),
    )
    const card = await callCard(t.db, call)
    expect(card, order).toMatchObject({ outcome: 'explained', note: 'Settled' })
    expect(card?.topics.map(({ code }) => code)).toEqual(['02', '01'])
    expect(
      card?.legs.map(({ outcome, note, topics }) => [outcome, note, topics.map(({ code }) => code)]),
    ).toEqual([
      ['unresolved', 'Handed on', ['01']],
      [null, null, []],
      ['explained', 'Settled', ['02']],
    ])
  }
})

test('an agent who knows the citizen says so even when the call is another’s by then', async () => {
  const { id } = await t.db
    .insertInto('citizens')
    .values({ name: 'Ali' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const named = wrapUp(first, { citizen: id })
  const call = await story(...handedOver, [50, named], [60, ended], [70, wrapUp(second, {})])
  expect((await callCard(t.db, call))?.legs[0]?.outcome).toBe('resolved')
  const other = await story(...handedOver, [60, ended], [70, wrapUp(second, { citizen: id })], [80, named])
  expect((await callCard(t.db, other))?.citizen?.id).toBe(id satisfies CitizenId)
})

test('an agent who has the same call twice has two parts, and wraps up each', async () => {
  const call = await story(
    [20, (call) => ({ type: 'returnedToQueue', call, agent: first, queue: QUEUE })],
    [20, queued],
    [25, wrapUp(first, { note: 'One' })],
    [30, (call) => ({ type: 'callConnected', call, agent: first })],
    [40, ended],
    [45, wrapUp(first, { note: 'Two' })],
  )
  const card = await callCard(t.db, call)
  expect(card?.legs.map(({ endedAs, note }) => [endedAs, note])).toEqual([
    ['returned', 'One'],
    ['ended', 'Two'],
  ])
  expect(card?.note).toBe('Two')
})

test('each agent of a call that was handed over has his part to classify, whoever is first', async () => {
  const call = await story(...handedOver, [60, ended])
  const listed = async (agent: AgentId) =>
    (await callsToClassify(t.db, agent)).filter(({ id }) => id === call).map(({ endedAt }) => endedAt - HOUR)
  expect([await listed(first), await listed(second)]).toEqual([[40_000], [60_000]])

  await saveDraft(t.db, { agent: first, call, draft: DRAFT, at: new Date(HOUR + 61_000) })
  await tell(call, [65, wrapUp(second, { note: 'Second' })])
  expect([await listed(first), await listed(second)]).toEqual([[40_000], []])
  expect(await readDraft(t.db, first, call)).toMatchObject({ note: 'Half' })

  await tell(call, [70, wrapUp(first, { note: 'First' })])
  expect(await isToClassify(t.db, first, call)).toBe(false)
  expect(await readDraft(t.db, first, call)).toBeUndefined()
  expect((await callCard(t.db, call))?.note).toBe('Second')
})

test('two parts of one agent are one call to classify, until both are', async () => {
  const before = (await countToClassify(t.db)).get(first) ?? 0
  const call = await story(
    [20, (call) => ({ type: 'returnedToQueue', call, agent: first, queue: QUEUE })],
    [20, queued],
    [30, (call) => ({ type: 'callConnected', call, agent: first })],
    [40, ended],
  )
  const now = async () => [
    (await callsToClassify(t.db, first)).filter(({ id }) => id === call).length,
    ((await countToClassify(t.db)).get(first) ?? 0) - before,
  ]
  expect(await now()).toEqual([1, 1])
  await tell(call, [45, wrapUp(first, { note: 'Last' })])
  expect(await now()).toEqual([1, 1])
  await tell(call, [46, wrapUp(first, { note: 'Before' })])
  expect(await now()).toEqual([0, 0])
})

test('a call left with somebody outside is part of nobody of ours, and its number is on the card', async () => {
  const outside = { number: NUMBER }
  const call = await story(
    [20, (call) => ({ type: 'consultStarted', call, agent: first, with: outside })],
    [25, (call) => ({ type: 'consultAnswered', call, agent: first, with: outside })],
    [30, (call) => ({ type: 'consultEnded', call, agent: first, with: outside, as: 'handedOver' })],
    [30, (call) => ({ type: 'callTransferred', call, agent: first, kind: 'attended', to: outside })],
    [30, (call) => ({ type: 'outsideConnected', call, number: NUMBER })],
    [50, ended],
  )
  expect(await legs(call)).toEqual([
    ['Dilnoza', 'agent', 10, 30, 'transferred', 10],
    ['+998 71 234 56 78', 'helper', 25, 30, 'handedOver', 0],
    ['+998 71 234 56 78', 'outside', 30, 50, 'ended', 20],
  ])
})

test('whoever had a part in a call sees it, and nobody else', async () => {
  const call = await story(...handedOver, [60, ended])
  expect(new Set(await findCallAgents(t.db, call))).toEqual(new Set([first, second]))
  const other = await story([60, ended])
  const seen = await listCalls(t.db, { agent: second, limit: 50 })
  expect(seen.map(({ id }) => id)).toContain(call)
  expect(seen.map(({ id }) => id)).not.toContain(other)
  expect(await findCallAgents(t.db, '00000000-0000-4000-8000-00000000dead' as CallId)).toBeUndefined()
})

test('of a call that goes on, time in which two were heard at once is counted once', async () => {
  const call = await story(...handedOver.slice(0, 3), [40, consultEnded('helperLeft')])
  const found = (await unfinishedCalls(t.db)).find(({ id }) => id === call)
  // Ten seconds before the consultation; since second 30 they talk.
  expect(found).toMatchObject({
    talked_seconds: 10,
    talking_since: new Date(HOUR + 30_000),
    status: 'talking',
  })
  await story([60, ended])
})

test('a line that is lost while three talk leaves the call talking', async () => {
  const lost = (call: CallId): CallEvent => ({ type: 'lineLost', call, agent: first })
  const three = await story(...handedOver.slice(0, 3), [40, lost])
  const two = await story([40, lost])
  const status = new Map((await unfinishedCalls(t.db)).map(({ id, status }) => [id, status]))
  expect([status.get(three), status.get(two)]).toEqual(['talking', 'onHold'])
})

test('a desk is found with the part its agent has, or has to wrap up', async () => {
  await story(...handedOver.slice(0, 2))
  const status = (agent: AgentId, to: 'talking'): CallEvent => ({
    type: 'agentStatusChanged',
    agent,
    from: 'ringing',
    to,
  })
  await story([61, () => status(first, 'talking')], [61, () => status(second, 'talking')], [62, ended])
  const desks = await unfinishedDesks(t.db)
  expect(desks.find(({ agent }) => agent === second)?.lastCall).toMatchObject({ role: 'helper' })
  expect(desks.find(({ agent }) => agent === first)?.lastCall).toMatchObject({ role: 'agent' })
})

test('a call keeps the names of its topics from the classifier that held when it was classified', async () => {
  const version = (number: number, hours: number, name: string) => ({
    version: number,
    status: number === 2 ? ('published' as const) : ('retired' as const),
    nodes: JSON.stringify([{ code: '01', names: { uz: name, ru: name }, kind: null, queue: null }]),
    saved_by: null,
    published_at: new Date(HOUR + hours * 3_600_000),
    published_by: null,
    restored: null,
  })
  await t.db
    .insertInto('classifier_versions')
    .values([version(1, -1, 'Eski'), version(2, 1, 'Yangi')])
    .execute()
  const old = await story([60, ended], [70, wrapUp(first, { topics: ['01', '02'] as TopicCode[] })])
  const late = await story([60, ended], [7_200, wrapUp(first, { topics: ['01'] as TopicCode[] })])
  const namesOf = async (call: CallId) => (await callCard(t.db, call))?.topics.map(({ names }) => names.uz)
  // A topic that the version does not know is called as it is now.
  expect(await namesOf(old)).toEqual(['Eski', 'a'])
  expect(await namesOf(late)).toEqual(['Yangi'])
})

test('a topic that was withdrawn while an agent talked is one of the tree that last had it (4)', async () => {
  const version = (number: number, hours: number, codes: string[]) => ({
    version: number,
    status: 'retired' as const,
    nodes: JSON.stringify(codes.map((code) => ({ code, names: { uz: `${code} v${number}`, ru: '-' } }))),
    saved_by: null,
    published_at: new Date(HOUR + hours * 3_600_000),
    published_by: null,
    restored: null,
  })
  await t.db
    .insertInto('classifier_versions')
    .values([version(10, 100, ['01']), version(11, 101, ['01', '02']), version(12, 102, ['01'])])
    .execute()
  const call = await story([60, ended], [103 * 3_600, wrapUp(first, { topics: ['01', '02'] as TopicCode[] })])
  const kept = t.db.selectFrom('call_topics').select(['topic', 'classifier']).where('call', '=', call)
  expect(await kept.orderBy('topic').execute()).toEqual([
    { topic: '01', classifier: 12 },
    { topic: '02', classifier: 11 },
  ])
  expect((await callCard(t.db, call))?.topics.map(({ names }) => names.uz)).toEqual(['01 v12', '02 v11'])
})
