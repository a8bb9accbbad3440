/** The driver against a server that keeps to OneID's protocol. */
import { afterAll, beforeEach, expect, test } from 'vitest'
import { oneIdProvider } from './one-id.ts'
import { GULNORA, type Mood, testOneId, type Told } from './test-one-id.ts'

const BACK = 'https://murojaat.example/portal/sign-in/oneid/back'
const ONE_ID = await testOneId()
const provider = oneIdProvider(ONE_ID.place, { answerWithinMs: 300 })
afterAll(() => ONE_ID.close())
beforeEach(() => ONE_ID.reset())

async function codeFor(state = 'abc', redirectUri = BACK): Promise<string> {
  const back = await ONE_ID.decide(provider.addressFor({ state, redirectUri }))
  return new URL(back).searchParams.get('code') ?? ''
}
const prove = async (code: string, redirectUri = BACK) => await provider.prove({ code, redirectUri })

test('the citizen is sent with state and address, and never with the secret', async () => {
  const to = new URL(provider.addressFor({ state: 's&t', redirectUri: BACK }))
  expect(Object.fromEntries(to.searchParams)).toEqual({
    response_type: 'one_code',
    client_id: 'javob_test',
    redirect_uri: BACK,
    scope: 'javob_test',
    state: 's&t',
  })
  const back = new URL(await ONE_ID.decide(to.href))
  expect(back.searchParams.get('state')).toBe('s&t')
})

test('a code becomes a person, who is signed out there with his token', async () => {
  const proven = await prove(await codeFor())
  expect(proven).toMatchObject({ person: { pinfl: GULNORA.pin, name: GULNORA.full_name } })
  const token = 'token' in proven ? proven.token : ''
  expect(await provider.signOut(token)).toBe(true)
  expect(ONE_ID.loggedOut).toEqual([token])
  expect(ONE_ID.asked.map((form) => form.get('grant_type'))).toEqual([
    'one_authorization_code',
    'one_access_token_identify',
    'one_log_out',
  ])
})

test('a name in parts is put together', async () => {
  ONE_ID.person = { ...GULNORA, full_name: '' }
  expect(await prove(await codeFor())).toMatchObject({ person: { name: 'RAHIMOVA GULNORA ANVAR QIZI' } })
})

test('a code that is wrong, old, used or given to another address proves nobody', async () => {
  const used = await codeFor()
  await prove(used)
  const elsewhere = await codeFor('abc', 'https://elsewhere.example/')
  ONE_ID.givesOldCodes = true
  for (const code of ['wrong', used, elsewhere, await codeFor()])
    expect(await prove(code)).toMatchObject({ problem: 'refused' })
})

test.each<[string, Told, string]>([
  ['an answer that says it went wrong', { ret_cd: '1' }, 'refused'],
  ['the same as a number', { ret_cd: 4 }, 'refused'],
  ['a legal entity', { user_type: 'L' }, 'notPerson'],
  ['nobody of whom it is said what he is', { user_type: '' }, 'notPerson'],
  ['somebody whose papers nobody has looked at', { valid: 'false' }, 'notVerified'],
  ['a number that is no PINFL', { pin: '123' }, 'refused'],
  ['a PINFL with a wrong check digit', { pin: '41203950240014' }, 'refused'],
  ['nobody’s name', { full_name: ' ', sur_name: '', first_name: '', mid_name: '' }, 'refused'],
])('%s is not signed in', async (_what, change, problem) => {
  ONE_ID.person = { ...GULNORA, ...change }
  const proven = await prove(await codeFor())
  expect(proven).toMatchObject({ problem })
  expect(JSON.stringify(proven), 'the log learns nothing of the person').not.toMatch(/\d{6}|RAHIMOVA/)
})

test.each<[Mood, string | undefined]>([
  ['silent', undefined],
  ['silent', 'one_access_token_identify'],
  ['broken', undefined],
  ['broken', 'one_access_token_identify'],
  ['chatty', undefined],
])('while OneID is %s (%s) it is away, in bounded time and memory', async (mood, moodAt) => {
  const code = await codeFor()
  Object.assign(ONE_ID, { mood, moodAt })
  const proven = await prove(code)
  expect(proven).toMatchObject({ problem: 'away' })
  expect(JSON.stringify(proven)).not.toContain(ONE_ID.place.secret)
})

test('a page instead of an answer proves nobody', async () => {
  const code = await codeFor()
  ONE_ID.mood = 'page'
  expect(await prove(code)).toMatchObject({ problem: 'refused' })
})

test('where nothing listens it is away, and signing out says so and goes on', async () => {
  const nowhere = oneIdProvider({ ...ONE_ID.place, address: 'http://127.0.0.1:1/sso' })
  expect(await nowhere.prove({ code: 'x', redirectUri: BACK })).toMatchObject({ problem: 'away' })
  expect(await nowhere.signOut('x')).toBe(false)
})
