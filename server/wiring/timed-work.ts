import { setTimeout as delay } from 'node:timers/promises'
import { Logger as WorkerLogger, run as runWorker } from 'graphile-worker'
import { dispatching } from '../appeals/dispatching.ts'
import { APPEAL_CRONTAB, appealJobs } from '../appeals/jobs.ts'
import { packageFiles } from '../chancellery/package-files.ts'
import { patientPool } from '../database/patient-pool.ts'
import { FILE_CRONTAB, fileJobs } from '../files/jobs.ts'
import { MESSAGE_CRONTAB, messageJobs } from '../messages/jobs.ts'
import { PORTAL_CRONTAB, portalJobs } from '../portal/jobs.ts'
import { RECORDING_CRONTAB, recordingJobs } from '../recordings/jobs.ts'
import type { Calls } from './calls.ts'
import { openPapers, openPortal, warningsOf } from './citizens.ts'
import { letGoOfLeftWork } from './left-work.ts'
import type { Memory } from './memory.ts'

const JOBS_AT_ONCE = 4
/** What is not done by then is left in the middle, and begun anew by the next server. */
const STOP_WITHIN_MS = 2_500

/** Timed work; first of all what a killed server had left. */
export async function openJobs(memory: Memory, { appealChanged: changed }: Pick<Calls, 'appealChanged'>) {
  const { alarms, chancellery, db, files, log, pool, recordings } = memory
  // Work that nobody asked for sees every appeal, and shows it to nobody.
  const { attachments, documents } = openPapers(memory, { mustSee: async () => undefined, changed })
  const { messages, portal } = openPortal(memory, changed)
  await letGoOfLeftWork(pool)
  const dispatches = dispatching({
    db,
    log,
    chancellery: chancellery.driver,
    filesOf: packageFiles({
      documentOf: documents.ofStep,
      attachmentsOf: attachments.kept,
      read: files.read,
    }),
    raiseAlarm: (alarm) => alarms.raise(db, alarm),
    changed,
  })
  const worker = await runWorker({
    pgPool: patientPool(pool),
    taskList: {
      ...recordingJobs(recordings),
      ...appealJobs(dispatches, warningsOf(memory)),
      ...messageJobs(messages),
      ...portalJobs(portal),
      ...fileJobs(files, log),
    },
    crontab: [RECORDING_CRONTAB, APPEAL_CRONTAB, FILE_CRONTAB, MESSAGE_CRONTAB, PORTAL_CRONTAB].join('\n'),
    concurrency: JOBS_AT_ONCE,
    noHandleSignals: true,
    logger: new WorkerLogger(
      () => (level, message) =>
        log[level === 'warning' ? 'warn' : level === 'error' ? 'error' : 'debug'](message),
    ),
  })

  return {
    /** Whether everything that had been begun was done. */
    async stop(): Promise<boolean> {
      const isDone = await Promise.race([
        worker.stop().then(() => true),
        delay(STOP_WITHIN_MS, false, { ref: false }),
      ])
      if (!isDone) log.warn('timed work was left in the middle')
      return isDone
    },
  }
}
