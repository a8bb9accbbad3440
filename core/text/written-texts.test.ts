import { expect, test } from 'vitest'
import { inWriting } from './written-texts.ts'

const texts = { uz: 'Baholash agentligi', ru: 'Агентство' }

test('each reader gets his language, and what nobody wrote follows from the Uzbek text', () => {
  expect(inWriting(texts, 'uz')).toBe('Baholash agentligi')
  expect(inWriting(texts, 'uz-Cyrl')).toBe('Баҳолаш агентлиги')
  expect(inWriting(texts, 'ru')).toBe('Агентство')
  expect(inWriting(texts, 'en')).toBe('Baholash agentligi')
})

test('what somebody wrote comes before what follows from it, unless it is empty', () => {
  const all = { ...texts, cyrillic: 'БМБА', en: 'Assessment Agency' }
  expect(inWriting(all, 'uz-Cyrl')).toBe('БМБА')
  expect(inWriting(all, 'en')).toBe('Assessment Agency')
  expect(inWriting({ ...texts, cyrillic: '', en: '' }, 'uz-Cyrl')).toBe('Баҳолаш агентлиги')
})
