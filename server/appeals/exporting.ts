/**
 * Appeals taken out of the system: what, by whom, when and why is written before anything leaves, beside each appeal and in
 * the log, and stands on each line of the file that the console makes of it. Numbers and documents of citizens stay here.
 */
import { type Kysely, sql } from 'kysely'
import type { Logger } from 'pino'
import {
  type AppealsExport,
  EXPORT_MAX_ROWS,
  type ExportAppeals,
  type ExportedAppeal,
} from '#contract/appeal-office.ts'
import type { AppealId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'
import { asPlainText } from '#core/text/hostile-text.ts'
import { record, recordAll } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { SignedInStaff } from '../http-permissions.ts'
import type { AppealEvent } from './events.ts'
import type { listing } from './listing.ts'

/** So many rows are read and written at once: the server conducts calls beside it, and ten thousand kept it for seconds. */
export const ROWS_AT_ONCE = 100
/** As much as a cell of a sheet holds. */
const TEXT_MAX_CHARACTERS = 5_000
const REASON_MAX_CHARACTERS = 500

type Deps = {
  db: Kysely<Database>
  log: Logger
  now: () => Instant
  chosen: ReturnType<typeof listing>['ids']
}

export function exporting({ db, log, now, chosen }: Deps) {
  return async (input: ExportAppeals, by: Pick<SignedInStaff, 'id' | 'role' | 'name'>): Promise<TakenOut> => {
    const reason = asPlainText(input.reason, REASON_MAX_CHARACTERS).text.trim()
    const ids = await chosen(input.chosen, by, { limit: EXPORT_MAX_ROWS + 1, ids: input.ids as AppealId[] })
    if (ids.length > EXPORT_MAX_ROWS)
      throw new Refusal('tooManyToExport', `More than ${EXPORT_MAX_ROWS} appeals`)
    const at = new Date(now())
    const id = await db.transaction().execute(async (trx) => {
      const { id: made } = await trx
        .insertInto('appeal_exports')
        .values({ at, by: by.id, reason, chosen: JSON.stringify(input.chosen), appeals: ids.length })
        .returning('id')
        .executeTakeFirstOrThrow()
      await record<AppealEvent>(trx, {
        type: 'appealsExported',
        export: made,
        appeals: ids.length,
        by: by.id,
      })
      await recordAll<AppealEvent>(
        trx,
        ids.map((appeal) => ({ type: 'appealExported', appeal, export: made, by: by.id })),
      )
      return made
    })
    log.info({ export: id, appeals: ids.length, staff: by.id }, 'appeals exported')
    return { id, at: at.getTime(), byName: by.name, reason, rows: rowsOf(db, ids) }
  }
}

/** Its rows come one group after the other, each read when the one before has gone. */
export type TakenOut = Omit<AppealsExport, 'rows'> & { readonly rows: AsyncIterable<ExportedAppeal[]> }

/** As the contract has it, in pieces to be sent one after the other. */
export async function* exportText({ rows, ...head }: TakenOut): AsyncGenerator<string> {
  yield `${JSON.stringify(head).slice(0, -1)},"rows":[`
  let comma = ''
  for await (const group of rows) {
    if (group.length === 0) continue
    yield comma + group.map((row) => JSON.stringify(row)).join(',')
    comma = ','
  }
  yield ']}'
}

async function* rowsOf(db: Kysely<Database>, ids: readonly AppealId[]): AsyncGenerator<ExportedAppeal[]> {
  for (let at = 0; at < ids.length; at += ROWS_AT_ONCE)
    yield await readRows(db, ids.slice(at, at + ROWS_AT_ONCE))
}

/** In the order of the ids. */
async function readRows(db: Kysely<Database>, ids: readonly AppealId[]): Promise<ExportedAppeal[]> {
  const rows = await db
    .selectFrom('appeals')
    .innerJoin('appeal_days', 'appeal_days.appeal', 'appeals.id')
    .innerJoin('citizens as filed', 'filed.id', 'appeals.citizen')
    .innerJoin('citizens', 'citizens.id', 'filed.shown_as')
    .leftJoin('staff_members as editors', 'editors.id', 'appeals.editor')
    .select(['appeals.id', 'number', 'appeals.kind', 'appeals.status', 'track', 'outcome', 'topic'])
    .select(['citizens.name', 'registered_on', 'due_on', 'editors.name as editor_name', 'incoming_number'])
    .select(['text', 'edited_text'])
    .where((eb) => eb('appeals.id', '=', eb.fn.any(sql<AppealId[]>`${ids}::uuid[]`)))
    .execute()
  const rowOf = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = rowOf.get(id)
    if (!row) return []
    const { number, kind, status, track, outcome, topic } = row
    return {
      ...{ number, kind, status, track, outcome, topic },
      citizenName: row.name,
      registeredOn: row.registered_on,
      dueOn: row.due_on,
      editorName: row.editor_name,
      incomingNumber: row.incoming_number,
      text: asPlainText(row.edited_text ?? row.text, TEXT_MAX_CHARACTERS).text,
    }
  })
}
