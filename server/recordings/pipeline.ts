/**
 * From two legs in the spool to one sealed file, one status at a time (steps.ts).
 *
 * A server that is killed anywhere begins again with the step it was in. Whatever goes wrong, the legs stay where
 * they are, the row says what happened, and an alarm is raised in the same transaction.
 */
import { RECORDING_MOVES } from '#core/calls/recording-status.ts'
import type { CallId } from '#core/lib/ids.ts'
import { record } from '../database/event-log.ts'
import type { RecordingEvent } from './events.ts'
import type { RecordingAlarmKind, RecordingDeps } from './ports.ts'
import { NoRecipient } from './seal.ts'
import { RecordingTrouble, takeStep } from './steps.ts'
import { findRecording, moveRecording } from './store.ts'

/** Encoders that run at the same time, behind the calls in progress. */
const ENCODERS_AT_ONCE = 2
/** Five take a recording from start to end; more mean that it keeps being reopened. */
const STEPS_MAX = 20
/** What a problem may say in a row and an alarm. */
const PROBLEM_MAX_CHARACTERS = 600

export function recordingPipeline(deps: RecordingDeps) {
  const stepDeps = { ...deps, encoding: limiter(ENCODERS_AT_ONCE) }
  const underWay = new Map<CallId, Promise<void>>()

  async function work(call: CallId): Promise<void> {
    try {
      for (let step = 0; step < STEPS_MAX; step++) {
        const row = await findRecording(deps.db, call)
        if (!row || row.status === 'stored' || !row.ended_at) return
        await takeStep(stepDeps, row)
      }
      throw new RecordingTrouble('recordingFailed', 'The legs keep changing after the call has ended')
    } catch (error) {
      await tellFailure(deps, call, error)
      throw error
    }
  }

  return {
    /**
     * Brings the recording as far as it gets; rejects, after telling of it, where that is not the end.
     * One at a time for each call, whoever asks.
     */
    async finish(call: CallId): Promise<void> {
      const already = underWay.get(call)
      if (already) return await already
      const working = work(call).finally(() => {
        underWay.delete(call)
        deps.finished?.(call)
      })
      underWay.set(call, working)
      return await working
    },
  }
}

async function tellFailure(deps: RecordingDeps, call: CallId, error: unknown): Promise<void> {
  const { db, log, folders, raiseAlarm } = deps
  const problem = (error instanceof Error ? error.message : String(error)).slice(0, PROBLEM_MAX_CHARACTERS)
  const kind = alarmFor(error)
  log.error({ call, kind, error: problem }, 'a recording could not be finished; its legs are kept')
  try {
    await db.transaction().execute(async (trx) => {
      const row = await findRecording(trx, call)
      if (!row || !RECORDING_MOVES[row.status].fail) return
      if (!(await moveRecording(trx, row, 'fail', { problem }))) return
      await record<RecordingEvent>(trx, { type: 'recordingFailed', call, problem })
      // One alarm for a full disk, however many recordings wait for it.
      await raiseAlarm(trx, {
        kind,
        subject: kind === 'diskFull' ? folders.recordings : call,
        detail: problem,
      })
    })
  } catch (untold) {
    // The database is away as well: the job is tried again, and tells of it then.
    log.error({ call, error: String(untold) }, 'a failed recording could not be noted')
  }
}

function alarmFor(error: unknown): RecordingAlarmKind {
  if (error instanceof RecordingTrouble) return error.alarm
  if (error instanceof NoRecipient) return 'recordingNotSealed'
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'ENOSPC' || code === 'EDQUOT' ? 'diskFull' : 'recordingFailed'
}

/** Runs at most `atOnce` of the works it is given; the others wait in order. The jobs bound how many there are. */
function limiter(atOnce: number) {
  let running = 0
  const waiting: (() => void)[] = []
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve))
    else running++
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}
