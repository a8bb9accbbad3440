import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readImportedRow, rowsOfList, rowsOfTable, titleKeys } from './import-rows.ts'

const isTopic = (code: string) => ['01', '01.02'].includes(code)
const read = (cells: Record<string, unknown>) => readImportedRow(cells, isTopic)

test('columns are known by their names in three languages', () => {
  const uz = { title: 'Qachon?', text: 'Iyunda.' }
  const row = { content: { uz }, topics: ['01.02'], basis: '', validFrom: null, validUntil: null }
  expect(read({ code: '01.02', q_uz: 'Qachon?', a_uz: 'Iyunda.' })).toEqual({ row })
  expect(read({ Mavzu: '01.02', 'Savol (uz)': 'Qachon?', Javob: 'Iyunda.' })).toEqual({ row })
  const ru = { title: 'Когда?', text: 'В июне.' }
  expect(read({ Код: '01.02', Вопрос: 'Когда?', ОТВЕТ: 'В июне.', смешное: 1 })).toEqual({
    row: { ...row, content: { ru } },
  })
})

test.each([
  [{ code: '01', q_uz: 'Savol' }, 'textMissing'],
  [{ code: '01', a_uz: 'Javob' }, 'titleMissing'],
  [{ code: '01' }, 'nothingWritten'],
  [{ q_uz: 'Savol', a_uz: 'Javob' }, 'topicMissing'],
  [{ code: '77', q_uz: 'Savol', a_uz: 'Javob' }, 'topicUnknown'],
  [{ code: 1.02, q_uz: 'Savol', a_uz: 'Javob' }, 'topicUnknown'],
  [{ code: '01', q_uz: 'Savol', a_uz: 'Javob', valid_from: 'ertaga' }, 'notADay'],
  [
    { code: '01', q_uz: 'Savol', a_uz: 'Javob', from: '2026-05-02', until: '2026-05-01' },
    'endsBeforeItBegins',
  ],
  [{ code: '01', q_uz: 'S'.repeat(501), a_uz: 'Javob' }, 'tooLong'],
  [{ code: '', q_uz: ' ', other: 'x' }, 'empty'],
])('%j is refused: %s', (cells, problem) => {
  expect(read(cells)).toEqual({ problem })
})

test('days are read as people write them, and a formula stays the text it is', () => {
  const found = read({
    code: '01',
    savol: '=1+1',
    javob: '=HYPERLINK("x")',
    from: '31.05.2026',
    until: '2026-06-30',
  })
  expect(found).toMatchObject({
    row: {
      content: { uz: { title: '=1+1', text: '=HYPERLINK("x")' } },
      validFrom: '2026-05-31',
      validUntil: '2026-06-30',
    },
  })
})

test('the same question in either script is one', () => {
  expect(titleKeys({ uz: { title: 'Roʻyxat qachon?', text: '' } })).toEqual(
    titleKeys({ uz: { title: 'Рўйхат қачон', text: '' } }),
  )
})

test('a row has its number in the sheet, under the heading', () => {
  expect(rowsOfTable([['code', 'q_uz'], ['01', 'Savol'], [null]])).toEqual([
    { row: 2, cells: { code: '01', q_uz: 'Savol' } },
    { row: 3, cells: { code: null, q_uz: undefined } },
  ])
  expect(rowsOfTable([])).toBeUndefined()
})

test('the names of the columns may stand under a title; what stands in unknown columns is left behind (4)', () => {
  const title = ['Savol-javoblar roʻyxati: '.repeat(10), null, null]
  const names = ['kod', 'Savol', 'Javob', 'Izoh']
  expect(rowsOfTable([title, [], names, ['01', 'Qachon?', 'Iyunda.', 'x'.repeat(100_000)]])).toEqual([
    { row: 4, cells: { kod: '01', Savol: 'Qachon?', Javob: 'Iyunda.' } },
  ])
  expect(
    rowsOfTable([
      ['a', 'b'],
      ['01', 'Qachon?'],
    ]),
  ).toBeUndefined()
  expect(rowsOfList([{ code: '01', 'x y': 1 }, 7])).toEqual([
    { row: 1, cells: { code: '01' } },
    { row: 2, cells: {} },
  ])
  expect(rowsOfList([{ a: 1 }, null])).toBeUndefined()
  expect(rowsOfList([JSON.parse('{"__proto__": {"code": "01"}, "constructor": 1}')])).toBeUndefined()
})

test('a topic named twice is named once, and more of them than an answer may have are refused (4)', () => {
  const row = (code: string) => ({ code, q_uz: 'Savol?', a_uz: 'Javob.' })
  expect(read(row('01; 01, 01.02'))).toMatchObject({ row: { topics: ['01', '01.02'] } })
  const many = Array.from({ length: 21 }, (_, n) => String(n + 10)).join(' ')
  expect(readImportedRow(row(many), () => true)).toEqual({ problem: 'tooManyTopics' })
})

test('whatever a cell holds, the row is read or refused, never thrown over', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.anything()), fc.anything(), (cells, code) => {
      const found = read({ ...cells, code })
      expect('row' in found || 'problem' in found).toBe(true)
    }),
  )
})
