/**
 * Trunks as an administrator sets them: added, changed, switched off and on. What is saved is read by the engine at
 * once, without an end of the calls that are on it. A password is kept and never told.
 */
import type { Kysely, Transaction } from 'kysely'
import type { Logger } from 'pino'
import type { AddTrunk, ChangeTrunk, TrunksView, TrunkView } from '#contract/trunks.ts'
import { checkTrunk } from '#core/calls/check-trunk.ts'
import type { StaffId, TrunkId } from '#core/lib/ids.ts'
import { settingProblem } from '#core/lib/setting-problems.ts'
import { tashkentDay, tashkentMidnight } from '#core/lib/time.ts'
import { asPlainText } from '#core/text/hostile-text.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal, SettingsHaveProblems } from '../errors.ts'
import type { TrunkFacts } from './trunk-book.ts'
import {
  allTrunks,
  insertTrunk,
  type KeptTrunk,
  lockTrunks,
  setTrunkActive,
  trunkCalls,
  updateTrunk,
} from './trunk-store.ts'

type Trx = Transaction<Database>

/** Longer than a name may be, so that a long one is refused and not cut. */
const CLEANED_CHARACTERS = 400

export type TrunkServiceDeps = {
  db: Kysely<Database>
  log: Logger
  now?: () => number
  hasWayOut(trunk: TrunkFacts): boolean
  /** Which trunks the engine knows, and how many calls are on each; rejects while it does not answer. */
  inEngine(): Promise<ReadonlyMap<string, number>>
  /** Lets the engine and the book of trunks know what holds now; false when the engine does not answer. */
  apply(): Promise<boolean>
}

export type TrunkService = ReturnType<typeof trunkService>

export function trunkService(deps: TrunkServiceDeps) {
  const { db, log } = deps
  let isApplied = true

  /** Refused or carried out as one, and then read by the engine. */
  async function changing(
    { id, by, what }: { id: string; by: StaffId; what: string },
    change: (trx: Trx, all: readonly KeptTrunk[]) => Promise<void>,
  ): Promise<TrunksView> {
    await db.transaction().execute(async (trx) => {
      await lockTrunks(trx)
      await change(trx, await allTrunks(trx))
    })
    log.info({ trunk: id, by }, what)
    isApplied = await deps.apply()
    return { trunks: await views(deps), isApplied }
  }

  return {
    /** At the start, and whenever the engine is back: what it could not be told meanwhile. */
    async applyAgain(): Promise<void> {
      isApplied = await deps.apply()
    },

    async list(): Promise<TrunksView> {
      return { trunks: await views(deps), isApplied }
    },

    add({ id, ...asked }: AddTrunk, by: StaffId): Promise<TrunksView> {
      return changing({ id, by, what: 'a trunk was added' }, async (trx, all) => {
        const trunk = formOf(asked, undefined)
        refuse({ id, ...asked, ...trunk }, all, true)
        await insertTrunk(trx, id as TrunkId, trunk)
        await record(trx, { type: 'trunkAdded', trunk: id, by, settings: told(trunk) })
      })
    },

    change(id: TrunkId, { basedOn, ...asked }: ChangeTrunk, by: StaffId): Promise<TrunksView> {
      return changing({ id, by, what: 'a trunk was changed' }, async (trx, all) => {
        const known = trunkIn(all, id)
        if (known.version !== basedOn)
          throw new Refusal('changedMeanwhile', `${id} is at version ${known.version} now`)
        const trunk = formOf(asked, known)
        refuse({ id, ...asked, ...trunk }, all, false)
        await updateTrunk(trx, id, trunk)
        await record(trx, { type: 'trunkChanged', trunk: id, by, from: told(known), to: told(trunk) })
      })
    },

    switch(id: TrunkId, isActive: boolean, by: StaffId): Promise<TrunksView> {
      return changing(
        { id, by, what: isActive ? 'a trunk was switched on' : 'a trunk was switched off' },
        async (trx, all) => {
          if (trunkIn(all, id).isActive === isActive) return
          await setTrunkActive(trx, id, isActive)
          await record(trx, { type: isActive ? 'trunkSwitchedOn' : 'trunkSwitchedOff', trunk: id, by })
        },
      )
    },
  }
}

async function views({
  db,
  now = Date.now,
  hasWayOut,
  inEngine,
  log,
}: TrunkServiceDeps): Promise<TrunkView[]> {
  const today = new Date(tashkentMidnight(tashkentDay(now())))
  const [trunks, calls] = [await allTrunks(db), await trunkCalls(db, today)]
  const engine = await inEngine().catch((error: unknown) => {
    log.info({ error: String(error) }, 'the engine was not asked about its trunks')
    return undefined
  })
  return trunks.map((trunk) => {
    const { registration, ...rest } = trunk
    const came = calls.get(trunk.id)
    const onIt = engine?.get(trunk.id)
    return {
      ...rest,
      registration: registration && { ...registration, password: null },
      hasPassword: registration !== null,
      hasWayOut: trunk.isActive && hasWayOut(factsOf(trunk)),
      engine: engine ? { knowsIt: onIt !== undefined, calls: onIt ?? 0 } : null,
      callsToday: came?.callsToday ?? 0,
      refusedToday: came?.refusedToday ?? 0,
      lastCallAt: came?.lastCallAt?.getTime() ?? null,
    }
  })
}

function factsOf({ registration, outboundUri, ...trunk }: KeptTrunk): TrunkFacts {
  return { ...trunk, ...(registration && { registration }), ...(outboundUri !== null && { outboundUri }) }
}

type Form = Omit<AddTrunk, 'id'>

/** The name is one line of text; the rest has to be right as it is. A password that is not typed stays. */
function formOf({ name, registration, outboundUri, ...form }: Form, known: KeptTrunk | undefined) {
  const password = registration?.password ?? known?.registration?.password ?? ''
  return {
    ...form,
    name: asPlainText(name, CLEANED_CHARACTERS).text.trim(),
    registration: registration && { server: registration.server, username: registration.username, password },
    outboundUri: outboundUri === '' ? null : outboundUri,
  }
}

function refuse(form: Form & { id: string }, all: readonly KeptTrunk[], isNew: boolean): void {
  const problems = checkTrunk(form, all, isNew)
  // A password that was never given proves nothing to a carrier.
  const isMissing = form.registration?.password === ''
  const found = isMissing ? problems.filter(({ field }) => field !== 'password') : problems
  if (isMissing) found.push(settingProblem(form.id, 'required', { field: 'password' }))
  if (found.length > 0) throw new SettingsHaveProblems(found)
}

/** For the event log: everything but the secret. */
function told({
  registration,
  ...trunk
}: Omit<Form, 'registration'> & { registration: KeptTrunk['registration'] }) {
  return {
    ...trunk,
    registration: registration && { server: registration.server, username: registration.username },
  }
}

function trunkIn(all: readonly KeptTrunk[], id: TrunkId): KeptTrunk {
  const trunk = all.find((one) => one.id === id)
  if (!trunk) throw new Refusal('notFound', `No trunk ${id}`)
  return trunk
}
