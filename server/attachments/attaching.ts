/** A file that was received becomes part of an appeal, in one transaction with its event, once for each form. */
import type { Kysely, Transaction } from 'kysely'
import { type AttachmentPart, attachesTo, removesFrom } from '#core/attachments/attaching.ts'
import { fitProblem } from '#core/attachments/attachment-problems.ts'
import type { AppealId, AttachmentId, StaffId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import type { Role } from '#core/staff/permissions.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { AttachmentEvent } from './events.ts'
import type { ReceivedFile } from './receiving.ts'
import { findByKey, insertAttachment, listKept, lockAppeal } from './store.ts'

type Db = Kysely<Database>

export type Attaching = {
  readonly part: AttachmentPart
  readonly requestKey: string
  readonly at: Instant
  /** None where the citizen sends it. */
  readonly by?: StaffId
}

export async function attach(
  trx: Transaction<Database>,
  appeal: AppealId,
  { bytes, name, sha256, type }: ReceivedFile,
  { at, by, part, requestKey }: Attaching,
): Promise<AttachmentId> {
  const there = (await listKept(trx, appeal)).filter((file) => file.part === part)
  // Whoever got no answer chooses the file again: the same content is attached once.
  const same = there.find((file) => file.sha256 === sha256)
  if (same) return same.id
  const problem = fitProblem(there, bytes)
  if (problem) throw new Refusal(problem, `There are ${there.length} attachments already`)
  const row = { appeal, part, sha256, name, type, bytes, request_key: requestKey, added_at: new Date(at) }
  const id = await insertAttachment(trx, { ...row, added_by: by ?? null })
  const facts = { appeal, attachment: id, part, fileType: type, bytes, ...(by && { by }) }
  await record<AttachmentEvent>(trx, { type: 'attachmentAdded', ...facts })
  return id
}

/** To the part that is worked on now, by whoever works on it. */
export async function attachOnce(
  db: Db,
  appeal: AppealId,
  received: ReceivedFile,
  { at, by, requestKey, role }: { at: Instant; by: StaffId; requestKey: string; role: Role },
): Promise<void> {
  try {
    await db.transaction().execute(async (trx) => {
      const part = mustAttachTo(await lockAppeal(trx, appeal), role)
      await attach(trx, appeal, received, { part, requestKey, by, at })
    })
  } catch (error) {
    // The same form was quicker on another connection.
    if (!(await wasAttached(db, appeal, requestKey))) throw error
  }
}

export async function wasAttached(db: Db, appeal: AppealId, requestKey: string): Promise<boolean> {
  const known = await findByKey(db, requestKey)
  if (known && known.appeal !== appeal)
    throw new Refusal('badInput', 'requestKey: it was used for another appeal')
  return known !== undefined
}

type Locked = Awaited<ReturnType<typeof lockAppeal>>

/** To what may be attached now; refuses where it is not this person's, or too late. */
function mustAttachTo(appeal: Locked, role: Role): AttachmentPart {
  const part = appeal && attachesTo(appeal, role)
  if (!part)
    throw new Refusal('moveNotPossible', `${role} attaches nothing to an appeal that is ${appeal?.status}`)
  return part
}

/** Refuses where it is not this person's to take away, too late, or of another part than is worked on. */
export function mustRemoveFrom(
  appeal: Locked,
  role: Role,
  { part, ...whose }: { part: string; isOwn: boolean },
): void {
  if (!appeal || removesFrom(appeal, role, whose) !== part)
    throw new Refusal(
      'moveNotPossible',
      `${role} removes no such file of an appeal that is ${appeal?.status}`,
    )
}
