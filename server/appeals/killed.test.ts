/**
 * The process is killed (SIGKILL) in the middle of registering, before or after some statement, again and again. What was
 * in hand is sent again by the next process, as browsers do. Then every form is there once, every number that was told is
 * its number, and the numbers have no gap. `MOMENTS=all` tries every moment there is, otherwise some by the seed.
 */
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { runMigrations } from 'graphile-worker'
import { expect, test } from 'vitest'
import type { RegisterAppeal } from '#contract/appeals.ts'
import { seededRandom } from '#core/lib/seeded-random.ts'
import { testDatabase } from '../database/test-database.ts'
import type { ClerkOrders, ToldByClerk } from './clerk-to-kill.ts'
import { anAppeal, testOffice } from './test-office.ts'

const { db, connection, pool } = await testDatabase()
await runMigrations({ pgPool: pool })
const { clock, people } = await testOffice(db)
const PROGRAM = fileURLToPath(new URL('clerk-to-kill.ts', import.meta.url))
const SEED = Number(process.env.SEED ?? 20_261_126)
const FORMS_A_ROUND = 5
/** More than a group has: a process that gets so far is done. */
const MOMENTS_MAX = 60
const ROUNDS = 5
/** So late that nobody is killed. */
const NEVER = 1_000_000
const TEST_MS = 120_000

async function clerk(forms: RegisterAppeal[], moment: number) {
  const orders: ClerkOrders = { connection, by: people.agent, now: clock.now, forms, moment }
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(orders)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = new Promise<NodeJS.Signals | null>((resolve) =>
    child.once('exit', (_code, signal) => resolve(signal)),
  )
  const lines = (await text(child.stdout)).split('\n').filter(Boolean)
  return {
    isKilled: (await exited) === 'SIGKILL',
    told: lines.map((line) => JSON.parse(line) as ToldByClerk),
  }
}

async function mustBeWhole(numbers: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('appeals')
    .innerJoin('appeal_words', 'appeal_words.appeal', 'appeals.id')
    .select(['number', 'sequence', 'request_key'])
    .orderBy('sequence')
    .execute()
  expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, index) => index + 1))
  const counters = await db.selectFrom('appeal_counters').select('last').execute()
  expect(counters.reduce((sum, { last }) => sum + last, 0)).toBe(rows.length)
  const steps = await db.selectFrom('appeal_steps').select('id').execute()
  const events = await db.selectFrom('events').select('id').where('type', '=', 'appealRegistered').execute()
  const told = await db.selectFrom('messages').select('id').where('kind', '=', 'appealRegistered').execute()
  const { rows: toSend } = await pool.query('select from graphile_worker.jobs')
  const parts = [steps, events, told, toSend].map(({ length }) => length)
  expect(parts, 'each with its step, its event, its message and the work that sends it').toEqual(
    parts.map(() => rows.length),
  )
  const kept = new Map(rows.map(({ request_key, number }) => [request_key, number]))
  expect(kept.size).toBe(rows.length)
  for (const [key, number] of numbers) expect(kept.get(key), 'what was told is kept').toBe(number)
  return kept
}

test(`whenever the process is killed, no number is missing, twice there, or told and lost (seed ${SEED})`, {
  timeout: TEST_MS,
}, async () => {
  const random = seededRandom(SEED)
  const told = new Map<string, string>()
  const all: RegisterAppeal[] = []
  let inHand: RegisterAppeal[] = []
  let killed = 0
  const isAll = process.env.MOMENTS === 'all'
  for (let round = 1; round <= (isAll ? MOMENTS_MAX : ROUNDS); round++) {
    const fresh = Array.from({ length: FORMS_A_ROUND }, (_, n) =>
      anAppeal({
        citizen: { name: `Fuqaro ${round}`, number: `9012345${10 + n}` },
        telephone: `9012345${10 + n}`,
        topic: '01',
      }),
    )
    all.push(...fresh)
    const moment = isAll ? round : 1 + Math.floor(random() * 26)
    const forms = [...inHand, ...fresh]
    const one = await clerk(forms, moment)
    for (const { key, number } of one.told) told.set(key, number)
    const kept = await mustBeWhole(told)
    // Whose answer was lost is among those: he sends the same form, and gets the number it had.
    inHand = forms.filter(({ requestKey }) => !told.has(requestKey))
    if (one.isKilled) killed++
    else expect(inHand, 'nobody is left out').toEqual([])
    if (isAll && !one.isKilled) break
    expect(kept.size).toBeLessThanOrEqual(all.length)
  }
  expect(killed).toBeGreaterThan(isAll ? 20 : 2)
  for (const { key, number } of (await clerk(all, NEVER)).told) told.set(key, number)
  expect((await mustBeWhole(told)).size, 'each form once').toBe(all.length)
})
