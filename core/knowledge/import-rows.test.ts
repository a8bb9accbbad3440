import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readImportedRow, rowsOfTable, titleKeys } from './import-rows.ts'

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
  expect(rowsOfTable([])).toEqual([])
})

test('whatever a cell holds, the row is read or refused, never thrown over', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.anything()), fc.anything(), (cells, code) => {
      const found = read({ ...cells, code })
      expect('row' in found || 'problem' in found).toBe(true)
    }),
  )
})
