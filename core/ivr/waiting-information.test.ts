import { expect, test } from 'vitest'
import { checkInformation, type InformationText, toldOn } from './waiting-information.ts'

const text = (part: Partial<InformationText> = {}): InformationText => ({ uz: 'bor', ru: 'есть', ...part })
const told = (...texts: InformationText[]) =>
  checkInformation(texts).map(({ row, field, code }) => `${row} ${field} ${code}`)

test('a text is told from its first day to its last, both included, and always where there is none', () => {
  const texts = [
    text({ uz: 'always' }),
    text({ uz: 'from', from: '2026-07-01' }),
    text({ uz: 'until', until: '2026-07-01' }),
    text({ uz: 'between', from: '2026-06-30', until: '2026-07-02' }),
  ]
  const on = (day: Parameters<typeof toldOn>[1]) => toldOn(texts, day).map(({ uz }) => uz)
  expect(on('2026-06-29')).toEqual(['always', 'until'])
  expect(on('2026-07-01')).toEqual(['always', 'from', 'until', 'between'])
  expect(on('2026-07-03')).toEqual(['always', 'from'])
  expect(toldOn([text({ from: '2026-07-01' })], '2026-07-02')).toEqual([{ uz: 'bor', ru: 'есть' }])
})

test('what is wrong with a text is told by its number', () => {
  expect(told(text(), text({ from: '2026-07-01', until: '2026-07-01' }))).toEqual([])
  expect(told(text(), text({ ru: ' ' }))).toEqual(['2 ru required'])
  expect(told(text({ uz: 'a'.repeat(501) }))).toEqual(['1 uz tooLong'])
  expect(told(text({ from: '2026-02-30' }))).toEqual(['1 from badDay'])
  expect(told(text({ from: '2026-07-02', until: '2026-07-01' }))).toEqual(['1 until endsFirst'])
  expect(told(...Array.from({ length: 11 }, () => text()))).toEqual(['* texts tooMany'])
})
