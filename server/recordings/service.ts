/** What can be done with recordings: finishing them after the call, hearing them, and finding what was left behind. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { CallId, StaffId } from '#core/lib/ids.ts'
import { may, type Role } from '#core/staff/permissions.ts'
import { record } from '../database/event-log.ts'
import { Refusal } from '../errors.ts'
import type { RecordingEvent } from './events.ts'
import { deleteLegs, legSizes, legsIn } from './legs.ts'
import { recordingPipeline } from './pipeline.ts'
import type { RecordingDeps } from './ports.ts'
import { readIdentity, unseal } from './seal.ts'
import { addRecordingJob, findRecording, listUnfinished, wasOnCall } from './store.ts'

/** With growing pauses these last for days; the look for unfinished recordings begins anew after them. */
export const FINISH_MAX_ATTEMPTS = 25
/** A leg that was written to this lately belongs to a call whose row is on its way. */
const ORPHAN_AFTER_MS = 60_000
/** Jumping about in a recording is one hearing of it, for this long. */
const SAME_HEARING_MS = 30 * 60_000
const HEARINGS_MAX = 10_000

const LEG_NAME =
  /^(?<call>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.(?:citizen|agent)\.alaw$/

export type Listener = { id: StaffId; role: Role }
export type RecordingService = ReturnType<typeof recordingService>

export function recordingService(deps: RecordingDeps) {
  const { db, log, folders, raiseAlarm } = deps
  const pipeline = recordingPipeline(deps)
  const hearings = new Map<string, number>()

  async function refuseListening(call: CallId, listener: Listener): Promise<void> {
    if (may(listener.role, 'listenToAllRecordings')) return
    const isOwn = may(listener.role, 'listenToOwnRecordings') && (await wasOnCall(db, call, listener.id))
    // The same answer as for a call that does not exist: a stranger learns nothing by trying.
    if (!isOwn) throw new Refusal('notFound', `No recording of call ${call} for ${listener.role}`)
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

  /** A server killed between storing and deleting leaves legs of a stored recording: deleted once that has been checked. */
  async function tidyStored(call: CallId): Promise<void> {
    const row = await findRecording(db, call)
    if (row?.status !== 'stored') return
    const legs = legsIn(folders.spool, row)
    try {
      await pipeline.checkSealedFile(row, await legSizes(legs))
      await deleteLegs(legs)
    } catch (error) {
      const detail = `The stored file is not what the legs hold; they are kept. ${error instanceof Error ? error.message : ''}`
      await raiseAlarm(db, { kind: 'recordingFailed', subject: call, detail })
    }
  }

  async function lookAtSpool(): Promise<void> {
    const names = await readdir(folders.spool)
    const calls = new Set(names.flatMap((name) => LEG_NAME.exec(name)?.groups?.call ?? []) as CallId[])
    for (const call of calls) {
      const row = await findRecording(db, call)
      if (row) await tidyStored(call)
      else if (await isOld(names.filter((name) => name.startsWith(call)))) {
        await raiseAlarm(db, {
          kind: 'recordingOrphan',
          subject: call,
          detail: 'Legs without a call lie in the spool; they are kept',
        })
      }
    }
  }

  async function isOld(names: readonly string[]): Promise<boolean> {
    const found = await Promise.all(
      names.map((name) => stat(join(folders.spool, name)).catch(() => undefined)),
    )
    return found.every((file) => file && Date.now() - file.mtimeMs > ORPHAN_AFTER_MS)
  }

  return {
    finish: pipeline.finish,

    /** The sound, after it has been written down who hears it. */
    async open(call: CallId, listener: Listener, fromStart: boolean): Promise<Buffer> {
      await refuseListening(call, listener)
      const row = await findRecording(db, call)
      if (!row) throw new Refusal('notFound', `No recording of call ${call}`)
      if (row.status !== 'stored' || !row.file)
        throw new Refusal('recordingNotReady', `The recording is ${row.status}`)
      const identity = await readIdentity(folders.keys)
      if (!identity)
        throw new Refusal('recordingNotReady', 'The key that opens recordings is not on this machine')
      const sound = await unseal(join(folders.recordings, row.file), identity)
      await recordHearing(call, listener.id, fromStart)
      return sound
    },

    /** At start and now and then: whatever a killed server, a full disk or a missing key has left unfinished. */
    async resumeUnfinished(): Promise<number> {
      const unfinished = await listUnfinished(db)
      for (const call of unfinished) await addRecordingJob(db, call, FINISH_MAX_ATTEMPTS)
      await lookAtSpool()
      if (unfinished.length > 0)
        log.info({ recordings: unfinished.length }, 'unfinished recordings are taken up again')
      return unfinished.length
    },
  }
}
