/** Runs the tests, all of them or one kind, and ends with one line that counts them all. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { CHECKOUT, Fault, readSettings } from '../../server/config.ts'
import { NEEDED_BYTES } from '../setup/disk.ts'
import { ensureEngineRoot } from '../setup/engine-root.ts'
import { type FileTime, readFileTimes, REPORT_NAME, slowestOf, timesFileOf } from '../setup/file-times.ts'
import { BROWSER_PACKAGES, installPackages, SYSTEM_PACKAGES } from '../setup/packages.ts'
import { say } from '../setup/progress.ts'
import { ensureSystemUsers } from '../setup/system-users.ts'
import { closeTestPlace, openTestPlace } from '../setup/test-place.ts'
import { countTests, failuresOf, inWords, sumOf, type TestCounts, unsteadyOf } from '../setup/test-results.ts'

export const summary = 'the tests: [rules|server|engine|screens|calls]; all of them without a word'

/** Each is a project in vitest.config.ts. In this order, so that what is quick is heard first. */
const KINDS = ['rules', 'server', 'engine', 'screens', 'calls'] as const
type Kind = (typeof KINDS)[number]
type Times = { kinds: FileTime[]; files: FileTime[] }

const SLOWEST_SHOWN = 5

export async function run(args: string[]): Promise<number> {
  const unknown = args.find((word) => !isKind(word))
  if (unknown) throw new Fault(`There are no tests called "${unknown}"`, `There are: ${KINDS.join(', ')}`)
  const kinds = KINDS.filter((kind) => args.length === 0 || args.includes(kind))

  await installWhatTestsNeed(kinds)
  const place = await openTestPlace()
  const counts: TestCounts[] = []
  const times: Times = { kinds: [], files: [] }
  const failures: string[] = []
  const unsteady: string[] = []
  try {
    for (const kind of kinds) {
      const report = join(place, `${kind}.json`)
      const since = performance.now()
      counts.push(await runKind(kind, place, report))
      times.kinds.push({ name: kind, ms: performance.now() - since })
      times.files.push(...readFileTimes(timesFileOf(report)))
      failures.push(...failuresOf(report, CHECKOUT))
      unsteady.push(...unsteadyOf(report, CHECKOUT))
    }
  } finally {
    await closeTestPlace(place, counts.length === kinds.length && sumOf(counts).failed === 0)
  }
  sayTimes(times)
  // Said once more at the end, where it is looked for.
  if (unsteady.length > 0) say(`\nPassed only at the second try, to be mended:\n${unsteady.join('\n')}\n`)
  if (failures.length > 0) say(`\nFailed:\n${failures.join('\n')}\n`)
  const sum = sumOf(counts)
  process.stdout.write(`${inWords(sum)}\n`)
  return sum.failed === 0 && sum.passed > 0 ? 0 : 1
}

function isKind(word: string): word is Kind {
  return KINDS.some((kind) => kind === word)
}

async function installWhatTestsNeed(kinds: readonly Kind[]): Promise<void> {
  if (kinds.every((kind) => kind === 'rules')) return
  await installPackages(SYSTEM_PACKAGES)
  if (kinds.every((kind) => kind === 'rules' || kind === 'server')) return
  await installPackages(BROWSER_PACKAGES, NEEDED_BYTES.chromium)
  await ensureSystemUsers()
  const settings = readSettings()
  if (!settings.hostAsterisk) await ensureEngineRoot(settings.cache)
}

async function runKind(kind: Kind, place: string, report: string): Promise<TestCounts> {
  say(`\n── ${kind} ──`)
  const code = await vitest(['run', '--project', kind, '--passWithNoTests'], { place, report })
  const counts = countTests(report, code)
  say(`${kind}: ${inWords(counts)}`)
  return counts
}

/** Its own words go to stderr, so that stdout holds the count alone. */
function vitest(
  args: readonly string[],
  { place, report }: { place: string; report: string },
): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const program = join(CHECKOUT, 'node_modules/vitest/vitest.mjs')
  const child = spawn(process.execPath, [program, ...args], {
    cwd: CHECKOUT,
    env: { ...process.env, TMPDIR: place, [REPORT_NAME]: report },
    stdio: ['ignore', process.stderr, process.stderr],
  })
  // Told to stop, we let the runner stop first and then put away what it leaves.
  const pass = (name: NodeJS.Signals) => child.kill(name)
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, pass)
  child.on('error', reject)
  child.on('close', (code) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, pass)
    resolve(code ?? 1)
  })
  return promise
}

/** So that whoever wants them shorter knows where to begin. */
function sayTimes({ kinds, files }: Times): void {
  const together = kinds.reduce((sum, { ms }) => sum + ms, 0)
  const each = kinds.map(({ name, ms }) => `${name} ${inMinutes(ms)}`).join(', ')
  say(`\nTime: ${each}${kinds.length > 1 ? `; together ${inMinutes(together)}` : ''}. The slowest files:`)
  for (const line of slowestOf(files, CHECKOUT, SLOWEST_SHOWN)) say(line)
}

/** As `12:05`. */
function inMinutes(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
