/**
 * The server dies, or the database breaks, at the n-th moment of a dispatch: of making the official document, of keeping
 * its files, of handing the package over, of writing that down; for n = 1 until none is left. Whoever takes the work up
 * again leads it to the same end: one document, one package by one key, one event, and every file it names is whole.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Kysely, PostgresDialect } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { checklistOf } from '#core/appeals/checklist.ts'
import type { AppealId } from '#core/lib/ids.ts'
import { attachmentService } from '../attachments/service.ts'
import type { Database } from '../database/schema.ts'
import { testDatabase } from '../database/test-database.ts'
import { documentService } from '../documents/service.ts'
import { type FileService, fileService } from '../files/service.ts'
import { dispatching } from './dispatching.ts'
import { dyingAt, failingAt } from './failing-pool.ts'
import type { AppealPackage, Chancellery } from './ports.ts'
import { testOffice } from './test-office.ts'

const { db, pool } = await testDatabase()
const { appeals, clock, log, move, people, register } = await testOffice(db)
const folder = await mkdtemp(join(tmpdir(), 'javob-faults-'))
afterAll(() => rm(folder, { recursive: true }))
/** More moments than any of these has. */
const MOMENTS_MAX = 200

/** What the chancellery has, by key, and how often it was asked. */
const taken = new Map<string, { appeal: AppealPackage; times: number }>()
const chancellery: Chancellery = {
  async take(key, appeal) {
    for (const file of appeal.files) await file.read()
    taken.set(key, { appeal, times: (taken.get(key)?.times ?? 0) + 1 })
    return { incomingNumber: null, receipt: 'qabul qilindi' }
  },
  test: async () => ({ answer: '' }),
}

type Process = { db: Kysely<Database>; live: (what: string) => void }
const lasting: Process = { db, live: () => undefined }

/** A server with everything that takes part in a dispatch; `live` is called between any two things it does outside. */
function server({ db: on, live }: Process) {
  const files = watched(fileService({ db: on, folder, now: () => clock.now }), live)
  const mustSee = async () => undefined
  const attachments = attachmentService({ db: on, log, files, mustSee, secret: 'sir', now: () => clock.now })
  const documents = documentService({
    db: on,
    log,
    files,
    mustSee,
    attachmentsOf: attachments.kept,
    portalAddress: async () => '',
    now: () => clock.now,
    // Setting type is not what can break here, and takes its time.
    render: async ({ facts, madeAt }) => {
      live('before the letter')
      const content = Buffer.from(JSON.stringify({ facts, madeAt }))
      return { docx: Buffer.concat([Buffer.from('docx '), content]), pdf: content, notShown: [] }
    },
  })
  const dispatches = dispatching({
    db: on,
    log,
    now: () => clock.now,
    raiseAlarm: async () => undefined,
    filesOf: async (step) => {
      const { pdf, pdf_bytes } = await documents.ofStep(step)
      const read = () => files.read({ sha256: pdf })
      return [
        { name: 'x.pdf', mime: 'application/pdf', bytes: pdf_bytes, sha256: pdf, isDocument: true, read },
      ]
    },
    chancellery: async () => ({
      ...chancellery,
      async take(key, appeal) {
        live('before the package')
        const answer = await chancellery.take(key, appeal)
        live('after the package')
        return answer
      },
    }),
  })
  return { attachments, dispatches }
}

/** A file that is written may be written, and the server dead before it knows. */
function watched(files: FileService, live: (what: string) => void): FileService {
  return {
    ...files,
    async arrive(content, maxBytes) {
      live('before a file')
      const arrived = await files.arrive(content, maxBytes)
      live('after a file')
      return arrived
    },
    async keepBytes(content) {
      live('before a file is kept')
      const kept = await files.keepBytes(content)
      live('after a file is kept')
      return kept
    },
  }
}

async function dispatched(): Promise<{ id: AppealId; step: string }> {
  const id = (await register({ topic: '01' })).id as AppealId
  await move(id, 'classify', 'editor', { kind: 'application', topic: '01' })
  await move(id, 'edit', 'editor')
  await move(id, 'write', 'editor', { text: 'Tahrirlangan matn' })
  await move(id, 'approve', 'supervisor', { checked: [...checklistOf('application')] })
  await move(id, 'dispatch', 'editor')
  const row = await db
    .selectFrom('appeal_steps')
    .select('id')
    .where('appeal', '=', id)
    .where('action', '=', 'dispatch')
    .executeTakeFirstOrThrow()
  return { id, step: row.id }
}

