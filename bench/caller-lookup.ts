/**
 * Caller look-up: how long it takes until everything the desk shows of a number is known, with two hundred thousand
 * citizens and a million calls. Its peer is the least that a question to the same database can take: one row by its key.
 */
import type pg from 'pg'
import { seededRandom } from '#core/lib/seeded-random.ts'
import { lookUpCaller } from '../server/calls/caller-look-up.ts'
import { citizenService } from '../server/citizens/service.ts'
import { openDatabase } from '../server/database/pool.ts'
import type { BenchOptions } from './lib/context.ts'
import { atMost, type Measure, median, percentile } from './lib/measure.ts'
import { withDatabase } from './lib/own-database.ts'
import {
  CALLS,
  CITIZENS,
  familyNumber,
  numberOf,
  OFFICE_NUMBER,
  seedCitizens,
  unknownNumber,
} from './lib/seeded-citizens.ts'

const LOOK_UP_P99_MS = 30
const SEARCH_P95_MS = 60
const SEED = 30
const LOOK_UPS = 4_000
const SEARCHES = 300
/** As many desks ring at once. */
const AT_ONCE = 4
/** Not measured: until connections are open and the database has read what is asked for often. */
const WARM_UP = 200
const LIVE_EVENTS_PER_SECOND = 20

export async function run({ say }: BenchOptions): Promise<Measure[]> {
  return await withDatabase(async (pool) => {
    say(`Seeding ${CITIZENS} citizens and ${CALLS} calls …`)
    await seedCitizens(pool, say)
    const stop = writeLive(pool)
    try {
      return await measure(pool, say)
    } finally {
      await stop()
    }
  })
}

async function measure(pool: pg.Pool, say: (text: string) => void): Promise<Measure[]> {
  const db = openDatabase(pool)
  const citizens = citizenService({ db })
  const random = seededRandom(SEED)
  const any = (count: number) => Math.floor(random() * count)
  const lookUp = (e164: string) => lookUpCaller({ db, callersOf: citizens.callersOf }, e164, new Date())

  await timed(WARM_UP, () => lookUp(callerOf(any)))
  const found = { candidates: 0, earlier: 0 }
  const ours = await timed(LOOK_UPS, async () => {
    const known = await lookUp(callerOf(any))
    found.candidates += known.candidates.length
    found.earlier += known.earlier.length
  })
  say(
    `look-up: p50 ${median(ours)?.toFixed(2)} ms, p99 ${percentile(ours, 99)?.toFixed(2)} ms, most ${percentile(ours, 100)?.toFixed(2)} ms; ${found.candidates} candidates, ${found.earlier} earlier calls`,
  )
  const office = await timed(LOOK_UPS / 10, () => lookUp(OFFICE_NUMBER))
  say(`look-up of an office: p99 ${percentile(office, 99)?.toFixed(2)} ms`)
  const peer = await timed(LOOK_UPS, () =>
    pool.query('select name from citizens where id = $1', ['00000000-0000-0000-0000-000000000000']),
  )
  const searched = await timed(SEARCHES, () => citizens.search({ search: wordsOf(any), limit: 30 }))
  say(`search: p50 ${median(searched)?.toFixed(1)} ms, p95 ${percentile(searched, 95)?.toFixed(1)} ms`)
  const crowd = `${CITIZENS} citizens, ${CALLS} calls, ${LIVE_EVENTS_PER_SECOND} rows written a second`
  return [
    atMost(LOOK_UP_P99_MS, {
      name: 'caller look-up, p99',
      work: `${crowd}; ${LOOK_UPS} look-ups, ${AT_ONCE} at once: candidates, open appeals, earlier calls; milliseconds; peer: one row by its key`,
      ours: percentile(ours, 99),
      peer: percentile(peer, 99),
    }),
    atMost(LOOK_UP_P99_MS, {
      name: 'look-up of an office that 3000 citizens share, p99',
      work: `${crowd}; the same number again and again`,
      ours: percentile(office, 99),
      peer: percentile(peer, 99),
    }),
    atMost(SEARCH_P95_MS, {
      name: 'search of citizens, p95',
      work: `${crowd}; ${SEARCHES} searches by words, of which the commonest are on 22 000 cards, and by parts of numbers`,
      ours: percentile(searched, 95),
    }),
  ]
}

type Any = (count: number) => number

/** Six of ten callers are known by a number of their own, two share one, one is an office's, one is new. */
function callerOf(any: Any): string {
  const lot = any(10)
  if (lot < 6) return numberOf(any(CITIZENS))
  if (lot < 8) return familyNumber(any(CITIZENS))
  return lot < 9 ? OFFICE_NUMBER : unknownNumber(any(CITIZENS))
}

function wordsOf(any: Any): string {
  const lot = any(4)
  if (lot === 0) return `surname${any(997)}`
  if (lot === 1) return `name${any(89)} surname${any(997)}`
  return lot === 2 ? `father${any(101)}` : numberOf(any(CITIZENS)).slice(5, 11)
}

/** Milliseconds of each, so many at once as desks ring together. */
async function timed(count: number, work: () => Promise<unknown>): Promise<number[]> {
  const durations: number[] = []
  let left = count
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (left-- > 0) {
        const started = performance.now()
        await work()
        durations.push(performance.now() - started)
      }
    }),
  )
  return durations
}

/** Somebody calls all the time. Returns what stops it. */
function writeLive(pool: pg.Pool): () => Promise<void> {
  let last: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    last =
      pool.query(`insert into calls (id, node, did, caller_raw, caller_e164, caller_confidence, status, arrived_at)
      values (uuidv7(), 'n1', '1195', '', '${OFFICE_NUMBER}', 'high', 'waiting', now())`)
  }, 1_000 / LIVE_EVENTS_PER_SECOND)
  return async () => {
    clearInterval(timer)
    await last
  }
}
