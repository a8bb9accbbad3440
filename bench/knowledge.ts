/**
 * How long an agent's search among 5,000 articles takes in the database that Javob brings, and whether it finds what was
 * meant; its peer is what one would write first, every word anywhere in the text (ILIKE), in the same run.
 */
import { type Kysely, sql } from 'kysely'
import pino from 'pino'
import { seededRandom } from '#core/lib/seeded-random.ts'
import { openDatabase } from '../server/database/pool.ts'
import type { Database } from '../server/database/schema.ts'
import { itemService } from '../server/knowledge/items.ts'
import { keepOutdatedWords } from '../server/knowledge/search.ts'
import { type Article, articles, typed, WAYS } from './knowledge/articles.ts'
import { everyWordAnywhere, insertArticles } from './knowledge/articles-in-database.ts'
import type { BenchOptions } from './lib/context.ts'
import { atLeast, atMost, type Measure, p95 } from './lib/measure.ts'
import { withDatabase } from './lib/own-database.ts'

const ARTICLES = 5_000
const SEARCHES_EACH_WAY = 50
const WARM_UP = 20
const FIRST = 10
const SEARCH_P95_MAX_MS = 50
const FOUND_SHARE_MIN = 0.9

type Search = { words: string; article: number }
type Round = { ms: number[]; found: number }

export async function run({ say }: BenchOptions): Promise<Measure[]> {
  return await withDatabase(async (pool) => {
    const db = openDatabase(pool)
    const written = articles(ARTICLES, 1)
    say(`Writing ${ARTICLES} articles …`)
    await insertArticles(db, written)
    const began = performance.now()
    await keepOutdatedWords(db)
    const readSeconds = (performance.now() - began) / 1000
    await sql`vacuum analyze`.execute(db)
    say(`Their words were read in ${readSeconds.toFixed(0)} s`)
    return await compare(db, written, say)
  })
}

async function compare(db: Kysely<Database>, written: readonly Article[], say: BenchOptions['say']) {
  const items = itemService({ db, log: pino({ level: 'silent' }), unknownTopics: () => [] })
  const ours = async (words: string) => (await items.answers({ search: words })).map(({ id }) => Number(id))
  const peer = (words: string) => everyWordAnywhere(db, words)
  const random = seededRandom(2)
  const [allOurs, allPeers]: Round[] = [emptyRound(), emptyRound()]
  for (const words of searches(written, 'as written', random).slice(0, WARM_UP)) await ours(words.words)
  for (const way of WAYS) {
    const [here, there] = [emptyRound(), emptyRound()]
    for (const search of searches(written, way, random)) {
      await time(ours, search, here)
      await time(peer, search, there)
    }
    say(`${way}: ${told(here)}; peer ${told(there)}`)
    for (const [all, part] of [
      [allOurs, here],
      [allPeers, there],
    ] as const) {
      all?.ms.push(...part.ms)
      if (all) all.found += part.found
    }
  }
  return measures(allOurs ?? emptyRound(), allPeers ?? emptyRound())
}

const emptyRound = (): Round => ({ ms: [], found: 0 })
const told = ({ ms, found }: Round) => `p95 ${(p95(ms) ?? 0).toFixed(1)} ms, ${found} of ${ms.length} found`

function searches(written: readonly Article[], way: (typeof WAYS)[number], random: () => number): Search[] {
  return Array.from({ length: SEARCHES_EACH_WAY }, () => {
    const article = Math.floor(random() * written.length)
    return { words: typed(written[article] as Article, way, random), article: article + 1 }
  })
}

async function time(find: (words: string) => Promise<number[]>, search: Search, round: Round): Promise<void> {
  const began = performance.now()
  const ids = await find(search.words)
  round.ms.push(performance.now() - began)
  if (ids.slice(0, FIRST).includes(search.article)) round.found++
}

function measures(ours: Round, peer: Round): Measure[] {
  const work = `${ARTICLES} articles in two languages, 3 words of a title, ${WAYS.join(', ')}, ${SEARCHES_EACH_WAY} each`
  const share = ({ ms, found }: Round) => found / ms.length
  return [
    atMost(SEARCH_P95_MAX_MS, {
      name: 'search p95',
      work: `${work}: ms`,
      ours: p95(ours.ms),
      peer: p95(peer.ms),
    }),
    atLeast(FOUND_SHARE_MIN, {
      name: 'found what was meant',
      work: `${work}: share with the article among the first ${FIRST}`,
      ours: share(ours),
      peer: share(peer),
    }),
  ]
}
