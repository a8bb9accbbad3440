/** Says what is wrong on this machine for running a copy, and how to mend each of it. */
import { lookup } from 'node:dns/promises'
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { dataPaths, Fault, portsFrom, readSettings, type Settings } from '../../server/config.ts'
import { asteriskProgram, asteriskVersion } from '../../server/asterisk/engine-process.ts'
import { lookAtClock } from '../setup/clock.ts'
import { DATA_OPTION, namedData, parseBase } from '../setup/copy.ts'
import { agreedPorts, checkData, readFacts, reachableByAll } from '../setup/data-directory.ts'
import { freeBytes, NEEDED_BYTES, requireFree } from '../setup/disk.ts'
import { engineRootPath, engineRootWhole } from '../setup/engine-root.ts'
import { missingPackages, requireRoot, SYSTEM_PACKAGES } from '../setup/packages.ts'
import { listenersOf, portProblem } from '../setup/ports.ts'
import { findUser, MEDIA_USER, SERVER_USER } from '../setup/system-users.ts'
import { runningCopy } from '../supervisor/copy-state.ts'

export const summary = 'what is wrong on this machine, and the mend: [--data DIR] [--ports BASE]'

/** A look-up slower than this is one of the silent 5 s that every call would wait. */
const LOOKUP_MS = 1_000

type Place = { settings: Settings; data: string; base: number; running: boolean }
/** Returns a remark, or throws the Fault. */
type Check = { name: string; look(place: Place): string | Promise<string> }

const CHECKS: readonly Check[] = [
  { name: 'root', look: rootLook },
  { name: 'Debian', look: debianLook },
  { name: 'node', look: nodeLook },
  { name: 'disk space', look: diskLook },
  { name: 'packages', look: packagesLook },
  { name: 'engine', look: engineLook },
  { name: 'ports', look: portsLook },
  { name: 'data', look: dataLook },
  { name: 'permissions', look: permissionsLook },
  { name: 'host name', look: hostNameLook },
  { name: 'clock', look: lookAtClock },
]

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { ...DATA_OPTION, ports: { type: 'string' } } })
  const settings = readSettings()
  const data = namedData(values.data)
  const place = {
    settings,
    data,
    base: parseBase(values.ports) ?? basePorts(data, settings),
    running: isRunning(data),
  }
  let wrong = 0
  for (const { name, look } of CHECKS) {
    const line = await lookAt(() => look(place))
    if (line.wrong) wrong++
    process.stdout.write(`${line.wrong ? '✗' : '✓'} ${name.padEnd(12)} ${line.text}\n`)
  }
  process.stdout.write(wrong === 0 ? 'Nothing is wrong.\n' : `${wrong} to mend.\n`)
  return wrong === 0 ? 0 : 1
}

async function lookAt(look: () => string | Promise<string>): Promise<{ wrong: boolean; text: string }> {
  try {
    return { wrong: false, text: await look() }
  } catch (error) {
    if (error instanceof Fault) return { wrong: true, text: `${error.message}. ${error.mend}.` }
    return {
      wrong: true,
      text: `could not be looked at: ${error instanceof Error ? error.message : String(error)}`,
    }
  }
}

/** Data of another format have ports we cannot read; their own check says so. */
function basePorts(data: string, settings: Settings): number {
  try {
    return agreedPorts(data, readFacts(data), undefined, settings.portsBase)
  } catch {
    return settings.portsBase
  }
}

function isRunning(data: string): boolean {
  return existsSync(data) && runningCopy(dataPaths(realpathSync(data))) !== undefined
}

function rootLook(): string {
  requireRoot(process.geteuid?.() ?? 0, 'run a copy')
  return 'yes'
}

function debianLook(): string {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : ''
  const name = release.match(/^PRETTY_NAME="?([^"\n]*)/m)?.[1] ?? 'an unknown system'
  if (!/^ID(_LIKE)?=.*debian/m.test(release)) {
    throw new Fault(`This is ${name}, and Javob is made for Debian 12`, 'Use Debian 12, or a container of it')
  }
  if (process.arch !== 'x64') throw new Fault(`This machine is ${process.arch}`, 'Use an x86-64 machine')
  return name
}

function nodeLook(): string {
  if (process.version.startsWith('v24.')) return process.version
  throw new Fault(
    `This is Node ${process.version}, and 24 is needed`,
    'Start with ./javob, which brings its own',
  )
}

async function diskLook({ settings, data }: Place): Promise<string> {
  await requireFree(settings.cache, NEEDED_BYTES.engine + NEEDED_BYTES.postgres, 'what copies share')
  await requireFree(data, NEEDED_BYTES.data, 'the data')
  const gib = (bytes: number) => (bytes / 1024 ** 3).toFixed(1)
  return `${gib(await freeBytes(data))} GiB free for data, ${gib(await freeBytes(settings.cache))} GiB for the cache`
}

async function packagesLook(): Promise<string> {
  const missing = await missingPackages(SYSTEM_PACKAGES)
  if (missing.length === 0) return SYSTEM_PACKAGES.join(', ')
  throw new Fault(
    `${missing.join(', ')} missing`,
    './javob up installs them, or apt-get install them yourself',
  )
}

async function engineLook({ settings }: Place): Promise<string> {
  const root = engineRootPath(settings.cache)
  if (!settings.hostAsterisk && !engineRootWhole(root)) {
    throw new Fault(
      `The engine is ${existsSync(root) ? 'half built' : 'not built yet'}`,
      './javob up builds it',
    )
  }
  return asteriskVersion(asteriskProgram({ hostAsterisk: settings.hostAsterisk, engineRoot: root }))
}

async function portsLook({ settings, base, running }: Place): Promise<string> {
  if (running) return `${base}–${portsFrom(base).rtpLast}, in use by this copy`
  for (const listener of listenersOf(portsFrom(base), settings.bind)) {
    const problem = await portProblem(listener)
    if (problem) throw problem
  }
  return `${base}–${portsFrom(base).rtpLast} free`
}

function dataLook({ data, base }: Place): string {
  const facts = readFacts(data)
  checkData(data, base)
  return facts ? `${data}, format ${facts.format}` : `${data}, not made yet`
}

function permissionsLook({ data }: Place): string {
  if (!existsSync(data)) return 'nothing to look at yet'
  const real = realpathSync(data)
  if (!reachableByAll(dirname(real))) {
    throw new Fault(
      `${dirname(real)} is closed to the system users`,
      `chmod o+x ${dirname(real)}, or name another --data`,
    )
  }
  const secrets = dataPaths(real).secrets
  if (existsSync(secrets) && statSync(secrets).mode & 0o077) {
    throw new Fault(`${secrets} can be read by others`, `chmod 600 ${secrets}`)
  }
  for (const name of [SERVER_USER, MEDIA_USER]) {
    if (!findUser(name)) throw new Fault(`The system user ${name} is missing`, './javob up makes it')
  }
  return 'as they should be'
}

/** The engine asks for its own name in every call; an answer that does not come is waited for, 5 s long. */
async function hostNameLook(): Promise<string> {
  const name = hostname()
  const mend = `echo "127.0.1.1 ${name}" >> /etc/hosts`
  const started = performance.now()
  const found = await lookup(name).catch(() => undefined)
  if (!found) throw new Fault(`The host name ${name} does not resolve, so every call would wait 5 s`, mend)
  if (performance.now() - started > LOOKUP_MS)
    throw new Fault(`The host name ${name} resolves too slowly`, mend)
  return `${name} is ${found.address}`
}
