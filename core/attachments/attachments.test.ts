import { expect, test } from 'vitest'
import { APPEAL_STATUSES } from '#core/appeals/appeal-status.ts'
import { ROLES } from '#core/staff/permissions.ts'
import { type ArchiveEntry, archiveProblem, entryProblem, officeTypeOf } from './archive.ts'
import { attachesTo, removesFrom } from './attaching.ts'
import { keptName, nameProblem } from './attachment-name.ts'
import { fitProblem } from './attachment-problems.ts'
import { ATTACHMENT_TYPE_NAMES, ATTACHMENT_TYPES, saysMacros, typeOfMime } from './attachment-types.ts'

test.each([
  ['ariza.pdf', undefined],
  ['Ruxsatnoma (1) — oʻqish №5.jpg', undefined],
  ['Ҳужжат.docx', undefined],
  ['  ', 'fileNameMissing'],
  ['..', 'fileNameHasPath'],
  ['../../etc/passwd', 'fileNameHasPath'],
  ['..\\..\\boot.ini', 'fileNameHasPath'],
  ['C:boot.ini', 'fileNameHasPath'],
  ['/etc/passwd', 'fileNameHasPath'],
  ['a\nb.pdf', 'fileNameHasControls'],
  ['a\0.pdf', 'fileNameHasControls'],
  ['ariza\u202efdp.exe', 'fileNameHasControls'],
  ['ariza\u061cfdp.exe', 'fileNameHasControls'],
  ['\ud800.pdf', 'fileNameHasControls'],
  [`${'ў'.repeat(161)}`, 'fileNameTooLong'],
  [`${'😀'.repeat(160)}`, undefined],
])('the name %j: %s', (name, problem) => {
  expect(nameProblem(name)).toBe(problem)
})

test.each([
  ['ariza.pdf', 'pdf', 'ariza.pdf'],
  ['ARIZA.PDF', 'pdf', 'ARIZA.PDF'],
  ['rasm.exe', 'png', 'rasm.exe.png'],
  ['rasm', 'jpeg', 'rasm.jpg'],
  ['rasm.jpeg', 'jpeg', 'rasm.jpeg'],
  [' hujjat.html ', 'text', 'hujjat.html.txt'],
] as const)('%s that is %s is kept as %s: it ends as its content says', (name, type, kept) => {
  expect(keptName(name, type)).toBe(kept)
})

test('every type is found again by its own name, and no two share one', () => {
  for (const type of ATTACHMENT_TYPE_NAMES) expect(typeOfMime(ATTACHMENT_TYPES[type].mime)).toBe(type)
  const extensions = ATTACHMENT_TYPE_NAMES.flatMap(
    (type): readonly string[] => ATTACHMENT_TYPES[type].extensions,
  )
  expect(new Set(extensions).size).toBe(extensions.length)
})

test.each([
  'text/html',
  'image/svg+xml',
  'application/x-msdownload',
  'application/rtf',
  'application/vnd.rar',
])('%s is no type that is taken', (mime) => {
  expect(typeOfMime(mime)).toBeUndefined()
})

test('a document made for macros says so by its type', () => {
  expect(saysMacros('application/vnd.ms-word.document.macroenabled.12')).toBe(true)
  expect(saysMacros(ATTACHMENT_TYPES.docx.mime)).toBe(false)
})

const MB = 1024 * 1024
const entry = (change: Partial<ArchiveEntry> = {}): ArchiveEntry => ({
  name: 'a.txt',
  packedBytes: 100,
  bytes: 1_000,
  offset: 0,
  isEncrypted: false,
  ...change,
})
/** One behind the other, as a packer writes them. */
const inARow = (entries: readonly Partial<ArchiveEntry>[]) => {
  let offset = 0
  return entries.map((one) => {
    const made = entry({ ...one, offset })
    offset += 30 + made.packedBytes
    return made
  })
}

