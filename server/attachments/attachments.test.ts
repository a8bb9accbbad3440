import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { AppealId, AttachmentId } from '#core/lib/ids.ts'
import { testOffice } from '../appeals/test-office.ts'
import { testDatabase } from '../database/test-database.ts'
import { fileService } from '../files/service.ts'
import { attachmentService } from './service.ts'
import * as sent from './test-files.ts'

const { db } = await testDatabase()
const { appeals, clock, log, people, register, move } = await testOffice(db)
const folder = await mkdtemp(join(tmpdir(), 'javob-files-'))
afterAll(() => rm(folder, { recursive: true }))
const DAY_MS = 86_400_000
const MIB_BYTES = 1024 * 1024

const files = fileService({ db, folder, now: () => clock.now })
const service = (change: Partial<Parameters<typeof attachmentService>[0]> = {}) =>
  attachmentService({
    db,
    log,
    files,
    mustSee: appeals.card,
    secret: 'a secret of this copy',
    now: () => clock.now,
    ...change,
  })
const attachments = service()

const newAppeal = async () => (await register()).id as AppealId
const aFile = (content: Buffer = sent.PDF, name = 'ariza.pdf') => ({
  name,
  content: sent.inPieces(content),
  requestKey: randomUUID(),
})
const onDisk = async () =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) => one.isFile()).length

test.each([
  ['a PDF', sent.PDF, 'ariza.pdf', 'pdf'],
  ['a picture', sent.PNG, 'rasm.png', 'png'],
  ['a document', sent.DOCX, 'ariza.docx', 'docx'],
  ['an archive', sent.ZIP, 'hujjatlar.zip', 'zip'],
  ['an archive with an old letter', sent.OLD_LETTER_IN_ZIP, 'hujjatlar.zip', 'zip'],
  ['a text', Buffer.from('Salom, dunyo. Привет.\r\nЎзбекча'), 'xat.txt', 'text'],
  ['a text as old programs write it', Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]), 'xat.txt', 'text'],
])('%s is taken, and known by its content', async (_what, content, name, type) => {
  const [row] = await attachments.add(await newAppeal(), aFile(content, name), people.agent)
  expect(row).toMatchObject({ name, type, bytes: content.length, part: 'appeal', addedByName: 'agent' })
})

test.each([
  ['nothing', Buffer.alloc(0), 'a.pdf', 'fileEmpty'],
  ['a program', sent.PROGRAM, 'rasm.jpg', 'fileTypeNotTaken'],
  ['a web page', Buffer.from('  <html><script>alert(1)</script></html>'), 'xat.txt', 'fileTypeNotTaken'],
  ['a picture that is a program', Buffer.from('<svg onload="x()"/>'), 'rasm.svg', 'fileTypeNotTaken'],
  ['a document with macros', sent.DOCM, 'ariza.docm', 'fileHasMacros'],
  ['a document that hides its macros', sent.HIDDEN_MACROS, 'ariza.docx', 'fileHasMacros'],
  ['an old letter with macros', sent.OLD_MACROS, 'ariza.doc', 'fileHasMacros'],
  ['an old letter with macros in an archive', sent.OLD_MACROS_IN_ZIP, 'a.zip', 'fileHasMacros'],
  ['an old letter with macros in a document', sent.MACROS_IN_DOCX, 'ariza.docx', 'fileHasMacros'],
  ['a sheet made for macros in a document', sent.SHEET_IN_DOCX, 'ariza.docx', 'fileHasMacros'],
  ['an archive with a password', sent.LOCKED_ZIP, 'a.zip', 'fileEncrypted'],
  ['a bomb', sent.BOMB, 'a.zip', 'archiveTooLarge'],
  ['a bomb that lies about its size', sent.LYING_BOMB, 'a.zip', 'archiveTooLarge'],
  ['an archive in an archive', sent.ZIP_IN_ZIP, 'a.zip', 'archiveInArchive'],
  ['a program in an archive', sent.PROGRAM_IN_ZIP, 'a.zip', 'archiveHasProgram'],
  ['a script in an archive', sent.SCRIPT_IN_ZIP, 'a.zip', 'archiveHasProgram'],
  ['a program that comes out byte by byte', sent.SLOW_PROGRAM, 'a.zip', 'archiveHasProgram'],
  ['an archive that comes out byte by byte', sent.SLOW_ARCHIVE, 'a.zip', 'archiveInArchive'],
  ['an archive that leads out of its folder', sent.LEADING_OUT, 'a.zip', 'fileNameHasPath'],
  ['half an archive', sent.ZIP.subarray(0, 80), 'a.zip', 'fileBroken'],
  ['a name that leads out of its folder', sent.PDF, '../../ariza.pdf', 'fileNameHasPath'],
  ['a name that turns its direction', sent.PDF, 'a\u202efdp.exe', 'fileNameHasControls'],
])('%s is refused with the reason, and leaves nothing', async (_what, content, name, code) => {
  const appeal = await newAppeal()
  const before = await onDisk()
  await expect(attachments.add(appeal, aFile(content, name), people.agent)).rejects.toMatchObject({ code })
  expect(await attachments.list(appeal, people.agent)).toEqual([])
  expect(await onDisk()).toBe(before)
})

