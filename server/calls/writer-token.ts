/**
 * The fencing token of the rows: each run of the server that takes over a node's calls
 * takes a higher number, and every transaction of the journal first looks whether its
 * own is still the last. So a server that was replaced while it slept writes nothing
 * when it wakes. Who commands the engine is decided in the engine; this only follows.
 */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database/schema.ts'

/** Not wrong and not lost: another run writes now, or this one must take a new number. */
export class WriterReplaced extends Error {
  constructor(node: string) {
    super(`Another run of the server writes the calls of ${node}`)
    this.name = 'WriterReplaced'
  }
}

export class WriterToken {
  readonly #node: string
  #token: string | undefined

  constructor(node: string) {
    this.#node = node
  }

  /** From here on every other run is refused. */
  async take(db: Kysely<Database>): Promise<void> {
    const { token } = await db
      .insertInto('call_writers')
      .values({ node: this.#node, token: '1' })
      .onConflict((conflict) =>
        conflict
          .column('node')
          .doUpdateSet({ token: sql<string>`call_writers.token + 1`, taken_at: new Date() }),
      )
      .returning('token')
      .executeTakeFirstOrThrow()
    this.#token = token
  }

  /** Whoever takes over waits for a transaction that has looked. */
  async check(trx: Transaction<Database>): Promise<void> {
    const row = await trx
      .selectFrom('call_writers')
      .select('token')
      .where('node', '=', this.#node)
      .forShare()
      .executeTakeFirst()
    if (this.#token === undefined || row?.token !== this.#token) throw new WriterReplaced(this.#node)
  }
}
