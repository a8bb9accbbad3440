/** Alarms: something a person must look at. One is open per kind and subject, however often it is raised. */
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { StaffId } from '#core/lib/ids.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { AlarmEvent } from './events.ts'
import { alarmExists, countOpen, insertUnlessOpen, listAlarms, type NewAlarm, setResolved } from './store.ts'

/** The open ones and the latest of the others; older ones are in the event log. */
const LIST_MAX_ROWS = 200
const DETAIL_MAX_CHARACTERS = 2_000

export type AlarmService = ReturnType<typeof alarmService>

export function alarmService({ db, log }: { db: Kysely<Database>; log: Logger }) {
  return {
    list: () => listAlarms(db, LIST_MAX_ROWS),

    countOpen: () => countOpen(db),

    /** In the transaction it is given, or in one of its own. */
    async raise(where: Kysely<Database>, alarm: NewAlarm): Promise<void> {
      const detail = alarm.detail.slice(0, DETAIL_MAX_CHARACTERS)
      const work = async (trx: Parameters<typeof insertUnlessOpen>[0]) => {
        const raised = await insertUnlessOpen(trx, { ...alarm, detail })
        if (!raised) return
        const { kind, subject } = alarm
        await record<AlarmEvent>(trx, { type: 'alarmRaised', alarm: raised.id, kind, subject })
        log.warn({ alarm: raised.id, kind, subject }, 'alarm raised')
      }
      await (where.isTransaction
        ? work(where as Parameters<typeof work>[0])
        : where.transaction().execute(work))
    },

    async resolve(id: string, by: StaffId): Promise<void> {
      await db.transaction().execute(async (trx) => {
        const resolved = await setResolved(trx, id, by)
        if (resolved)
          return void (await record<AlarmEvent>(trx, { type: 'alarmResolved', alarm: id, ...resolved, by }))
        if (!(await alarmExists(trx, id))) throw new Refusal('notFound', `No alarm ${id}`)
        throw new Refusal('changedMeanwhile', `Alarm ${id} was resolved already`)
      })
    },
  }
}
