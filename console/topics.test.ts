import { expect, test } from 'vitest'
import type { Topic } from '#contract/knowledge.ts'
import { classifier } from './topics.ts'

const topic = (code: string, uz: string, ru: string): Topic => ({
  code,
  parent: code.includes('.') ? code.slice(0, code.lastIndexOf('.')) : null,
  level: code.split('.').length,
  names: { uz, ru },
  defaultKind: null,
  queue: null,
  retired: false,
})

const TOPICS = classifier([
  topic('01', 'Bakalavriatga qabul', 'Приём в бакалавриат'),
  topic('01.01', 'Roʻyxatdan oʻtish', 'Регистрация'),
  topic('01.01.01', 'Roʻyxatdan oʻtish muddati', 'Сроки регистрации'),
  topic('02', 'Milliy sertifikat', 'Национальный сертификат'),
])

const codes = (words: string) => TOPICS.search(words, 10).map(({ code }) => code)

test.each([
  ['royxat', ['01.01', '01.01.01']],
  ['рўйхат', ['01.01', '01.01.01']],
  ["ro'yxatdan muddat", ['01.01.01']],
  ['регистр', ['01.01', '01.01.01']],
  ['01.01', ['01.01', '01.01.01']],
  ['нетакого', []],
])('„%s" finds a topic, in whichever script or with whichever apostrophe it is typed', (words, expected) => {
  expect(codes(words)).toEqual(expected)
})

test('a word of the topic’s own name ranks before one of the names above it', () => {
  expect(codes('qabul')).toEqual(['01', '01.01', '01.01.01'])
})

test('a name with a word that begins so ranks before one that has it inside', () => {
  const found = classifier([
    topic('01', 'Qayta test', 'Пересдача'),
    topic('02', 'Sdacha', 'Сдача экзамена'),
  ]).search('сдач', 10)
  expect(found.map(({ code }) => code)).toEqual(['02', '01'])
})

test('a topic knows the way down to it', () => {
  expect(TOPICS.find('01.01.01')?.parents.map(({ code }) => code)).toEqual(['01', '01.01'])
})
