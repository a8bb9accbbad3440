/**
 * The console as the browser loads it, built once for each state of its sources and
 * kept in the cache under their hash. Copies of the same checkout share it.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import { CHECKOUT, Fault } from '../../server/config.ts'
import { NEEDED_BYTES, requireFree } from './disk.ts'
import { withLock } from './lock.ts'
import { say, step } from './progress.ts'
import { causeIn, runProgram } from './run.ts'

const SOURCES = ['console', 'contract', 'core', 'package-lock.json', 'tools/setup/console-build.ts']
const COMPRESSED = /\.(js|css|html|svg|json)$/
/** One packet carries it as it is. */
const COMPRESSED_FROM_BYTES = 1_024
const [gzipOf, brotliOf] = [promisify(gzip), promisify(brotliCompress)]
/** A copy may be serving a build for months; only what is both old and replaced often goes. */
const KEPT_BUILDS = 5
const KEPT_DAYS = 60

/** The directory of the built console, or nothing while there are no sources. */
export async function ensureConsole(cache: string): Promise<string | undefined> {
  if (!existsSync(join(CHECKOUT, 'console/index.html'))) return undefined
  const target = join(cache, `console-${sourceHash(CHECKOUT)}`)
  if (existsSync(target)) return target
  await mkdir(cache, { recursive: true, mode: 0o755 })
  await withLock(
    join(cache, 'console.lock'),
    () => say('• Waiting for another copy that builds the console …'),
    async () => {
      if (existsSync(target)) return
      await requireFree(cache, NEEDED_BYTES.console, 'the console')
      await removeOldBuilds(cache)
      await step('Building the console', () => build(target))
    },
  )
  return target
}

async function build(target: string): Promise<void> {
  const draft = `${target}.building`
  const vite = join(CHECKOUT, 'node_modules/vite/bin/vite.js')
  const result = await runProgram(process.execPath, [
    vite,
    'build',
    join(CHECKOUT, 'console'),
    '--outDir',
    draft,
    '--emptyOutDir',
  ])
  if (result.code !== 0) {
    await rm(draft, { recursive: true, force: true })
    throw new Fault(
      `The console could not be built: ${causeIn(result.lines)}`,
      'Mend its sources; ./javob check says more',
    )
  }
  await compressFiles(draft)
  await rename(draft, target)
}

/** Beside each file what the server sends of it to browsers that can unpack, as small as it gets: once, not for each of them. */
async function compressFiles(folder: string): Promise<void> {
  for (const file of filesBelow(folder)) {
    const bytes = readFileSync(file)
    if (!COMPRESSED.test(file) || bytes.length < COMPRESSED_FROM_BYTES) continue
    const [small, smallest] = await Promise.all([gzipOf(bytes, { level: 9 }), brotliOf(bytes)])
    await Promise.all([writeFile(`${file}.gz`, small), writeFile(`${file}.br`, smallest)])
  }
}

/** Everything the build reads; tests are left out so that changing one builds nothing. */
export function sourceHash(checkout: string): string {
  const hash = createHash('sha256')
  for (const file of SOURCES.flatMap((source) => filesBelow(join(checkout, source)))) {
    if (/\.test\.tsx?$/.test(file)) continue
    hash.update(relative(checkout, file)).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex').slice(0, 12)
}

function filesBelow(path: string): string[] {
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return [path]
  const entries = readdirSync(path, { withFileTypes: true, recursive: true }).filter((entry) =>
    entry.isFile(),
  )
  return entries.map((entry) => join(entry.parentPath, entry.name)).sort()
}

async function removeOldBuilds(cache: string): Promise<void> {
  const names = (await readdir(cache)).filter((name) => /^console-[0-9a-f]{12}$/.test(name))
  const aged = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(cache, name))).mtimeMs })),
  )
  const oldest = Date.now() - KEPT_DAYS * 86_400_000
  const old = aged
    .sort((a, b) => b.at - a.at)
    .slice(KEPT_BUILDS - 1)
    .filter(({ at }) => at < oldest)
  for (const { name } of old) await rm(join(cache, name), { recursive: true, force: true })
}
