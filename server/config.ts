/**
 * The only reader of the environment. One running copy is a data directory and a
 * base port; everything else follows from these two.
 *
 * All problems are collected and told at once, so that nobody mends them one
 * restart at a time.
 */
import { readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { z } from 'zod'

/** Something about the machine or its settings that a person can mend: one sentence, and how. */
export class Fault extends Error {
  readonly mend: string

  constructor(sentence: string, mend: string) {
    super(sentence)
    this.name = 'Fault'
    this.mend = mend
  }
}

export const CHECKOUT = resolve(import.meta.dirname, '..')

/** Whether a closed home, such as /root, lies in the way: once root is given up, nothing of the checkout can be read. */
export function isCheckoutClosed(checkout = CHECKOUT): boolean {
  const isClosed = (statSync(checkout).mode & 0o001) === 0
  return isClosed || (checkout !== '/' && isCheckoutClosed(dirname(checkout)))
}

export const DEFAULT_PORTS = 8000
/** A copy owns this many ports from its base; the upper half carries audio. */
export const PORTS_PER_COPY = 2000
export const LOWEST_BASE = 1024
const MIB_BYTES = 1024 * 1024
export const HIGHEST_BASE = 65_535 - PORTS_PER_COPY + 1

export const ROLES = ['calls', 'web', 'jobs'] as const
export type Role = (typeof ROLES)[number]

export type Ports = {
  base: number
  web: number
  engineHttp: number
  sip: number
  /** Only the name of a unix socket: nothing listens on it. */
  database: number
  /** On loopback: where simulated citizens are called back. */
  citizen: number
  rtpFirst: number
  rtpLast: number
}

export function portsFrom(base: number): Ports {
  return {
    base,
    web: base,
    engineHttp: base + 1,
    sip: base + 2,
    database: base + 3,
    citizen: base + 4,
    rtpFirst: base + PORTS_PER_COPY / 2,
    rtpLast: base + PORTS_PER_COPY - 1,
  }
}

/** Where everything of one copy lies. */
export function dataPaths(root: string) {
  const run = join(root, 'run')
  return {
    root,
    facts: join(root, 'javob.json'),
    secrets: join(root, 'secrets.json'),
    run,
    /** Written by the server when it accepts calls. */
    ready: join(run, 'ready.json'),
    supervisor: join(run, 'supervisor.json'),
    supervisorPid: join(run, 'supervisor.pid'),
    upLock: join(run, 'up.lock'),
    keys: join(root, 'keys'),
    postgres: join(root, 'postgres'),
    engine: join(root, 'engine'),
    spool: join(root, 'spool'),
    prompts: join(root, 'prompts'),
    recordings: join(root, 'recordings'),
    files: join(root, 'files'),
    journal: join(root, 'journal'),
    log: join(root, 'log'),
  }
}
export type DataPaths = ReturnType<typeof dataPaths>

const absolutePath = z.string().startsWith('/', 'must be an absolute path')

const ENVIRONMENT = z.object({
  JAVOB_DATA: absolutePath.default(join(CHECKOUT, '.data')).describe('data directory of the copy'),
  JAVOB_PORTS: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(LOWEST_BASE, `must be ${LOWEST_BASE} or more`)
    .max(HIGHEST_BASE, `must be ${HIGHEST_BASE} or less`)
    .default(DEFAULT_PORTS)
    .describe('first of the 2000 ports of the copy'),
  JAVOB_BIND: z.string().min(1).default('0.0.0.0').describe('address the web port listens on'),
  JAVOB_CACHE: absolutePath
    .default('/var/cache/javob')
    .describe('what copies share: engine, PostgreSQL, consoles'),
  JAVOB_ASTERISK: absolutePath.optional().describe('an Asterisk 20–22 of the host to use instead of our own'),
  JAVOB_ENGINE_ROOT: absolutePath.optional().describe('root of our own engine; set by `up`'),
  JAVOB_CONSOLE: absolutePath.optional().describe('built console; set by `up`'),
  JAVOB_LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error'])
    .default('info')
    .describe('how much the server logs'),
  JAVOB_FILES_ORIGIN: z
    .url({ protocol: /^https?$/, error: 'must look like https://files.example' })
    .transform((url) => new URL(url).origin)
    .optional()
    .describe('another name of this server, under which alone attachments are handed out'),
  JAVOB_CLAMD: z
    .string()
    .regex(/^\/|^[\w.-]+:\d{1,5}$/, 'must be /path/of.socket or host:port')
    .optional()
    .describe('a ClamAV daemon that looks through what is attached, as /path/of.socket or host:port'),
  JAVOB_FREE_MIB: z.coerce
    .number({ error: 'must be a number of MiB' })
    .int('must be a whole number of MiB')
    .min(0, 'must not be below 0')
    .default(1024)
    .describe('free MiB of the disk below which no attachments are taken: calls and the database need it'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must look like postgres://user:password@host/database' })
    .optional()
    .describe('a PostgreSQL 18 of your own instead of the embedded one'),
})

export type Settings = {
  data: string
  portsBase: number
  bind: string
  cache: string
  hostAsterisk: string | undefined
  engineRoot: string | undefined
  console: string | undefined
  logLevel: 'debug' | 'info' | 'warn' | 'error'
  databaseUrl: string | undefined
  filesOrigin: string | undefined
  clamd: string | undefined
  filesFloorBytes: number
}

/** Every variable with what it is for and its default, for the documentation. */
export function variables(): { name: string; what: string; fallback: string }[] {
  return Object.entries(ENVIRONMENT.shape).map(([name, schema]) => {
    const fallback = schema.safeParse(undefined).data
    return { name, what: schema.description ?? '', fallback: fallback === undefined ? '' : String(fallback) }
  })
}

/** What the environment says, without looking at the disk. */
export function readSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  const { settings, problems } = parseEnvironment(environment)
  if (!settings) throw configurationFault(problems)
  return settings
}

function parseEnvironment(environment: NodeJS.ProcessEnv) {
  const filled = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = ENVIRONMENT.safeParse(filled)
  if (!parsed.success) {
    return {
      settings: undefined,
      problems: parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`),
    }
  }
  const read = parsed.data
  const settings: Settings = {
    data: read.JAVOB_DATA,
    portsBase: read.JAVOB_PORTS,
    bind: read.JAVOB_BIND,
    cache: read.JAVOB_CACHE,
    hostAsterisk: read.JAVOB_ASTERISK,
    engineRoot: read.JAVOB_ENGINE_ROOT,
    console: read.JAVOB_CONSOLE,
    logLevel: read.JAVOB_LOG_LEVEL,
    databaseUrl: read.DATABASE_URL,
    filesOrigin: read.JAVOB_FILES_ORIGIN,
    clamd: read.JAVOB_CLAMD,
    filesFloorBytes: read.JAVOB_FREE_MIB * MIB_BYTES,
  }
  return { settings, problems: [] }
}

const SECRETS = z.object({
  ariPassword: z.string().min(16),
  databasePassword: z.string().min(16),
  cookieSecret: z.string().min(32),
})
export type Secrets = z.infer<typeof SECRETS>

/** As `pg` takes it. */
export type DatabaseAddress =
  | { connectionString: string }
  | { host: string; port: number; user: string; password: string; database: string }

export type Config = Omit<Settings, 'data'> & {
  data: DataPaths
  ports: Ports
  database: DatabaseAddress
  secrets: Secrets
  roles: readonly Role[]
}

/** Everything a process of a running copy needs to know: settings, secrets, and the roles on its command line. */
export function readConfig(
  environment: NodeJS.ProcessEnv = process.env,
  words: readonly string[] = [],
): Config {
  const { settings, problems: found } = parseEnvironment(environment)
  const problems: string[] = [...found]
  const unknown = words.filter((word) => !isRole(word))
  for (const word of unknown) problems.push(`"${word}" is no role: ${ROLES.join(', ')}`)

  const data = dataPaths(settings?.data ?? '/nonexistent')
  const secrets = settings ? readSecrets(data, problems) : undefined
  if (!settings || !secrets || problems.length > 0) throw configurationFault(problems)

  const roles = words.length > 0 ? words.filter(isRole) : ROLES
  const ports = portsFrom(settings.portsBase)
  const database = settings.databaseUrl
    ? { connectionString: settings.databaseUrl }
    : {
        host: data.run,
        port: ports.database,
        user: 'javob',
        password: secrets.databasePassword,
        database: 'javob',
      }
  return { ...settings, data, ports, database, secrets, roles }
}

function isRole(word: string): word is Role {
  return ROLES.some((role) => role === word)
}

function readSecrets(data: DataPaths, problems: string[]): Secrets | undefined {
  try {
    const parsed = SECRETS.safeParse(JSON.parse(readFileSync(data.secrets, 'utf8')))
    if (parsed.success) return parsed.data
    problems.push(
      `${data.secrets} lacks ${parsed.error.issues.map((issue) => issue.path.join('.')).join(', ')}`,
    )
  } catch (error) {
    problems.push(`${data.secrets} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
  return undefined
}

function configurationFault(problems: readonly string[]): Fault {
  return new Fault(
    `The configuration cannot be used: ${problems.join('; ')}`,
    'Correct these settings and start again',
  )
}