test('a file that is too large is stopped on its way, and a line that breaks leaves nothing', async () => {
  const appeal = await newAppeal()
  const before = await onDisk()
  const large = { ...aFile(), content: sent.inPieces(Buffer.alloc(21 * 1024 * 1024, 'a'), 1024 * 1024) }
  await expect(attachments.add(appeal, large, people.agent)).rejects.toMatchObject({ code: 'fileTooLarge' })
  const broken = { ...aFile(), content: sent.brokenOff(sent.PDF) }
  await expect(attachments.add(appeal, broken, people.agent)).rejects.toThrow(/line broke/)
  expect(await onDisk()).toBe(before)
})

test('the same content is kept once for all appeals, and the same form attaches once', async () => {
  const [one, two] = [await newAppeal(), await newAppeal()]
  const content = Buffer.from('bir xil matn')
  const before = await onDisk()
  const form = aFile(content, 'xat.txt')
  await attachments.add(one, form, people.agent)
  await attachments.add(one, { ...form, content: sent.inPieces(content) }, people.agent)
  await attachments.add(one, aFile(content, 'xat.txt'), people.agent)
  await attachments.add(two, aFile(content, 'boshqa.txt'), people.agent)
  expect(await attachments.list(one, people.agent)).toHaveLength(1)
  expect(await attachments.list(two, people.agent)).toMatchObject([{ name: 'boshqa.txt' }])
  expect(await onDisk()).toBe(before + 1)
})

test('sent many times at once, a form attaches once', async () => {
  const appeal = await newAppeal()
  const form = aFile()
  await Promise.all(
    Array.from({ length: 6 }, () =>
      attachments.add(appeal, { ...form, content: sent.inPieces(sent.PDF) }, people.agent),
    ),
  )
  expect(await attachments.list(appeal, people.agent)).toHaveLength(1)
})

test('the twenty-first file is not taken', async () => {
  const appeal = await newAppeal()
  for (let count = 0; count < 20; count++)
    await attachments.add(appeal, aFile(Buffer.from(`xat ${count}`), 'xat.txt'), people.agent)
  await expect(
    attachments.add(appeal, aFile(Buffer.from('yana'), 'xat.txt'), people.agent),
  ).rejects.toMatchObject({ code: 'tooManyFiles' })
})

test('nobody attaches to what he does not see, or to what is on its way', async () => {
  const trust = (await register({ topic: '03' })).id as AppealId
  await expect(attachments.add(trust, aFile(), people.agent)).rejects.toMatchObject({ code: 'notFound' })
  await attachments.add(trust, aFile(), people.officer)
  const appeal = await newAppeal()
  await move(appeal, 'withdraw', 'agent', { reason: 'x' })
  await expect(attachments.add(appeal, aFile(), people.agent)).rejects.toMatchObject({
    code: 'moveNotPossible',
  })
})

test('who opened what is written down, and the ticket opens that file for a minute', async () => {
  const appeal = await newAppeal()
  const [row] = await attachments.add(appeal, aFile(), people.agent)
  const id = row?.id as AttachmentId
  const address = await service({ filesOrigin: 'https://files.example' }).open(id, people.editor)
  expect(address).toMatch(/^https:\/\/files\.example\/api\/files\//)
  const ticket = address.split('/').at(-1) ?? ''
  const file = await attachments.fetch(id, ticket)
  const chunks: Buffer[] = []
  for await (const chunk of file.stream()) chunks.push(chunk as Buffer)
  expect(Buffer.concat(chunks)).toEqual(sent.PDF)
  expect(await attachments.list(appeal, people.agent)).toMatchObject([
    { opened: { count: 1, lastByName: 'editor' } },
  ])
  await expect(attachments.fetch(id, `${ticket}x`)).rejects.toMatchObject({ code: 'notFound' })
  await expect(attachments.fetch(randomUUID() as AttachmentId, ticket)).rejects.toMatchObject({
    code: 'notFound',
  })
  clock.now += 62_000
  await expect(attachments.fetch(id, ticket)).rejects.toMatchObject({ code: 'notFound' })
})

test('what was attached by mistake is taken away again, and that it was there stays', async () => {
  const appeal = await newAppeal()
  const [row] = await attachments.add(appeal, aFile(Buffer.from('adashib'), 'xat.txt'), people.agent)
  const id = row?.id as AttachmentId
  expect(await attachments.remove(id, people.agent)).toMatchObject([{ name: null, removedByName: 'agent' }])
  await expect(attachments.open(id, people.agent)).rejects.toMatchObject({ code: 'notFound' })
})

test('an agent takes away nothing that the citizen or an editor has sent', async () => {
  const appeal = await newAppeal()
  const [row] = await attachments.add(appeal, aFile(Buffer.from('dalil'), 'xat.txt'), people.editor)
  const id = row?.id as AttachmentId
  expect(row).toMatchObject({ addedBy: people.editor.id })
  await expect(attachments.remove(id, people.agent)).rejects.toMatchObject({ code: 'moveNotPossible' })
  await db.updateTable('attachments').set({ added_by: null }).where('id', '=', id).execute()
  await expect(attachments.remove(id, people.agent)).rejects.toMatchObject({ code: 'moveNotPossible' })
  expect(await attachments.remove(id, people.editor)).toMatchObject([{ name: null }])
})

test('what nothing names is swept after a day, and what is attached or was just sent is not', async () => {
  const appeal = await newAppeal()
  const [row] = await attachments.add(appeal, aFile(Buffer.from('olib tashlanadi'), 'xat.txt'), people.agent)
  await attachments.add(appeal, aFile(Buffer.from('qoladi'), 'xat.txt'), people.agent)
  await attachments.remove(row?.id as AttachmentId, people.agent)
  await attachments.receive({ name: 'x.txt', content: sent.inPieces(Buffer.from('egasiz')) })
  // A server died between the file and its row, and another in the middle of an upload.
  await writeFile(join(folder, `${randomUUID()}.part`), 'yarim')
  await mkdir(join(folder, 'ff'), { recursive: true })
  await writeFile(join(folder, 'ff', 'f'.repeat(64)), 'qatorsiz')
  expect(await files.sweep()).toBe(0)
  clock.now += DAY_MS + 1
  const old = new Date(clock.now - 2 * DAY_MS)
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) await utimes(join(entry.parentPath, entry.name), old, old)
  expect(await files.sweep()).toBeGreaterThanOrEqual(4)
  const named = await db.selectFrom('attachments').select('sha256').where('sha256', 'is not', null).execute()
  for (const { sha256 } of named) await files.read({ sha256: sha256 as string })
  expect(await onDisk()).toBe(new Set(named.map((one) => one.sha256)).size)
})

