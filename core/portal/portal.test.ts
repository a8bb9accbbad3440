import { expect, test } from 'vitest'
import {
  APPEAL_ACTIONS,
  APPEAL_STATUSES,
  type AppealAction,
  type AppealStatus,
} from '../appeals/appeal-status.ts'
import { APPEAL_TRACKS } from '../appeals/appeal-track.ts'
import { APPEAL_OUTCOMES } from '../appeals/move-fields.ts'
import { CITIZEN_SELF, moveProblem, type MovedAppeal } from '../appeals/move-rules.ts'
import type { Day } from '../lib/time.ts'
import { seededRandom } from '../lib/seeded-random.ts'
import { CITIZEN_ACTIONS, citizenActions, citizenStage, mayBeRated, readStars } from './citizen-appeal.ts'
import { citizenStory, type StoryStep } from './citizen-story.ts'
import { FILED_MAX_CHARACTERS, lettersOver, readFiling, readMobileNumber } from './filing.ts'
import { followCodeFrom, readFollowCode, writtenFollowCode } from './follow-code.ts'
import {
  CODE_TRIES_MAX,
  CODE_VALID_MS,
  codeFrom,
  codeProblem,
  CODES_COUNTED_OVER_MS,
  CODES_PER_NUMBER_MAX,
  nextCodeAt,
  readCode,
} from './proof-code.ts'

const NOW = Date.parse('2026-03-02T10:00:00+05:00')
const MINUTE_MS = 60_000
const TODAY = '2026-03-10'
const FORM = {
  kind: 'complaint',
  name: 'Gulnora Rahimova',
  phone: '90 123 45 67',
  text: 'Ruxsatnomamda ismim xato yozilgan.',
  confidential: '',
}

const taken = (at: number) => ({ at, wasTaken: true })

test('a number gets three codes an hour, and the fourth when the first is an hour old', () => {
  const asked = [taken(NOW - 50 * MINUTE_MS), taken(NOW - 20 * MINUTE_MS)]
  expect(nextCodeAt(asked, NOW)).toBeUndefined()
  expect(nextCodeAt([taken(NOW), ...asked], NOW)).toBe(NOW + 10 * MINUTE_MS)
  expect(nextCodeAt([taken(NOW), ...asked], NOW + 10 * MINUTE_MS)).toBeUndefined()
})

test('a code that could not be sent is none of the three; but there is an end to asking', () => {
  const lost = Array.from({ length: 9 }, (_none, minute) => ({
    at: NOW - minute * MINUTE_MS,
    wasTaken: false,
  }))
  expect(nextCodeAt([taken(NOW - 50 * MINUTE_MS), ...lost.slice(1)], NOW)).toBeUndefined()
  expect(nextCodeAt([taken(NOW - 50 * MINUTE_MS), ...lost], NOW)).toBe(NOW + 10 * MINUTE_MS)
})

const SEED = 20_260_302
test(`however codes are asked for, no hour has more than three of them (seed ${SEED})`, () => {
  const random = seededRandom(SEED)
  const sent: number[] = []
  let now = NOW
  for (let asked = 0; asked < 3_000; asked++) {
    now += Math.floor(random() * 25 * MINUTE_MS)
    const next = nextCodeAt(sent.map(taken), now)
    if (next === undefined) sent.push(now)
    else expect(next).toBeGreaterThan(now)
    expect(sent.filter((at) => at > now - CODES_COUNTED_OVER_MS).length).toBeLessThanOrEqual(
      CODES_PER_NUMBER_MAX,
    )
  }
})

