/**
 * Appeals: registered, listed, opened, moved along their life cycle.
 *
 * What must hold: numbers of a year follow each other without a gap and without
 * a double; nobody sees a number that is not committed; a form that is sent twice
 * registers once, or moves once; the trust track is seen by nobody but those who handle it.
 */
import type { Kysely, Transaction } from 'kysely'
import type { Logger } from 'pino'
import type { ChangeFilers, ChangeTelephone } from '#contract/appeal-office.ts'
import type { AppealCard, DecideLink, MoveAppeal, RegisterAppeal } from '#contract/appeals.ts'
import { CITIZEN_SELF, SYSTEM } from '#core/appeals/move-rules.ts'
import type { AppealId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import type { Database } from '../database/schema.ts'
import type { CalendarChange } from '../deadlines/service.ts'
import { Refusal } from '../errors.ts'
import { bulkAppeals } from './bulk.ts'
import { listEditors } from './bulk-store.ts'
import { listExecutors } from './executors-store.ts'
import { exporting } from './exporting.ts'
import { changeFilers } from './filing.ts'
import { decideLink } from './links.ts'
import { listing } from './listing.ts'
import { findStep } from './moves-store.ts'
import type { Dispatched } from './moving.ts'
import { oncePerForm } from './once-per-form.ts'
import { opening } from './opening.ts'
import { recountOpenAppeals } from './recounting.ts'
import type { Moved, Registrar } from './registering.ts'
import { changeTelephone, type TelephoneNamed } from './telephone.ts'

export type { Moved }

export type AppealServiceDeps = {
  db: Kysely<Database>
  log: Logger
  /** Told after an appeal is committed, for the live screens. */
  changed?: (appeal: AppealId) => void
  /** In the transaction of the move. */
  dispatched?: Dispatched
  /** In the transaction of any move, registering among them. */
  moved?: Moved
  /** In the transaction that names another telephone. */
  telephoneNamed?: TelephoneNamed
  now?: () => Instant
}

export type AppealService = ReturnType<typeof appealService>

export function appealService(deps: AppealServiceDeps) {
  const { db, log, changed, now = Date.now } = deps
  const once = oncePerForm({ db, log, changed, dispatched: deps.dispatched, moved: deps.moved, now })
  const lists = listing({ db, now })

  const { card, cardOf, open } = opening({ db, now })

  return {
    card,
    /** On somebody's screen, which is written down. */
    open,

    register: (input: RegisterAppeal, by: Registrar) => once.register({ input, by }),

    /** For the portal, which has asked before that it is he; what he may see of it afterwards is its own question. */
    async registerOfCitizen(
      input: RegisterAppeal,
      { isConfidential, pinfl }: { isConfidential: boolean; pinfl: string | null },
    ): Promise<AppealId> {
      return (await once.register({ input, by: CITIZEN_SELF, isConfidential, pinfl })).id as AppealId
    },
    moveOfCitizen: (id: AppealId, input: MoveAppeal): Promise<void> => once.move(id, input, CITIZEN_SELF),

    /**
     * For messages: the citizen has what was written to him of a step. Once for each message; where somebody has said so
     * by hand, or more has happened since an end that was told, nothing is left to be done.
     */
    async citizenTold({ message, step }: { message: string; step: string }): Promise<void> {
      const found = await findStep(db, step)
      if (!found) return
      const { appeal, place, version } = found
      const action = found.action === 'study' ? 'tellOfStudy' : 'notify'
      if (action === 'notify' && place !== version) return
      const told = { action, version: Number(version), details: { medium: 'sms' } } as const
      try {
        await once.move(appeal, { requestKey: message, ...told }, SYSTEM)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        // Somebody moved it between the two: the job is tried again.
        if (error.code === 'changedMeanwhile') throw error
        log.info({ appeal, message, code: error.code }, 'a delivered message moved nothing')
      }
    },

    async move(id: AppealId, input: MoveAppeal, by: Registrar): Promise<AppealCard> {
      await card(id, by)
      await once.move(id, input, by)
      return await cardOf(id, by)
    },

    /** Whether it repeats or doubles an earlier one, as a person sees it. */
    async decideLink(id: AppealId, decision: DecideLink, by: Registrar): Promise<AppealCard> {
      await card(id, by)
      await db.transaction().execute((trx) => decideLink(trx, id, { ...decision, by, at: now() }))
      log.info(
        { appeal: id, other: decision.other, flag: decision.flag, staff: by.id },
        'appeal link decided',
      )
      changed?.(id)
      return await cardOf(id, by)
    },

    /** For a calendar that changes, in its transaction. */
    recount: (trx: Transaction<Database>, change: CalendarChange) => recountOpenAppeals(trx, change, now()),

    list: lists.list,

    inBulk: bulkAppeals({ db, log, changed, move: once.move }),

    exportChosen: exporting({ db, log, now, chosen: lists.ids }),

    editors: () => listEditors(db),

    executors: () => listExecutors(db),

    async changeFilers(id: AppealId, change: ChangeFilers, by: Registrar): Promise<AppealCard> {
      await card(id, by)
      await db.transaction().execute((trx) => changeFilers(trx, id, { ...change, by }))
      log.info({ appeal: id, staff: by.id }, 'filers of an appeal changed')
      changed?.(id)
      return await cardOf(id, by)
    },

    async changeTelephone(id: AppealId, change: ChangeTelephone, by: Registrar): Promise<AppealCard> {
      await card(id, by)
      const named = deps.telephoneNamed
      await db.transaction().execute((trx) => changeTelephone(trx, id, { ...change, by, named }))
      log.info({ appeal: id, staff: by.id }, 'telephone of an appeal changed')
      changed?.(id)
      return await cardOf(id, by)
    },
  }
}
