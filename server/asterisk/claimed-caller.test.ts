import { expect, test } from 'vitest'
import { COLON_STAND_IN, claimedCaller } from './claimed-caller.ts'

/** As the dialplan writes it: a tilde first, colons swapped, each header in base64. */
const written = (...headers: (string | Buffer)[]) =>
  headers
    .map((header) =>
      typeof header === 'string'
        ? Buffer.from(`~${header.replaceAll(':', COLON_STAND_IN)}`).toString('base64')
        : header.toString('base64'),
    )
    .join('.')

test('headers come back as they were sent', () => {
  expect(
    claimedCaller(
      written('<sip:1@op>', '<sip:2@op>;privacy=full', '"A \\"B\\"" <sip:3@op>;tag=x', 'Phone: 1'),
    ),
  ).toEqual({
    assertedIdentity: '<sip:1@op>',
    remotePartyId: '<sip:2@op>;privacy=full',
    from: '"A \\"B\\"" <sip:3@op>;tag=x',
    name: 'A "B"',
    userAgent: 'Phone: 1',
  })
})

test('headers that were not there are not there', () => {
  expect(claimedCaller(written('', '', '<sip:3@op>', ''))).toEqual({ from: '<sip:3@op>' })
  expect(claimedCaller('')).toEqual({ from: '' })
})

test('a name without quotes is a name, an address alone is none', () => {
  expect(claimedCaller(written('', '', 'Ali Valiyev <sip:3@op>')).name).toBe('Ali Valiyev')
  expect(claimedCaller(written('', '', 'sip:3@op')).name).toBeUndefined()
})

test('what is no text becomes text', () => {
  const { userAgent, from } = claimedCaller(written('', '', 'a\0b', Buffer.from([0x7e, 0xff, 0x41, 0xd0])))
  expect(from).toBe('ab')
  expect(userAgent).toBe('\ufffdA\ufffd')
})
