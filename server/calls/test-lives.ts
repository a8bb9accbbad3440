/** Several lives of a server on one real database, for tests of what the next one finds. */
import type { AgentId, CallId, QueueId } from '#core/lib/ids.ts'
import { fluentIn } from '#core/routing/skill-rules.ts'
import type { TestDatabase } from '../database/test-database.ts'
import { adoptStanding } from './adoption.ts'
import type { Standing } from './ports.ts'
import { writeEvents } from './projection.ts'
import { type TestStage, testStage } from './test-stage.ts'

const AWAY_MS = 30_000
const hooks = {
  callEnded: async () => undefined,
  messageLeft: async () => undefined,
  citizenLostByUs: async () => undefined,
  callDisputed: async () => undefined,
  citizenNamed: async () => undefined,
}

type Meanwhile = {
  /** Before anything is adopted: what the new server has learned by then. */
  prepare?: (t: TestStage) => void
  /** What still stands at the engine. Default: all that did. */
  standing?: (before: Standing) => Standing
}

export class TestLives {
  readonly #db: TestDatabase['db']
  readonly #queues: readonly QueueId[]
  #count = 0

  constructor(db: TestDatabase['db'], queues: readonly QueueId[]) {
    this.#db = db
    this.#queues = queues
  }

  aCall(): CallId {
    return `00000000-0000-4000-8000-${String(++this.#count).padStart(12, '0')}` as CallId
  }

  /** A number nobody else calls from. */
  aNumber(): string {
    return `+99890${String(++this.#count).padStart(7, '0')}`
  }

  async hire(): Promise<AgentId> {
    const person = { login: `person${++this.#count}`, name: 'Somebody', role: 'agent' as const }
    const added = this.#db
      .insertInto('staff_members')
      .values({ ...person, password_hash: '-', languages: ['uz'] })
    return (await added.returning('id').executeTakeFirstOrThrow()).id
  }

  profileOf(id: AgentId) {
    return { id, name: 'Somebody', queues: this.#queues, skills: fluentIn(['uz', 'ru']) }
  }

  async write(t: TestStage): Promise<void> {
    const events = t.events.splice(0).map((event) => ({ ...event, key: `lives:${++this.#count}` }))
    await writeEvents(this.#db, events, hooks)
  }

  /** The server dies after its last event and comes back a while later; lines and talks stand. */
  async next(before: TestStage, { prepare, standing = (same) => same }: Meanwhile = {}): Promise<TestStage> {
    const t = testStage()
    t.clock.advance(before.clock.now() + AWAY_MS - t.clock.now())
    t.media.setStanding(standing(await before.media.standing()))
    prepare?.(t)
    const profiles = async (ids: readonly AgentId[]) => ids.map((id) => this.profileOf(id))
    await adoptStanding(t.stage, { db: this.#db, profiles, drained: async () => undefined })
    await t.settle()
    return t
  }

  /** The next seed begins with nobody on shift, no call, and nothing that rings. */
  async closeAll(): Promise<void> {
    const ended_at = new Date(Date.UTC(2027, 0, 1))
    const intervals = this.#db.updateTable('agent_status_intervals').set({ ended_at })
    await intervals.where('ended_at', 'is', null).execute()
    const calls = this.#db.updateTable('calls').set({ ended_at, status: 'ended' })
    await calls.where('ended_at', 'is', null).execute()
    const offers = this.#db.updateTable('offers').set({ ended_at, ended_as: 'withdrawn' })
    await offers.where('ended_at', 'is', null).execute()
  }
}
