import { expect, test } from 'vitest'
import { CARD_OPENINGS, openingOf } from './openings.ts'

test.each([
  ['recordingHeard', 'recordingHeard'],
  ['attachmentOpened', 'fileOpened'],
  ['documentOpened', 'paperOpened'],
  ['appealOpened', 'appealOpened'],
  ['replyFileOpenedByCitizen', 'replyFileOpened'],
  ['appealExported', 'takenOut'],
  ['appealClassified', 'appealMoved'],
  ['citizenDocumentOpened', 'documentOpened'],
  ['attachmentAdded', undefined],
  ['callArrived', undefined],
])('%s is told to the citizen as %s', (type, kind) => {
  expect(openingOf(type)).toBe(kind)
})

test('a card is found by what was done to it', () => {
  expect(CARD_OPENINGS).toEqual(['citizenDocumentOpened', 'citizenOpened', 'citizenChanged'])
})
