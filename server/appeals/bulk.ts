/**
 * Things done to many appeals at once: each by itself, in a transaction of its own, with a word on what became of it. A
 * form that is sent again after a lost answer does to each what it has not done yet, and nothing twice.
 */
import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { BulkAppeals, BulkOutcome } from '#contract/appeal-office.ts'
import { type BulkMove, isAssignable, isBulkMove } from '#core/appeals/bulk.ts'
import type { AppealStatus } from '#core/appeals/appeal-status.ts'
import type { AppealId, StaffId } from '#core/lib/ids.ts'
import { may } from '#core/staff/permissions.ts'
import { recordAll } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import {
  findEditor,
  listForBulk,
  lockForBulk,
  type LockedForBulk,
  setControl,
  setEditor,
} from './bulk-store.ts'
import type { AppealEvent } from './events.ts'
import { findMoveByKey } from './moves-store.ts'
import type { oncePerForm } from './once-per-form.ts'
import type { Registrar } from './registering.ts'

type Deps = {
  db: Kysely<Database>
  log: Logger
  changed: ((appeal: AppealId) => void) | undefined
  move: ReturnType<typeof oncePerForm>['move']
}
type Found = Awaited<ReturnType<typeof listForBulk>>[number]
type Seen = { readonly id: AppealId; readonly status: AppealStatus }

export function bulkAppeals(deps: Deps) {
  const { db, log } = deps
  return async (input: BulkAppeals, by: Registrar): Promise<BulkOutcome[]> => {
    const seen = input.appeals.map(({ id, status }): Seen => ({ id: id as AppealId, status }))
    const rows = await listForBulk(
      db,
      seen.map(({ id }) => id),
      may(by.role, 'handleTrustAppeals'),
    )
    const asked = { input, by, seen, found: new Map(rows.map((row) => [row.id, row])) }
    const { action } = input
    const outcomes = isBulkMove(action) ? await moveEach(deps, asked, action) : await setAll(deps, asked)
    const done = outcomes.filter(({ problem }) => problem === null)
    log.info({ action, asked: seen.length, done: done.length, staff: by.id }, 'appeals changed in bulk')
    return outcomes
  }
}

type AskedInBulk = {
  readonly input: BulkAppeals
  readonly by: Registrar
  readonly seen: readonly Seen[]
  readonly found: ReadonlyMap<AppealId, Found>
}

async function moveEach(
  deps: Deps,
  { input, by, seen, found }: AskedInBulk,
  action: BulkMove,
): Promise<BulkOutcome[]> {
  const outcomes: BulkOutcome[] = []
  for (const one of seen) {
    const row = found.get(one.id)
    const move = { action, requestKey: keyOf(input.requestKey, one.id), by }
    const problem = row ? await moveOne(deps, row, one, move) : 'notFound'
    outcomes.push({ id: one.id, number: row?.number ?? null, problem })
  }
  return outcomes
}

async function moveOne(
  { db, move }: Deps,
  row: Found,
  { id, status }: Seen,
  { action, requestKey, by }: { action: BulkMove; requestKey: string; by: Registrar },
): Promise<BulkOutcome['problem']> {
  // Moved by this form the first time it was sent, it stands otherwise by now, and nothing is wrong with that.
  if (row.status !== status && (await findMoveByKey(db, requestKey)) !== id) return 'changedMeanwhile'
  try {
    await move(id, { requestKey, action, version: row.version, details: {} }, by)
    return null
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

async function setAll(
  { db, changed }: Deps,
  { input, by, seen, found }: AskedInBulk,
): Promise<BulkOutcome[]> {
  const { action } = input
  const isAssigning = action === 'assign'
  if (!may(by.role, 'classifyAppeals') && (isAssigning || !may(by.role, 'approveConclusions')))
    throw new Refusal('notAllowed', `${by.role} may not ${action}`)
  const editor = isAssigning ? await editorNamed(db, input.editor) : undefined
  const outcomes = await db.transaction().execute(async (trx) => {
    const locked = new Map((await lockForBulk(trx, [...found.keys()])).map((row) => [row.id, row]))
    const all = seen.map(({ id, status }): BulkOutcome => {
      const row = locked.get(id)
      return { id, number: row?.number ?? null, problem: row ? whyNot(row, status, isAssigning) : 'notFound' }
    })
    const possible = new Set(all.flatMap(({ id, problem }) => (problem === null ? [id] : [])))
    // What is so already is not told a second time, as of a form that is sent again.
    const isSo = (row: LockedForBulk) =>
      editor ? row.editor === editor : row.under_control === (action === 'control')
    const ids = [...locked.values()].flatMap((row) => (possible.has(row.id) && !isSo(row) ? [row.id] : []))
    if (editor) await setEditor(trx, ids, editor)
    else await setControl(trx, ids, action === 'control')
    await recordAll<AppealEvent>(
      trx,
      ids.map((appeal) => setEvent({ appeal, editor, isControl: action === 'control', by: by.id })),
    )
    return all
  })
  for (const { id, problem } of outcomes) if (problem === null) changed?.(id as AppealId)
  return outcomes
}

type SetFor = { appeal: AppealId; editor: StaffId | undefined; isControl: boolean; by: StaffId }

function setEvent({ appeal, editor, isControl, by }: SetFor): AppealEvent {
  if (editor) return { type: 'appealAssigned', appeal, editor, by }
  return { type: isControl ? 'appealPutUnderControl' : 'appealLeftControl', appeal, by }
}

async function editorNamed(db: Kysely<Database>, editor: string | undefined): Promise<StaffId> {
  const found = editor === undefined ? undefined : await findEditor(db, editor as StaffId)
  if (!found) throw new Refusal('badInput', 'editor: there is none')
  return found
}

/** An editor sees no report of corruption, so he can be given none. */
function whyNot(
  { status, track }: Pick<Found, 'status' | 'track'>,
  seen: AppealStatus,
  isAssigning: boolean,
): BulkOutcome['problem'] {
  if (status !== seen) return 'changedMeanwhile'
  if (!isAssigning) return null
  if (track === 'trust') return 'notAllowed'
  return isAssignable(status) ? null : 'moveNotPossible'
}

/** The same for the same form and appeal, and a uuid by its form. */
function keyOf(requestKey: string, appeal: AppealId): string {
  const hex = createHash('sha256').update(`${requestKey} ${appeal}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
