import { expect, test } from 'vitest'
import { demoFlow } from './demo-flow.ts'
import { forVoice } from './for-voice.ts'
import { promptsOf, spokenChoice } from './spoken.ts'

test('a choice is spoken as a sentence of its language', () => {
  expect(spokenChoice('uz', 'Toʻlov', '1')).toBe('Toʻlov uchun 1 ni bosing.')
  expect(spokenChoice('ru', 'Оплата', '1')).toBe('Оплата — нажмите 1.')
})

test.each([
  ['uz', 'Toʻlov uchun 1 ni bosing.', 'Toʻlov uchun birni bosing.'],
  [
    'uz',
    'operator uchun 0 ni, takrorlash uchun 9 ni bosing',
    'operator uchun nolni, takrorlash uchun toʻqqizni bosing',
  ],
  ['uz', '2026-yil 1-sinf, 11 ni va 1,5 ni', '2026-yil 1-sinf, 11 ni va 1,5 ni'],
  ['uz', 'maʼlumot', "ma'lumot"],
  ['ru', 'Оплата — нажмите 1.', 'Оплата — нажмите один.'],
  ['ru', 'нажмите 0, чтобы повторить', 'нажмите ноль, чтобы повторить'],
  ['ru', 'нажмите 10 или 1-2', 'нажмите 10 или 1-2'],
] as const)('the voice reads in %s „%s" as „%s"', (language, text, spoken) => {
  expect(forVoice({ language, text })).toBe(spoken)
})

test('everything a flow can say is listed once', () => {
  const prompts = promptsOf(demoFlow()).map(({ language, text }) => `${language} ${text}`)
  expect(new Set(prompts).size).toBe(prompts.length)
  expect(prompts).toContain('uz Roʻyxatdan oʻtish uchun 1 ni bosing.')
  expect(prompts).toContain('ru Такого пункта нет.')
  expect(prompts.filter((prompt) => /ushın|kaa/.test(prompt))).toEqual([])
})
