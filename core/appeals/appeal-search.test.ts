import { describe, expect, test } from 'vitest'
import { appealWords, readAppealSearch } from './appeal-search.ts'

describe('what is typed is read as', () => {
  test.each([
    ['A-2026-000123', { by: 'number', year: 2026, sequence: 123 }],
    ['a 2026 123', { by: 'number', year: 2026, sequence: 123 }],
    ['2026-', { by: 'number', year: 2026, sequence: undefined }],
    ['2026/17', { by: 'number', year: 2026, sequence: 17 }],
    ['123', { by: 'digits', digits: '123' }],
    ['+998 (90) 123-45-67', { by: 'digits', digits: '998901234567' }],
    ['30101901234567', { by: 'digits', digits: '30101901234567' }],
    ['K-12', { by: 'words', words: ['k', '12'] }],
    ['Ғафурова рухсатнома', { by: 'words', words: ['gafurova', 'ruhsatnoma'] }],
    ["G'AFUROVA ruxsatnoma", { by: 'words', words: ['gafurova', 'ruhsatnoma'] }],
    ["%'; drop --", { by: 'words', words: ['drop'] }],
    ['—', { by: 'words', words: [] }],
    ['  ', undefined],
  ] as const)('%s', (typed, meant) => {
    expect(readAppealSearch(typed)).toEqual(meant)
  })

  test('no more words than a search needs, however many are pasted', () => {
    const search = readAppealSearch('bir ikki uch toʻrt besh olti yetti sakkiz toʻqqiz oʻn')
    expect(search?.by === 'words' && search.words).toHaveLength(8)
  })
})

test('an appeal is found by its words, its editor’s, the name and the incoming number, each once', () => {
  const words = appealWords({
    text: 'Ruxsatnomada хато бор, xato',
    editedText: 'Сана хато',
    incomingNumber: 'K-12/3',
    nameKey: 'gafurova nargiza|gafurova nargiza',
  })
  expect(words).toEqual(['ruhsatnomada', 'hato', 'bor', 'sana', 'k', '12', '3', 'gafurova', 'nargiza'])
})
