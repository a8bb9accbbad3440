import { parseArgs } from 'node:util'
import { addressesOf, DATA_OPTION, existingCopy, namedData } from '../setup/copy.ts'
import { type CopyState, readCopyState, readReadiness } from '../supervisor/copy-state.ts'
import { isAlive } from '../../server/process-identity.ts'
import { ageSeconds } from '../supervisor/identity.ts'

export const summary = 'what runs: [--json] [--data DIR]'

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { ...DATA_OPTION, json: { type: 'boolean' } } })
  const status = copyStatus(values.data)
  process.stdout.write(values.json ? `${JSON.stringify(status, null, 2)}\n` : `${describe(status)}\n`)
  return 0
}

export type CopyStatus = ReturnType<typeof copyStatus>

/** `running`: somebody looks after the copy. `ready`: calls are accepted now. */
export function copyStatus(dataOption: string | undefined) {
  const copy = existingCopy(dataOption)
  const state = copy && readCopyState(copy.data)
  const running = state !== undefined && isAlive(state.supervisor)
  const processes = state ? processesOf(state) : []
  const accepting = copy !== undefined && readReadiness(copy.data) !== undefined
  const ready = running && state.phase === 'ready' && processes.some(isServer) && accepting
  return {
    running,
    ready,
    phase: running ? state.phase : 'down',
    data: copy?.data.root ?? namedData(dataOption),
    ports: copy?.ports ?? null,
    addresses: copy ? addressesOf(copy.ports) : null,
    processes,
    failure: state?.failure ?? null,
  }
}

function processesOf(state: CopyState) {
  const all = [{ name: 'supervisor', restarts: 0, ...state.supervisor }, ...state.processes]
  return all
    .filter(isAlive)
    .map((each) => ({ name: each.name, pid: each.pid, upSeconds: ageSeconds(each), restarts: each.restarts }))
}

function isServer({ name }: { name: string }): boolean {
  return name === 'server'
}

/** Once it was ready, only a process that starts again keeps it from being so. */
function missing({ phase }: CopyStatus): string {
  return phase === 'ready' ? 'a process is starting again' : phase
}

function describe(status: CopyStatus): string {
  const lines = status.processes.map(
    ({ name, pid, upSeconds, restarts }) =>
      `  ${name.padEnd(11)} process ${pid}, up ${upSeconds} s${restarts ? `, ${restarts} restarts` : ''}`,
  )
  if (status.running)
    lines.unshift(
      status.ready ? `ready  ${status.addresses?.console ?? ''}` : `running, not ready (${missing(status)})`,
    )
  else
    lines.unshift(
      lines.length > 0
        ? 'down, but these were left by a killed supervisor (./javob up or down takes care of them):'
        : 'down',
    )
  if (status.failure) lines.push(`last start failed: ${status.failure.sentence}. ${status.failure.mend}.`)
  return lines.join('\n')
}