async function isDoneOnce(id: AppealId, step: string): Promise<void> {
  const documents = await db.selectFrom('appeal_documents').selectAll().where('appeal', '=', id).execute()
  expect(documents.map((row) => ({ version: row.version, step: row.step }))).toEqual([{ version: 1, step }])
  const files = fileService({ db, folder })
  for (const { docx, pdf } of documents)
    await Promise.all([files.read({ sha256: docx }), files.read({ sha256: pdf })])
  const sent = [...taken].filter(([key]) => key === step)
  expect(sent.map(([, { appeal }]) => appeal.files.map(({ sha256 }) => sha256))).toEqual([
    documents.map(({ pdf }) => pdf),
  ])
  const { timeline } = await appeals.card(id, people.officer)
  expect(timeline.filter(({ type }) => type === 'appealHandedOver')).toHaveLength(1)
  expect(timeline.filter(({ type }) => type === 'documentMade')).toHaveLength(1)
}

const onPool = (broken: { pool: ConstructorParameters<typeof PostgresDialect>[0]['pool'] }) =>
  new Kysely<Database>({ dialect: new PostgresDialect({ pool: broken.pool }) })

test('a dispatch whose n-th question to the database breaks is led to its end once', async () => {
  let moment = 1
  for (; moment < MOMENTS_MAX; moment++) {
    const { id, step } = await dispatched()
    const broken = failingAt(pool, moment)
    const first = server({ ...lasting, db: onPool(broken) }).dispatches
    const outcome = await first.send(step).then(
      () => 'done',
      () => 'broken',
    )
    if (broken.failures() === 0) break
    await server(lasting).dispatches.send(step)
    await isDoneOnce(id, step)
    if (outcome === 'done') expect(taken.get(step)?.times, 'what was said to be done is done').toBe(1)
  }
  expect(moment, 'every question was broken before and after').toBeGreaterThan(30)
  expect(moment).toBeLessThan(MOMENTS_MAX)
})

test('a server that dies at the n-th moment of a dispatch leaves it to the next one, which leads it to its end', async () => {
  let moment = 1
  for (; moment < MOMENTS_MAX; moment++) {
    const { id, step } = await dispatched()
    const dying = dyingAt(pool, moment)
    await server({ db: onPool(dying), live: dying.live })
      .dispatches.send(step)
      .catch(() => undefined)
    if (!dying.isDead()) break
    await server(lasting).dispatches.send(step)
    await isDoneOnce(id, step)
  }
  expect(moment).toBeGreaterThan(40)
  expect(moment).toBeLessThan(MOMENTS_MAX)
})

test('two workers with the same dispatch make one document and one event', async () => {
  const { id, step } = await dispatched()
  const [one, two] = [server(lasting).dispatches, server(lasting).dispatches]
  await Promise.allSettled([one.send(step), two.send(step)])
  await one.send(step)
  await isDoneOnce(id, step)
})

test('an upload that dies at its n-th moment and is sent again is attached once, and its file is whole', async () => {
  let moment = 1
  for (; moment < MOMENTS_MAX; moment++) {
    const id = (await register()).id as AppealId
    const content = Buffer.from(`fayl ${moment}`)
    const form = { name: 'xat.txt', requestKey: crypto.randomUUID() }
    const dying = dyingAt(pool, moment)
    await server({ db: onPool(dying), live: dying.live })
      .attachments.add(id, { ...form, content: once(content) }, people.agent)
      .catch(() => undefined)
    if (!dying.isDead()) break
    const rows = await server(lasting).attachments.add(id, { ...form, content: once(content) }, people.agent)
    expect(rows).toMatchObject([{ name: 'xat.txt', bytes: content.length }])
    const [kept] = await server(lasting).attachments.kept(id)
    expect(await fileService({ db, folder }).read({ sha256: kept?.sha256 as string })).toEqual(content)
  }
  expect(moment).toBeGreaterThan(20)
  expect(moment).toBeLessThan(MOMENTS_MAX)
})

async function* once(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content
}
