import { type Kysely, type Selectable, sql, type Transaction, type Updateable } from 'kysely'
import type { RecordingStatus } from '#core/calls/call.ts'
import { RECORDING_MOVES, type RecordingAction } from '#core/calls/recording-status.ts'
import { assert } from '#core/lib/assert.ts'
import type { CallId, StaffId } from '#core/lib/ids.ts'
import type { Database } from '../database/schema.ts'

type Reader = Kysely<Database>
type Writer = Transaction<Database>

export type RecordingRow = Selectable<Database['recordings']>
export type RecordingChange = Omit<Updateable<Database['recordings']>, 'status' | 'call'>

const JOB_KEY = 'recording:'
/** At one start; the next look takes the next. */
export const RESUMED_MAX_ROWS = 1_000

export async function findRecording(db: Reader, call: CallId): Promise<RecordingRow | undefined> {
  return await db.selectFrom('recordings').selectAll().where('call', '=', call).executeTakeFirst()
}

/** Moves the status along its table; false if somebody else has moved it meanwhile. */
export async function moveRecording(
  trx: Writer,
  { call, status }: Pick<RecordingRow, 'call' | 'status'>,
  action: RecordingAction,
  change: RecordingChange = {},
): Promise<boolean> {
  const next: RecordingStatus | undefined = RECORDING_MOVES[status][action]
  assert(next, `a recording that is ${status} cannot ${action}`)
  const { numUpdatedRows } = await trx
    .updateTable('recordings')
    .set({ ...change, status: next })
    .where('call', '=', call)
    .where('status', '=', status)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Calls that have ended and whose recordings are not stored, oldest first; all, or those that no job will try again. */
export async function listUnfinished(db: Reader, which: 'all' | 'forgotten'): Promise<CallId[]> {
  const rows = await db
    .selectFrom('recordings')
    .select('call')
    .where('status', '<>', 'stored')
    .where('ended_at', 'is not', null)
    .$if(which === 'forgotten', (query) =>
      query.where(
        sql<boolean>`not exists (select from graphile_worker.jobs
          where key = ${JOB_KEY} || recordings.call and attempts < max_attempts)`,
      ),
    )
    .orderBy('ended_at')
    .limit(RESUMED_MAX_ROWS)
    .execute()
  return rows.map(({ call }) => call)
}

/** Whether the agent spoke on this call. */
export async function wasOnCall(db: Reader, call: CallId, staff: StaffId): Promise<boolean> {
  const found = await sql<{ was: boolean }>`
    select exists (select from calls where id = ${call} and agent = ${staff})
        or exists (select from talk_intervals where call = ${call} and agent = ${staff}) as was`.execute(db)
  return found.rows[0]?.was ?? false
}

/** Puts the work into the queue of jobs, in the caller's transaction; a second request replaces a waiting first. */
export async function addRecordingJob(db: Reader, call: CallId, attempts: number): Promise<void> {
  const payload = JSON.stringify({ call })
  await sql`select graphile_worker.add_job('finishRecording', ${payload}::json,
    job_key => ${JOB_KEY + call}, max_attempts => ${attempts})`.execute(db)
}
