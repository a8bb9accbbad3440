/**
 * One real PostgreSQL for a whole run of the tests, with a migrated database in it
 * that every test file gets a copy of. Vitest starts it before the server's tests and
 * stops it after them; what a failed file leaves is kept to be looked at.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startThrowAwayCluster, type ThrowAwayCluster } from './throw-away-cluster.ts'

/** What a test file needs to make its copy. */
export type TestCluster = ThrowAwayCluster['address'] & { template: string }

declare module 'vitest' {
  export interface ProvidedContext {
    testCluster: TestCluster
  }
}

/** A file of this name in the cluster's folder names the databases of failed tests. */
export const KEPT = 'kept'

const PREFIX = 'javob-pg-'
const KEPT_HOURS = 24

let running: ThrowAwayCluster | undefined

export async function setup(project: TestProject): Promise<void> {
  await removeLongKept()
  running = await startThrowAwayCluster({
    prefix: PREFIX,
    settings: { shared_buffers: '64MB' },
    rights: 'createdb',
  })
  project.provide('testCluster', { ...running.address, template: running.database })
}

/** Vitest calls it when the run is over. */
export async function teardown(): Promise<void> {
  if (!running) return
  const { folder, stop } = running
  const { binaries, directory } = running.cluster
  const kept = join(folder, KEPT)
  if (!existsSync(kept)) {
    await stop('SIGQUIT')
    return rm(folder, { recursive: true, force: true })
  }
  await stop('SIGINT')
  const databases = readFileSync(kept, 'utf8').trim().split('\n').join(', ')
  const command = `${join(binaries, 'bin/postgres')} -D ${directory} -k ${folder} -c listen_addresses=`
  process.stderr.write(
    `Kept for a day, databases of failed tests: ${databases}\n  setpriv --reuid=nobody ${command}\n`,
  )
}

/** Also what a killed run left: its PostgreSQL went with it. */
async function removeLongKept(): Promise<void> {
  const oldest = Date.now() - KEPT_HOURS * 3_600_000
  for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith(PREFIX))) {
    const folder = join(tmpdir(), name)
    const at = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? oldest
    if (at < oldest) await rm(folder, { recursive: true, force: true })
  }
}
