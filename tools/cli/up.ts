/**
 * Brings a copy up: installs and builds what is missing, starts the supervisor, and
 * says where everything is once calls are accepted. The supervisor is a process of
 * its own in any case; without --detach we stay, and stop it when we are stopped.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import {
  CHECKOUT,
  type DataPaths,
  dataPaths,
  Fault,
  portsFrom,
  readSettings,
  type Settings,
} from '../../server/config.ts'
import { createCluster, installBinaries } from '../../server/database/embedded.ts'
import { asteriskProgram, asteriskVersion } from '../../server/asterisk/engine-process.ts'
import { ensureConsole } from '../setup/console-build.ts'
import { addressesOf, DATA_OPTION, namedData, parseBase } from '../setup/copy.ts'
import {
  agreedPorts,
  checkData,
  claimData,
  furnishData,
  openData,
  readFacts,
} from '../setup/data-directory.ts'
import { NEEDED_BYTES, requireFree } from '../setup/disk.ts'
import { ensureEngineRoot } from '../setup/engine-root.ts'
import { withLock } from '../setup/lock.ts'
import { installPackages, requireRoot, SYSTEM_PACKAGES } from '../setup/packages.ts'
import { listenersOf, requirePortsFree } from '../setup/ports.ts'
import { say, step } from '../setup/progress.ts'
import { ensureSystemUsers } from '../setup/system-users.ts'
import {
  type CopyState,
  readCopyState,
  readReadiness,
  type SignIn,
  runningCopy,
} from '../supervisor/copy-state.ts'
import { type Identity, identityOf, isAlive, signal } from '../../server/process-identity.ts'
import { markedProcesses } from '../supervisor/identity.ts'
import { settingsEnvironment } from '../supervisor/process-specs.ts'
import { gone, STOP_ALL_SECONDS } from '../supervisor/stopping.ts'

export const summary = 'start everything: [--detach] [--ports BASE] [--data DIR]'

const LOOK_EVERY_MS = 50
const SUPERVISOR_SPEAKS_SECONDS = 20

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { ...DATA_OPTION, detach: { type: 'boolean' }, ports: { type: 'string' } },
  })
  requireRoot(process.geteuid?.() ?? 0, 'start a copy')
  process.umask(0o022)
  const settings = readSettings()
  const named = namedData(values.data)
  const facts = readFacts(named)
  const base = agreedPorts(named, facts, parseBase(values.ports), settings.portsBase)
  checkData(named, base)
  const data = dataPaths(openData(named))
  claimData(data.root, base)
  mkdirSync(data.run, { recursive: true })

  const started = await withLock(
    data.upLock,
    () => say('• Waiting for another `up` of this copy …'),
    async () => {
      if (runningCopy(data)) return alreadyRunning(data)
      return startAndWait(await prepare({ ...settings, data: data.root, portsBase: base }))
    },
  )
  if (values.detach || !started.ours) return 0
  return stay(started.supervisor)
}

type Started = { supervisor: Identity; ours: boolean }

async function alreadyRunning(data: DataPaths): Promise<Started> {
  say('Javob is already running.')
  const state = await untilReady(data, runningCopy(data)?.supervisor)
  announce(data, state)
  return { supervisor: state.supervisor, ours: false }
}

type Prepared = { data: DataPaths; environment: Record<string, string> }

/** Everything that is done once and found done ever after. What can be refused at once is looked at first. */
async function prepare(settings: Settings): Promise<Prepared> {
  const { cache } = settings
  const paths = dataPaths(settings.data)
  const ports = portsFrom(settings.portsBase)
  const isNew = !existsSync(paths.postgres)
  // What a killed supervisor left holds its ports rightly.
  if (markedProcesses(paths.root).length === 0) await requirePortsFree(listenersOf(ports, settings.bind))
  await requireFree(paths.root, isNew ? NEEDED_BYTES.data : NEEDED_BYTES.restart, 'the data')

  await installPackages(SYSTEM_PACKAGES)
  const users = await ensureSystemUsers()
  mkdirSync(cache, { recursive: true, mode: 0o755 })
  const engineRoot = settings.hostAsterisk ? undefined : await ensureEngineRoot(cache)
  if (settings.hostAsterisk) await asteriskVersion(asteriskProgram({ ...settings, engineRoot }))
  const console = await ensureConsole(cache)
  furnishData(paths.root, users)
  if (!settings.databaseUrl) {
    if (isNew) await requireFree(cache, NEEDED_BYTES.postgres, 'PostgreSQL')
    const binaries = await step('Unpacking PostgreSQL', () => installBinaries(cache))
    const place = { directory: paths.postgres, socketDirectory: paths.run, port: ports.database }
    await step('Creating the database', () => createCluster({ binaries, ...place, owner: users.server }))
  }
  return { data: paths, environment: settingsEnvironment({ ...settings, data: paths, engineRoot, console }) }
}

