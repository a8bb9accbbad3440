/** The three processes of a copy: how each is run, prepared, and known to be ready. */
import { createHash } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { CHECKOUT, type Config } from '../../server/config.ts'
import { engineAnswers, engineCommand } from '../../server/asterisk/engine-process.ts'
import { writeEngineFiles } from '../../server/asterisk/engine-files.ts'
import {
  acceptsConnections,
  type Cluster,
  clusterCommand,
  ensureDatabase,
  postmasterPid,
  prepareStart,
} from '../../server/database/embedded.ts'
import type { SystemUser, SystemUsers } from '../setup/system-users.ts'
import { type ProcessName, readReadiness } from './copy-state.ts'
import { ENGINE_NICENESS, SERVER_NICENESS } from './preference.ts'

/** In the cache of the machine, which only root writes: what lies there is run as root at the next start. */
const COMPILED = `compiled-${process.version}`

export type ProcessSpec = {
  name: ProcessName
  command: string
  args: string[]
  cwd: string
  env: NodeJS.ProcessEnv
  user: SystemUser | undefined
  /** As `nice`: below zero it goes before other processes. */
  niceness?: number
  /** Goes before every ordinary process once it is ready, where the machine allows that. */
  isInRealTime?: boolean
  /** Another of its kind is kept loaded, to go on when it dies: see `server/spare.ts`. */
  hasSpare?: boolean
  /** Started only after these are ready. */
  after: readonly ProcessName[]
  /** Before each start. */
  prepare(): Promise<void>
  isReady(): Promise<boolean>
  /** Once, when it has become ready and before others that wait for it start. */
  whenReady(): Promise<void>
  /** A living one nobody wrote down. */
  foundPid(): number | undefined
  /** Two runs with the same fingerprint are the same run: the older may be adopted. */
  fingerprint: string
}

export function processSpecs(
  config: Config,
  users: SystemUsers,
  binaries: string | undefined,
): ProcessSpec[] {
  const postgres = binaries ? [postgresSpec(config, users, binaries)] : []
  return [...postgres, asteriskSpec(config, users), serverSpec(config, binaries ? ['postgres'] : [])]
}

function postgresSpec(config: Config, users: SystemUsers, binaries: string): ProcessSpec {
  const cluster: Cluster = {
    binaries,
    directory: config.data.postgres,
    socketDirectory: config.data.run,
    port: config.ports.database,
    owner: users.server,
  }
  const command = clusterCommand(cluster)
  return {
    name: 'postgres',
    ...command,
    user: users.server,
    niceness: SERVER_NICENESS,
    after: [],
    prepare: () => prepareStart(cluster),
    isReady: () => acceptsConnections(cluster),
    whenReady: () => ensureDatabase(cluster, config.secrets.databasePassword),
    foundPid: () => postmasterPid(cluster.directory),
    fingerprint: fingerprint(command),
  }
}

function asteriskSpec(config: Config, users: SystemUsers): ProcessSpec {
  const command = engineCommand(config)
  return {
    name: 'asterisk',
    ...command,
    user: users.media,
    niceness: ENGINE_NICENESS,
    isInRealTime: true,
    after: [],
    prepare: async () => {
      rmSync(join(config.data.run, 'asterisk.ctl'), { force: true })
      const root = config.hostAsterisk ? '' : (config.engineRoot ?? '')
      await writeEngineFiles({
        data: config.data.root,
        ports: config.ports,
        root,
        ariPassword: config.secrets.ariPassword,
      })
    },
    isReady: () => engineAnswers(config),
    whenReady: () => Promise.resolve(),
    foundPid: () => undefined,
    fingerprint: fingerprint(command),
  }
}

/** Starts as root, so that it can read a checkout in a closed home, and drops to its own user before it opens a port. */
function serverSpec(config: Config, after: readonly ProcessName[]): ProcessSpec {
  const env = {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: config.data.root,
    NODE_ENV: 'production',
    // After a crash every tenth of a second counts: the server's own text is not compiled anew at each start.
    NODE_COMPILE_CACHE: join(config.cache, COMPILED),
    ...settingsEnvironment(config),
  }
  const command = { command: process.execPath, args: [join(CHECKOUT, 'server/main.ts')], cwd: '/', env }
  return {
    name: 'server',
    ...command,
    user: undefined,
    niceness: SERVER_NICENESS,
    hasSpare: true,
    after,
    prepare: async () => rmSync(config.data.ready, { force: true }),
    isReady: async () => existsSync(config.data.ready) && readReadiness(config.data) !== undefined,
    whenReady: () => Promise.resolve(),
    foundPid: () => undefined,
    fingerprint: fingerprint(command),
  }
}

/** The settings of this copy as another process of it reads them back through config.ts. */
export function settingsEnvironment(
  config: Omit<Config, 'secrets' | 'roles' | 'database' | 'ports'>,
): Record<string, string> {
  const all: Record<string, string | undefined> = {
    JAVOB_DATA: config.data.root,
    JAVOB_PORTS: String(config.portsBase),
    JAVOB_BIND: config.bind,
    JAVOB_CACHE: config.cache,
    JAVOB_ASTERISK: config.hostAsterisk,
    JAVOB_ENGINE_ROOT: config.engineRoot,
    JAVOB_CONSOLE: config.console,
    JAVOB_LOG_LEVEL: config.logLevel,
    DATABASE_URL: config.databaseUrl,
  }
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

function fingerprint(command: { command: string; args: string[]; env: NodeJS.ProcessEnv }): string {
  return createHash('sha256')
    .update(JSON.stringify([command.command, command.args, command.env]))
    .digest('hex')
    .slice(0, 16)
}
