/**
 * A temporary place for a run of the tests. Everything the tests make lies below it,
 * so whatever a failed test left running is found there and stopped afterwards, and
 * nothing that belongs to anybody else is touched.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dataPaths } from '../../server/config.ts'
import { readCopyState } from '../supervisor/copy-state.ts'
import { isAlive, signal } from '../../server/process-identity.ts'
import { gone, kill, STOP_ALL_SECONDS, stopLeftovers, stopProcesses } from '../supervisor/stopping.ts'
import { ORIGIN, STATE_DIRECTORY } from './data-directory.ts'
import { say } from './progress.ts'

const PREFIX = 'javob-test-'
/** What a failed test left is there to be looked at for so long. */
const KEPT_HOURS = 24
/** Copies lie at most so deep: <place>/<folder of the test>/<data>. */
const DEPTH = 3

export async function openTestPlace(): Promise<string> {
  const oldest = Date.now() - KEPT_HOURS * 3_600_000
  for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith(PREFIX))) {
    const old = join(tmpdir(), name)
    if ((statSync(old, { throwIfNoEntry: false })?.mtimeMs ?? oldest) < oldest)
      await closeTestPlace(old, true)
  }
  const place = await mkdtemp(join(tmpdir(), PREFIX))
  await chmod(place, 0o755)
  return place
}

/** Stops what still runs below the place, and removes it if nothing is to be looked at. */
export async function closeTestPlace(place: string, remove: boolean): Promise<void> {
  const linked = linkedTo(place)
  for (const directory of [...copiesBelow(place, DEPTH), ...linked]) await stopCopy(directory)
  if (!remove) return say(`Kept for a day: ${place}`)
  for (const directory of linked) {
    await rm(directory, { recursive: true, force: true })
    await rm(`${directory}${ORIGIN}`, { force: true })
  }
  await rm(place, { recursive: true, force: true })
}

async function stopCopy(directory: string): Promise<void> {
  const data = dataPaths(directory)
  const state = readCopyState(data)
  if (state && isAlive(state.supervisor)) {
    say(`A test left a copy running in ${directory}; stopping it`)
    signal(state.supervisor, 'SIGTERM')
    if (!(await gone([state.supervisor], STOP_ALL_SECONDS))) await kill([state.supervisor])
  }
  await stopProcesses(state?.processes ?? [])
  await stopLeftovers(data)
}

function copiesBelow(directory: string, depth: number): string[] {
  if (existsSync(dataPaths(directory).facts)) return [directory]
  if (depth === 0) return []
  const folders = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return folders.flatMap(({ name }) => copiesBelow(join(directory, name), depth - 1))
}

/** Data directories that were put elsewhere because their own place was closed to the system users. */
function linkedTo(place: string): string[] {
  if (!existsSync(STATE_DIRECTORY)) return []
  return readdirSync(STATE_DIRECTORY)
    .filter((name) => name.endsWith(ORIGIN))
    .map((name) => join(STATE_DIRECTORY, name))
    .filter((file) => readFileSync(file, 'utf8').startsWith(`${place}/`))
    .map((file) => file.slice(0, -ORIGIN.length))
}
