/** A running copy for a test: its own ports, its own data, and the real ./javob. */
import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CHECKOUT, portsFrom } from '../../server/config.ts'
import { listenersOf, portProblem } from '../../tools/setup/ports.ts'
import { type CopyStatus, copyStatus } from '../../tools/cli/status.ts'

/** Installing and building happen before the tests; what is left takes seconds. */
const COMMAND_TIMEOUT_MS = 300_000
const LOWEST_BASE = 12_000
/** From 32768 on Linux hands out ports to whoever asks for any: one found free may be taken a moment later. */
const HIGHEST_BASE = 30_000

export type Outcome = { code: number; out: string; err: string }

/** Runs ./javob and returns what it said, whatever came of it. */
export function javob(...args: string[]): Promise<Outcome> {
  return javobWith({}, ...args)
}

export function javobWith(environment: NodeJS.ProcessEnv, ...args: string[]): Promise<Outcome> {
  const { promise, resolve } = Promise.withResolvers<Outcome>()
  const options = { env: { ...process.env, ...environment }, timeout: COMMAND_TIMEOUT_MS }
  execFile(join(CHECKOUT, 'javob'), args, options, (error, out, err) => {
    resolve({ code: error ? Number(error.code ?? 1) : 0, out, err })
  })
  return promise
}

export type TestCopy = Awaited<ReturnType<typeof testCopy>>

export async function testCopy() {
  const folder = testFolder()
  const data = join(folder, 'data')
  const base = await freeBase()
  // As `./javob status` does, without a process for each look: whoever waits for a copy looks five times a second.
  const status = () => copyStatus(data)
  return {
    data,
    base,
    up: (...more: string[]) => javob('up', '--detach', '--data', data, '--ports', String(base), ...more),
    down: () => javob('down', '--data', data),
    status,
    /** What the command says. */
    statusAsTold: async () => JSON.parse((await javob('status', '--json', '--data', data)).out) as CopyStatus,
    pidOf: (name: string) => status().processes.find((each) => each.name === name)?.pid ?? 0,
    async remove() {
      await javob('down', '--data', data)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Open to the system users, as the places are where people keep data. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'javob-copy-'))
  chmodSync(folder, 0o755)
  return folder
}

/** The first of 2000 ports of which nobody uses the ones a copy listens on. */
export async function freeBase(): Promise<number> {
  for (;;) {
    const base = LOWEST_BASE + Math.floor(Math.random() * (HIGHEST_BASE - LOWEST_BASE))
    const problems = await Promise.all(listenersOf(portsFrom(base), '0.0.0.0').map(portProblem))
    if (!problems.some(Boolean)) return base
  }
}