test('a code has six digits, and is read as people type it', () => {
  expect([codeFrom(0), codeFrom(0.123_456_7), codeFrom(0.999_999_99)]).toEqual(['000000', '123456', '999999'])
  expect(readCode(' 123-456 ')).toBe('123456')
  expect(['12345', '1234567', 'abcdef', ''].map(readCode)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})

test('a code is right once, for ten minutes and five tries', () => {
  const code = { sentAt: NOW, usedAt: null, tries: 0 }
  expect(codeProblem(code, true, NOW + CODE_VALID_MS - 1)).toBeUndefined()
  expect(codeProblem(code, true, NOW + CODE_VALID_MS)).toBe('expired')
  expect(codeProblem(code, false, NOW)).toBe('wrong')
  expect(codeProblem({ ...code, tries: CODE_TRIES_MAX - 1 }, true, NOW)).toBeUndefined()
  expect(codeProblem({ ...code, tries: CODE_TRIES_MAX }, true, NOW)).toBe('spent')
  expect(codeProblem({ ...code, usedAt: NOW }, true, NOW)).toBe('spent')
})

test('a follow-up code is read in small letters and with what people put between', () => {
  const code = followCodeFrom(new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]))
  expect(code).toMatch(/^[2-9A-HJKMNP-TV-Z]{8}$/)
  for (const typed of [code, writtenFollowCode(code), ` ${writtenFollowCode(code).toLowerCase()} `])
    expect(readFollowCode(typed)).toBe(code)
  expect(readFollowCode('x'.repeat(10_000)).length).toBeLessThan(20)
})

test('a form that is filled in is a filing, cleaned but in its own words', () => {
  expect(readFiling({ ...FORM, text: `  ${FORM.text}\r\nIltimos.\0 ` })).toEqual({
    filing: {
      kind: 'complaint',
      name: 'Gulnora Rahimova',
      e164: '+998901234567',
      pinfl: null,
      text: 'Ruxsatnomamda ismim xato yozilgan.\nIltimos.',
      isConfidential: false,
    },
  })
})

test('of a person who is proven the name is known, and the telephone is left to him', () => {
  const person = { pinfl: '41203950240013', name: 'RAHIMOVA GULNORA' }
  const read = (phone: string) => readFiling({ ...FORM, name: 'Boshqa Odam', phone }, person)
  expect(read(' ')).toMatchObject({ filing: { ...person, e164: null } })
  expect(read('901234567')).toMatchObject({ filing: { ...person, e164: '+998901234567' } })
  expect(read('12')).toEqual({ problems: { phone: 'noMobileNumber' } })
})

test('each field says what is missing', () => {
  expect(readFiling({ ...FORM, kind: 'x', name: ' - ', phone: '+7 495 123 45 67', text: 'Qisqa' })).toEqual({
    problems: { kind: 'kindMissing', name: 'nameMissing', phone: 'noMobileNumber', text: 'textTooShort' },
  })
  expect(readFiling({ ...FORM, text: 'a'.repeat(FILED_MAX_CHARACTERS.text + 1) })).toEqual({
    problems: { text: 'textTooLong' },
  })
  expect(readFiling({ ...FORM, name: 'a'.repeat(FILED_MAX_CHARACTERS.name + 1) })).toEqual({
    problems: { name: 'nameTooLong' },
  })
})

test('letters are counted as they are stored: a smile is one, and so is the end of a line', () => {
  expect(lettersOver(' 😀\r\n😀 ', 3)).toBe(0)
  expect(lettersOver('abcd', 3)).toBe(1)
})

test('codes are sent to numbers of the country alone, and to none of which a part was guessed', () => {
  expect(['+998 90 123 45 67', '901234567', '8 90 123 45 67'].map(readMobileNumber)).toEqual(
    Array(3).fill('+998901234567'),
  )
  expect(['1234567', '+1 900 123 4567', '102', ''].map(readMobileNumber)).toEqual(Array(4).fill(undefined))
})

test('every status stands for a stage, and what is over says how it ended', () => {
  for (const status of APPEAL_STATUSES)
    for (const outcome of APPEAL_OUTCOMES) expect(citizenStage(status, outcome)).toBeDefined()
  expect(citizenStage('closed', 'forwarded')).toBe('forwarded')
  expect(citizenStage('notified', 'explained')).toBe('answered')
  expect(citizenStage('leavingProposed', null)).toBe('beingConsidered')
})

