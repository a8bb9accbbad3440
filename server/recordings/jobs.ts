/** The timed work of recordings, for graphile-worker. */
import type { TaskList } from 'graphile-worker'
import type { Transaction } from 'kysely'
import { z } from 'zod'
import type { CallId } from '#core/lib/ids.ts'
import type { Database } from '../database/schema.ts'
import { FINISH_MAX_ATTEMPTS, type RecordingService } from './service.ts'
import { addRecordingJob } from './store.ts'

const Payload = z.object({ call: z.uuid().transform((id) => id as CallId) })

/** In the transaction that writes callEnded: there is no ended call without the work that follows it. */
export async function enqueueRecording(trx: Transaction<Database>, call: CallId): Promise<void> {
  await addRecordingJob(trx, call, FINISH_MAX_ATTEMPTS)
}

export function recordingJobs(recordings: RecordingService): TaskList {
  return {
    finishRecording: (payload: unknown) => recordings.finish(Payload.parse(payload).call),
    resumeRecordings: async () => void (await recordings.resumeForgotten()),
  }
}

/** As graphile-worker reads it: what the first look missed is found within ten minutes. */
export const RECORDING_CRONTAB = '*/10 * * * * resumeRecordings'
