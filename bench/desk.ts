/**
 * The desk as an agent feels it: the built console in Chromium in front of a whole copy with two hundred thousand
 * citizens, a million calls and five thousand articles, while twenty times a second something is told to her page. She
 * takes call after call by SIP and works with her keyboard; the page itself says when each thing was painted.
 */
import type pg from 'pg'
import { seededRandom } from '#core/lib/seeded-random.ts'
import { lookUpCaller } from '../server/calls/caller-look-up.ts'
import { citizenService } from '../server/citizens/service.ts'
import { openDatabase as kyselyOver } from '../server/database/pool.ts'
import { keepOutdatedWords } from '../server/knowledge/search.ts'
import { openDatabase, type RunningCopy } from '../tools/callers/running-copy.ts'
import { type DeskTaken, deskFigures } from './desk/figures.ts'
import { liveEvents } from './desk/live-events.ts'
import { popsOf, workShift } from './desk/shift.ts'
import { benchConsoleSize } from './first-call/console-size.ts'
import { type Article, articles, typed, WAYS } from './knowledge/articles.ts'
import { everyWordAnywhere, insertArticles } from './knowledge/articles-in-database.ts'
import { type BenchOptions, withCopy } from './lib/context.ts'
import type { Measure } from './lib/measure.ts'
import { prepareCopy } from './lib/our-queue.ts'
import { CALLS, CITIZENS, numberOf, seedCitizens } from './lib/seeded-citizens.ts'
import { timed } from './lib/timed.ts'

const SEED = 40
const ARTICLES = 5_000
const CALLS_AT_THE_DESK = 40
/** With --minutes: this benchmark works that much faster than a person. */
const CALLS_PER_MINUTE = 4
const LOOK_UPS = 2_000
/** As many as desks ring together. */
const LOOK_UPS_AT_ONCE = 4
const PEER_SEARCHES = 40

export async function run(options: BenchOptions): Promise<Measure[]> {
  return await withCopy(options, async ({ running, restart }) => {
    if (!restart) throw new Error('This benchmark fills the database: it takes a copy of its own')
    const pool = openDatabase(running, { connections: LOOK_UPS_AT_ONCE, queryTimeoutMs: 0 })
    const written = articles(ARTICLES, 1)
    try {
      await seed(pool, written, options.say)
    } finally {
      await pool.end()
    }
    await prepareCopy(running)
    // What was prepared is read when the server starts.
    await restart()
    return await measure(running, written, options)
  })
}

async function seed(pool: pg.Pool, written: readonly Article[], say: BenchOptions['say']): Promise<void> {
  say(`Seeding ${CITIZENS} citizens, ${CALLS} calls and ${ARTICLES} articles …`)
  await seedCitizens(pool, say)
  const db = kyselyOver(pool)
  await insertArticles(db, written)
  await keepOutdatedWords(db)
  await pool.query('vacuum analyze')
  say('Seeded')
}

async function measure(
  running: RunningCopy,
  written: readonly Article[],
  { minutes, say }: BenchOptions,
): Promise<Measure[]> {
  const count = minutes === undefined ? CALLS_AT_THE_DESK : minutes * CALLS_PER_MINUTE
  const pool = openDatabase(running, { connections: LOOK_UPS_AT_ONCE })
  try {
    const stop = await liveEvents(running, pool)
    const lookUps = await lookUpCallers(pool)
    const shift = await workShift(running, { count, written, say })
    const failures = await stop()
    for (const failure of new Set(failures)) say(`an event failed: ${failure}`)
    const taken: DeskTaken = {
      shift,
      lookUps,
      pops: await popsOf(pool, shift),
      searchedAnywhere: await searchAnywhere(pool, written),
      failures: failures.length,
    }
    return [...deskFigures(taken, say), await benchConsoleSize(running.web)]
  } finally {
    await pool.end()
  }
}

/** What is asked for each call that is offered, beside the least that a question to the same database can take. */
async function lookUpCallers(pool: pg.Pool): Promise<{ ours: number[]; peer: number[] }> {
  const db = kyselyOver(pool)
  const { callersOf } = citizenService({ db })
  const random = seededRandom(SEED)
  const number = () => numberOf(Math.floor(random() * CITIZENS))
  const lookUp = () => lookUpCaller({ db, callersOf }, number(), new Date())
  await timed({ count: LOOK_UPS / 10, atOnce: LOOK_UPS_AT_ONCE }, lookUp)
  const ours = await timed({ count: LOOK_UPS, atOnce: LOOK_UPS_AT_ONCE }, lookUp)
  const nobody = '00000000-0000-0000-0000-000000000000'
  const peer = await timed({ count: LOOK_UPS, atOnce: LOOK_UPS_AT_ONCE }, () =>
    pool.query('select name from citizens where id = $1', [nobody]),
  )
  return { ours, peer }
}

/** The peer of the search: what the database takes when every word is looked for anywhere in the text. */
async function searchAnywhere(pool: pg.Pool, written: readonly Article[]): Promise<number[]> {
  const db = kyselyOver(pool)
  const random = seededRandom(SEED)
  const words = () => typed(written[Math.floor(random() * written.length)] as Article, WAYS[0], random)
  return await timed({ count: PEER_SEARCHES, atOnce: 1 }, () => everyWordAnywhere(db, words()))
}
