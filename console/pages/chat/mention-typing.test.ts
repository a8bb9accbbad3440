import { expect, test } from 'vitest'
import { calledIn, completed, matching } from './mention-typing.ts'

const people = [{ name: 'Dilnoza Karimova' }, { name: 'Gʻulom Aliyev' }, { name: 'Анна Ким' }]
const names = (called: string) => matching(called, people).map(({ name }) => name)

test.each([
  ['@', ''],
  ['Look, @dil', 'dil'],
  ['(@Dilnoza Ka', 'Dilnoza Ka'],
  ['a@mail', undefined],
  ['@Dilnoza Karimova, see', undefined],
  ['no', undefined],
])('in „%s" the name being typed is „%s"', (before, called) => {
  expect(calledIn(before)).toBe(called)
})

test.each([
  ['dil', ['Dilnoza Karimova']],
  ['кар', ['Dilnoza Karimova']],
  ["g'ul", ['Gʻulom Aliyev']],
  ['gulom al', ['Gʻulom Aliyev']],
  ['Ким', ['Анна Ким']],
  ['noza', []],
  ['Dilnoza Karimova', []],
])('„%s" finds %j', (called, found) => {
  expect(names(called)).toEqual(found)
})

test('choosing puts the whole name where it was begun, and the caret behind it', () => {
  expect(completed('Ask @dil about it', 8, 'Dilnoza Karimova')).toEqual({
    text: 'Ask @Dilnoza Karimova  about it',
    caret: 22,
  })
})
