/**
 * The database breaks at the n-th moment of a registration, and of every kind of move, for n = 1 until none is left.
 * Whatever broke, the person sends the same form again; then the appeal is there once, with its number and one event.
 */
import { Kysely, PostgresDialect } from 'kysely'
import { expect, test } from 'vitest'
import type { AppealCard, MoveAppeal } from '#contract/appeals.ts'
import { APPEAL_ACTIONS, type AppealAction } from '#core/appeals/appeal-status.ts'
import { APPEAL_CHECKS } from '#core/appeals/checklist.ts'
import { missingFields } from '#core/appeals/move-fields.ts'
import { moveProblem } from '#core/appeals/move-rules.ts'
import type { AppealId } from '#core/lib/ids.ts'
import { seededRandom } from '#core/lib/seeded-random.ts'
import { tashkentDay } from '#core/lib/time.ts'
import type { Database } from '../database/schema.ts'
import { testDatabase } from '../database/test-database.ts'
import { failingAt, failingPool } from './failing-pool.ts'
import { appealService } from './service.ts'
import { aMove, anAppeal, type Person, testOffice } from './test-office.ts'

const { db, pool } = await testDatabase()
const { appeals, clock, log, people, register } = await testOffice(db)
const SEED = Number(process.env.SEED ?? 20_261_125)
/** More moments than any of these has. */
const MOMENTS_MAX = 200
const LIVES = 15
const MOVES_A_LIFE = 12
/** The citizen may take it back at any time, and then nothing more happens to it. */
const TAKEN_BACK_SHARE = 0.05

const serviceOn = (broken: { pool: ConstructorParameters<typeof PostgresDialect>[0]['pool'] }) =>
  appealService({
    db: new Kysely<Database>({ dialect: new PostgresDialect({ pool: broken.pool }) }),
    log,
    now: () => clock.now,
  })

async function numbersAreWhole(): Promise<void> {
  const rows = await db.selectFrom('appeals').select(['year', 'sequence']).orderBy('sequence').execute()
  for (const year of new Set(rows.map((row) => row.year))) {
    const of = rows.filter((row) => row.year === year).map((row) => row.sequence)
    expect(of, `numbers of ${year}`).toEqual(of.map((_, index) => index + 1))
  }
  const counters = await db.selectFrom('appeal_counters').select(['year', 'last']).execute()
  for (const { year, last } of counters) expect(rows.filter((row) => row.year === year)).toHaveLength(last)
}

/** Steps, events and the status say the same. */
async function storyIsWhole(id: string): Promise<void> {
  const card = await appeals.card(id as AppealId, people.officer)
  expect(card.moves.map(({ place }) => place)).toEqual(card.moves.map((_, index) => index + 1))
  expect(card.moves.at(-1)?.to).toBe(card.status)
  for (const [index, move] of card.moves.entries())
    expect(move.from).toBe(index === 0 ? 'draft' : card.moves[index - 1]?.to)
  expect(card.timeline, 'an event for each move').toHaveLength(card.moves.length)
}

test('a registration that breaks at its n-th moment and is sent again is there once, without a gap', async () => {
  let moment = 1
  for (; moment < MOMENTS_MAX; moment++) {
    const broken = failingAt(pool, moment)
    const form = anAppeal({ citizen: { name: `Fuqaro ${moment}` }, topic: '01' })
    const first = await serviceOn(broken)
      .register(form, people.agent)
      .catch(() => undefined)
    if (broken.failures() === 0) break
    const card = await appeals.register(form, people.agent)
    if (first) expect(card.number, 'the number that was told stays').toBe(first.number)
    await numbersAreWhole()
    await storyIsWhole(card.id)
  }
  expect(moment, 'every statement was broken before and after').toBeGreaterThan(20)
  expect(moment).toBeLessThan(MOMENTS_MAX)
  const kept = await db.selectFrom('appeals').select('request_key').execute()
  expect(new Set(kept.map((row) => row.request_key)).size).toBe(kept.length)
})

