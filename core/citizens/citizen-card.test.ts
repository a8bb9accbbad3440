import { expect, test } from 'vitest'
import {
  cardSearchKey,
  type CardFields,
  EMPTY_CARD,
  isMinor,
  isTooLong,
  namesOf,
  readCard,
  readName,
} from './citizen-card.ts'

const TODAY = '2026-03-02'
const form = (part: Partial<CardFields>): CardFields => ({ ...EMPTY_CARD, name: 'Gulnora Rahimova', ...part })
const faultsOf = (part: Partial<CardFields>) =>
  readCard(form(part), TODAY).faults.map(({ field, fault }) => `${field} ${fault}`)

test.each<[Partial<CardFields>, string[]]>([
  [{}, []],
  [{ name: '——' }, ['name noLetters']],
  [{ pinfl: '31210632040244', birthDay: '1963-10-12' }, []],
  [{ pinfl: '31210632040244', birthDay: '1963-10-13' }, ['pinfl pinflOfAnotherDay']],
  [{ pinfl: '31210632040245' }, ['pinfl pinflCheckDigit']],
  [{ pinfl: '3121' }, ['pinfl pinflForm']],
  [{ passport: 'A1' }, ['passport passportForm']],
  [{ birthDay: '2026-02-30' }, ['birthDay notADay']],
  [{ birthDay: '2027-01-01' }, ['birthDay notBornYet']],
  [{ region: '9999', language: 'xx' }, ['region unknown', 'language unknown']],
  [{ kind: 'legalEntity', stir: '12' }, ['stir stirForm']],
  [{ kind: 'legalEntity', stir: '123456789' }, []],
])('of %o it is said: %j', (part, faults) => {
  expect(faultsOf(part)).toEqual(faults)
})

test('a field is too long by one character, and only where the card has it', () => {
  expect(isTooLong(form({ note: 'a'.repeat(102_400) }))).toBe(false)
  expect(isTooLong(form({ note: 'a'.repeat(102_401) }))).toBe(true)
  expect(isTooLong(form({ address: 'a'.repeat(401) }))).toBe(false)
  expect(isTooLong(form({ kind: 'legalEntity', address: 'a'.repeat(401) }))).toBe(true)
})

test('what belongs to the other kind goes: a person has no taxpayer’s number here, an office no birthday', () => {
  const both = { pinfl: '31210632040244', passport: 'AA1234567', birthDay: '1963-10-12', stir: '123456789' }
  expect(readCard(form({ ...both, kind: 'legalEntity' }), TODAY).card).toMatchObject({
    pinfl: '',
    passport: '',
    birthDay: '',
    stir: '123456789',
  })
  expect(readCard(form(both), TODAY).card.stir).toBe('')
})

test.each([
  ['Ғафурова Наргиза', 'Gʻafurova Nargiza', 'Ғафурова Наргиза'],
  ["G'afurova Nargiza", 'Gʻafurova Nargiza', 'Ғафурова Наргиза'],
  ['  Gʻafurova \n Nargiza ', 'Gʻafurova Nargiza', 'Ғафурова Наргиза'],
])('%j has its name in both scripts', (written, latin, cyrillic) => {
  expect(namesOf(readName(written))).toEqual({ latin, cyrillic })
})

test('a name that is spelt differently in Cyrillic is kept so, and found by either', () => {
  const { card } = readCard(form({ name: 'Tsoy Yuriy', nameCyrillic: 'Цой Юрий' }), TODAY)
  expect(namesOf(card)).toEqual({ latin: 'Tsoy Yuriy', cyrillic: 'Цой Юрий' })
  expect(cardSearchKey({ name: 'Kim Anna', nameCyrillic: 'Ким Хан На' })).toBe('kim anna|kim han na')
  expect(cardSearchKey(readName('Ғафурова'))).toBe('gafurova')
})

test('hostile text is text: markup stays, what turns the reading direction goes from names, a note is kept whole', () => {
  const letter = '<img src=x onerror=alert(1)> =cmd|/c calc 🙂 ‮עברית\r\n'.repeat(2_000).slice(0, 102_400)
  const { card, faults } = readCard(
    form({ name: 'Ali <b>\u202e', note: `${letter}\0\ud800`, representative: 'x'.repeat(1_000) }),
    TODAY,
  )
  expect(faults).toEqual([])
  expect(card.name).toBe('Ali <b>')
  expect(card.note.startsWith(letter)).toBe(true)
  expect(card.note).not.toContain('\0')
  expect(card.note.isWellFormed()).toBe(true)
  expect(card.representative).toHaveLength(400)
})

test.each([
  ['2008-03-02', false, false, 'eighteen today'],
  ['2008-03-03', false, true, 'eighteen tomorrow'],
  ['2008-03-02', true, false, 'the day of birth knows better than the tick'],
  ['', true, true, 'by the tick where no day is known'],
])('born %s, ticked %s: minor %s (%s)', (birthDay, noted, minor) => {
  expect(isMinor({ birthDay, isMinor: noted }, TODAY)).toBe(minor)
})
