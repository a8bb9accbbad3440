/** For a demo organisation: what would be sent is kept in a table instead, and `./javob messages` shows it. No telephone gets anything. */
import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import type { SmsSender } from '../messages/ports.ts'

export function demoSender(db: Kysely<Database>): SmsSender {
  return {
    async send({ id, to, text }) {
      await db
        .insertInto('demo_messages')
        .values({ id, e164: to, text })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute()
      return { outcome: 'accepted' }
    },
  }
}
