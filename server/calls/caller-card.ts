/** What an agent is shown of the caller while the offer rings and during the call. */
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { CallerCard } from '#contract/calls.ts'
import { choiceNames } from '#core/ivr/choice-names.ts'
import type { Flow } from '#core/ivr/flow.ts'
import type { Texts } from '#core/lib/languages.ts'
import { displayNumber } from '#core/text/phone-number.ts'
import type { Database } from '../database/schema.ts'
import type { Desk } from './desk.ts'
import type { LiveCall } from './live-call.ts'
import { lookUpCaller } from './caller-look-up.ts'
import { listQueueNames } from './store.ts'

export type CallerCardDeps = {
  db: Kysely<Database>
  log: Logger
  /** From memory. */
  topicNames(topic: string): Texts | null
  /** What calls walk now. */
  flow(): Flow
  /** Who may be calling, and what they are owed. */
  callersOf(e164: string): Promise<Pick<CallerCard, 'candidates' | 'openAppeals'>>
}

export class CallerCards {
  readonly #deps: CallerCardDeps
  readonly #changed: (desk: Desk) => void
  #queueNames: Awaited<ReturnType<typeof listQueueNames>> = { all: new Map(), inUse: new Map() }

  constructor(deps: CallerCardDeps, changed: (desk: Desk) => void) {
    this.#deps = deps
    this.#changed = changed
  }

  async prepare(): Promise<void> {
    this.#queueNames = await listQueueNames(this.#deps.db)
  }

  queueNames(queue: string): Texts {
    return this.#queueNames.all.get(queue) ?? { uz: queue, ru: queue }
  }

  /** Those to which somebody may be sent. */
  allQueueNames(): ReadonlyMap<string, Texts> {
    return this.#queueNames.inUse
  }

  /** Puts on the desk what memory holds of the caller, then what the database adds when it answers. */
  lookUp(desk: Desk, call: LiveCall): void {
    desk.caller = this.#basicCard(call)
    void this.#fill(desk, call, desk.caller)
  }

  #basicCard(call: LiveCall): CallerCard {
    const { caller } = call
    const queue = call.queue ?? ''
    const path = [...(call.run?.path ?? call.way?.path ?? [])]
    return {
      call: call.id,
      number: displayNumber(caller.e164 ?? caller.raw),
      numberConfidence: caller.confidence,
      callerName: caller.name ?? '',
      language: call.language,
      queue,
      queueNames: this.queueNames(queue),
      topic: call.topic ?? null,
      topicNames: call.topic ? this.#deps.topicNames(call.topic) : null,
      path,
      choiceNames: choiceNames(call.flow ?? this.#deps.flow(), path),
      arrivedAt: call.arrivedAt,
      queuedAt: call.queuedAt ?? call.arrivedAt,
      candidates: [],
      openAppeals: [],
      earlier: [],
    }
  }

  /** The database's part of the card; the offer rings with or without it. */
  async #fill(desk: Desk, call: LiveCall, card: CallerCard): Promise<void> {
    const { log } = this.#deps
    const { e164 } = call.caller
    if (!e164) return
    try {
      const known = await lookUpCaller(this.#deps, e164, new Date(call.arrivedAt))
      if (desk.caller !== card) return
      desk.caller = { ...card, ...known }
      this.#changed(desk)
    } catch (error) {
      log.warn({ call: call.id, error: String(error) }, 'the caller could not be looked up')
    }
  }
}