const MOVES: [MoveAppeal['action'], Person, MoveAppeal['details']][] = [
  ['classify', 'editor', { kind: 'proposal', topic: '01' }],
  ['extend', 'officer', { reason: 'Arxiv', signatory: 'Direktor' }],
  ['merge', 'editor', {}],
]

test.each(MOVES)(
  '%s that breaks at its n-th moment and is sent again was done once',
  async (action, by, told) => {
    const into = action === 'merge' ? (await register()).id : undefined
    let moment = 1
    for (; moment < MOMENTS_MAX; moment++) {
      const { id } = await register()
      const broken = failingAt(pool, moment)
      const form = aMove({ action, details: { ...told, ...(into && { into }) } })
      await serviceOn(broken)
        .move(id as AppealId, form, people[by])
        .catch(() => undefined)
      if (broken.failures() === 0) break
      const card = await appeals.move(id as AppealId, form, people[by])
      expect(card.version).toBe(2)
      await storyIsWhole(id)
    }
    expect(moment).toBeGreaterThan(20)
    expect(moment).toBeLessThan(MOMENTS_MAX)
  },
)

test(`in any order of moves, with a database that breaks, no story has a hole (seed ${SEED})`, async () => {
  const random = seededRandom(SEED)
  const pick = <T>(set: readonly T[]): T => set[Math.floor(random() * set.length)] as T
  const shaky = serviceOn(failingPool(pool, SEED, 0.02))
  const target = await register({ citizen: { name: 'Birinchi fuqaro' } })
  const been = new Set<string>()
  for (let life = 0; life < LIVES; life++) {
    const topic = pick(['01', '02', '03', null] as const)
    const { id } = await register({ topic, kind: pick(['application', 'proposal', 'complaint'] as const) })
    for (let step = 0; step < MOVES_A_LIFE; step++) {
      const card = await appeals.card(id as AppealId, people.officer)
      const possible = movesPossible(card).filter(
        ({ action }) => action !== 'withdraw' || random() < TAKEN_BACK_SHARE,
      )
      if (possible.length === 0) break
      const { action, by } = pick(possible)
      const form = aMove({
        action: action as MoveAppeal['action'],
        version: card.version,
        details: toldWith(action, pick, target.id),
      })
      const moved = await shaky.move(id as AppealId, form, by).catch(() => undefined)
      const again = moved ?? (await appeals.move(id as AppealId, form, by).catch(() => undefined))
      if (again) expect(again.moves.at(-1)).toMatchObject({ action, by: by.id })
      if (random() < 0.2) clock.now += 3_600_000 * 30 * random()
    }
    await storyIsWhole(id)
    for (const { to } of (await appeals.card(id as AppealId, people.officer)).moves) been.add(to)
  }
  await numbersAreWhole()
  expect(been.size, 'lives go many ways').toBeGreaterThan(8)
})

/** Who may do what with it now. */
function movesPossible(card: AppealCard) {
  return Object.values(people).flatMap((by) =>
    APPEAL_ACTIONS.filter(
      (action) => moveProblem(card, action, by, tashkentDay(clock.now)) === undefined,
    ).map((action) => ({ action, by })),
  )
}

/** Everything any move needs; what this one does not need is left out. */
function toldWith(
  action: AppealAction,
  pick: <T>(set: readonly T[]) => T,
  into: string,
): MoveAppeal['details'] {
  const all: Required<MoveAppeal['details']> = {
    kind: pick(['application', 'complaint', 'proposal'] as const),
    topic: pick(['01', '02', '03'] as const),
    text: 'Tahrirlangan matn',
    reason: 'Sabab',
    signatory: 'Direktor',
    authority: 'Vazirlik',
    ground: 'anonymous',
    conclusion: 'Xulosa',
    into,
    incomingNumber: 'K-1',
    executors: ['Yuridik boʻlim', 'Test boʻlimi'],
    result: pick(['satisfied', 'refused'] as const),
    reply: 'Javob',
    medium: 'phone',
    addition: 'Qoʻshimcha',
    checked: [...APPEAL_CHECKS],
  }
  const needed = missingFields(action, {})
  return Object.fromEntries(Object.entries(all).filter(([field]) => needed.some((one) => one === field)))
}
