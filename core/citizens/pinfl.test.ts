import { expect, test } from 'vitest'
import { seededRandom } from '#core/lib/seeded-random.ts'
import { checkDigit, maskPinfl, readPinfl } from './pinfl.ts'

test.each([
  ['31210632040244', '1963-10-12', 'as the resolution prints it'],
  ['31210932040247', '1993-10-12', 'another of its examples'],
  ['40201902050010', '1990-01-02', 'a woman of the last century'],
  ['3121063 204 0244', '1963-10-12', 'in groups'],
])('%s is a personal number, and says its holder was born on %s: %s', (text, birthDay) => {
  expect(readPinfl(text)).toEqual({ pinfl: text.replaceAll(' ', ''), birthDay })
})

test.each([
  ['31210632040245', 'checkDigit', 'the last digit is not the one the others give'],
  ['13210632040244', 'birthDay', 'there is no thirty-second day'],
  ['33002902050010', 'birthDay', 'February has no thirtieth'],
  ['3121063204024', 'form', 'a digit too few'],
  ['312106320402444', 'form', 'a digit too many'],
  ['71210632040244', 'form', 'no such century'],
  ['3121063204024O', 'form', 'a letter'],
  ['３1210632040244', 'form', 'a digit of another script'],
  ['', 'form', 'nothing'],
])('%s is refused for its %s: %s', (text, fault) => {
  expect(readPinfl(text)).toEqual({ fault })
})

test('a digit mistyped, or two neighbours exchanged, is mostly seen', () => {
  const random = seededRandom(11)
  const good = '31210932040247'
  let unseen = 0
  let tried = 0
  for (let place = 7; place < 13; place++) {
    for (let digit = 0; digit < 10; digit++) {
      const typed = good.slice(0, place) + digit + good.slice(place + 1)
      if (typed === good) continue
      tried++
      if ('pinfl' in readPinfl(typed)) unseen++
    }
  }
  // The weights have no factor in common with ten, so one wrong digit never passes.
  expect([unseen, tried]).toEqual([0, 54])
  for (let n = 0; n < 1_000; n++) {
    const body = `312109${Math.floor(random() * 10)}${String(Math.floor(random() * 1e6)).padStart(6, '0')}`
    const read = readPinfl(body + checkDigit(body))
    expect('pinfl' in read, body).toBe(true)
  }
})

test('a masked number shows its ends and nothing between', () => {
  expect(maskPinfl('31210632040244')).toBe('3*********0244')
  expect(maskPinfl('')).toBe('')
})
