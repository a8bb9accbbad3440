import { expect, test } from 'vitest'
import {
  type FiledBy,
  FILER_NAME_MAX_CHARACTERS,
  filerNotes,
  readCosigners,
  RESIDENCE_MAX_CHARACTERS,
  writeCosigners,
} from './filers.ts'
import { LEAVING_GROUNDS } from './move-fields.ts'

const FILED: FiledBy = {
  track: 'general',
  isAnonymous: false,
  isMinor: false,
  cosigners: [],
  representative: null,
}
const lawyer = { name: 'Advokat', ground: 'Order', hasPapers: false }

test.each([
  [{}, []],
  [{ isAnonymous: true }, ['anonymous']],
  [{ isAnonymous: true, track: 'trust' }, ['anonymousOfTrust']],
  [{ isMinor: true }, ['minor']],
  [{ representative: lawyer }, ['noPapers']],
  [{ representative: { ...lawyer, hasPapers: true } }, []],
  [{ cosigners: [{ name: 'Ali', residence: '' }], isMinor: true }, ['minor', 'collective']],
] as const)('filed by %j, one has to know %j', (change, notes) => {
  expect(filerNotes({ ...FILED, ...change })).toEqual(notes)
})

test('no conclusion leaves an appeal because the citizen is a minor', () => {
  expect(LEAVING_GROUNDS.some((ground) => /minor|age|young|capacity/i.test(ground))).toBe(false)
})

test('signers are read one a line, in either script; a line that names nobody is told', () => {
  const text = 'Ali Valiyev, Toshkent, Chilonzor 5\n\nГулнора Раҳимова;Самарқанд\nUmid\n , Buxoro\n12345'
  const { cosigners, wrong } = readCosigners(text)
  expect(cosigners).toEqual([
    { name: 'Ali Valiyev', residence: 'Toshkent, Chilonzor 5' },
    { name: 'Гулнора Раҳимова', residence: 'Самарқанд' },
    { name: 'Umid', residence: '' },
  ])
  expect(wrong).toEqual([5, 6])
  expect(readCosigners(writeCosigners(cosigners)).cosigners).toEqual(cosigners)
})

test('a signer of whom more is written than is kept is told by his line and by how much, a smile counted once', () => {
  const name = '😀'.repeat(FILER_NAME_MAX_CHARACTERS - 2)
  const text = `Ali\n${name}Ali\nUmid, ${'b'.repeat(RESIDENCE_MAX_CHARACTERS + 5)}\n${name}Al`
  const { cosigners, tooLong, wrong } = readCosigners(text)
  expect(cosigners.map((one) => one.name)).toEqual(['Ali', `${name}Al`])
  expect(wrong).toEqual([])
  expect(tooLong).toEqual([
    { line: 2, most: FILER_NAME_MAX_CHARACTERS, over: 1 },
    { line: 3, most: RESIDENCE_MAX_CHARACTERS, over: 5 },
  ])
})
