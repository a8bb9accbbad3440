import { beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import type {
  AgentId,
  CallbackId,
  CallId,
  CitizenId,
  OfferId,
  QueueId,
  TopicCode,
  TrunkId,
} from '#core/lib/ids.ts'
import { numberNamed } from '../citizens/service.ts'
import { type TestDatabase, testDatabase } from '../database/test-database.ts'
import { callCard } from './call-card.ts'
import type { CallEvent } from './events.ts'
import { writeEvents } from './projection.ts'
import { listCalls, unfinishedCalls } from './store.ts'

const HOUR = Date.UTC(2026, 10, 23, 9)
const queue = 'admission' as QueueId
const topic = '01' as TopicCode

let t: TestDatabase
let agent: AgentId
let ended: CallId[] = []
const messages: CallId[] = []
const lost: CallId[] = []
const disputed: CallId[] = []

beforeAll(async () => {
  t = await testDatabase()
  const staff = {
    login: 'dilnoza',
    name: 'Dilnoza',
    role: 'agent' as const,
    languages: ['uz' as const],
    password_hash: '-',
  }
  agent = (await t.db.insertInto('staff_members').values(staff).returning('id').executeTakeFirstOrThrow()).id
  await t.db
    .insertInto('topics')
    .values({
      code: topic,
      parent: null,
      level: 1,
      names: '{"uz":"a","ru":"b"}',
      default_kind: null,
    })
    .execute()
})

let keys = 0
async function happened(...events: [seconds: number, event: CallEvent][]): Promise<void> {
  const recorded = events.map(([seconds, event]) => ({
    ...event,
    at: HOUR + seconds * 1000,
    key: `test:${keys++}`,
  }))
  await writeEvents(t.db, recorded, {
    callEnded: async (_trx, call) => void ended.push(call),
    messageLeft: async (_trx, call) => void messages.push(call),
    citizenLostByUs: async (_trx, call) => void lost.push(call),
    callDisputed: async (_trx, call) => void disputed.push(call),
    citizenNamed: numberNamed,
  })
}

const arrived = (call: CallId): CallEvent => ({
  type: 'callArrived',
  call,
  node: 'n1',
  trunk: 'demo' as TrunkId,
  did: '1195',
  caller: { raw: '998901234567', e164: '+998901234567', confidence: 'high' },
  legs: { citizen: `/spool/${call}.citizen.alaw`, agent: `/spool/${call}.agent.alaw` },
})

test('a call from ring to wrap-up leaves its row, its talk time and its story', async () => {
  const call = '00000000-0000-4000-8000-000000000001' as CallId
  const offer = `${call}.1.1` as OfferId
  ended = []
  await happened(
    [0, arrived(call)],
    [2, { type: 'callAnswered', call }],
    [3, { type: 'menuStepped', call, path: ['language:uz'], keys: '1', language: 'uz' }],
    [5, { type: 'callQueued', call, queue, language: 'uz', topic, position: 1 }],
    [6, { type: 'callOffered', call, offer, agent }],
    [8, { type: 'callLeftQueue', call, queue, reason: 'answered', waitedMs: 3000 }],
    [8, { type: 'offerEnded', call, offer, agent, as: 'answered' }],
    [8, { type: 'callConnected', call, agent }],
    [18, { type: 'callHeld', call, agent }],
    [20, { type: 'callResumed', call, agent }],
    [38, { type: 'callEnded', call, endedBy: 'citizen', talkSeconds: 28, holdSeconds: 2, cause: 16 }],
    [
      50,
      {
        type: 'callWrappedUp',
        call,
        agent,
        outcome: 'disputed',
        topics: [topic],
        note: 'Quotes "; drop table calls',
      },
    ],
  )
  expect(disputed, 'somebody is told that it is disputed').toEqual([call])
  const card = await callCard(t.db, call)
  expect(card).toMatchObject({
    status: 'ended',
    number: '+998 90 123 45 67',
    keys: '1',
    path: ['language:uz'],
    waitSeconds: 3,
    talkSeconds: 28,
    outcome: 'disputed',
    note: 'Quotes "; drop table calls',
    topics: [{ code: topic }],
    offers: [{ agentName: 'Dilnoza', endedAs: 'answered' }],
    recordingCard: { status: 'recording' },
  })
  expect(
    card?.talk.map(({ startedAt, endedAt }) => [startedAt, endedAt].map((at) => ((at ?? 0) - HOUR) / 1000)),
  ).toEqual([
    [8, 18],
    [20, 38],
  ])
  expect(card?.timeline.map(({ type }) => type)).toHaveLength(12)
  const recording = await t.db
    .selectFrom('recordings')
    .select('expected_seconds')
    .where('call', '=', call)
    .executeTakeFirst()
  expect(recording?.expected_seconds).toBeCloseTo(38)
  expect(ended).toEqual([call])
})

test('a wrap-up that names a citizen who is not there keeps everything else', async () => {
  const call = '00000000-0000-4000-8000-000000000005' as CallId
  const citizen = '00000000-0000-4000-8000-00000000dead' as CitizenId
  const wrapUp = { type: 'callWrappedUp', call, agent, outcome: 'resolved', topics: [topic] } as const
  await happened([0, arrived(call)], [50, { ...wrapUp, note: 'Kept', citizen }])
  expect(await callCard(t.db, call)).toMatchObject({ outcome: 'resolved', note: 'Kept', citizen: null })
})

test('a wrap-up that names a citizen says that the number is one he calls from', async () => {
  const call = '00000000-0000-4000-8000-000000000006' as CallId
  const card = { name: 'Gulnora Rahimova', language: null }
  const { id } = await t.db.insertInto('citizens').values(card).returning('id').executeTakeFirstOrThrow()
  const wrapUp = { type: 'callWrappedUp', call, agent, outcome: 'resolved', topics: [topic] } as const
  await happened([0, arrived(call)], [50, { ...wrapUp, note: '', citizen: id }])
  expect(await callCard(t.db, call)).toMatchObject({ citizen: { id, name: 'Gulnora Rahimova' } })
  const numbers = t.db.selectFrom('citizen_numbers').select(['e164', 'standing']).where('citizen_id', '=', id)
  expect(await numbers.execute()).toEqual([{ e164: '+998901234567', standing: 'calledFrom' }])
})

test('an event written twice changes nothing the second time', async () => {
  const call = '00000000-0000-4000-8000-000000000002' as CallId
  const event = { ...arrived(call), at: HOUR, key: 'twice:1' }
  const hooks = {
    callEnded: async () => undefined,
    messageLeft: async () => undefined,
    citizenLostByUs: async () => undefined,
    callDisputed: async () => undefined,
    citizenNamed: async () => undefined,
  }
  await writeEvents(t.db, [event], hooks)
  await writeEvents(t.db, [event], hooks)
  const { count } = await t.db
    .selectFrom('events')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('call', '=', call)
    .executeTakeFirstOrThrow()
  expect(count).toBe('1')
  expect((await unfinishedCalls(t.db)).map(({ id }) => id)).toContain(call)
})

test('a refused call has a row with the reason and no recording', async () => {
  const call = '00000000-0000-4000-8000-000000000003' as CallId
  await happened([
    60,
    {
      type: 'callRefused',
      call,
      node: 'n1',
      did: '9999',
      caller: { raw: '\'"<b>', confidence: 'none' },
      reason: 'unknownNumber',
    },
  ])
  const [row] = await listCalls(t.db, { limit: 1 })
  expect(row).toMatchObject({
    id: call,
    status: 'refused',
    lostReason: 'refused',
    recording: null,
    number: '\'"<b>',
  })
})

test('a message left while the server was away has its row, its recording and somebody to call back', async () => {
  const call = '00000000-0000-4000-8000-000000000004' as CallId
  const { type: _, ...facts } = arrived(call) as Extract<CallEvent, { type: 'callArrived' }>
  ended = []
  const [arrivedAt, endedAt] = [HOUR + 70_000, HOUR + 90_000]
  // The server came back ten minutes later.
  await happened([690, { ...facts, type: 'messageLeft', arrivedAt, endedAt, messageFromSeconds: 9 }])
  expect(await callCard(t.db, call)).toMatchObject({
    status: 'ended',
    endedAt,
    lostReason: 'messageLeft',
    recordingCard: { status: 'recording' },
  })
  const recordings = t.db.selectFrom('recordings').select('expected_seconds').where('call', '=', call)
  expect(await recordings.executeTakeFirst()).toEqual({ expected_seconds: 20 })
  expect(messages).toEqual([call])
  expect(ended).toEqual([call])
})

test('a citizen whom we lost is told to somebody, unless he has been promised a call', async () => {
  const [owed, promised] = ['10', '11'].map((n) => `00000000-0000-4000-8000-0000000003${n}` as CallId) as [
    CallId,
    CallId,
  ]
  const loss = { type: 'citizenLostByUs', language: 'uz', since: HOUR, why: 'engineLost' } as const
  await happened(
    [0, { ...loss, call: owed, isCalledBack: false }],
    [0, { ...loss, call: promised, isCalledBack: true }],
  )
  expect(lost).toEqual([owed])
})

test('an agent’s statuses are intervals that never overlap', async () => {
  await happened(
    [0, { type: 'agentStatusChanged', agent, from: 'signedOut', to: 'onBreak', reason: 'justSignedIn' }],
    [5, { type: 'agentStatusChanged', agent, from: 'onBreak', to: 'available' }],
    [5, { type: 'agentStatusChanged', agent, from: 'available', to: 'ringing' }],
    [9, { type: 'agentStatusChanged', agent, from: 'ringing', to: 'talking' }],
    [20, { type: 'agentStatusChanged', agent, from: 'talking', to: 'signedOut' }],
  )
  const rows = await t.db
    .selectFrom('agent_status_intervals')
    .selectAll()
    .where('agent', '=', agent)
    .orderBy('started_at')
    .execute()
  expect(
    rows.map(({ status, started_at, ended_at }) => [
      status,
      (started_at.getTime() - HOUR) / 1000,
      ((ended_at?.getTime() ?? 0) - HOUR) / 1000,
    ]),
  ).toEqual([
    ['onBreak', 0, 5],
    ['ringing', 5, 9],
    ['talking', 9, 20],
  ])
})

test('the event log refuses to be changed', async () => {
  await expect(sql`update events set type = 'other'`.execute(t.db)).rejects.toThrow('append-only')
  await expect(sql`delete from events`.execute(t.db)).rejects.toThrow('append-only')
  await expect(sql`truncate events`.execute(t.db)).rejects.toThrow('append-only')
})

test('each stay in a queue is a row with its one reason, also of a caller who was not let in', async () => {
  const [overflowed, turnedAway] = [
    '00000000-0000-4000-8000-0000000000a1' as CallId,
    '00000000-0000-4000-8000-0000000000a2' as CallId,
  ]
  await happened(
    [0, arrived(overflowed)],
    [0, arrived(turnedAway)],
    [5, { type: 'callQueued', call: overflowed, queue, language: 'uz', position: 1 }],
    [9, { type: 'callLeftQueue', call: overflowed, queue, reason: 'overflowed', waitedMs: 4000 }],
    [9, { type: 'callQueued', call: overflowed, queue: 'general' as QueueId, language: 'uz', position: 1 }],
    // Taken up after a restart.
    [10, { type: 'callQueued', call: overflowed, queue: 'general' as QueueId, language: 'uz', position: 1 }],
    [12, { type: 'callLeftQueue', call: turnedAway, queue, reason: 'saturated', waitedMs: 0 }],
    [
      20,
      {
        type: 'callEnded',
        call: overflowed,
        endedBy: 'citizen',
        lost: 'abandoned',
        talkSeconds: 0,
        holdSeconds: 0,
        cause: 16,
      },
    ],
  )
  const rows = await t.db
    .selectFrom('queue_visits')
    .select(['call', 'queue', 'reason'])
    .where('call', 'in', [overflowed, turnedAway])
    .orderBy('call')
    .orderBy('entered_at')
    .execute()
  expect(rows.map(({ queue, reason }) => `${queue} ${reason}`)).toEqual([
    `${queue} overflowed`,
    'general abandoned',
    `${queue} saturated`,
  ])
})

test('a call that waits for one agent alone says so until it is anybody’s', async () => {
  const call = '00000000-0000-4000-8000-0000000000e7' as CallId
  const queued = { type: 'callQueued', call, queue, language: 'uz', position: 1 } as const
  const meantFor = async () => (await unfinishedCalls(t.db)).find(({ id }) => id === call)?.meant_for
  await happened([0, arrived(call)], [5, { ...queued, only: agent }])
  expect(await meantFor()).toBe(agent)
  await happened([6, { type: 'callOpenedToAll', call }])
  expect(await meantFor()).toBeNull()
  // Taken up after a restart: as it was, or after he has left the house.
  await happened([7, { ...queued, only: agent }])
  expect(await meantFor()).toBe(agent)
  await happened([8, queued])
  expect(await meantFor()).toBeNull()
})

test('a card read while its call ends shows it going on or ended, never half of each', async () => {
  for (let n = 0; n < 20; n++) {
    const call = `00000000-0000-4000-8000-0000000001${String(n).padStart(2, '0')}` as CallId
    await happened([0, arrived(call)], [5, { type: 'callQueued', call, queue, language: 'uz', position: 1 }])
    const ending = happened([
      9,
      {
        type: 'callEnded',
        call,
        endedBy: 'citizen',
        lost: 'abandoned',
        talkSeconds: 0,
        holdSeconds: 0,
        cause: 16,
      },
    ])
    const cards = await Promise.all(Array.from({ length: 8 }, () => callCard(t.db, call)))
    await ending
    for (const card of cards) {
      const isEnded = card?.endedAt !== null
      expect(card).toMatchObject({
        status: isEnded ? 'ended' : 'waiting',
        lostReason: isEnded ? 'abandoned' : null,
      })
      expect(card?.timeline.some(({ type }) => type === 'callEnded')).toBe(isEnded)
    }
  }
})

test('a call in which a citizen was called back knows which call it goes on with, and is talked in when it is answered', async () => {
  const [first, second] = [
    '00000000-0000-4000-8000-0000000000c7' as CallId,
    '00000000-0000-4000-8000-0000000000b2' as CallId,
  ]
  const callback = '00000000-0000-4000-8000-0000000000b3' as CallbackId
  const offer = `${callback}.1.1` as OfferId
  const moved = { type: 'callbackMoved', callback, call: first, dueAt: HOUR } as const
  await happened(
    [0, arrived(first)],
    [5, { type: 'callQueued', call: first, queue, language: 'ru', topic, position: 1 }],
    [
      9,
      {
        type: 'callbackPromised',
        callback,
        call: first,
        trunk: 'demo' as TrunkId,
        did: '1195',
        number: '+998901234567',
        queue,
        topic,
        language: 'ru',
        since: HOUR + 5000,
        priority: 0,
        reason: 'asked',
        dueAt: HOUR + 24_000,
        expiresAt: HOUR + 86_400_000,
      },
    ],
    [9, { type: 'callLeftQueue', call: first, queue, reason: 'calledBack', waitedMs: 4000 }],
    [
      15,
      {
        type: 'callEnded',
        call: first,
        endedBy: 'system',
        lost: 'calledBack',
        talkSeconds: 0,
        holdSeconds: 0,
        cause: 16,
      },
    ],
    [30, { ...moved, action: 'offer', to: 'offered', attempts: 0 }],
    [30, { type: 'callbackOffered', callback, call: first, offer, agent }],
    [33, { type: 'offerEnded', call: first, offer, agent, as: 'answered', callback }],
    [33, { ...moved, action: 'dial', to: 'dialling', attempts: 1, agent }],
    [
      40,
      {
        ...(arrived(second) as object),
        callback,
        previous: first,
        queue,
        topic,
        language: 'ru',
      } as CallEvent,
    ],
    [40, { ...moved, action: 'connect', to: 'connected', attempts: 1 }],
    [40, { type: 'callConnected', call: second, agent }],
    [40, { type: 'callAnswered', call: second }],
  )
  const card = await callCard(t.db, second)
  expect(card).toMatchObject({ previous: first, next: null, status: 'talking', queue, language: 'ru', topic })
  expect(await callCard(t.db, first)).toMatchObject({
    next: second,
    status: 'ended',
    lostReason: 'calledBack',
    offers: [{ endedAs: 'answered' }],
  })
  const row = await t.db
    .selectFrom('callbacks')
    .selectAll()
    .where('id', '=', callback)
    .executeTakeFirstOrThrow()
  expect(row).toMatchObject({ status: 'connected', attempts: 1, agent, call: first })
  expect(JSON.stringify((await callCard(t.db, first))?.timeline)).not.toContain('998901234567')
})
