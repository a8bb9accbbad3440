/**
 * An Asterisk of its own for a test: own directory, own ports, own password, and
 * the same configuration and user as a running copy. It is gone after `stop`.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { chown, readdir, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { createSocket } from 'node:dgram'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import {
  type AsteriskMediaEngine,
  asteriskMediaEngine,
  type AsteriskOptions,
} from '../../server/asterisk/asterisk-media-engine.ts'
import { writeEngineFiles } from '../../server/asterisk/engine-files.ts'
import { ENGINE_NICENESS, keepTime, preferGroup, preferred } from '../../tools/supervisor/preference.ts'
import { asteriskProgram, engineAnswers, engineEnvironment } from '../../server/asterisk/engine-process.ts'
import type { MediaEvent } from '../../server/calls/ports.ts'
import { openLog } from '../../server/log.ts'
import { dataPaths, type Ports, readSettings, type Settings } from '../../server/config.ts'
import { engineRootPath, engineRootWhole } from '../../tools/setup/engine-root.ts'
import { findUser, MEDIA_USER } from '../../tools/setup/system-users.ts'

const START_TIMEOUT_MS = 30_000
const STOP_TIMEOUT_MS = 10_000
const POLL_MS = 100
const RTP_PORTS = 400

export type TestEngine = Awaited<ReturnType<typeof startTestEngine>>

/** A server of ours on it, which tells what happens there; nothing of the calls that it handled alone. */
export async function openMedia(
  { ariPassword, data, ports }: Pick<TestEngine, 'ariPassword' | 'data' | 'ports'>,
  take: (event: MediaEvent) => void,
  options: Pick<AsteriskOptions, 'staySeconds'> = {},
): Promise<AsteriskMediaEngine> {
  const log = openLog(process.env.JAVOB_LOG_LEVEL ?? 'silent')
  const media = asteriskMediaEngine({ data, httpPort: ports.engineHttp, ariPassword, log, ...options })
  await media.start(take)
  return media
}

/** Where the programs of the engine lie: named by the environment, or built by `./javob up`. */
export function enginePrograms(): Pick<Settings, 'hostAsterisk' | 'engineRoot'> {
  const settings = readSettings()
  const built = engineRootPath(settings.cache)
  const engineRoot = settings.engineRoot ?? (engineRootWhole(built) ? built : undefined)
  return { hostAsterisk: settings.hostAsterisk, engineRoot }
}

export async function startTestEngine() {
  const programs = enginePrograms()
  const data = mkdtempSync(join(tmpdir(), 'javob-engine-'))
  const paths = dataPaths(data)
  const ports = await freePorts()
  const ariPassword = `test-${process.pid}-${Math.random().toString(36).slice(2)}`
  const secrets = { ariPassword, databasePassword: '', cookieSecret: '' }

  const media = findUser(MEDIA_USER)
  const directories = [
    paths.run,
    paths.spool,
    paths.prompts,
    paths.engine,
    ...['etc', 'lib', 'log', 'spool', 'run'].map((name) => join(paths.engine, name)),
  ]
  chmodSync(data, 0o755)
  for (const directory of directories) {
    mkdirSync(directory, { recursive: true })
    if (media && process.geteuid?.() === 0) chownSync(directory, media.uid, media.gid)
    chmodSync(directory, 0o2770)
  }
  await writeEngineFiles({ data, ports, root: programs.engineRoot ?? '', ariPassword })
  // The files were written by us; the engine reads them as its group.
  if (media && process.geteuid?.() === 0) await giveToGroup(paths.engine, media.gid)

  const program = asteriskProgram(programs)
  let child: ChildProcess | undefined

  async function start(): Promise<void> {
    const identity = process.geteuid?.() === 0 ? media : undefined
    const words = [...program.args, '-C', join(paths.engine, 'etc/asterisk.conf'), '-f']
    const { command, args } = preferred({ command: program.command, args: words }, identity, ENGINE_NICENESS)
    child = spawn(command, args, {
      detached: true,
      cwd: paths.engine,
      env: engineEnvironment(paths.engine),
      stdio: 'ignore',
    })
    if (child.pid) preferGroup(child.pid, ENGINE_NICENESS)
    const deadline = Date.now() + START_TIMEOUT_MS
    while (!(await engineAnswers({ ports, secrets }))) {
      if (Date.now() > deadline || child.exitCode !== null) {
        await end('SIGKILL')
        throw new Error(`The engine did not start:\n${log()}`)
      }
      await delay(POLL_MS)
    }
    if (child.pid) await keepTime(child.pid)
  }

  /** By signal; SIGKILL is a crash. */
  async function end(signal: NodeJS.Signals): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill(signal)
    const timer = setTimeout(() => child?.kill('SIGKILL'), STOP_TIMEOUT_MS)
    await exited
    clearTimeout(timer)
  }

  function log(): string {
    try {
      return readFileSync(join(paths.engine, 'log/messages'), 'utf8')
    } catch {
      return '(no log)'
    }
  }

  /** A command at the engine's console, for what no interface of ours tells. */
  async function console(command: string): Promise<string> {
    const asked = spawn(
      program.command,
      [...program.args, '-C', join(paths.engine, 'etc/asterisk.conf'), '-rx', command],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    let said = ''
    asked.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    await once(asked, 'close')
    return said
  }

  await start()
  return {
    data,
    paths,
    ports,
    ariPassword,
    programs,
    console,
    log,
    start,
    pid: () => child?.pid,
    crash: () => end('SIGKILL'),
    pause: () => child?.kill('SIGSTOP'),
    go: () => child?.kill('SIGCONT'),
    async stop(): Promise<void> {
      child?.kill('SIGCONT')
      await end('SIGTERM')
      if (!process.env.JAVOB_KEEP) rmSync(data, { recursive: true, force: true })
    },
  }
}

async function giveToGroup(directory: string, gid: number): Promise<void> {
  for (const name of await readdir(directory, { recursive: true })) {
    const path = join(directory, name)
    await chown(path, (await stat(path)).uid, gid)
  }
}

/**
 * A base whose control and SIP ports are free; the audio ports above it are taken on
 * trust. All of it below 32768, where Linux begins to hand out ports to whoever asks for any.
 */
async function freePorts(): Promise<Ports> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const base = 20_000 + Math.floor(Math.random() * 12_000)
    const rtpFirst = base + 10 + (base % 2)
    if ((await tcpFree(base + 1)) && (await udpFree(base + 2)) && (await udpFree(rtpFirst))) {
      return {
        base,
        web: base,
        engineHttp: base + 1,
        sip: base + 2,
        database: base + 3,
        citizen: base + 4,
        rtpFirst,
        rtpLast: rtpFirst + RTP_PORTS,
      }
    }
  }
  throw new Error('No free ports were found')
}

function tcpFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

function udpFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4')
    socket.once('error', () => resolve(false))
    socket.bind(port, '127.0.0.1', () => socket.close(() => resolve(true)))
  })
}

/** For one that must come back to the same port, as SIPp does after it has registered. */
export function freeUdpPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4')
    socket.once('error', reject)
    socket.bind(0, '127.0.0.1', () => {
      const { port } = socket.address()
      socket.close(() => resolve(port))
    })
  })
}
