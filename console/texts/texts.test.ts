/** The catalogues keep up with the pages: nothing untranslated, nothing left over, nothing half filled in. */
import i18next from 'i18next'
import { beforeAll, expect, test } from 'vitest'
import { PROBLEM_CODES } from '#contract/problems.ts'
import { problemText } from '../problem-text.ts'
import { RequestProblem } from '../request.ts'
import { cyrillic } from '../cyrillic.ts'
import ru from './ru.json' with { type: 'json' }
import { sourceTexts, unreadableTexts } from '../dev/source-texts.ts'
import uz from './uz.json' with { type: 'json' }
import overrides from './uz-Cyrl-overrides.json' with { type: 'json' }

const shown = [...sourceTexts().keys()].sort()
const catalogues: [string, Record<string, string>][] = [
  ['uz', uz],
  ['ru', ru],
]

// Without a catalogue each text is its English sentence.
beforeAll(() => i18next.init({ lng: 'en', resources: {}, keySeparator: false, nsSeparator: false }))

/** What is filled in, and names of keys and formats: they are the same in every script. */
const NOT_WORDS = /\{\{\w+\}\}|\b(E-IMZO|OneID|F2|SMS|WAV|PDF|DOCX|XLSX|ZIP|QR|TLS|SHA|https|[EFINTX])\b/g

const filledIn = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort()

test('t is given plain sentences only, so that they can be listed', () => {
  expect(unreadableTexts()).toEqual([])
})

test.each(catalogues)('%s has every text the console shows, and no other', (_language, catalogue) => {
  expect(Object.keys(catalogue).sort()).toEqual(shown)
})

test.each(catalogues)('%s fills in what the English sentence fills in', (_language, catalogue) => {
  for (const [english, text] of Object.entries(catalogue))
    expect(filledIn(text), english).toEqual(filledIn(english))
})

test('Uzbek is written with its own letters oʻ and gʻ and its own tutuq belgisi', () => {
  for (const text of Object.values(uz)) expect(text).not.toMatch(/['`‘’]/)
})

test('Russian says nothing in another script but names of keys and formats', () => {
  for (const text of Object.values(ru)) {
    expect(text.replace(NOT_WORDS, '')).not.toMatch(/[A-Za-z]/)
  }
})

test('Uzbek in Cyrillic keeps no Latin letter but names of keys and formats', () => {
  const texts: Record<string, string> = { ...uz, ...overrides }
  for (const [english, latin] of Object.entries(texts)) {
    const written = english in overrides ? latin : cyrillic(latin)
    expect(written.replace(NOT_WORDS, ''), english).not.toMatch(/[A-Za-z]/)
    expect(filledIn(written), english).toEqual(filledIn(english))
  }
})

test('the exceptions of the Cyrillic catalogue are of texts that are shown', () => {
  expect(Object.keys(overrides).filter((english) => !shown.includes(english))).toEqual([])
})

test.each(PROBLEM_CODES)('the refusal %s has a text of its own', (code) => {
  const others = PROBLEM_CODES.filter((one) => one !== code).map((one) =>
    problemText(new RequestProblem(one, '')),
  )
  expect(problemText(new RequestProblem(code, ''))).not.toBe('')
  expect(others).not.toContain(problemText(new RequestProblem(code, '')))
})