const anAppeal = (status: AppealStatus, track: MovedAppeal['track'] = 'general'): MovedAppeal => ({
  status,
  track,
  kind: 'complaint',
  dueOn: TODAY,
  moves: [],
})

test('a citizen adds and takes back while his appeal is open, and opens it again once there is a reply', () => {
  expect(citizenActions(anAppeal('registered'), TODAY)).toEqual(['supplement', 'withdraw'])
  expect(citizenActions(anAppeal('received'), TODAY)).toEqual(['supplement', 'withdraw'])
  expect(citizenActions(anAppeal('closed'), TODAY)).toEqual(['reopen'])
  expect(citizenActions(anAppeal('withdrawn'), TODAY)).toEqual([])
})

test('what was merged goes on in the other one, and its citizen does not take it out', () => {
  expect(citizenActions(anAppeal('merged'), TODAY)).toEqual([])
})

test('a citizen does nothing that is the staff’s, whatever the status and the track', () => {
  const others = APPEAL_ACTIONS.filter(
    (action) => action !== 'register' && !CITIZEN_ACTIONS.some((own) => own === action),
  )
  for (const status of APPEAL_STATUSES)
    for (const track of APPEAL_TRACKS)
      for (const action of others)
        expect(
          moveProblem(anAppeal(status, track), action, CITIZEN_SELF, TODAY),
          `${action} ${status}`,
        ).toBeDefined()
})

test('what has an answer is rated, from one to five', () => {
  expect([mayBeRated('answered'), mayBeRated('returned'), mayBeRated('registered')]).toEqual([
    true,
    true,
    false,
  ])
  expect(['1', '5', '0', '6', '2.5', ''].map(readStars)).toEqual([
    1,
    5,
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})

const step = (action: AppealAction, to: AppealStatus, change: Partial<StoryStep> = {}): StoryStep => ({
  action,
  to,
  at: NOW,
  details: {},
  dueOn: null,
  signature: null,
  ...change,
})

test('the story has a line each time it stood otherwise, and one each time the reply was put off', () => {
  const story = citizenStory([
    step('register', 'registered'),
    step('classify', 'classified'),
    step('edit', 'editing'),
    step('study', 'editing', { dueOn: '2026-04-02' as Day, details: { reason: 'for those who study it' } }),
    step('extend', 'editing', { dueOn: '2026-05-02' as Day, details: { reason: 'the head says why' } }),
    step('write', 'editing'),
    step('reply', 'replied'),
    step('notify', 'notified'),
    step('close', 'closed'),
  ])
  expect(story.map(({ what, dueOn, words }) => [what, dueOn, words])).toEqual([
    ['registered', null, null],
    ['beingPrepared', null, null],
    ['studied', '2026-04-02', null],
    ['extended', '2026-05-02', 'the head says why'],
    ['answered', null, null],
  ])
})

test('of an extension the story says that it was signed; a reply has its signature under its words', () => {
  const signature = { by: 'KARIMOVA DILNOZA' }
  const story = citizenStory([
    step('register', 'registered'),
    step('study', 'registered', { signature }),
    step('extend', 'registered', { signature }),
    step('reply', 'replied', { signature }),
  ])
  expect(story.map((line) => [line.what, line.signature])).toEqual([
    ['registered', null],
    ['studied', null],
    ['extended', signature],
    ['answered', null],
  ])
})

test('of what was sent on the story says to whom', () => {
  const forward = step('forward', 'forwarded', { details: { authority: 'Vazirlik', reason: 'Vakolati' } })
  expect(citizenStory([step('register', 'registered'), forward]).at(-1)).toMatchObject({
    what: 'forwarded',
    words: 'Vazirlik',
  })
})

test('a form is a report of corruption only where that was ticked', () => {
  const read = (confidential: string) => {
    const result = readFiling({ ...FORM, confidential })
    return 'filing' in result && result.filing.isConfidential
  }
  expect(['yes', '', 'no', 'true'].map(read)).toEqual([true, false, false, false])
})
