import { type Kysely, sql, type Transaction } from 'kysely'

import { displayNumber } from '#core/text/phone-number.ts'
import type { Database } from '../database/schema.ts'
import type { AppealPackage } from './ports.ts'

type Db = Kysely<Database>

const JOB_KEY = 'sendAppeal:'

/** In the transaction of the move: there is no dispatch without the work that follows it. */
export async function addSendJob(trx: Transaction<Database>, step: string, attempts: number): Promise<void> {
  const payload = JSON.stringify({ step })
  await sql`select graphile_worker.add_job('sendAppeal', ${payload}::json,
    job_key => ${JOB_KEY + step}, max_attempts => ${attempts})`.execute(trx)
}

/** The appeal of a step that dispatched it, as it stands now. */
export async function findDispatch(db: Db, step: string) {
  const row = await db
    .selectFrom('appeal_steps')
    .innerJoin('appeals', 'appeals.id', 'appeal_steps.appeal')
    .innerJoin('appeal_days', 'appeal_days.appeal', 'appeals.id')
    .innerJoin('citizens as filed', 'filed.id', 'appeals.citizen')
    // His card may have been merged into another since.
    .innerJoin('citizens', 'citizens.id', 'filed.shown_as')
    .select([
      'appeals.id',
      'number',
      'appeals.kind',
      'topic',
      'received_at',
      'registered_on',
      'due_on',
      'text',
    ])
    .select(['edited_text', 'appeals.status', 'track', 'citizens.id as citizen', 'citizens.name'])
    .select('appeal_steps.at')
    .where('appeal_steps.id', '=', step)
    .where('action', '=', 'dispatch')
    .executeTakeFirst()
  if (!row) return undefined
  const numbers = await db
    .selectFrom('citizen_numbers')
    .select('e164')
    .where('citizen_id', '=', row.citizen)
    .orderBy('seen_at', 'desc')
    .execute()
  const facts: Omit<AppealPackage, 'files'> = {
    number: row.number,
    kind: row.kind,
    topic: row.topic,
    receivedAt: row.received_at.toISOString(),
    registeredOn: row.registered_on,
    dueOn: row.due_on,
    citizen: { name: row.name, numbers: numbers.map(({ e164 }) => displayNumber(e164)) },
    text: row.edited_text ?? row.text,
    citizensWords: row.text,
    sentAt: row.at.toISOString(),
  }
  return { appeal: row.id, status: row.status, track: row.track, facts }
}

export async function wasHandedOver(db: Db, key: string): Promise<boolean> {
  const row = await db.selectFrom('events').select('id').where('key', '=', key).executeTakeFirst()
  return row !== undefined
}

/** Dispatched before that moment, the longest waiting first, with the number that a system gave it meanwhile. */
export async function listUnreceived(db: Db, before: Date, limit: number) {
  return await db
    .selectFrom('appeals')
    .innerJoin('appeal_steps', 'appeal_steps.appeal', 'appeals.id')
    .select(['appeals.number', ({ fn }) => fn.max('appeal_steps.at').as('at')])
    .select(
      sql<string | null>`(select body ->> 'incomingNumber' from events
        where appeal = appeals.id and type = 'appealHandedOver' and events.at >= max(appeal_steps.at)
        order by events.id desc limit 1)`.as('incoming_number'),
    )
    .where('appeals.status', '=', 'dispatched')
    .where('appeals.track', '<>', 'trust')
    .where('appeal_steps.action', '=', 'dispatch')
    .groupBy(['appeals.id', 'appeals.number'])
    .having(({ fn }) => fn.max('appeal_steps.at'), '<', before)
    .orderBy('at')
    .limit(limit)
    .execute()
}
