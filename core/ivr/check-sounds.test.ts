import { expect, test } from 'vitest'
import { checkSounds } from './check-sounds.ts'
import { promptsOf } from './spoken.ts'
import { placesOf } from './flow-places.ts'
import { aSmallFlow } from './small-flow.ts'

test('a text without a sound is told at its node, in its language', () => {
  const missing = 'permit (ru) — нажмите 1.'
  const problems = checkSounds(aSmallFlow(), ({ text }) => text !== missing)
  expect(problems.map(({ node, field, params }) => ({ node, field, ...params }))).toEqual([
    { node: 'menu', field: 'choices.0.label', language: 'ru' },
  ])
})

test('a flow whose every text has a sound has no problem, and an empty text is another’s to tell', () => {
  expect(checkSounds(aSmallFlow(), () => true)).toEqual([])
  const silent = aSmallFlow({ farewell: { kind: 'hangUp', texts: { uz: ' ', ru: 'b' } } })
  expect(checkSounds(silent, ({ text }) => text !== ' ')).toEqual([])
})

test('what is heard at the places of a flow is what is spoken before it is published', () => {
  const flow = aSmallFlow()
  const heard = placesOf(flow).map((place) => `${place.heard.language} ${place.heard.text}`)
  expect(new Set(heard)).toEqual(new Set(promptsOf(flow).map(({ language, text }) => `${language} ${text}`)))
})
