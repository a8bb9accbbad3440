/** Debian packages: what is missing is installed, what is there is left alone. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { Fault } from '../../server/config.ts'
import { NEEDED_BYTES, requireFree } from './disk.ts'
import { step } from './progress.ts'
import { causeIn, type RunResult, runProgram } from './run.ts'

const run = promisify(execFile)

/** Sound conversion, speech, and the tool that unpacks the engine. */
export const SYSTEM_PACKAGES = ['ffmpeg', 'espeak-ng', 'mmdebstrap'] as const
/** Only the tests of the screens need a browser on this machine. */
export const BROWSER_PACKAGES = ['chromium'] as const

/** Somebody else's apt may be at work; unattended upgrades take minutes. */
const APT_LOCK_SECONDS = 300

export async function installPackages(
  packages: readonly string[],
  bytes: number = NEEDED_BYTES.packages,
): Promise<void> {
  const missing = await missingPackages(packages)
  if (missing.length === 0) return
  requireRoot(process.geteuid?.() ?? 0, `install ${missing.join(', ')}`)
  await requireFree('/var/cache/apt', bytes, missing.join(', '))

  if (!(await allKnown(missing))) await readIndex(missing)
  let result = await install(missing)
  if (result.code !== 0 && result.lines.some((line) => /404|Hash Sum mismatch|have moved/i.test(line))) {
    // The index was older than the archive.
    await readIndex(missing)
    result = await install(missing)
  }
  if (result.code !== 0) {
    throw new Fault(
      `apt could not install ${missing.join(', ')}: ${causeIn(result.lines)}`,
      'Mend that and run the same command again',
    )
  }
}

export async function missingPackages(packages: readonly string[]): Promise<string[]> {
  const format = ['-W', '-f', '${Package} ${db:Status-Status}\n']
  const { stdout } = await run('dpkg-query', [...format, ...packages]).catch((error: unknown) => {
    // It fails when any is unknown, and still lists the others.
    if (error instanceof Error && 'stdout' in error) return { stdout: String(error.stdout) }
    throw error
  })
  const installed = new Set(stdout.split('\n').flatMap((line) => line.match(/^(\S+) installed$/)?.[1] ?? []))
  return packages.filter((name) => !installed.has(name))
}

export function requireRoot(uid: number, what: string): void {
  if (uid !== 0)
    throw new Fault(`Only root may ${what}`, 'Run the same command as root, for example with sudo')
}

async function allKnown(packages: readonly string[]): Promise<boolean> {
  const { stdout } = await run('apt-cache', ['policy', ...packages], { env: { ...process.env, LC_ALL: 'C' } })
  return packages.every((name) =>
    new RegExp(`^${name}:\\n  Installed: .*\\n  Candidate: (?!\\(none\\))`, 'm').test(stdout),
  )
}

async function readIndex(wanted: readonly string[]): Promise<void> {
  const result = await step('Reading the package index', (detail) =>
    apt(['update'], (line) => detail(line.replace(/https?:\/\/\S+/, ''))),
  )
  // One dead source among many does no harm; what counts is whether ours are offered.
  if (await allKnown(wanted)) return
  throw new Fault(
    `No package index offers ${wanted.join(', ')}: ${causeIn(result.lines)}`,
    'Check the network and /etc/apt/sources.list.d, then run the same command again',
  )
}

function install(packages: readonly string[]): Promise<RunResult> {
  return step(`Installing ${packages.join(', ')}`, (detail) =>
    apt(['install', '-y', '--no-install-recommends', ...packages], undefined, (line) => {
      // dlstatus:1:20.5:Retrieving file … and pmstatus:ffmpeg:40.1:Unpacking ffmpeg
      const [kind, , percent] = line.split(':')
      if (kind === 'dlstatus' || kind === 'pmstatus')
        detail(`${kind === 'dlstatus' ? 'download' : 'install'} ${Math.round(Number(percent))} %`)
    }),
  )
}

function apt(
  args: readonly string[],
  onLine?: (line: string) => void,
  onStatus?: (line: string) => void,
): Promise<RunResult> {
  const options = ['-o', 'APT::Status-Fd=3', '-o', `DPkg::Lock::Timeout=${APT_LOCK_SECONDS}`]
  return runProgram('apt-get', [...options, ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
    ...(onLine && { onLine }),
    ...(onStatus && { onStatus }),
  })
}
