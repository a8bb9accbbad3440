/** Looks for what was left in the spool: legs of recordings that are stored, and legs that belong to no call. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { CallId } from '#core/lib/ids.ts'
import { deleteLegs, legSizes, legsIn } from './legs.ts'
import type { RecordingDeps } from './ports.ts'
import { checkSealedFile } from './steps.ts'
import { findRecording, type RecordingRow } from './store.ts'

/** A leg that was written to this lately belongs to a call whose row is on its way. */
const ORPHAN_AFTER_MS = 60_000
const LEG_NAME =
  /^(?<call>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.(?:citizen|agent)\.alaw$/

export async function lookAtSpool(deps: RecordingDeps): Promise<void> {
  const names = await readdir(deps.folders.spool)
  const calls = new Set(names.flatMap((name) => LEG_NAME.exec(name)?.groups?.call ?? []) as CallId[])
  for (const call of calls) {
    const row = await findRecording(deps.db, call)
    if (row?.status === 'stored') await tidyStored(deps, row)
    const legs = names.filter((name) => name.startsWith(call))
    if (row || !(await areOld(deps.folders.spool, legs))) continue
    const detail = 'Legs without a call lie in the spool; they are kept'
    await deps.raiseAlarm(deps.db, { kind: 'recordingOrphan', subject: call, detail })
  }
}

/** A server killed between storing and deleting leaves the legs: they go once the stored file is known to hold them. */
async function tidyStored(deps: RecordingDeps, row: RecordingRow): Promise<void> {
  const legs = legsIn(deps.folders.spool, row)
  try {
    await checkSealedFile(deps, row, await legSizes(legs))
    await deleteLegs(legs)
  } catch (error) {
    const detail = `The stored file is not what the legs hold; they are kept. ${error instanceof Error ? error.message : ''}`
    await deps.raiseAlarm(deps.db, { kind: 'recordingFailed', subject: row.call, detail })
  }
}

async function areOld(spool: string, names: readonly string[]): Promise<boolean> {
  const found = await Promise.all(names.map((name) => stat(join(spool, name)).catch(() => undefined)))
  return found.every((file) => file && Date.now() - file.mtimeMs > ORPHAN_AFTER_MS)
}
