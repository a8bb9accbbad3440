/**
 * The template that every copy has until an administrator replaces it: a letter as offices here write it. It is a DOCX of
 * the fewest parts, made from its words, so that the three languages cannot come to look different.
 */
import { zipSync, strToU8 } from 'fflate'
import type { DocumentCondition, DocumentLanguage } from '#core/documents/document-fields.ts'

type Words = {
  readonly title: string
  readonly shortNumber: string
  readonly number: string
  readonly registered: string
  readonly due: string
  readonly from: string
  readonly representative: string
  readonly numbers: string
  readonly region: string
  readonly kind: string
  readonly topic: string
  readonly text: string
  readonly cosigners: string
  readonly attachments: string
  readonly follow: string
}

const WORDS: Readonly<Record<DocumentLanguage, Words>> = {
  uz: {
    title: 'MUROJAAT',
    shortNumber: 'Qisqa raqam',
    number: 'Roʻyxat raqami',
    registered: 'Roʻyxatga olingan kun',
    due: 'Ijro muddati',
    from: 'Murojaatchi',
    representative: 'Vakili',
    numbers: 'Telefon',
    region: 'Hudud',
    kind: 'Turi',
    topic: 'Mavzu',
    text: 'Murojaat mazmuni',
    cosigners: 'Birga imzolaganlar',
    attachments: 'Ilovalar',
    follow: 'Murojaat holatini kuzatish',
  },
  'uz-Cyrl': {
    title: 'МУРОЖААТ',
    shortNumber: 'Қисқа рақам',
    number: 'Рўйхат рақами',
    registered: 'Рўйхатга олинган кун',
    due: 'Ижро муддати',
    from: 'Мурожаатчи',
    representative: 'Вакили',
    numbers: 'Телефон',
    region: 'Ҳудуд',
    kind: 'Тури',
    topic: 'Мавзу',
    text: 'Мурожаат мазмуни',
    cosigners: 'Бирга имзолаганлар',
    attachments: 'Иловалар',
    follow: 'Мурожаат ҳолатини кузатиш',
  },
  ru: {
    title: 'ОБРАЩЕНИЕ',
    shortNumber: 'Короткий номер',
    number: 'Регистрационный номер',
    registered: 'Дата регистрации',
    due: 'Срок исполнения',
    from: 'Заявитель',
    representative: 'Представитель',
    numbers: 'Телефон',
    region: 'Регион',
    kind: 'Вид',
    topic: 'Тема',
    text: 'Содержание обращения',
    cosigners: 'Подписали также',
    attachments: 'Приложения',
    follow: 'Следить за обращением',
  },
}

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
/** Of the picture that is put in. */
const DRAWING = 'http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
/** Half-points. */
const SIZE = { normal: 24, title: 32, small: 20 } as const
/** The same parts at the same moment are the same file. */
const MADE_AT = new Date('2026-01-01T00:00:00Z')

export function standardTemplate(language: DocumentLanguage): Uint8Array {
  const parts = {
    '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>`,
    '_rels/.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/_rels/document.xml.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    'word/styles.xml': `${HEAD}<w:styles xmlns:w="${W}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="${SIZE.normal}"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>`,
    'word/document.xml': documentXml(WORDS[language]),
  }
  const entries = Object.entries(parts).map(([name, text]) => [name, strToU8(text)] as const)
  return zipSync(Object.fromEntries(entries), { mtime: MADE_AT })
}

function documentXml(words: Words): string {
  const facts: [name: string, place: string, onlyIf?: DocumentCondition][] = [
    [words.number, '{number}'],
    [words.registered, '{registeredOn}'],
    [words.due, '{dueOn}', 'hasDueOn'],
    [words.from, '{citizenName}'],
    [words.representative, '{representative}', 'hasRepresentative'],
    [words.numbers, '{citizenNumbers}'],
    [words.region, '{citizenRegion}', 'hasRegion'],
    [words.kind, '{kind}'],
    [words.topic, '{topic}', 'hasTopic'],
  ]
  const body = [
    paragraph('{organisation}', { align: 'center', isBold: true }),
    paragraph(`${words.shortNumber}: {shortNumber}`, { align: 'center', size: SIZE.small, after: 360 }),
    paragraph(`${words.title} {number}`, { align: 'center', isBold: true, size: SIZE.title, after: 240 }),
    table(
      [2_900, 6_400],
      facts.map(([name, place, onlyIf]) =>
        onlyIf ? [`{#${onlyIf}}${name}:`, `${place}{/${onlyIf}}`] : [`${name}:`, place],
      ),
    ),
    paragraph(words.text, { isBold: true, before: 300, after: 120 }),
    paragraph('{text}', { after: 240 }),
    paragraph(`{#hasCosigners}${words.cosigners}`, { isBold: true, after: 60 }),
    table([500, 4_400, 4_400], [['{#cosigners}{place}.', '{name}', '{residence}{/cosigners}']]),
    paragraph('{/hasCosigners}', { after: 0 }),
    paragraph(`{#hasAttachments}${words.attachments}: {attachmentsCount}`, { isBold: true, after: 60 }),
    table([500, 7_300, 1_500], [['{#attachments}{place}.', '{name}', '{size}{/attachments}']]),
    paragraph('{/hasAttachments}', { after: 0 }),
    paragraph('{#hasStatusAddress}{qr}', { before: 240, after: 0 }),
    paragraph(`${words.follow}: {statusAddress}{/hasStatusAddress}`, { size: SIZE.small }),
  ].join('')
  const page =
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1701" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr>'
  return `${HEAD}<w:document xmlns:w="${W}" xmlns:r="${OFFICE}" xmlns:wp="${DRAWING}"><w:body>${body}${page}</w:body></w:document>`
}

type Look = { align?: 'center'; isBold?: boolean; size?: number; before?: number; after?: number }

function paragraph(text: string, look: Look = {}): string {
  const { after = 120, align = 'left', before = 0, isBold = false, size = SIZE.normal } = look
  const run = `<w:r><w:rPr>${isBold ? '<w:b/>' : ''}<w:sz w:val="${size}"/></w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`
  return `<w:p><w:pPr><w:spacing w:before="${before}" w:after="${after}"/><w:jc w:val="${align}"/></w:pPr>${run}</w:p>`
}

function table(widths: readonly number[], rows: readonly (readonly string[])[]): string {
  const width = widths.reduce((sum, one) => sum + one, 0)
  const cell = (text: string, column: number, columns: number) =>
    `<w:tc><w:tcPr><w:tcW w:w="${widths[column]}" w:type="dxa"/></w:tcPr>${paragraph(text, { isBold: column === 0 && columns === 2, after: 40 })}</w:tc>`
  const lines = rows.map(
    (row) => `<w:tr>${row.map((text, column) => cell(text, column, row.length)).join('')}</w:tr>`,
  )
  const grid = widths.map((one) => `<w:gridCol w:w="${one}"/>`).join('')
  return `<w:tbl><w:tblPr><w:tblW w:w="${width}" w:type="dxa"/></w:tblPr><w:tblGrid>${grid}</w:tblGrid>${lines.join('')}</w:tbl>`
}
