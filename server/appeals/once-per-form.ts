/**
 * A form that is sent twice registers once and moves once: by its key, which is written in the same transaction.
 * Whoever comes second, or again after a lost answer, gets what the first one did.
 */
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { MoveAppeal, RegisteredAppeal } from '#contract/appeals.ts'
import type { AppealId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import type { Database } from '../database/schema.ts'
import { heldDeadlineRules } from '../deadlines/service.ts'
import { Refusal } from '../errors.ts'
import { inGroups } from './in-groups.ts'
import { findMoveByKey } from './moves-store.ts'
import { type Dispatched, moveAppeal } from './moving.ts'
import { type Moved, type Mover, type Registered, registerAll, type Registering } from './registering.ts'
import { findByRequestKeys } from './registering-store.ts'

type Deps = {
  db: Kysely<Database>
  log: Logger
  changed: ((appeal: AppealId) => void) | undefined
  dispatched: Dispatched | undefined
  moved: Moved | undefined
  now: () => Instant
}

export function oncePerForm({ db, log, changed, dispatched, moved, now }: Deps) {
  /** The same form twice at once: the second waits for the first. */
  const sent = new Map<string, Promise<Registered>>()
  const registerInGroup = inGroups<Registering, Registered>({
    doAll: (forms) =>
      db
        .transaction()
        .execute(
          async (trx) => await registerAll(trx, forms, { rules: await heldDeadlineRules(trx), moved }),
        ),
    isOfOne: (error) => errorCode(error) !== undefined,
  })

  async function register(form: Omit<Registering, 'at'>): Promise<RegisteredAppeal> {
    const { by, input } = form
    const before = sent.get(input.requestKey)
    if (before) return (await before).appeal
    const registering = registerOrFind({ ...form, at: now() })
    sent.set(input.requestKey, registering)
    try {
      const { appeal, isNew } = await registering
      if (isNew) {
        const { id, number } = appeal
        log.info({ appeal: id, number, call: input.call, staff: by.id }, 'appeal registered')
        changed?.(id as AppealId)
      }
      return appeal
    } finally {
      sent.delete(input.requestKey)
    }
  }

  async function registerOrFind(form: Registering): Promise<Registered> {
    try {
      return await registerInGroup(form)
    } catch (error) {
      // The same form was quicker in another server; our number went back with the rollback.
      const { requestKey } = form.input
      const quicker = isSameRequest(error)
        ? (await findByRequestKeys(db, [requestKey])).get(requestKey)
        : undefined
      if (!quicker) throw error
      return { appeal: quicker, isNew: false }
    }
  }

  async function move(id: AppealId, input: MoveAppeal, by: Mover): Promise<void> {
    if (await wasDone(id, input)) return
    try {
      await db.transaction().execute(async (trx) =>
        moveAppeal(trx, id, {
          input,
          by,
          at: now(),
          rules: await heldDeadlineRules(trx),
          dispatched,
          moved,
        }),
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
  const constraint = error instanceof Error ? (error as { constraint?: string }).constraint : undefined
  return errorCode(error) === '23505' && SAME_REQUEST.includes(constraint ?? '')
}

const OF_THE_DATA = /^(22|23|40)/

/** PostgreSQL's code where the data was wrong, or met other data; none where the database is away. */
function errorCode(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as { code?: string }).code : undefined
  return code !== undefined && OF_THE_DATA.test(code) ? code : undefined
}
