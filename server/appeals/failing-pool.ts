/**
 * For tests: a pool whose connections break by chance or at the n-th moment, before a statement or after
 * it, or whose process is killed there. A commit that was carried out and whose answer was lost is among the latter.
 */
import type { PostgresPool } from 'kysely'
import type pg from 'pg'
import { seededRandom } from '#core/lib/seeded-random.ts'

type Query = (text: string, values: unknown[]) => Promise<unknown>

export function failingPool(pool: pg.Pool, seed: number, share: number) {
  const random = seededRandom(seed)
  return poolThatBreaks(pool, () => random() < share)
}

/** Breaks once: at the n-th moment, where each statement has one before it and one after. */
export function failingAt(pool: pg.Pool, moment: number) {
  let passed = 0
  return poolThatBreaks(pool, () => ++passed === moment)
}

/** At the n-th moment something happens that nothing comes back from: the process is killed. */
export function killingAt(pool: pg.Pool, moment: number, kill: () => never) {
  let passed = 0
  return poolThatBreaks(pool, () => (++passed === moment ? kill() : false))
}

/**
 * A process that is killed at the n-th moment: from then on nothing it asks is carried out, and nothing it does outside
 * the database either, for which `live` is called.
 */
export function dyingAt(pool: pg.Pool, moment: number) {
  let passed = 0
  const isDead = () => passed >= moment
  const dies = () => (isDead() ? true : ++passed >= moment)
  return {
    pool: poolThatBreaks(pool, dies).pool,
    isDead,
    live(what: string): void {
      if (dies()) throw new Error(`Killed ${what}`)
    },
  }
}

function poolThatBreaks(pool: pg.Pool, breaksNow: () => boolean) {
  let failures = 0

  async function connect() {
    const client = await pool.connect()
    const real = client.query.bind(client) as Query
    let isBroken = false
    const mayBreak = (when: string, text: string) => {
      if (isBroken || !breaksNow()) return
      isBroken = true
      failures++
      throw new Error(`Broken ${when} "${text.slice(0, 40)}"`)
    }
    const query: Query = async (text, values) => {
      mayBreak('before', text)
      const result = await real(text, values)
      mayBreak('after', text)
      return result
    }
    // What was broken is not used again: PostgreSQL undoes what was open on it.
    return { query, release: () => client.release(isBroken) }
  }
  return {
    pool: { connect, end: async () => undefined, options: pool.options } as unknown as PostgresPool,
    failures: () => failures,
  }
}
