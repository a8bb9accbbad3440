import { expect, test } from 'vitest'
import { WRITTEN_LANGUAGES, type WrittenLanguage } from './uzbek-dates.ts'
import { inNameOrder } from './name-order.ts'

const order = (words: string, language: WrittenLanguage) =>
  inNameOrder(words.split(' ').toReversed(), (word) => word, language).join(' ')

test.each<[WrittenLanguage, string]>([
  ['uz', 'Aziz Botir Elyor Gavhar Hamid Olim Qodir Salim Tohir Zafar Oʻktam Gʻafur Shavkat Charos'],
  ['uz', 'olim olma ona oq oʻrik'],
  ['uz', 'sabr suv shahar'],
  ['uz-Cyrl', 'Азиз Дилноза Ёдгор Жасур Холида Чарос Шавкат Эркин Юсуф Яшин Ўктам Қодир Ғафур Ҳамид'],
  ['ru', 'Абрамов Елкин Ёлкин Еременко Жуков Щукин Юдин Яшин'],
  ['en', 'Adams Baker Charles Olsen Shaw Young'],
])('in %s: %s', (language, words) => {
  expect(order(words, language)).toBe(words)
})

test('whatever apostrophe was typed, it is the same letter', () => {
  const typed = ["O'ktam", 'O‘ktam', 'O`ktam', 'Oʻktam']
  for (const one of typed) expect(order(`Zafar ${one} Shavkat`, 'uz')).toBe(`Zafar ${one} Shavkat`)
})

test('an apostrophe parts s and h, and is nothing by itself', () => {
  expect(order('Isfandiyor Isʼhoq Islom Ishoq', 'uz')).toBe('Isfandiyor Isʼhoq Islom Ishoq')
  expect(order('maktab maʼno manti', 'uz')).toBe('maktab maʼno manti')
})

test.each(WRITTEN_LANGUAGES)('in %s numbers count as numbers, and capitals do not matter', (language) => {
  expect(order('9-bino 10-bino 100-bino', language)).toBe('9-bino 10-bino 100-bino')
  expect(order('anvar Bobur davron', language)).toBe('anvar Bobur davron')
})

test.each(WRITTEN_LANGUAGES)(
  'in %s a shorter name comes first, and of the same the one that was',
  (language) => {
    const rows = [
      { name: 'Ali Valiyev', at: 1 },
      { name: 'Ali', at: 2 },
      { name: 'Ali Valiyev', at: 3 },
    ]
    expect(inNameOrder(rows, ({ name }) => name, language).map(({ at }) => at)).toEqual([2, 1, 3])
  },
)

test('strangers and rubbish have a place too', () => {
  const strange = ['', '💥', 'Ω', '李', '\u202eevil', '-', 'Zafar', 'Яшин']
  for (const language of WRITTEN_LANGUAGES)
    expect(inNameOrder(strange, (one) => one, language)).toHaveLength(strange.length)
})

test('the order is one: in whatever order a list comes, it leaves the same', () => {
  const words = 'Oʻktam Olim Shavkat Sobir Ўктам Ҳамид Gʻani 12 3 Chori Cho'.split(' ')
  for (const language of WRITTEN_LANGUAGES) {
    const once = inNameOrder(words, (word) => word, language)
    for (let turn = 0; turn < words.length; turn++) {
      const turned = [...words.slice(turn), ...words.slice(0, turn)]
      expect(inNameOrder(turned, (word) => word, language)).toEqual(once)
    }
  }
})
