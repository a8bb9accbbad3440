/**
 * The server is killed (SIGKILL) at the n-th moment of a dispatch, for n = 1 until it is done before: in the move, in
 * taking up the work, in making the letter, before and while the package is on its way, in writing down that it is there.
 * Whoever sent the form sends it again, as browsers do, and the next server takes up what is left. Then the appeal is
 * dispatched once, with one letter and one event, and the chancellery's system has one package of it under one key.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { runMigrations } from 'graphile-worker'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { checklistOf } from '#core/appeals/checklist.ts'
import type { AppealId } from '#core/lib/ids.ts'
import { aMove, testOffice, versionOf } from '../appeals/test-office.ts'
import { testDatabase } from '../database/test-database.ts'
import { fileService } from '../files/service.ts'
import { type DispatcherOrders, dispatchAndWork, MOVED } from './dispatcher-to-kill.ts'
import { letGoOfLeftWork } from './left-work.ts'

const { db, connection, pool } = await testDatabase()
await runMigrations({ pgPool: pool })
const { appeals, clock, move, people, register } = await testOffice(db)
const folder = await mkdtemp(join(tmpdir(), 'javob-killed-'))
afterAll(() => rm(folder, { recursive: true }))
const PROGRAM = fileURLToPath(new URL('dispatcher-to-kill.ts', import.meta.url))
/** More than a dispatch has: a process that gets so far is done. */
const MOMENTS_MAX = 200
const MOMENTS_MIN = 40
const NEVER = 1_000_000
const TEST_MS = 180_000
const ALIVE = { live: () => undefined, answered: () => undefined }

/** What the chancellery's system keeps, by key, and what it does in the moment in which it is asked. */
const system = {
  kept: new Map<string, string[]>(),
  /** Keys under which something else came than the first time. */
  differing: [] as string[],
  requests: 0,
  beforeItKeeps: () => undefined as unknown,
  beforeItAnswers: () => undefined as unknown,
}
const server = createServer((request, response) => {
  void text(request).then(
    (body) => {
      system.requests++
      system.beforeItKeeps()
      const key = String(request.headers['idempotency-key'])
      const { files } = JSON.parse(body) as { files: { sha256: string }[] }
      const sha256s = files.map(({ sha256 }) => sha256)
      if ((system.kept.get(key) ?? sha256s).join() !== sha256s.join()) system.differing.push(key)
      system.kept.set(key, sha256s)
      system.beforeItAnswers()
      response.end('{"incomingNumber":"K-17"}')
    },
    () => undefined,
  )
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
afterAll(() => new Promise((resolve) => server.close(resolve)))
const place = {
  url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
  secret: 'a secret that both know',
}
beforeEach(() => {
  system.beforeItKeeps = () => undefined
  system.beforeItAnswers = () => undefined
})

const orders = (): DispatcherOrders => ({ connection, folder, place, now: clock.now, moment: NEVER })

async function approved(): Promise<AppealId> {
  const id = (await register({ topic: '01' })).id as AppealId
  await move(id, 'classify', 'editor', { kind: 'application', topic: '01' })
  await move(id, 'edit', 'editor')
  await move(id, 'write', 'editor', { text: `Tahrirlangan matn ${id}` })
  await move(id, 'approve', 'supervisor', { checked: [...checklistOf('application')] })
  return id
}

/** A process that dispatches; it is given to `started`, which may end it. */
async function dispatcher(orders: DispatcherOrders, started?: (child: ChildProcess) => void) {
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(orders)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // Its own text is the same each time, and most of what each of them costs.
    env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') },
  })
  started?.(child)
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) =>
    child.once('exit', (code, signal) => resolve({ code, signal })),
  )
  const said = await text(child.stdout)
  const { code, signal } = await exited
  expect(code === 0 || signal === 'SIGKILL', `ended by ${code ?? signal}`).toBe(true)
  return { isKilled: signal === 'SIGKILL', isAnswered: said === MOVED }
}

/** Dispatches an appeal with a process that dies, then as everybody goes on from there. */
async function dispatchedByTwo(moment: number, started?: (child: ChildProcess) => void) {
  const id = await approved()
  const form = aMove({ action: 'dispatch', version: await versionOf(db, id), details: {} })
  const requestsBefore = system.requests
  const first = await dispatcher(
    { ...orders(), moment, move: { appeal: id, by: people.editor, form } },
    started,
  )
  const { status } = await appeals.card(id, people.officer)
  if (first.isAnswered) expect(status, 'what was answered is kept').toBe('dispatched')
  else await dispatchAndWork({ ...orders(), move: { appeal: id, by: people.editor, form } }, pool, ALIVE)
  await letGoOfLeftWork(pool)
  await dispatchAndWork(orders(), pool, ALIVE)
  await isDoneOnce(id)
  return { ...first, requests: system.requests - requestsBefore }
}

async function isDoneOnce(id: AppealId): Promise<void> {
  const { moves, status, timeline } = await appeals.card(id, people.officer)
  expect(status).toBe('dispatched')
  expect(moves.filter(({ action }) => action === 'dispatch')).toHaveLength(1)
  const { id: step } = await db
    .selectFrom('appeal_steps')
    .select('id')
    .where('appeal', '=', id)
    .where('action', '=', 'dispatch')
    .executeTakeFirstOrThrow()
  const documents = await db.selectFrom('appeal_documents').selectAll().where('appeal', '=', id).execute()
  expect(documents.map((row) => ({ version: row.version, step: row.step }))).toEqual([{ version: 1, step }])
  const [{ docx, pdf } = { docx: '', pdf: '' }] = documents
  const files = fileService({ db, folder })
  await Promise.all([files.read({ sha256: docx }), files.read({ sha256: pdf })])
  expect(system.kept.get(step), 'the chancellery has what is kept here').toEqual([pdf, docx])
  expect(system.differing, 'the second time is the first').toEqual([])
  for (const type of ['appealDispatched', 'documentMade', 'appealHandedOver'])
    expect(
      timeline.filter((event) => event.type === type),
      type,
    ).toHaveLength(1)
  const { rows: left } = await pool.query('select from graphile_worker.jobs')
  expect(left, 'no work is left').toEqual([])
}

test('a server killed at the n-th moment of a dispatch leaves no gap, no double and no loss', {
  timeout: TEST_MS,
}, async () => {
  let moment = 1
  for (; moment < MOMENTS_MAX; moment++) {
    const { isKilled } = await dispatchedByTwo(moment)
    if (!isKilled) break
  }
  expect(moment, 'it was killed at every moment').toBeGreaterThan(MOMENTS_MIN)
  expect(moment).toBeLessThan(MOMENTS_MAX)
  expect(system.kept.size, 'one package for each').toBe(moment)
})

test.each(['beforeItKeeps', 'beforeItAnswers'] as const)(
  'a server killed while the package is with the chancellery (%s) sends it again under the same key',
  { timeout: TEST_MS },
  async (when) => {
    const { isKilled, isAnswered, requests } = await dispatchedByTwo(NEVER, (child) => {
      system[when] = () => {
        system[when] = () => undefined
        child.kill('SIGKILL')
      }
    })
    expect({ isKilled, isAnswered, requests }).toEqual({ isKilled: true, isAnswered: true, requests: 2 })
  },
)
