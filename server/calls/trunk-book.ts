/** What calls need to know of the trunks, from memory: how numbers are written there, and whom they reach outside. */
import type { Kysely } from 'kysely'
import { type DiallingRules, type DialVerdict, mayDialOut } from '#core/calls/dialling-rules.ts'
import type { TrunkId } from '#core/lib/ids.ts'
import { type NumberFormat, parsePhoneNumber } from '#core/text/phone-number.ts'
import type { Database } from '../database/schema.ts'
import { listTrunks } from './store.ts'

const SHORT_NUMBER = /^\d{3,6}$/

export type TrunkFacts = Awaited<ReturnType<typeof listTrunks>>[number]

export class TrunkBook {
  readonly #hasWayOut: (trunk: TrunkFacts) => boolean
  readonly #rules: () => DiallingRules
  readonly #formats = new Map<TrunkId, NumberFormat>()
  #waysOut: ReadonlySet<TrunkId> = new Set()
  #own: readonly string[] = []

  constructor(hasWayOut: (trunk: TrunkFacts) => boolean, rules: () => DiallingRules) {
    this.#hasWayOut = hasWayOut
    this.#rules = rules
  }

  async load(db: Kysely<Database>): Promise<void> {
    const trunks = await listTrunks(db)
    for (const { id, numberFormat } of trunks) this.#formats.set(id, numberFormat)
    this.#waysOut = new Set(trunks.filter(this.#hasWayOut).map(({ id }) => id))
    // A pattern with a placeholder in it is no number.
    this.#own = trunks.flatMap(({ didPatterns }) =>
      didPatterns.flatMap((did) => (SHORT_NUMBER.test(did) ? did : (parsePhoneNumber(did).e164 ?? []))),
    )
  }

  numberFormat(trunk: TrunkId | undefined): NumberFormat {
    return (trunk && this.#formats.get(trunk)) ?? 'automatic'
  }

  /** Whether calls go out through it, so that who came by it can be called back. */
  hasWayOut(trunk: TrunkId): boolean {
    return this.#waysOut.has(trunk)
  }

  /** Our own numbers, short ones among them. */
  get own(): readonly string[] {
    return this.#own
  }

  /** Whether a number outside is called at all, and as what. One of our own would lead back to the menu. */
  mayDial(typed: string): DialVerdict {
    return mayDialOut(typed, this.#rules(), this.#own)
  }

  mayCallBack(e164: string): boolean {
    return 'dial' in this.mayDial(e164)
  }
}
