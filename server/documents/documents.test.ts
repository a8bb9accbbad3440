/** The official document, read back from its files, in three scripts; and its templates. */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { afterAll, expect, test } from 'vitest'
import { documentFacts } from '#core/documents/document-facts.ts'
import { DOCUMENT_LANGUAGES, type DocumentLanguage } from '#core/documents/document-fields.ts'
import { sampleAppeal } from '#core/documents/sample-appeal.ts'
import type { AppealId, DocumentId, StaffId } from '#core/lib/ids.ts'
import { testOffice } from '../appeals/test-office.ts'
import { testDatabase } from '../database/test-database.ts'
import { fileService } from '../files/service.ts'
import { readLetter } from './docx-reader.ts'
import { TEMPLATE_UNPACKED_MAX_BYTES } from './fill-template.ts'
import { renderLetter } from './render.ts'
import { documentService } from './service.ts'
import { standardTemplate } from './standard-template.ts'
import { fontsNotEmbedded, missingLetters, pageCount, pdfText } from './test-pdf-text.ts'

const { db } = await testDatabase()
const { appeals, clock, log, people, register, move } = await testOffice(db)
const folder = await mkdtemp(join(tmpdir(), 'javob-documents-'))
afterAll(() => rm(folder, { recursive: true }))

const portal = { address: '' }
const files = fileService({ db, folder })
const documents = documentService({
  db,
  log,
  files,
  mustSee: appeals.card,
  attachmentsOf: async () => [
    { part: 'appeal', name: 'Ruxsatnoma — nusxa.pdf', bytes: 2_048 },
    { part: 'reply', name: 'Javob.pdf', bytes: 2_048 },
  ],
  portalAddress: async () => portal.address,
  now: () => clock.now,
})
const by = people.editor.id as StaffId
const madeAt = new Date('2026-03-02T05:00:00Z')
const sample = sampleAppeal({
  organisation: { names: { uz: 'Baholash agentligi', ru: 'Агентство по оценке' }, shortNumber: '1195' },
  statusAddress: 'https://murojaat.example/A-2026-000123',
})
const letter = (language: DocumentLanguage, template = standardTemplate(language)) =>
  renderLetter({ template, facts: documentFacts(sample, language), title: 'x', madeAt })
const docxText = (docx: Uint8Array) => {
  const text = (block: ReturnType<typeof readLetter>['blocks'][number]): string =>
    block.kind === 'paragraph'
      ? block.runs.map((run) => run.text).join('')
      : block.kind === 'table'
        ? block.rows.map((row) => row.map((cell) => cell.map(text).join('\n')).join(' ')).join('\n')
        : ''
  return readLetter(docx).blocks.map(text).join('\n')
}
const picturesIn = (docx: Uint8Array) =>
  readLetter(docx).blocks.filter(({ kind }) => kind === 'picture').length
const oneLine = (text: string) => text.replace(/\s+/g, ' ')

test.each([
  ['uz', ['MUROJAAT A-2026-000123', 'Roʻyxat raqami:', 'Oʻgʻiloy Gʻaniyeva Qodir qizi', 'Ilovalar: 2']],
  ['uz-Cyrl', ['МУРОЖААТ A-2026-000123', 'Рўйхат рақами:', 'Ўғилой Ғаниева Қодир қизи', 'Иловалар: 2']],
  ['ru', ['ОБРАЩЕНИЕ A-2026-000123', 'Регистрационный номер:', 'Агентство по оценке', 'Приложения: 2']],
] as const)('in %s DOCX and PDF say the same, letter by letter', async (language, said) => {
  const { docx, notShown, pdf } = await letter(language)
  const [ofDocx, ofPdf] = [oneLine(docxText(docx)), oneLine(pdfText(Buffer.from(pdf)))]
  const everywhere = [
    ...said,
    'Toʻgʻri yozilishi: Oʻgʻiloy.',
    'Ўғилой Қодир қизи Ҳамидова',
    '+998 90 123 45 67',
  ]
  for (const words of [...everywhere, '2. ', 'Паспорт — копия.jpg', sample.statusAddress]) {
    expect(ofDocx).toContain(words.trim())
    expect(ofPdf.replaceAll(' ', '')).toContain(words.replaceAll(' ', ''))
  }
  expect(ofPdf.replaceAll(' ', '')).toBe(ofDocx.replaceAll(' ', ''))
  expect(ofDocx).not.toMatch(/[{}]/)
  expect(notShown).toEqual([])
  expect(missingLetters(Buffer.from(pdf))).toBe(0)
  expect(fontsNotEmbedded(Buffer.from(pdf))).toEqual([])
  expect(pageCount(Buffer.from(pdf))).toBe(1)
  expect(picturesIn(docx)).toBe(1)
})

