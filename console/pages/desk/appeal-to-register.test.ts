import { expect, test } from 'vitest'
import { namedNumber } from './appeal-to-register.ts'

const CALLER = { number: '+998 90 123 45 67' }

test('the number that calls is proposed, and named as it stands', () => {
  expect(namedNumber({}, CALLER)).toEqual({
    typed: CALLER.number,
    isWanted: true,
    isWrong: false,
    telephone: '+998901234567',
  })
})

test('another number is named instead of it', () => {
  expect(namedNumber({ telephone: '93 765 43 21' }, CALLER).telephone).toBe('+998937654321')
})

test('whoever wants no message names none, and so does whoever does not say who he is', () => {
  expect(namedNumber({ telephone: null }, CALLER)).toMatchObject({ isWanted: false, telephone: null })
  expect(namedNumber({ isAnonymous: true }, CALLER)).toMatchObject({ isWanted: false, telephone: null })
})

test.each([['+7 495 123 45 67'], ['']])('nothing is proposed of a caller at “%s”', (number) => {
  expect(namedNumber({}, { number })).toMatchObject({ typed: '', isWanted: true, telephone: null })
})

test('what is no mobile number is wrong, and nothing typed yet is not', () => {
  expect(namedNumber({ telephone: '12' }, CALLER)).toMatchObject({ isWrong: true, telephone: null })
  expect(namedNumber({ telephone: '' }, CALLER)).toMatchObject({ isWrong: false, telephone: null })
})
