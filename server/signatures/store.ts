import type { Insertable, Kysely, Transaction } from 'kysely'
import type { MoveDetails } from '#contract/appeals.ts'
import type { SignatureRow } from '#contract/signatures.ts'
import { maskPinfl } from '#core/citizens/pinfl.ts'
import type { AppealId, SignatureId, StaffId } from '#core/lib/ids.ts'
import type { DecidedAppeal } from '#core/signatures/signed-decision.ts'
import type { Database } from '../database/schema.ts'

type Db = Kysely<Database>
type Trx = Transaction<Database>

/** What a decision about an appeal is made from. `before`: without the move of that place and those after it. */
export async function findDecided(
  db: Db,
  appeal: AppealId,
  before = Number.MAX_SAFE_INTEGER,
): Promise<DecidedAppeal> {
  const { number } = await db
    .selectFrom('appeals')
    .select('number')
    .where('id', '=', appeal)
    .executeTakeFirstOrThrow()
  const moves = await db
    .selectFrom('appeal_steps')
    .select(['action', 'details', 'place'])
    .where('appeal', '=', appeal)
    .orderBy('place')
    .execute()
  const files = await db
    .selectFrom('attachments')
    .select(['name', 'sha256'])
    .where('appeal', '=', appeal)
    .where('part', '=', 'reply')
    .where('removed_at', 'is', null)
    .execute()
  return {
    number,
    moves: moves
      .filter(({ place }) => place < before)
      .map(({ action, details }) => ({ action, details: details as MoveDetails })),
    files: files.map(({ name, sha256 }) => ({ name: name ?? '', sha256: sha256 ?? '' })),
  }
}

export async function findStep(trx: Trx, step: string) {
  const row = await trx
    .selectFrom('appeal_steps')
    .select(['actor', 'details', 'place'])
    .where('id', '=', step)
    .executeTakeFirstOrThrow()
  return { ...row, details: row.details as MoveDetails }
}

export async function findStaffPinfl(db: Db, id: StaffId): Promise<string | null> {
  const row = await db
    .selectFrom('staff_members')
    .select('pinfl')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return row.pinfl
}

/** Nothing where one that came with the same bytes is there. */
export async function insertSignature(
  trx: Trx,
  row: Insertable<Database['signatures']>,
): Promise<SignatureId | undefined> {
  const inserted = await trx
    .insertInto('signatures')
    .values(row)
    .onConflict((conflict) => conflict.column('given_sha256').doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted?.id
}

/** As it came; what was made of it afterwards has other bytes. */
export async function findGiven(db: Db, givenSha256: string) {
  return await db
    .selectFrom('signatures')
    .select(['appeal', 'text_sha256', 'signed_by'])
    .where('given_sha256', '=', givenSha256)
    .executeTakeFirst()
}

/** What the rule looks at. Nobody uses one of them before this transaction is over. */
export async function lockSignatures(trx: Trx, appeal: AppealId) {
  const rows = await trx
    .selectFrom('signatures')
    .select(['id', 'decision', 'text_sha256', 'signed_by', 'step'])
    .where('appeal', '=', appeal)
    .orderBy('id', 'desc')
    .forUpdate()
    .execute()
  return rows.map(({ decision, id, signed_by, step, text_sha256 }) => ({
    id,
    decision,
    by: signed_by,
    documentSha256: text_sha256,
    isUsed: step !== null,
  }))
}

export async function putToStep(trx: Trx, id: SignatureId, step: string): Promise<void> {
  await trx.updateTable('signatures').set({ step }).where('id', '=', id).execute()
}

export async function listSignatures(db: Db, appeal: AppealId): Promise<SignatureRow[]> {
  const rows = await db
    .selectFrom('signatures')
    .innerJoin('staff_members', 'staff_members.id', 'signed_by')
    .leftJoin('appeal_steps', 'appeal_steps.id', 'signatures.step')
    .select(['signatures.id', 'decision', 'text_sha256', 'signer_name', 'signer_organisation'])
    .select(['signer_pinfl', 'certificate_serial', 'is_same_person', 'signed_at', 'verified_at'])
    .select(['verified_by', 'staff_members.name', 'appeal_steps.place'])
    .where('signatures.appeal', '=', appeal)
    .orderBy('signatures.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    decision: row.decision,
    textSha256: row.text_sha256,
    signerName: row.signer_name,
    signerOrganisation: row.signer_organisation,
    signerPinfl: row.signer_pinfl === null ? null : maskPinfl(row.signer_pinfl),
    certificateSerial: row.certificate_serial,
    isSamePerson: row.is_same_person,
    byName: row.name,
    signedAt: row.signed_at.getTime(),
    verifiedAt: row.verified_at.getTime(),
    verifiedBy: row.verified_by,
    place: row.place,
  }))
}

export async function findSignature(db: Db, id: SignatureId) {
  return await db
    .selectFrom('signatures')
    .select(['appeal', 'decision', 'text', 'pkcs7'])
    .where('id', '=', id)
    .executeTakeFirst()
}
