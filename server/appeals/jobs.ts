/** The timed work of appeals, for graphile-worker. */
import type { TaskList } from 'graphile-worker'
import type { Transaction } from 'kysely'
import { z } from 'zod'
import type { Database } from '../database/schema.ts'
import { addSendJob } from './dispatch-store.ts'
import type { Dispatching } from './dispatching.ts'
import type { Warning } from './warning.ts'

/** With the worker's growing pauses this is some three days. */
const SEND_MAX_ATTEMPTS = 25

const Payload = z.object({ step: z.uuid() })

/** In the transaction of the move that dispatches. */
export async function enqueueDispatch(trx: Transaction<Database>, step: string): Promise<void> {
  await addSendJob(trx, step, SEND_MAX_ATTEMPTS)
}

export function appealJobs(dispatches: Dispatching, warnings: Pick<Warning, 'warnDue'>): TaskList {
  return {
    sendAppeal: (payload: unknown) => dispatches.send(Payload.parse(payload).step),
    alarmUnreceived: async () => void (await dispatches.alarmUnreceived()),
    warnOfDueDays: async () => void (await warnings.warnDue()),
  }
}

/** As graphile-worker reads it. */
export const APPEAL_CRONTAB = ['17 * * * * alarmUnreceived', '7 * * * * warnOfDueDays'].join('\n')
