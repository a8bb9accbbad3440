import { expect, test } from 'vitest'
import { DEFAULT_DIALLING_RULES, type DiallingRules, mayDialOut } from './dialling-rules.ts'

test.each([
  ['+998 90 123 45 67', '+998901234567'],
  ['998901234567', '+998901234567'],
  ['90 123-45-67', '+998901234567'],
  ['(71) 234 56 78', '+998712345678'],
  ['00998712345678', '+998712345678'],
  ['8 90 123 45 67', '+998901234567'],
])('an Uzbek number is dialled however it is written: %s', (typed, dial) => {
  expect(mayDialOut(typed)).toEqual({ dial })
})

test.each([
  ['', 'notANumber'],
  ['+', 'notANumber'],
  ['Ali', 'notANumber'],
  ['12', 'notANumber'],
  ['sip:998901234567@evil', 'notANumber'],
  ['+998901234567;x=y', 'notANumber'],
  ['+9989012345678', 'notANumber'],
  ['2345678', 'notANumber'],
  ['+998 40 123 45 67', 'notANumber'],
  ['101', 'emergency'],
  ['112', 'emergency'],
  ['1 0 3', 'emergency'],
  ['1195', 'shortNumber'],
  ['+998 90 012 34 56', 'costly'],
  ['+7 495 123 45 67', 'foreign'],
  ['00 7 495 123 45 67', 'foreign'],
  ['+1 900 123 45 67', 'foreign'],
])('%s is not dialled: %s', (typed, refused) => {
  expect(mayDialOut(typed)).toEqual({ refused })
})

test('the longer beginning decides, and a short number counts only whole', () => {
  const rules: DiallingRules = {
    allowed: ['+998', '+99890012', '+7', '1102', '112'],
    denied: ['+998900', '+7900', '+99871'],
  }
  expect(mayDialOut('+998 90 012 34 56', rules)).toEqual({ dial: '+998900123456' })
  expect(mayDialOut('+998 90 013 34 56', rules)).toEqual({ refused: 'costly' })
  expect(mayDialOut('+998 71 234 56 78', rules)).toEqual({ refused: 'costly' })
  expect(mayDialOut('+7 495 123 45 67', rules)).toEqual({ dial: '+74951234567' })
  expect(mayDialOut('+7 900 123 45 67', rules)).toEqual({ refused: 'foreign' })
  expect(mayDialOut('1102', rules)).toEqual({ dial: '1102' })
  expect(mayDialOut('112', rules)).toEqual({ dial: '112' })
  expect(mayDialOut('11021', rules)).toEqual({ refused: 'shortNumber' })
})

test('our own numbers would lead back to us, whatever is allowed', () => {
  const own = ['1195', '+998712001195']
  const rules = { allowed: ['+998', '1195'], denied: [] }
  for (const typed of ['1195', '71 200 11 95', '+998712001195'])
    expect(mayDialOut(typed, rules, own)).toEqual({ refused: 'ownNumber' })
})

test('an organisation that allows nothing dials nothing', () => {
  const rules = { allowed: [], denied: [] }
  for (const typed of ['+998901234567', '112', '1195'])
    expect(mayDialOut(typed, rules)).toHaveProperty('refused')
})

test('what is let through is a number and nothing else, whatever was typed', () => {
  const typed = [
    '+998901234567',
    '‎+998 90 123 45 67',
    '+998\u200b901234567',
    '998901234567\n112',
    '９９８901234567',
  ]
  for (const text of typed) {
    const verdict = mayDialOut(text, { ...DEFAULT_DIALLING_RULES, allowed: ['+', '998'] })
    if ('dial' in verdict) expect(verdict.dial).toMatch(/^\+?\d{3,15}$/)
  }
})
