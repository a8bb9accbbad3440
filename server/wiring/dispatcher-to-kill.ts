/**
 * For tests: a server of its own that sends an appeal to its chancellery as the running one does, which is a move, and
 * then the timed work that makes the letter and hands the package over by HTTP. It is killed at the n-th moment: before
 * the n-th of its questions to the database, of whatever part of it, and of the things it does outside.
 *
 * Between two of those nothing of it lasts, so to be killed after one is to be killed before the next.
 */
import { writeSync } from 'node:fs'
import { Logger as WorkerLogger, runOnce } from 'graphile-worker'
import type pg from 'pg'
import pino from 'pino'
import type { MoveAppeal } from '#contract/appeals.ts'
import type { AppealId } from '#core/lib/ids.ts'
import { dispatching } from '../appeals/dispatching.ts'
import { appealJobs, enqueueDispatch } from '../appeals/jobs.ts'
import type { Registrar } from '../appeals/registering.ts'
import { appealService } from '../appeals/service.ts'
import { attachmentService } from '../attachments/service.ts'
import { packageFiles } from '../chancellery/package-files.ts'
import { type WebhookPlace, webhookChancellery } from '../chancellery/webhook.ts'
import { openDatabase, openPool } from '../database/pool.ts'
import { documentService } from '../documents/service.ts'
import { type FileService, fileService } from '../files/service.ts'

export type DispatcherOrders = {
  connection: pg.PoolConfig
  folder: string
  now: number
  place: WebhookPlace
  moment: number
  /** None for a server that finds the work of a dead one. */
  move?: { appeal: AppealId; by: Registrar; form: MoveAppeal }
}

/** What it says on its output once the person's form is answered. */
export const MOVED = 'moved'

type Outside = {
  /** Called before each thing that is done outside the database. */
  live: (what: string) => void
  /** The person's form is answered. */
  answered: () => void
}

/** Also what the test itself calls, as the server that comes after. */
export async function dispatchAndWork(
  { folder, move, now, place }: DispatcherOrders,
  pool: pg.Pool,
  { answered, live }: Outside,
): Promise<void> {
  const db = openDatabase(pool)
  const log = pino({ level: 'silent' })
  const told = { db, log, now: () => now }
  const files = watched(fileService({ db, folder, now: () => now }), live)
  const mustSee = async () => undefined
  const attachments = attachmentService({ ...told, files, mustSee, secret: 'sir' })
  const documents = documentService({
    ...told,
    files,
    mustSee,
    attachmentsOf: attachments.kept,
    portalAddress: async () => '',
    // Setting type is not what can break here, and takes its time.
    render: async ({ facts, madeAt }) => {
      live('the letter')
      const content = Buffer.from(JSON.stringify({ facts, madeAt }))
      return { docx: Buffer.concat([Buffer.from('docx '), content]), pdf: content, notShown: [] }
    },
  })
  const system = webhookChancellery(place)
  const dispatches = dispatching({
    ...told,
    raiseAlarm: async () => undefined,
    filesOf: packageFiles({
      documentOf: documents.ofStep,
      attachmentsOf: attachments.kept,
      read: files.read,
    }),
    chancellery: async () => ({
      ...system,
      async take(key, appeal) {
        live('the package')
        return await system.take(key, appeal)
      },
    }),
  })
  if (move) {
    const appeals = appealService({ ...told, dispatched: enqueueDispatch })
    await appeals.move(move.appeal, move.form, move.by)
    answered()
  }
  const { sendAppeal } = appealJobs(dispatches, { warnDue: async () => 0 })
  const taskList = { ...(sendAppeal && { sendAppeal }) }
  const logger = new WorkerLogger(() => () => undefined)
  await runOnce({ pgPool: pool, taskList, noHandleSignals: true, logger })
}

/** A file that is written may be written, and the server dead before it knows. */
function watched(files: FileService, live: Outside['live']): FileService {
  return {
    ...files,
    async arrive(content, maxBytes) {
      live('a file')
      return await files.arrive(content, maxBytes)
    },
    async keepBytes(content) {
      live('a file to be kept')
      return await files.keepBytes(content)
    },
  }
}

function kill(): never {
  process.kill(process.pid, 'SIGKILL')
  // The signal may take a moment; nothing more is done in it.
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}

async function main(orders: DispatcherOrders): Promise<void> {
  let passed = 0
  const live = () => {
    if (++passed === orders.moment) kill()
  }
  const pool = openPool(orders.connection, pino({ level: 'silent' }))
  pool.on('connect', (client) => {
    const ask = client.query.bind(client) as (...words: unknown[]) => unknown
    const query = (...words: unknown[]) => {
      live()
      return ask(...words)
    }
    Object.assign(client, { query })
  })
  await dispatchAndWork(orders, pool, { live, answered: () => void writeSync(process.stdout.fd, MOVED) })
  live()
  await pool.end()
}

if (import.meta.main) await main(JSON.parse(process.argv[2] ?? '') as DispatcherOrders)
