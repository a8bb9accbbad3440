/**
 * The engine's private root: Asterisk, its prompts and SIPp from Debian unstable,
 * unpacked side by side with the host's own libraries. Nothing in it is configured
 * or entered, so neither mounts nor a second dpkg are needed.
 *
 * It is built under another name and renamed when whole, so a root that exists is
 * a root that works. Copies share it; one builds while the others wait.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { chmod, mkdir, rename, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '../../server/config.ts'
import { asteriskVersion, rootProgram } from '../../server/asterisk/engine-process.ts'
import { type AptSource, debianMirror, hostSources } from './apt-sources.ts'
import { NEEDED_BYTES, requireFree } from './disk.ts'
import { withLock } from './lock.ts'
import { requireRoot } from './packages.ts'
import { say, step } from './progress.ts'
import { causeIn, type RunResult, runProgram } from './run.ts'

const SUITE = 'sid'
const PACKAGES = ['asterisk', 'asterisk-core-sounds-en', 'sip-tester'] as const
/** Raised when a root built by an older recipe must not be used any more. */
const RECIPE = 1

/** What a whole root has and a half-built one need not. */
const MUST_HOLD = [
  'lib64/ld-linux-x86-64.so.2',
  'usr/sbin/asterisk',
  'usr/bin/sipp',
  'usr/share/asterisk/sounds/en',
]

export function engineRootPath(cache: string): string {
  const recipe = JSON.stringify([SUITE, PACKAGES, process.arch, RECIPE])
  return join(cache, `engine-${createHash('sha256').update(recipe).digest('hex').slice(0, 12)}`)
}

export function engineRootWhole(root: string): boolean {
  return MUST_HOLD.every((path) => existsSync(join(root, path)))
}

/** Builds the root unless it stands, and returns where. */
export async function ensureEngineRoot(cache: string): Promise<string> {
  const root = engineRootPath(cache)
  if (engineRootWhole(root)) return root
  requireRoot(process.geteuid?.() ?? 0, 'build the engine')
  await mkdir(cache, { recursive: true, mode: 0o755 })
  await withLock(
    `${root}.lock`,
    () => say('• Waiting for another copy that builds the engine …'),
    async () => {
      if (engineRootWhole(root)) return
      await removeHalfBuilt(cache, root)
      await requireFree(cache, NEEDED_BYTES.engine, 'the engine')
      await step('Building the engine (Asterisk 22)', (detail) => build(root, detail))
    },
  )
  return root
}

/** Under the lock nobody else builds, so whatever is unfinished was left by a killed build. */
async function removeHalfBuilt(cache: string, root: string): Promise<void> {
  const leftovers = readdirSync(cache).filter((name) => join(cache, name).startsWith(`${root}.building`))
  for (const name of leftovers) await rm(join(cache, name), { recursive: true, force: true })
  if (existsSync(root)) await rm(root, { recursive: true, force: true })
}

async function build(root: string, detail: (text: string) => void): Promise<void> {
  const source = debianMirror(hostSources(), hostRelease())
  if (!source) {
    throw new Fault(
      'This machine names no Debian archive',
      'Add one to /etc/apt/sources.list.d, then run the same command again',
    )
  }
  const draft = `${root}.building-${process.pid}`
  try {
    const result = await runProgram('mmdebstrap', [...(await options()), SUITE, draft, sourceLine(source)], {
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
      onLine: (line) => {
        if (line.startsWith('I: ')) detail(line.slice(3))
      },
    })
    if (result.code !== 0) throw buildFault(result)
    await finish(draft)
    await rename(draft, root)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

function sourceLine({ uri, signedBy }: AptSource): string {
  return `deb ${signedBy ? `[signed-by=${signedBy}] ` : ''}${uri} ${SUITE} main`
}

async function options(): Promise<string[]> {
  const proxies = await runProgram('apt-config', [
    'dump',
    '--format',
    '%f "%v"%n',
    'Acquire::http::Proxy',
    'Acquire::https::Proxy',
  ])
  const settings = [
    // An index a few days behind counts as expired; its signature is checked all the same.
    'Acquire::Check-Valid-Until "false"',
    'APT::Install-Recommends "false"',
    ...proxies.lines.filter((line) => /^Acquire::\S+ "[^"]+"$/.test(line)),
  ]
  return [
    '--variant=extract',
    `--include=${PACKAGES.join(',')}`,
    ...settings.map((setting) => `--aptopt=${setting}`),
  ]
}

/** The links that packages make when they are configured, as far as we need them. */
async function finish(root: string): Promise<void> {
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) {
    if (!existsSync(join(root, name))) await symlink(join('usr', name), join(root, name))
  }
  const sounds = join(root, 'usr/share/asterisk/sounds')
  if (!existsSync(join(sounds, 'en'))) await symlink('en_US_f_Allison', join(sounds, 'en'))
  await chmod(root, 0o755)
  if (!engineRootWhole(root))
    throw new Fault('The engine was built but is not whole', 'Run the same command again')
  await asteriskVersion(rootProgram(root, 'usr/sbin/asterisk'))
}

function buildFault(result: RunResult): Fault {
  const full = result.lines.some((line) => /No space left/i.test(line))
  if (full) return new Fault('The disk is full', 'Free some space and run the same command again')
  return new Fault(
    `The engine could not be built: ${causeIn(result.lines)}`,
    `Check that the Debian archive of this machine offers ${SUITE}, then run the same command again; or set JAVOB_ASTERISK`,
  )
}

/** The code name, as sources name it. */
function hostRelease(): string {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : ''
  return release.match(/^VERSION_CODENAME=(\S+)$/m)?.[1] ?? 'stable'
}
