/** Callbacks that agents promise to whoever called, in the call or after it. */
import type { Kysely } from 'kysely'
import type { CallbackOptions, PromiseCallback } from '#contract/callbacks.ts'
import {
  lastPromise,
  momentRefusal,
  promiseRefusal,
  type PromisingCall,
} from '#core/calls/promise-callback.ts'
import type { AgentId, CallId, TrunkId } from '#core/lib/ids.ts'
import { displayNumber } from '#core/text/phone-number.ts'
import type { CallbackService } from '../callbacks/service.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { Clock } from './clock.ts'

/** Before those who have just begun to wait: he was told that he would be called. */
const PROMISED_PRIORITY = 1

type PromiseDeps = {
  db: Kysely<Database>
  clock: Pick<Clock, 'now'>
  callbacks: CallbackService
  /** Whether calls go out through it. */
  hasWayOut(trunk: TrunkId): boolean
}

export class Promises {
  readonly #deps: PromiseDeps

  constructor(deps: PromiseDeps) {
    this.#deps = deps
  }

  /** What can be promised to whoever called, and what was. */
  async optionsOf(call: CallId): Promise<CallbackOptions> {
    const { callbacks, clock } = this.#deps
    const row = await this.#find(call)
    const { firstAfterSeconds, quiet } = callbacks.settings()
    return {
      number: row.caller_e164 ? displayNumber(row.caller_e164) : '',
      queueNames: row.names,
      whyNot: promiseRefusal(this.#facts(row), (number) => callbacks.book.judge(number)) ?? null,
      quiet,
      isQuietNow: callbacks.book.isForMorning(firstAfterSeconds * 1000),
      latest: lastPromise(clock.now()),
      promised: await callbacks.ofCall(call),
    }
  }

  async promise(call: CallId, { at, to }: PromiseCallback, by: AgentId): Promise<void> {
    const { callbacks, clock } = this.#deps
    const row = await this.#find(call)
    const now = clock.now()
    const refused =
      promiseRefusal(this.#facts(row), (number) => callbacks.book.judge(number)) ??
      (at === null ? undefined : momentRefusal(at, callbacks.settings().quiet, now))
    const { caller_e164: number, did, language, queue, topic, trunk } = row
    if (refused || !number || !queue || !trunk)
      throw new Refusal('callbackNotPossible', `No call back to the caller of ${call}: ${refused}`)
    callbacks.book.promise(
      {
        ...{ call, trunk, did, number, queue, by, language: language ?? 'uz', reason: 'promised' },
        ...(topic && { topic }),
        ...(to === 'me' && { only: by }),
        since: at ?? now,
        priority: PROMISED_PRIORITY,
      },
      at ?? undefined,
    )
  }

  #facts({ caller_confidence, caller_e164, queue, trunk }: Row): PromisingCall {
    const hasWayOut = trunk !== null && this.#deps.hasWayOut(trunk)
    return { number: caller_e164, confidence: caller_confidence, queue, hasWayOut }
  }

  async #find(call: CallId): Promise<Row> {
    const row = await findPromisingCall(this.#deps.db, call)
    if (!row) throw new Refusal('notFound', `No call ${call}`)
    return row
  }
}

type Row = NonNullable<Awaited<ReturnType<typeof findPromisingCall>>>

async function findPromisingCall(db: Kysely<Database>, call: CallId) {
  return await db
    .selectFrom('calls')
    .leftJoin('queues', 'queues.id', 'calls.queue')
    .select([
      'caller_e164',
      'caller_confidence',
      'queue',
      'topic',
      'language',
      'trunk',
      'did',
      'queues.names',
    ])
    .where('calls.id', '=', call)
    .executeTakeFirst()
}
