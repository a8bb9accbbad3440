/**
 * The pool as timed work has it. graphile-worker notes how a job ended with queries of its own, and tries one again only
 * for a few errors; any other is nobody's, and ends the process, with the calls it carries. A database that has gone is
 * told to it as one of those few, so that a job that ends meanwhile is noted when the database is back.
 */
import type pg from 'pg'

/** Tried again from every 3 s to every 2 min, a hundred times (graphile-worker, RETRYABLE_ERROR_CODES). */
const PASSES_BY_ITSELF = 'ETIMEDOUT'
/** The socket's own, and PostgreSQL's class 08 (connection) and 57P (going down, not up yet). */
const GONE = /^(ECONN\w+|EPIPE|ENOENT|08\w{3}|57P0\d)$/
/** What `pg` says without a code. */
const GONE_IN_WORDS = /connection (terminated|error)|timeout exceeded when trying to connect/i

type Lend = (error: Error | undefined, client: pg.PoolClient | undefined, release: () => void) => void

export function patientPool(pool: pg.Pool): pg.Pool {
  const lent = patient(async () => {
    const client = await pool.connect()
    const query = patient((...words: Parameters<pg.PoolClient['query']>) => client.query(...words))
    return withOther(client, { query })
  })
  return withOther(pool, {
    query: patient((...words: Parameters<pg.Pool['query']>) => pool.query(...words)),
    // Asked with a callback, it is for the client that listens, whose errors graphile-worker bears itself.
    connect: (lend?: Lend) => (lend ? pool.connect(lend) : lent()),
  })
}

function patient<Words extends unknown[], Answer>(ask: (...words: Words) => Promise<Answer> | Answer) {
  return async (...words: Words): Promise<Answer> => {
    try {
      return await ask(...words)
    } catch (error) {
      throw asPassing(error)
    }
  }
}

function asPassing(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (!GONE.test(code) && !GONE_IN_WORDS.test(error.message)) return error
  return Object.assign(new Error(error.message, { cause: error }), { code: PASSES_BY_ITSELF })
}

/** The same object to whoever looks, but for these. */
function withOther<Whole extends object>(whole: Whole, others: Record<string, unknown>): Whole {
  return new Proxy(whole, {
    get(target, name) {
      if (typeof name === 'string' && Object.hasOwn(others, name)) return others[name]
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
