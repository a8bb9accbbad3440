/**
 * Chance: callers come, give up, are offered, missed, transferred, returned, passed on and asked for a message, and the
 * server dies now and then. Whatever happened, each stay in a queue is a row that ended for one reason, the rows of each
 * queue add up to what its engine counted, and who waited waits on in his order.
 */
import { beforeAll, expect, test } from 'vitest'
import type { AgentId, CallId, OfferId, QueueId } from '#core/lib/ids.ts'
import { seededRandom } from '#core/lib/seeded-random.ts'
import { defaultQueueSettings, type QueueSettings } from '#core/routing/queue-settings.ts'
import { QUEUE_EXITS, type QueueExit, type WaitingCall } from '#core/routing/routing-events.ts'
import { type TestDatabase, testDatabase } from '../database/test-database.ts'
import { Refusal } from '../errors.ts'
import type { CallEvent } from './events.ts'
import type { Standing } from './ports.ts'
import { TestLives } from './test-lives.ts'
import { type TestStage, testStage } from './test-stage.ts'

const RUNS = 8
const LIVES = 4
const STEPS_A_LIFE = 90
const AGENTS = 3
const [ADMISSION, TECH, RESULTS] = ['admission', 'tech', 'results'] as QueueId[] as [
  QueueId,
  QueueId,
  QueueId,
]
const QUEUES = [ADMISSION, TECH, RESULTS]
const SETTINGS: QueueSettings[] = [
  {
    ...defaultQueueSettings(ADMISSION),
    tooLong: { waitSecondsMax: 90, then: { do: 'overflow', to: RESULTS } },
    missesBeforeUnavailable: 2,
  },
  { ...defaultQueueSettings(TECH), full: { waitingMax: 2, then: { do: 'overflow', to: RESULTS } } },
  {
    ...defaultQueueSettings(RESULTS),
    order: 'ringAll',
    full: { waitingMax: 2, then: { do: 'takeMessage' } },
    tooLong: { waitSecondsMax: 120, then: { do: 'hangUp' } },
  },
]
const WRAP_UP = { outcome: 'resolved' as const, topics: [], note: '' }
/** What chance has to have tried, or it proves nothing. */
const MUST_HAPPEN = [
  ...['answered', 'abandoned', 'shortAbandoned', 'messageLeft', 'overflowed', 'timedOut', 'saturated'].map(
    (reason) => `callLeftQueue ${reason}`,
  ),
  'callLeftQueue abandoned later',
  'offerEnded missed',
  'offerEnded declined',
  'offerEnded failed',
  'offerEnded withdrawn serverLost',
  'callTransferred queue',
  'callTransferred agent',
  'callOpenedToAll',
  'returnedToQueue',
  'messageLeft',
]

let db: TestDatabase['db']
let lives: TestLives

beforeAll(async () => {
  db = (await testDatabase()).db
  lives = new TestLives(db, QUEUES)
})

test('in any order of events, over several lives of the server, every stay in a queue has its one reason and every place is kept', async () => {
  const told = new Set<string>()
  for (let seed = 1; seed <= RUNS; seed++) {
    const run = new Run(seed, told)
    await run.begin()
    for (let life = 0; life < LIVES; life++) {
      const where = `seed ${seed}, life ${life}`
      if (life > 0) {
        const { before, after } = await run.dieAndComeBack()
        expect(after, where).toEqual(before)
      }
      for (let step = 0; step < STEPS_A_LIFE; step++) await run.somethingHappens()
      await run.write()
      await mustAddUp(run, where)
    }
    await lives.closeAll()
  }
  for (const must of MUST_HAPPEN) expect([...told].sort()).toContain(must)
})

class Run {
  t: TestStage = testStage()
  readonly calls: CallId[] = []
  readonly #random: () => number
  readonly #told: Set<string>
  /** What was left for a reason, by the books of the servers: engines, and those who looked afterwards. */
  readonly #exits = new Map<string, number>()
  readonly #lastQueues = new Map<CallId, QueueId>()
  readonly agents: AgentId[] = []

  constructor(seed: number, told: Set<string>) {
    this.#random = seededRandom(seed)
    this.#told = told
  }

  async begin(): Promise<void> {
    this.t.stage.routing.route({ type: 'queuesChanged', queues: SETTINGS })
    for (let n = 0; n < AGENTS; n++) this.agents.push(await this.t.agent(await lives.hire()))
  }