test('a file that is sent while it is swept is there afterwards', async () => {
  const content = Buffer.from('bir vaqtda')
  for (let round = 0; round < 10; round++) {
    const appeal = await newAppeal()
    await attachments.receive({ name: 'x.txt', content: sent.inPieces(content) })
    clock.now += DAY_MS + 1
    await Promise.all([files.sweep(), attachments.add(appeal, aFile(content, 'xat.txt'), people.agent)])
    const [row] = await db.selectFrom('attachments').select('sha256').where('appeal', '=', appeal).execute()
    expect(await files.read({ sha256: row?.sha256 as string })).toEqual(content)
    const [attached] = await attachments.list(appeal, people.agent)
    await attachments.remove(attached?.id as AttachmentId, people.agent)
  }
})

test('below the floor of the disk nothing is taken, somebody is told, and nothing is left', async () => {
  const told: string[] = []
  let free = 1_000 * MIB_BYTES
  const small = fileService({
    db,
    folder,
    floorBytes: 980 * MIB_BYTES,
    freeBytes: async () => free,
    full: async (detail) => told.push(detail),
  })
  const appeal = await newAppeal()
  await service({ files: small }).add(appeal, aFile(), people.agent)
  const before = await onDisk()
  free -= 1
  await expect(service({ files: small }).add(appeal, aFile(sent.PNG), people.agent)).rejects.toMatchObject({
    code: 'noRoomForFiles',
  })
  expect(told).toEqual(['Files are not taken: 999 MiB are free, 980 MiB stay so.'])
  expect(await onDisk()).toBe(before)
  // What we make ourselves, an official document among it, goes on.
  await small.keepBytes(Buffer.from('xat'))
  await expect(fileService({ db, folder }).mustHaveRoom(1)).resolves.toBeUndefined()
})

test('two files are looked through at once, the others in the order they came', async () => {
  const seen: string[] = []
  const ends: (() => void)[] = []
  const scan = async () => {
    seen.push('begun')
    await new Promise<void>((resolve) => ends.push(resolve))
    return { found: undefined }
  }
  const scanning = service({ virusScan: { scan } })
  const taken = Promise.all(
    ['bir', 'ikki', 'uch'].map((text) =>
      scanning.receive({ name: 'x.txt', content: sent.inPieces(Buffer.from(text)) }),
    ),
  )
  await expect.poll(() => seen.length).toBe(2)
  ends.shift()?.()
  await expect.poll(() => seen.length).toBe(3)
  for (const end of ends) end()
  expect((await taken).map(({ type }) => type)).toEqual(['text', 'text', 'text'])
})

test('a program that knows viruses is asked, and a file it knows is refused', async () => {
  const scanning = service({ virusScan: { scan: async () => ({ found: 'Eicar-Test' }) } })
  await expect(scanning.add(await newAppeal(), aFile(), people.agent)).rejects.toMatchObject({
    code: 'fileHasVirus',
  })
  const away = service({ virusScan: { scan: () => Promise.reject(new Error('away')) } })
  await expect(away.add(await newAppeal(), aFile(), people.agent)).rejects.toMatchObject({
    code: 'fileNotScanned',
  })
})