test.each<[what: string, entries: ArchiveEntry[], problem: string | undefined]>([
  ['an ordinary one', inARow([{ name: 'a/b.txt' }, { name: 'a/c.pdf' }]), undefined],
  ['an empty one', [], undefined],
  ['one with a password', inARow([{}, { isEncrypted: true }]), 'fileEncrypted'],
  ['one that leads out of its folder', inARow([{ name: 'a/../../b' }]), 'fileNameHasPath'],
  ['one that leads to the root', inARow([{ name: '/etc/passwd' }]), 'fileNameHasPath'],
  ['one with a hidden sign in a name', inARow([{ name: 'a\u0007b' }]), 'fileNameHasPath'],
  ['a document with macros', inARow([{ name: 'word/vbaProject.bin' }]), 'fileHasMacros'],
  ['a sheet with macros', inARow([{ name: 'xl/vbaProject.bin' }]), 'fileHasMacros'],
  ['a sheet with macros of Excel 4', inARow([{ name: 'xl/macrosheets/sheet1.xml' }]), 'fileHasMacros'],
  ['a letter of LibreOffice with scripts', inARow([{ name: 'Scripts/python/a.py' }]), 'fileHasMacros'],
  ['a document made for macros inside', inARow([{ name: 'word/embeddings/Book.XLSM' }]), 'fileHasMacros'],
  ['a script that a double click runs', inARow([{ name: 'rasmlar/rasm.jpg.vbs' }]), 'archiveHasProgram'],
  ['a way to elsewhere', inARow([{ name: 'ariza.pdf.LNK. ' }]), 'archiveHasProgram'],
  [
    'names that only resemble',
    inARow([{ name: 'a.json' }, { name: 'js.txt' }, { name: 'scripts/a.txt' }]),
    undefined,
  ],
  ['a great many entries', inARow(Array.from({ length: 2_001 }, () => ({}))), 'archiveTooLarge'],
  ['more than can be taken', inARow([{ packedBytes: 10 * MB, bytes: 151 * MB }]), 'archiveTooLarge'],
  ['zeros packed to a thousandth', inARow([{ packedBytes: 9_000, bytes: 9 * MB }]), 'archiveTooLarge'],
  ['little packed to a thousandth', inARow([{ packedBytes: 7_000, bytes: 7 * MB }]), undefined],
  ['entries that share their bytes', [entry(), entry({ offset: 20 })], 'archiveTooLarge'],
])('of an archive, %s: %s', (_what, entries, problem) => {
  expect(archiveProblem(entries)).toBe(problem)
})

test('a document that calls itself an archive is found by its parts', () => {
  expect(officeTypeOf([{ name: '[Content_Types].xml' }, { name: 'xl/workbook.xml' }])).toBe('xlsx')
  expect(officeTypeOf([{ name: 'notes/word/document.xml' }])).toBeUndefined()
})

test.each([
  ['PK\x03\x04', 'archiveInArchive'],
  ['Rar!', 'archiveInArchive'],
  ['7z\xbc\xaf', 'archiveInArchive'],
  ['\x1f\x8b\x08', 'archiveInArchive'],
  ['MZ\x90', 'archiveHasProgram'],
  ['\x7fELF', 'archiveHasProgram'],
  ['#!/bin/sh', 'archiveHasProgram'],
  ['%PDF-1.7', undefined],
  ['', undefined],
])('inside an archive, what begins with %j: %s', (first, problem) => {
  expect(entryProblem(Buffer.from(first, 'latin1'))).toBe(problem)
})

test('one file more fits by count and by size, or does not', () => {
  const files = (count: number, bytes: number) => Array.from({ length: count }, () => ({ bytes }))
  expect(fitProblem(files(19, 1), 1)).toBeUndefined()
  expect(fitProblem(files(20, 1), 1)).toBe('tooManyFiles')
  expect(fitProblem(files(3, 20 * MB), 1)).toBe('filesTooLarge')
  expect(fitProblem(files(2, 20 * MB), 20 * MB)).toBeUndefined()
})

test('to the appeal before it is approved, to the reply while it is being answered, and to nothing else', () => {
  const table = APPEAL_STATUSES.flatMap((status) =>
    ROLES.flatMap((role) => {
      const part = attachesTo({ status, track: 'general' }, role)
      return part ? [`${status} ${role} ${part}`] : []
    }),
  )
  const toAppeal = ['registered', 'classified', 'editing'].flatMap((status) =>
    ['agent', 'supervisor', 'editor'].map((role) => `${status} ${role} appeal`),
  )
  expect(table.toSorted()).toEqual([...toAppeal, 'received chancellery reply'].toSorted())
  expect(attachesTo({ status: 'registered', track: 'trust' }, 'agent')).toBeUndefined()
  expect(attachesTo({ status: 'registered', track: 'trust' }, 'officer')).toBe('appeal')
})

test('who only writes down what citizens say takes away what he attached himself; who works on the appeal, anything', () => {
  const appeal = { status: 'registered', track: 'general' } as const
  const removing = (isOwn: boolean) => ROLES.filter((role) => removesFrom(appeal, role, { isOwn }))
  expect(removing(true)).toEqual(['agent', 'supervisor', 'editor'])
  expect(removing(false)).toEqual(['editor'])
  expect(removesFrom({ ...appeal, track: 'trust' }, 'officer', { isOwn: false })).toBe('appeal')
  expect(removesFrom({ ...appeal, status: 'received' }, 'chancellery', { isOwn: false })).toBe('reply')
  expect(removesFrom({ ...appeal, status: 'approved' }, 'editor', { isOwn: true })).toBeUndefined()
})
