import { type Insertable, type Kysely, sql, type Transaction } from 'kysely'
import type { DocumentRow } from '#contract/documents.ts'
import type { Cosigner, Representative } from '#core/appeals/filers.ts'
import type { DocumentedAppeal } from '#core/documents/document-facts.ts'
import type { DocumentLanguage } from '#core/documents/document-fields.ts'
import type { AppealId, DocumentId } from '#core/lib/ids.ts'
import type { Day } from '#core/lib/time.ts'
import { displayNumber } from '#core/text/phone-number.ts'
import type { Database } from '../database/schema.ts'

type Db = Kysely<Database>
type Trx = Transaction<Database>

export type AppealFacts = Omit<DocumentedAppeal, 'organisation' | 'statusAddress' | 'attachments'> & {
  /** When it was last moved: the same document made twice in between is the same. */
  readonly movedAt: Date
}

export async function findAppealFacts(db: Db, appeal: AppealId): Promise<AppealFacts | undefined> {
  const row = await db
    .selectFrom('appeals')
    .innerJoin('appeal_days', 'appeal_days.appeal', 'appeals.id')
    .innerJoin('citizens as filed', 'filed.id', 'appeals.citizen')
    // His card may have been merged into another since.
    .innerJoin('citizens', 'citizens.id', 'filed.shown_as')
    .leftJoin('topics', 'topics.code', 'appeals.topic')
    .select([
      'appeals.number',
      'appeals.kind',
      'received_at',
      'registered_on',
      'due_on',
      'text',
      'edited_text',
      'cosigners',
      'appeals.representative as acts_for',
    ])
    .select(['citizens.id as citizen', 'citizens.name', 'citizens.name_cyrillic'])
    .select(['citizens.region', 'citizens.representative'])
    .select(['topics.names as topic'])
    .select(({ selectFrom }) =>
      selectFrom('appeal_steps')
        .select(({ fn }) => fn.max('at').as('at'))
        .where('appeal_steps.appeal', '=', appeal)
        .as('moved_at'),
    )
    .where('appeals.id', '=', appeal)
    .executeTakeFirst()
  if (!row) return undefined
  const numbers = await db
    .selectFrom('citizen_numbers')
    .select('e164')
    .where('citizen_id', '=', row.citizen)
    .where('standing', '<>', 'notHis')
    .orderBy('seen_at', 'desc')
    .orderBy('e164')
    .execute()
  const actsFor = row.acts_for as Representative | null
  return {
    number: row.number,
    kind: row.kind,
    topic: row.topic as DocumentedAppeal['topic'],
    receivedAt: row.received_at.getTime(),
    registeredOn: row.registered_on as Day,
    dueOn: row.due_on as Day | null,
    citizen: {
      name: row.name,
      nameCyrillic: row.name_cyrillic,
      numbers: numbers.map(({ e164 }) => displayNumber(e164)),
      region: row.region,
      // Who acts in this appeal; else whoever acts for the citizen in everything, as his card says.
      representative: actsFor ? representativeWords(actsFor) : row.representative,
    },
    cosigners: row.cosigners as Cosigner[],
    text: row.edited_text ?? row.text,
    movedAt: row.moved_at ?? row.received_at,
  }
}

function representativeWords({ ground, name }: Representative): string {
  return ground === '' ? name : `${name} (${ground})`
}

export async function findOfStep(db: Db, step: string) {
  return await db.selectFrom('appeal_documents').selectAll().where('step', '=', step).executeTakeFirst()
}

export async function findDocument(db: Db, id: DocumentId) {
  return await db.selectFrom('appeal_documents').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function findAppealOfStep(db: Db, step: string) {
  return await db.selectFrom('appeal_steps').select('appeal').where('id', '=', step).executeTakeFirst()
}

/** Versions are counted one by one: whoever makes another waits. */
export async function lockVersions(trx: Trx, appeal: AppealId) {
  await trx.selectFrom('appeals').select('id').where('id', '=', appeal).forUpdate().execute()
  return await trx
    .selectFrom('appeal_documents')
    .select(['id', 'version', 'language', 'docx', 'pdf', 'step'])
    .where('appeal', '=', appeal)
    .orderBy('version', 'desc')
    .execute()
}

export async function insertDocument(
  trx: Trx,
  row: Insertable<Database['appeal_documents']>,
): Promise<DocumentId> {
  const { id } = await trx
    .insertInto('appeal_documents')
    .values(row)
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function listDocuments(db: Db, appeal: AppealId): Promise<DocumentRow[]> {
  const rows = await db
    .selectFrom('appeal_documents')
    .leftJoin('staff_members', 'staff_members.id', 'made_by')
    .select(['appeal_documents.id', 'version', 'appeal_documents.language', 'step', 'pdf', 'made_at'])
    .select(['docx_bytes', 'pdf_bytes', 'staff_members.name'])
    .where('appeal', '=', appeal)
    .orderBy('version')
    .execute()
  return rows.map(({ docx_bytes, made_at, name, pdf, pdf_bytes, step, ...row }) => ({
    ...row,
    wasSent: step !== null,
    docxBytes: docx_bytes,
    pdfBytes: pdf_bytes,
    pdfSha256: pdf,
    madeAt: made_at.getTime(),
    madeByName: name,
  }))
}

// Templates -----------------------------------------------------------------------

export async function listTemplates(db: Db) {
  return await db
    .selectFrom('document_templates')
    .innerJoin('staff_members', 'staff_members.id', 'saved_by')
    .select(['document_templates.language', 'version', 'sha256', 'saved_at', 'staff_members.name'])
    .orderBy('version', 'desc')
    .execute()
}

export async function findTemplate(db: Db, language: DocumentLanguage) {
  return await db
    .selectFrom('document_templates')
    .select(['version', 'sha256'])
    .where('language', '=', language)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Nobody's template is replaced by whoever has not seen it: then there is no row. */
export async function insertTemplate(
  trx: Trx,
  row: Insertable<Database['document_templates']>,
): Promise<boolean> {
  await sql`lock table document_templates in share row exclusive mode`.execute(trx)
  const last = await findTemplate(trx, row.language)
  if ((last?.version ?? 0) + 1 !== row.version) return false
  await trx.insertInto('document_templates').values(row).execute()
  return true
}
