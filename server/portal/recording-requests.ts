/** Citizens' wishes to hear their calls, and who decides them: whoever answers for the work, because a telephone is no proof of who spoke. */
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { DecideRecording, RecordingRequest } from '#contract/portal.ts'
import type { Instant } from '#core/lib/time.ts'
import { maskNumber } from '#core/text/phone-number.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { SignedInStaff } from '../http-permissions.ts'
import type { PortalEvent } from './events.ts'

const REQUESTS_MAX = 200

type Deps = { db: Kysely<Database>; log: Logger; now: () => Instant }

export function recordingRequests({ db, log, now }: Deps) {
  async function list(id?: string): Promise<RecordingRequest[]> {
    const rows = await db
      .selectFrom('recording_requests as asked')
      .innerJoin('calls', 'calls.id', 'asked.call')
      .leftJoin('citizens as named', 'named.id', 'calls.citizen')
      .leftJoin('citizens', 'citizens.id', 'named.shown_as')
      .leftJoin('staff_members', 'staff_members.id', 'asked.decided_by')
      .select(['asked.id', 'asked.call', 'asked.e164', 'asked_at', 'asked.status', 'asked.reason'])
      .select(['arrived_at', 'citizens.name as citizen_name', 'staff_members.name as decided_by_name'])
      .$if(id !== undefined, (query) => query.where('asked.id', '=', id as string))
      .orderBy((eb) => eb('asked.status', '=', 'asked'), 'desc')
      .orderBy('asked_at', 'desc')
      .limit(REQUESTS_MAX)
      .execute()
    return rows.map((row) => ({
      id: row.id,
      call: row.call,
      arrivedAt: row.arrived_at.getTime(),
      number: maskNumber(row.e164),
      citizenName: row.citizen_name,
      askedAt: row.asked_at.getTime(),
      status: row.status,
      reason: row.reason,
      decidedByName: row.decided_by_name,
    }))
  }

  return {
    /** Those that wait first, then the newest. */
    list: () => list(),

    /** Once: what was given out may have been heard, and what was refused was read. */
    async decide(
      id: string,
      { granted, reason }: DecideRecording,
      by: Pick<SignedInStaff, 'id'>,
    ): Promise<RecordingRequest> {
      await db.transaction().execute(async (trx) => {
        const decided = await trx
          .updateTable('recording_requests')
          .set({
            status: granted ? 'granted' : 'refused',
            reason,
            decided_at: new Date(now()),
            decided_by: by.id,
          })
          .where('id', '=', id)
          .where('status', '=', 'asked')
          .returning('call')
          .executeTakeFirst()
        if (!decided) throw new Refusal('changedMeanwhile', `Request ${id} is not open`)
        await record<PortalEvent>(trx, { type: 'recordingDecided', call: decided.call, granted, by: by.id })
      })
      log.info({ request: id, granted, staff: by.id }, 'a citizen’s wish for a recording was decided')
      const [request] = await list(id)
      if (!request) throw new Refusal('notFound', `No request ${id}`)
      return request
    },
  }
}
