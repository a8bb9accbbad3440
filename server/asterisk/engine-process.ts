/**
 * How Asterisk is run: out of a private root without entering it, so the host's
 * libraries are not touched and no rights to mount are needed. The root's own
 * loader finds the root's own libraries; every other path Asterisk uses comes from
 * the configuration in the data directory.
 */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Config, Fault } from '../config.ts'
import { ariAuthorization } from './engine-account.ts'

const run = promisify(execFile)
const SUPPORTED_MAJORS = ['20', '21', '22']
const VERSION_TIMEOUT_MS = 10_000
const PING_TIMEOUT_MS = 1_000

/** What to put before the arguments of a program of the engine: `asterisk`, `sipp`. */
export type EngineProgram = { command: string; args: string[] }

/** A program of the private root. */
export function rootProgram(root: string, path: string): EngineProgram {
  const libraries = join(root, 'usr/lib/x86_64-linux-gnu')
  return {
    command: join(root, 'lib64/ld-linux-x86-64.so.2'),
    args: ['--library-path', libraries, join(root, path)],
  }
}

export function asteriskProgram(engine: {
  hostAsterisk: string | undefined
  engineRoot: string | undefined
}): EngineProgram {
  if (engine.hostAsterisk) return { command: engine.hostAsterisk, args: [] }
  if (engine.engineRoot) return rootProgram(engine.engineRoot, 'usr/sbin/asterisk')
  throw new Fault('No engine is set', 'Set JAVOB_ENGINE_ROOT or JAVOB_ASTERISK, or start with ./javob up')
}

/** The version, after a look whether it runs here at all. */
export async function asteriskVersion(program: EngineProgram): Promise<string> {
  const { stdout } = await run(program.command, [...program.args, '-V'], {
    timeout: VERSION_TIMEOUT_MS,
  }).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message.split('\n').slice(0, 2).join(': ') : String(error)
    throw new Fault(`Asterisk cannot be run: ${reason}`, 'See ./javob doctor')
  })
  const version = stdout.trim().replace(/^Asterisk /, '')
  if (!SUPPORTED_MAJORS.includes(version.split('.')[0] ?? '')) {
    throw new Fault(`Asterisk ${version} is not supported`, 'Use Asterisk 20 to 22, or unset JAVOB_ASTERISK')
  }
  return version
}

/**
 * For a process of 700 threads that each wake 100 times a second: malloc in large pages, and no restartable sequences,
 * which the kernel updates whenever a thread wakes (glibc's manual, "Tunables"; before 2.35 it knows neither). Beside an engine
 * without them, with 110 callers on each, it used 4 % less processor time.
 */
const TUNABLES = 'glibc.malloc.hugetlb=1:glibc.pthread.rseq=0'

export function engineEnvironment(home: string) {
  return { PATH: '/usr/bin:/bin', HOME: home, LANG: 'C.UTF-8', GLIBC_TUNABLES: TUNABLES }
}

/** In the foreground, reading only our configuration. */
export function engineCommand(config: Pick<Config, 'hostAsterisk' | 'engineRoot' | 'data'>) {
  const program = asteriskProgram(config)
  return {
    command: program.command,
    args: [...program.args, '-C', join(config.data.engine, 'etc/asterisk.conf'), '-f'],
    cwd: existsSync(config.data.engine) ? config.data.engine : '/',
    env: engineEnvironment(config.data.engine),
  }
}

/** Whether ARI answers; a refused password means another copy's. */
export async function engineAnswers(config: Pick<Config, 'ports' | 'secrets'>): Promise<boolean> {
  const authorization = ariAuthorization(config.secrets.ariPassword)
  try {
    const answer = await fetch(`http://127.0.0.1:${config.ports.engineHttp}/ari/asterisk/ping`, {
      headers: { authorization },
      signal: AbortSignal.timeout(PING_TIMEOUT_MS),
    })
    await answer.body?.cancel()
    return answer.ok
  } catch {
    return false // Still loading its modules.
  }
}
