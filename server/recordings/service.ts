/** What can be done with recordings: finishing them after the call, hearing them, and finding what was left behind. */
import { join } from 'node:path'
import type { CallId, StaffId } from '#core/lib/ids.ts'
import { may, type Role } from '#core/staff/permissions.ts'
import { record } from '../database/event-log.ts'
import { Refusal } from '../errors.ts'
import type { RecordingEvent } from './events.ts'
import { recordingPipeline } from './pipeline.ts'
import type { RecordingDeps } from './ports.ts'
import { readIdentity, unseal } from './seal.ts'
import { lookAtSpool } from './spool.ts'
import { addRecordingJob, findRecording, listUnfinished, wasOnCall } from './store.ts'

/** With growing pauses these last for days; the look for unfinished recordings begins anew after them. */
export const FINISH_MAX_ATTEMPTS = 25
/** Jumping about in a recording is one hearing of it, for this long. */
const SAME_HEARING_MS = 30 * 60_000
const HEARINGS_MAX = 10_000

export type Listener = { id: StaffId; role: Role }
export type RecordingService = ReturnType<typeof recordingService>

export function recordingService(deps: RecordingDeps) {
  const { db, log, folders } = deps
  const listeners: ((call: CallId) => void)[] = []
  const finished = (call: CallId) => {
    for (const listener of listeners) listener(call)
  }
  const pipeline = recordingPipeline({ ...deps, finished })
  const hearings = new Map<string, number>()

  async function refuseListening(call: CallId, listener: Listener): Promise<void> {
    if (may(listener.role, 'listenToAllRecordings')) return
    const isOwn = may(listener.role, 'listenToOwnRecordings') && (await wasOnCall(db, call, listener.id))
    // The same answer as for a call that does not exist: a stranger learns nothing by trying.
    if (!isOwn) throw new Refusal('notFound', `No recording of call ${call} for ${listener.role}`)
  }

  async function soundOf(call: CallId): Promise<Buffer> {
    const row = await findRecording(db, call)
    if (!row) throw new Refusal('notFound', `No recording of call ${call}`)
    if (row.status !== 'stored' || !row.file)
      throw new Refusal('recordingNotReady', `The recording is ${row.status}`)
    const identity = await readIdentity(folders.keys)
    if (!identity)
      throw new Refusal('recordingNotReady', 'The key that opens recordings is not on this machine')
    return await unseal(join(folders.recordings, row.file), identity)
  }

  async function recordHearing(call: CallId, by: StaffId, fromStart: boolean): Promise<void> {
    const hearing = `${by} ${call}`
    const heardAt = hearings.get(hearing)
    if (!fromStart && heardAt !== undefined && Date.now() - heardAt < SAME_HEARING_MS) return
    await db.transaction().execute((trx) => record<RecordingEvent>(trx, { type: 'recordingHeard', call, by }))
    hearings.delete(hearing)
    hearings.set(hearing, Date.now())
    const oldest = hearings.size > HEARINGS_MAX ? hearings.keys().next().value : undefined
    if (oldest !== undefined) hearings.delete(oldest)
  }

  async function resume(which: 'all' | 'forgotten'): Promise<number> {
    const unfinished = await listUnfinished(db, which)
    for (const call of unfinished) await addRecordingJob(db, call, FINISH_MAX_ATTEMPTS)
    await lookAtSpool(deps)
    if (unfinished.length > 0)
      log.info({ recordings: unfinished.length }, 'unfinished recordings are taken up again')
    return unfinished.length
  }

  return {
    finish: pipeline.finish,
    onFinished: (listener: (call: CallId) => void) => void listeners.push(listener),

    /** The sound, after it has been written down who hears it. */
    async open(call: CallId, listener: Listener, fromStart: boolean): Promise<Buffer> {
      await refuseListening(call, listener)
      const sound = await soundOf(call)
      await recordHearing(call, listener.id, fromStart)
      return sound
    },

    /** For the citizen it was given out to, which the portal has asked and writes down. */
    openForCitizen: (call: CallId): Promise<Buffer> => soundOf(call),

    /** At a start, and at once: whatever a killed server, a full disk or a missing key has left unfinished. */
    resumeUnfinished: () => resume('all'),

    /** Now and then: what no job will try again. The pauses of the others must go on growing. */
    resumeForgotten: () => resume('forgotten'),
  }
}
