/**
 * A form that is sent twice registers once and moves once: by its key, which is written in the same transaction.
 * Whoever comes second, or again after a lost answer, gets what the first one did.
 */
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { MoveAppeal, RegisterAppeal } from '#contract/appeals.ts'
import type { AppealId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import type { Database } from '../database/schema.ts'
import { heldDeadlineRules } from '../deadlines/service.ts'
import { Refusal } from '../errors.ts'
import { findMoveByKey } from './moves-store.ts'
import { type Dispatched, moveAppeal } from './moving.ts'
import { register as registerAppeal, type Registrar } from './registering.ts'
import { findByRequestKey } from './store.ts'

type Deps = {
  db: Kysely<Database>
  log: Logger
  changed: ((appeal: AppealId) => void) | undefined
  dispatched: Dispatched | undefined
  now: () => Instant
}

export function oncePerForm({ db, log, changed, dispatched, now }: Deps) {
  async function register(input: RegisterAppeal, by: Registrar): Promise<AppealId> {
    const known = await findByRequestKey(db, input.requestKey)
    if (known) return known
    try {
      const { id, number } = await db.transaction().execute(
        async (trx) =>
          await registerAppeal(trx, {
            input,
            by,
            at: now(),
            rules: await heldDeadlineRules(trx),
          }),
      )
      log.info({ appeal: id, number, call: input.call, staff: by.id }, 'appeal registered')
      changed?.(id)
      return id
    } catch (error) {
      // The same form was quicker on another connection; our number went back with the rollback.
      const quicker = isSameRequest(error) ? await findByRequestKey(db, input.requestKey) : undefined
      if (!quicker) throw error
      return quicker
    }
  }

  async function move(id: AppealId, input: MoveAppeal, by: Registrar): Promise<void> {
    if (await wasDone(id, input)) return
    try {
      await db
        .transaction()
        .execute(async (trx) =>
          moveAppeal(trx, id, { input, by, at: now(), rules: await heldDeadlineRules(trx), dispatched }),
        )
      log.info({ appeal: id, action: input.action, staff: by.id }, 'appeal moved')
      changed?.(id)
    } catch (error) {
      // The same form was quicker: its move made ours too late, or its key was there first.
      const mayBeSame =
        isSameRequest(error) || (error instanceof Refusal && error.code === 'changedMeanwhile')
      if (!mayBeSame || !(await wasDone(id, input))) throw error
    }
  }

  async function wasDone(id: AppealId, { requestKey }: MoveAppeal): Promise<boolean> {
    const moved = await findMoveByKey(db, requestKey)
    if (moved !== undefined && moved !== id)
      throw new Refusal('badInput', 'requestKey: it was used for another appeal')
    return moved === id
  }

  return { register, move }
}

const SAME_REQUEST = ['appeals_request_key_key', 'appeal_steps_request_key_key']

/** PostgreSQL's word for a value that must be unique and is not, about the key of the form. */
function isSameRequest(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, constraint } = error as { code?: string; constraint?: string }
  return code === '23505' && SAME_REQUEST.includes(constraint ?? '')
}
