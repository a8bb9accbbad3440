import { crc32 } from 'node:zlib'
import { expect, test } from 'vitest'
import { readTable } from './read-table.ts'
import { unpackedBytes } from './unpacked-bytes.ts'

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** The smallest workbook there is, with one sheet. */
function workbook(rows: string[][]): Uint8Array {
  const cell = (text: string, at: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`
  const sheet = rows
    .map(
      (row, y) =>
        `<row r="${y + 1}">${row.map((text, x) => cell(text, 'ABCDEF'.charAt(x) + (y + 1))).join('')}</row>`,
    )
    .join('')
  return stored({
    'xl/workbook.xml': `<workbook ${MAIN} xmlns:r="${OFFICE}"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships ${RELATIONS}><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet ${MAIN}><sheetData>${sheet}</sheetData></worksheet>`,
  })
}

/** A zip archive whose files are not compressed (APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16). */
function stored(files: Record<string, string>): Uint8Array {
  const [locals, centrals]: Buffer[][] = [[], []]
  let offset = 0
  for (const [name, text] of Object.entries(files)) {
    const [title, data] = [Buffer.from(name), Buffer.from(text)]
    const head = Buffer.alloc(26)
    head.writeUInt16LE(20, 0)
    head.writeUInt32LE(crc32(data), 10)
    head.writeUInt32LE(data.length, 14)
    head.writeUInt32LE(data.length, 18)
    head.writeUInt16LE(title.length, 22)
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    locals?.push(Buffer.from('PK\x03\x04'), head, title, data)
    centrals?.push(Buffer.from('PK\x01\x02\x14\x00'), head, tail, title)
    offset += 30 + title.length + data.length
  }
  const central = Buffer.concat(centrals ?? [])
  const end = Buffer.alloc(18)
  end.writeUInt16LE(Object.keys(files).length, 4)
  end.writeUInt16LE(Object.keys(files).length, 6)
  end.writeUInt32LE(central.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...(locals ?? []), central, Buffer.from('PK\x05\x06'), end])
}

const file = (name: string, content: Uint8Array | string) => new File([content as BlobPart], name)

test('a sheet is read by the names in its first row', async () => {
  const book = workbook([
    ['code', 'q_uz', 'a_uz'],
    ['01.02', 'Qachon &lt;b&gt;?', '=HYPERLINK()'],
  ])
  expect(await readTable(file('faq.xlsx', book))).toEqual({
    rows: [{ row: 2, cells: { code: '01.02', q_uz: 'Qachon <b>?', a_uz: '=HYPERLINK()' } }],
  })
})

test('a list is read object by object; what is no object is an empty row', async () => {
  expect(await readTable(file('faq.json', '[{"code": "01"}, 7, null]'))).toEqual({
    rows: [
      { row: 1, cells: { code: '01' } },
      { row: 2, cells: {} },
      { row: 3, cells: {} },
    ],
  })
})

test('a list under names that nobody knows says so at once, and not at each of its rows (4)', async () => {
  expect(await readTable(file('faq.json', '[{"a": 1}, {"b": 2}]'))).toEqual({ problem: 'noColumns' })
  const sheet = workbook([
    ['nomi', 'matni'],
    ['x', 'y'],
  ])
  expect(await readTable(file('faq.xlsx', sheet))).toEqual({ problem: 'noColumns' })
})

test('an archive that says it unpacks to gigabytes is not unpacked (4)', async () => {
  const book = workbook([
    ['code', 'q_uz'],
    ['01', 'Qachon?'],
  ])
  expect(unpackedBytes(new Uint8Array(book).buffer)).toBeLessThan(2_000)
  const bomb = Buffer.from(book)
  bomb.writeUInt32LE(4_000_000_000, bomb.indexOf('PK\x01\x02') + 24)
  expect(await readTable(file('faq.xlsx', bomb))).toEqual({ problem: 'tooLarge' })
})

test.each([
  ['faq.xlsx', '\x89PNG\r\n\x1a\n and what follows in a picture'],
  ['faq.xlsx', ''],
  ['faq.json', ''],
  ['faq.xlsx', 'no archive at all'],
  ['faq.json', '{"code": "01"}'],
  ['faq.json', '[{'],
  ['faq.json', '[]'],
])('%s with %s cannot be read, and says so', async (name, content) => {
  expect(await readTable(file(name, content))).toEqual({ problem: 'unreadable' })
})

test('a table that is too large is not begun with', async () => {
  const many = JSON.stringify(Array.from({ length: 5_001 }, () => ({ code: '01' })))
  expect(await readTable(file('faq.json', many))).toEqual({ problem: 'tooLarge' })
})
