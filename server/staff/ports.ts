/** What the staff module needs from outside. */
import type { Transaction } from 'kysely'
import type { QueueId } from '#core/lib/ids.ts'
import type { Database } from '../database/schema.ts'

/** What a change of people may not do to queues. */
export type QueueGuard = {
  /** Waits until nobody else changes settings. */
  lock(trx: Transaction<Database>): Promise<void>
  /** Carries the change out, one after another with all changes of queues, and refuses it if it leaves callers with nobody. */
  changing<Done>(trx: Transaction<Database>, change: () => Promise<Done>): Promise<Done>
  /** Those that still take callers. */
  inUse(trx: Transaction<Database>): Promise<readonly QueueId[]>
}
