/**
 * The wiring diagram: everything is built here, by hand, once, and nowhere else.
 *
 * Roles on the command line (`calls`, `web`, `jobs`; all without a word) say what
 * this process does. It starts as root only to read a checkout that others may
 * not, and becomes the system user `javob` before it opens anything.
 */
import { writeFile } from 'node:fs/promises'
import { flushCompileCache } from 'node:module'
import { keepMissingWords } from './appeals/words-store.ts'
import { EngineLease } from './asterisk/engine-lease.ts'
import { engineMarks } from './asterisk/engine-marks.ts'
import { isCheckoutClosed, readConfig } from './config.ts'
import { startLetters } from './documents/render.ts'
import { loadHttpAhead } from './http-ahead.ts'
import { keepOutdatedWords } from './knowledge/search.ts'
import { openLog } from './log.ts'
import { startPrograms } from './program.ts'
import { SPARE, untilNeeded } from './spare.ts'
import { openCalls } from './wiring/calls.ts'
import { openMemory, type Memory } from './wiring/memory.ts'
import { openJobs } from './wiring/timed-work.ts'
import { openWeb } from './wiring/web.ts'

const SERVER_USER = 'javob'
/** Files of this process are shared with the engine through the group, and with nobody else. */
const UMASK = 0o007
const STOP_WITHIN_MS = 5_000
/** Ends at once: another server commands the engine now. The supervisor starts a standby. */
const REPLACED_EXIT_CODE = 3

const words = process.argv.slice(2)
const config = readConfig(
  process.env,
  words.filter((word) => word !== SPARE),
)
const log = openLog(config.logLevel)
if (config.roles.includes('web')) await loadHttpAhead(log)
if (isCheckoutClosed()) await Promise.all([startPrograms(), startLetters()])
// While it may still be written: see `NODE_COMPILE_CACHE` of the supervisor.
flushCompileCache()
becomeServerUser()
if (words.includes(SPARE)) {
  await askEngineOnce()
  await untilNeeded()
}
await serve()

/** Gives up root for good. Under another user there is nothing to give up. */
function becomeServerUser(): void {
  process.umask(UMASK)
  if (process.getuid?.() !== 0) return
  process.setgid?.(SERVER_USER)
  process.setgroups?.([])
  process.setuid?.(SERVER_USER)
}

function engineAddress() {
  return { host: '127.0.0.1', port: config.ports.engineHttp, password: config.secrets.ariPassword }
}

/** The first request of a process loads what all later ones use. */
async function askEngineOnce(): Promise<void> {
  await engineMarks(engineAddress())
    .read('JAVOB_BEAT')
    .catch(() => undefined)
}

async function serve(): Promise<void> {
  // Before anything that two servers must not do both: a standby waits here.
  const lease = config.roles.includes('calls') ? await takeCommand() : undefined
  const memory = await openMemory({ config, log })
  const calls = await openCalls(memory, lease)
  // After a crash people are talking and waiting. What the desks ask is built while the engine is asked.
  const [http] = await Promise.all([
    config.roles.includes('web') ? openWeb(memory, calls) : undefined,
    calls.start(),
  ])
  // Not before: an agent who came back sooner would find a desk without the call he is in.
  await http?.listen({ port: config.ports.web, host: config.bind })
  await calls.finishStart()
  const jobs = config.roles.includes('jobs') ? await openJobs(memory, calls) : undefined
  readAnew(memory)
  await writeFile(config.data.ready, JSON.stringify({ ready: true, signIns: memory.signIns }), {
    mode: 0o600,
  })
  log.info({ ready: true, roles: config.roles, web: config.ports.web, sip: config.ports.sip }, 'ready')
  stopOnSignal(async () => {
    await http?.close()
    await calls.stop()
    // Work that was left in the middle may still hold a connection.
    if ((await jobs?.stop()) ?? true) await memory.db.destroy()
    await lease?.release()
  })
}

/** One server commands the engine. A second waits until the first is gone, and a replaced one ends. */
async function takeCommand(): Promise<EngineLease> {
  const lease = new EngineLease(engineMarks(engineAddress()), log)
  await lease.acquire()
  void lease.lost.then(() => process.exit(REPLACED_EXIT_CODE))
  return lease
}

/** After an upgrade that finds by other rules; until it is done some is not found. Nobody waits for it. */
function readAnew({ db, log }: Memory): void {
  for (const [what, keep] of [
    ['knowledge', keepOutdatedWords],
    ['appeals', keepMissingWords],
  ] as const)
    keep(db).then(
      (items) => items > 0 && log.info({ what, items }, 'words were read anew'),
      (error: unknown) => log.warn({ what, error: String(error) }, 'words could not be read anew'),
    )
}

/** The first signal stops in good order, bounded in time; the supervisor sees to a second. */
function stopOnSignal(stop: () => Promise<void>): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'stopping')
      setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref()
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ error: String(error) }, 'could not stop in good order')
          process.exit(1)
        },
      )
    })
  }
}