/** Starts the supervisor in a session of its own, so that no terminal takes it along. */
async function startAndWait({ data, environment }: Prepared): Promise<Started> {
  // From here on a Ctrl-C has something to stop; before, it may simply end us.
  const stop = stopOnSignal()
  const log = openSync(join(data.log, 'supervisor.log'), 'a', 0o640)
  const child = spawn(process.execPath, [join(CHECKOUT, 'tools/supervisor/main.ts')], {
    cwd: '/',
    env: { PATH: process.env['PATH'], ...environment },
    detached: true,
    stdio: ['ignore', log, log],
  })
  child.unref()
  const supervisor = child.pid === undefined ? undefined : identityOf(child.pid)
  stop.addEventListener('abort', () => supervisor && signal(supervisor, 'SIGTERM'))
  const state = await step('Starting', () => untilReady(data, supervisor))
  // Last, so that `ready` is the last line.
  announce(data, state)
  return { supervisor: state.supervisor, ours: true }
}

/** Waits until calls are accepted, or throws the reason why they will not be. */
async function untilReady(data: DataPaths, supervisor: Identity | undefined): Promise<CopyState> {
  if (!supervisor) throw new Fault('The supervisor could not be started', 'See ./javob logs supervisor')
  const silentUntil = performance.now() + SUPERVISOR_SPEAKS_SECONDS * 1000
  for (;;) {
    const state = readCopyState(data)
    const its = state?.supervisor.pid === supervisor.pid ? state : undefined
    if (its?.failure) {
      await gone([supervisor], STOP_ALL_SECONDS)
      throw new Fault(its.failure.sentence, its.failure.mend)
    }
    // A process may have died so lately that nobody has noted it.
    if (its?.phase === 'ready' && readReadiness(data) && its.processes.every(isAlive)) return its
    if (!isAlive(supervisor))
      throw new Fault('The copy was stopped before it was ready', 'See ./javob logs supervisor')
    if (!its && performance.now() > silentUntil)
      throw new Fault('The supervisor says nothing', 'See ./javob logs supervisor')
    await delay(LOOK_EVERY_MS)
  }
}

function announce(data: DataPaths, state: CopyState): void {
  const addresses = addressesOf(state.ports)
  const signIns = readReadiness(data)?.signIns ?? []
  const lines = [
    `console  ${addresses.console}`,
    `portal   ${addresses.portal}`,
    `trunks   ${addresses.sip}`,
    `data     ${data.root}`,
    ...(signIns.length > 0 ? ['sign in as'] : []),
    ...grouped(signIns).map(
      ({ role, logins, password }) => `  ${role.padEnd(14)} ${logins.padEnd(26)} ${password}`,
    ),
    'ready: calls are accepted',
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

/** One line a role: forty agents would push everything else off the screen. */
function grouped(signIns: readonly SignIn[]): { role: string; logins: string; password: string }[] {
  const byRole = Map.groupBy(signIns, ({ role, password }) => `${role} ${password}`)
  return [...byRole.values()].map((same) => {
    const [first, last] = [same[0] as SignIn, same.at(-1) as SignIn]
    const logins = same.length === 1 ? first.login : `${first.login} … ${last.login}`
    return { role: first.role, logins, password: first.password }
  })
}

/** In the foreground: until Ctrl-C, or until someone runs `down`. */
async function stay(supervisor: Identity): Promise<number> {
  const stop = stopOnSignal()
  while (isAlive(supervisor) && !stop.aborted) await delay(200)
  if (!isAlive(supervisor)) {
    say('Javob was stopped.')
    return stop.aborted ? 0 : 1
  }
  signal(supervisor, 'SIGTERM')
  await step('Stopping', () => gone([supervisor], STOP_ALL_SECONDS))
  return 0
}

let stopping: AbortController | undefined
function stopOnSignal(): AbortSignal {
  if (!stopping) {
    const controller = new AbortController()
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => controller.abort())
    stopping = controller
  }
  return stopping.signal
}