  /**
   * While nobody watches some give up, of some the engine takes a message, and some wait too long. The others, in their
   * order before and after, with whom they wait for.
   */
  async dieAndComeBack(): Promise<{ before: string[]; after: string[] }> {
    this.#countExits()
    const before = linesOf(this.t)
    const leave = new Set(before.filter(() => this.#random() < 0.3).map(({ call }) => call))
    const messages = [...leave].filter(() => this.#random() < 0.5)
    const standing = (same: Standing) => ({
      ...same,
      calls: same.calls.filter(({ call }) => !leave.has(call)),
      alone: messages,
    })
    this.t = await lives.next(this.t, {
      standing,
      prepare: (t) => t.stage.routing.route({ type: 'queuesChanged', queues: SETTINGS }),
    })
    const isKept = (waiting: WaitingCall) =>
      !leave.has(waiting.call) && !isOverdue(waiting, this.t.clock.now())
    const stayed = before.filter(isKept)
    const known = new Set(stayed.map(({ call }) => call))
    const after = linesOf(this.t).filter(({ call }) => known.has(call))
    for (const call of messages) this.#messageLeft(call)
    return { before: stayed.map(forWhom), after: after.map(forWhom) }
  }

  async somethingHappens(): Promise<void> {
    const { t } = this
    // No two things happen in one millisecond, or their order is anybody's guess.
    t.clock.advance(1 + Math.floor(this.#random() * 3_000))
    try {
      await this.#pick(this.#actions())()
    } catch (error) {
      // What is asked for at the wrong moment is refused with a code; anything else is our mistake.
      if (!(error instanceof Refusal)) throw error
    }
    await t.settle()
  }

  async write(): Promise<void> {
    for (const event of this.t.events) this.#told.add(storyOf(event))
    for (const event of this.t.events)
      if (event.type === 'callLeftQueue' && event.leftAt !== undefined)
        this.#count(`${event.queue} ${event.reason}`, 1)
    await lives.write(this.t)
  }

  /** So many callers, by the books of all servers so far. */
  left(queue: QueueId, reason: QueueExit): number {
    const now = this.t.stage.engine.counts().get(queue)?.[reason] ?? 0
    return (this.#exits.get(`${queue} ${reason}`) ?? 0) + now
  }

  #actions(): (() => unknown)[] {
    const { t } = this
    const agent = this.#pick(this.agents)
    const desk = t.stage.book.desks.get(agent)
    const call = this.#pick([...t.stage.calls.keys()])
    const offer = desk?.offer?.id as OfferId
    return [
      async () => await this.#arrives(),
      async () => await this.#arrives(),
      async () => await this.#arrives(),
      async () => call && (await t.hangUp(call)),
      async () => call && (await t.press(call, '2')),
      () => t.clock.advance(Math.floor(this.#random() * 40_000)),
      () => t.media.push({ type: 'lineDown', agent, cause: 0, at: t.clock.now() }),
      async () => await t.lineUp(agent),
      () => t.agents.accept(agent, offer),
      () => t.agents.accept(agent, offer),
      () => t.agents.accept(agent, offer),
      () => t.agents.decline(agent, offer),
      () => t.agents.becomeAvailable(agent),
      () => t.agents.becomeAvailable(agent),
      () => t.agents.wrapUp(agent, WRAP_UP, 'available'),
      async () => await t.agents.end(agent),
      () => t.talks.transfer(agent, { queue: this.#pick([TECH, RESULTS]) }),
      () => t.talks.transfer(agent, { agent: this.#pick(this.agents) }),
      () => t.talks.returnToQueue(agent),
      () => this.#messagesEnd(),
    ]
  }

  async #arrives(): Promise<void> {
    const call = lives.aCall()
    this.calls.push(call)
    await this.t.waiting(call, lives.aNumber())
  }

  #messagesEnd(): void {
    for (const { id, stage } of this.t.stage.calls.values())
      if (stage === 'takingMessage') this.#messageLeft(id)
  }

  #messageLeft(call: CallId): void {
    const { clock, media } = this.t
    const at = clock.now()
    const legs = { citizen: `${call}.citizen.alaw`, agent: `${call}.agent.alaw` }
    const times = { arrivedAt: at - 60_000, endedAt: at, messageFromSeconds: 30 }
    const message = { call, trunk: 'demo' as never, did: '1195', caller: { from: '' }, legs, ...times }
    // Of one whom the last server left waiting nobody but his row knows in which queue.
    const queue = this.t.stage.calls.has(call) ? undefined : this.#lastQueues.get(call)
    media.push({ type: 'messageLeft', message, at })
    if (queue) this.#count(`${queue} messageLeft`, 1)
  }

  #countExits(): void {
    for (const [queue, counts] of this.t.stage.engine.counts())
      for (const reason of QUEUE_EXITS) this.#count(`${queue} ${reason}`, counts[reason])
    for (const { call, queue } of linesOf(this.t)) this.#lastQueues.set(call, queue)
  }

  #count(key: string, by: number): void {
    this.#exits.set(key, (this.#exits.get(key) ?? 0) + by)
  }

  #pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.#random() * list.length)] as T
  }
}

async function mustAddUp(run: Run, where: string): Promise<void> {
  const rows = await db
    .selectFrom('queue_visits')
    .innerJoin('calls', 'calls.id', 'queue_visits.call')
    .select(['call', 'queue_visits.queue', 'entered_at', 'left_at', 'reason', 'ended_at'])
    .where('call', 'in', [...run.calls, 'ffffffff-0000-4000-8000-000000000000' as CallId])
    .orderBy('entered_at')
    .orderBy('left_at')
    .execute()
  const open = rows.filter(({ left_at }) => left_at === null)
  expect(open.map(({ call, queue }) => `${call} ${queue}`).sort(), where).toEqual(
    linesOf(run.t)
      .map(({ call, queue }) => `${call} ${queue}`)
      .sort(),
  )
  expect(
    rows.filter(({ ended_at, left_at }) => ended_at && !left_at),
    `${where}: stays that no call ended`,
  ).toEqual([])
  const byCall = Map.groupBy(rows, ({ call }) => call)
  for (const [call, stays] of byCall)
    stays.forEach(({ left_at }, n) => {
      const next = stays[n + 1]
      if (next) expect(left_at?.getTime(), `${where}: ${call}`).toBeLessThanOrEqual(+next.entered_at)
    })
  const closed = rows.map(({ queue, reason }) => `${queue} ${reason}`)
  for (const queue of QUEUES)
    for (const reason of QUEUE_EXITS) {
      const key = `${queue} ${reason}`
      expect(closed.filter((row) => row === key).length, `${where}: ${key}`).toBe(run.left(queue, reason))
    }
  await offersMustBeThere(run, where)
}

async function offersMustBeThere({ agents, t }: Run, where: string): Promise<void> {
  const open = db.selectFrom('offers').select('id').where('ended_at', 'is', null)
  const rows = await open.where('agent', 'in', agents).execute()
  const ringing = [...t.stage.book.desks.values()].flatMap(({ offer }) =>
    offer && offer.askedBy === undefined ? [offer.id] : [],
  )
  expect(rows.map(({ id }) => id).sort(), where).toEqual(ringing.sort())
}

/** Whoever waits or is being offered, in the order of their turn. */
function linesOf({ stage }: TestStage): WaitingCall[] {
  const { offers, waiting } = stage.engine.snapshot()
  const offered = new Map(offers.map((offer) => [offer.waiting.call, offer.waiting]))
  return [...waiting, ...offered.values()].sort((a, b) => a.turn - b.turn || a.ordinal - b.ordinal)
}

/** His queue keeps him no longer. */
function isOverdue({ enteredAt, queue }: WaitingCall, now: number): boolean {
  const { tooLong } = SETTINGS.find((settings) => settings.queue === queue) ?? {}
  return tooLong !== undefined && now - enteredAt >= tooLong.waitSecondsMax * 1000
}

function forWhom({ call, only }: WaitingCall): string {
  return only ? `${call} for ${only}` : call
}

function storyOf(event: CallEvent): string {
  switch (event.type) {
    case 'callLeftQueue':
      return `${event.type} ${event.reason}${event.leftAt === undefined ? '' : ' later'}`
    case 'offerEnded':
      return `${event.type} ${event.as}${event.because === 'serverLost' ? ' serverLost' : ''}`
    case 'callTransferred':
      return `${event.type} ${Object.keys(event.to)[0]}`
    default:
      return event.type
  }
}