test('a letter that no font has is found', async () => {
  const facts = documentFacts({ ...sample, text: 'Uchta: 文字列' }, 'uz')
  const { pdf } = await renderLetter({ template: standardTemplate('uz'), facts, title: 'x', madeAt })
  expect(missingLetters(Buffer.from(pdf))).toBe(3)
})

test.each(DOCUMENT_LANGUAGES)('in %s the same facts are the same bytes', async (language) => {
  const [one, two] = [await letter(language), await letter(language)]
  expect(Buffer.compare(one.docx, two.docx)).toBe(0)
  expect(Buffer.compare(one.pdf, two.pdf)).toBe(0)
})

test('a long text goes on over as many pages as it needs', async () => {
  const facts = documentFacts({ ...sample, text: 'Uzun matn. '.repeat(1_800) }, 'uz')
  const { pdf } = await renderLetter({ template: standardTemplate('uz'), facts, title: 'x', madeAt })
  expect(pageCount(Buffer.from(pdf))).toBeGreaterThan(3)
})

test('of many letters at once one that cannot be made takes no other with it, and too many are told to come later', async () => {
  const broken = zipSync({ 'a.txt': strToU8('x') })
  const [good, bad, another] = await Promise.allSettled([letter('uz'), letter('uz', broken), letter('ru')])
  expect([good, bad, another].map((one) => one?.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  const flood = await Promise.allSettled(Array.from({ length: 60 }, () => letter('uz', broken)))
  const late = flood.filter((one) => one.status === 'rejected' && one.reason.code === 'tooBusy')
  expect(late).toHaveLength(9)
})

test('a template that unpacks to more than a letter is not read at all', async () => {
  const standard = unzipSync(standardTemplate('uz'))
  const large = zipSync({ ...standard, 'word/media/gerb.png': new Uint8Array(TEMPLATE_UNPACKED_MAX_BYTES) })
  expect(await documents.templates.check('uz', large)).toMatchObject({
    problems: [{ code: 'notReadable' }],
    preview: null,
  })
  await expect(letter('uz', large)).rejects.toThrow(/unpacks to/)
})

/** The standard template with its text changed, as somebody would in Word. */
function changed(language: DocumentLanguage, change: (xml: string) => string): Uint8Array {
  const parts = unzipSync(standardTemplate(language))
  const xml = strFromU8(parts['word/document.xml'] as Uint8Array)
  return zipSync({ ...parts, 'word/document.xml': strToU8(change(xml)) })
}
const kept = (template: Uint8Array) => files.keepBytes(template)

test('a template with an unknown place is not saved, and the place is named', async () => {
  const wrong = changed('uz', (xml) =>
    xml.replace('{citizenName}', '{citizenName} {familiya}').replace('{text}', ''),
  )
  const checked = await documents.templates.replace('uz', await kept(wrong), { basedOn: 0, by })
  expect(checked.problems).toEqual([
    { code: 'unknownPlace', name: 'familiya' },
    { code: 'missingPlace', name: 'text' },
  ])
  expect(checked.preview).not.toBeNull()
  expect((await documents.templates.list())[0]).toMatchObject({ version: 0, isStandard: true })
})

test('what is no template at all says so', async () => {
  const broken = changed('uz', (xml) => xml.replace('{number}', '{number'))
  for (const template of [broken, zipSync({ 'a.txt': strToU8('x') })]) {
    const checked = await documents.templates.replace('uz', await kept(template), { basedOn: 0, by })
    expect(checked).toMatchObject({ problems: [{ code: 'notReadable' }], preview: null })
  }
})

test('a template that was replaced is used from then on, by whoever saw the one before, and can be given back', async () => {
  const own = changed('ru', (xml) => xml.replace('ОБРАЩЕНИЕ', 'ПИСЬМО ГРАЖДАНИНА'))
  const { templates } = documents
  expect(await templates.replace('ru', await kept(own), { basedOn: 0, by })).toMatchObject({ problems: [] })
  await expect(templates.replace('ru', await kept(own), { basedOn: 0, by })).rejects.toMatchObject({
    code: 'changedMeanwhile',
  })
  const preview = Buffer.from((await templates.preview('ru')).preview ?? '', 'base64')
  expect(pdfText(preview).replaceAll(' ', '')).toContain('ПИСЬМОГРАЖДАНИНА')
  await templates.reset('ru', { basedOn: 1, by })
  const after = Buffer.from((await templates.preview('ru')).preview ?? '', 'base64')
  expect(pdfText(after).replaceAll(' ', '')).toContain('ОБРАЩЕНИЕ')
  expect((await templates.list())[2]).toMatchObject({ version: 2, isStandard: true, versions: [{}, {}] })
})

test('what Word shows and the PDF does not is told by name', async () => {
  const withList = changed('uz', (xml) =>
    xml.replace('<w:jc w:val="left"/></w:pPr>', '<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'),
  )
  expect((await documents.templates.check('uz', withList)).notShown).toEqual(['numbering'])
})

test('made by hand it is there once for the same words, and again for others', async () => {
  const id = (await register()).id as AppealId
  expect(await documents.make(id, 'uz', people.editor)).toMatchObject([{ version: 1, wasSent: false }])
  expect(await documents.make(id, 'uz', people.editor)).toHaveLength(1)
  expect(await documents.make(id, 'uz-Cyrl', people.editor)).toHaveLength(2)
  await move(id, 'classify', 'editor', { kind: 'complaint', topic: '01' })
  const rows = await documents.make(id, 'uz', people.editor)
  expect(rows.map(({ version }) => version)).toEqual([1, 2, 3])
  const { content } = await documents.open(rows[2]?.id as DocumentId, 'pdf', people.chancellery)
  const text = pdfText(content)
  expect(text).toContain('shikoyat')
  expect(text.replaceAll(' ', '')).toContain('Ruxsatnoma—nusxa.pdf')
  expect(text).not.toContain('Javob.pdf')
  const opened = await db.selectFrom('events').select('actor').where('type', '=', 'documentOpened').execute()
  expect(opened).toEqual([{ actor: people.chancellery.id }])
})

test('it names who acts for the citizen in this appeal, and who signed too', async () => {
  const id = (await register()).id as AppealId
  await db
    .updateTable('appeals')
    .set({
      cosigners: JSON.stringify([{ name: 'Vali Karimov', residence: 'Urgut tumani' }]),
      representative: JSON.stringify({ name: 'Sobir Aliyev', ground: 'advokat', hasPapers: true }),
    })
    .where('id', '=', id)
    .execute()
  const [row] = await documents.make(id, 'ru', people.editor)
  const { content } = await documents.open(row?.id as DocumentId, 'pdf', people.editor)
  const text = pdfText(content).replaceAll(' ', '')
  expect(text).toContain('Представитель:SobirAliyev(advokat)')
  expect(text).toContain('1.ValiKarimovUrguttumani')
  // What there is not has no line of its own.
  expect(text).not.toContain('Регион:')
})

test('made many times at once it is there once', async () => {
  const id = (await register()).id as AppealId
  await Promise.all(Array.from({ length: 4 }, () => documents.make(id, 'uz', people.editor)))
  expect(await documents.list(id, people.editor)).toHaveLength(1)
})

test('of an appeal one may not see there is no document either', async () => {
  const id = (await register({ topic: '03' })).id as AppealId
  const [row] = await documents.make(id, 'uz', people.officer)
  await expect(documents.list(id, people.editor)).rejects.toMatchObject({ code: 'notFound' })
  await expect(documents.open(row?.id as DocumentId, 'pdf', people.editor)).rejects.toMatchObject({
    code: 'notFound',
  })
  await expect(documents.open(randomUUID() as DocumentId, 'pdf', people.officer)).rejects.toMatchObject({
    code: 'notFound',
  })
})

test('the QR code leads to the appeal in the portal, wherever that is; while nobody has said it there is none', async () => {
  const { id, number } = await register()
  const made = async () => {
    const rows = await documents.make(id as AppealId, 'uz', people.editor)
    const { content } = await documents.open(rows.at(-1)?.id as DocumentId, 'docx', people.editor)
    return { text: oneLine(docxText(content)), pictures: picturesIn(content) }
  }
  expect(await made()).toMatchObject({ pictures: 0, text: expect.not.stringContaining('/portal/') })
  portal.address = 'https://murojaat.example/portal/'
  expect(await made()).toMatchObject({
    pictures: 1,
    text: expect.stringContaining(`https://murojaat.example/portal/status?number=${number}`),
  })
  const preview = Buffer.from((await documents.templates.preview('uz')).preview ?? '', 'base64')
  expect(pdfText(preview).replaceAll(' ', '')).toContain('murojaat.example/portal/status')
})
