/**
 * The days beside that of the reply. By the calendar of 2026: 8 March is a Sunday and the 9th off for it, 20 and 21 March
 * are off and the 23rd for the 21st where five days are worked, 27 to 29 May are off, Saturday 12 December is worked.
 */
import { describe, expect, test } from 'vitest'
import type { AppealKind } from '#core/appeals/appeal-kind.ts'
import { addDays, type Day } from '#core/lib/time.ts'
import { seededRandom } from '#core/lib/seeded-random.ts'
import { type AppealClock, appealClock, type ClockFacts, FIRST_DEADLINE_RULES } from './appeal-clock.ts'
import type { Roll } from './due-day.ts'
import { nextDuty, OTHER_DUTIES } from './duties.ts'
import { GRANTS } from './time-limits.ts'
import { lastWarnedOf, warningOf } from './warnings.ts'

const SEED = Number(process.env.SEED ?? 20_261_126)
const at = (moment: string) => Date.parse(`${moment.replace(' ', 'T')}:00+05:00`)
const rulesOf = (roll: Roll, week: 5 | 6 = 5) => ({
  ...FIRST_DEADLINE_RULES,
  roll,
  calendar: { ...FIRST_DEADLINE_RULES.calendar, week },
})

function facts(received: string, with_: Partial<ClockFacts> = {}): ClockFacts {
  return { kind: 'application', track: 'general', receivedAt: at(received), grants: [], ...with_ }
}

const articlesOf = (steps: AppealClock['steps'] | undefined) =>
  (steps ?? []).map(({ article }) => (article === '' ? '–' : /\d+(?=-modda)/.exec(article)?.[0])).join(' ')

/** Received → rolled → by when; the articles in the order of the steps; why. */
type Line = [received: string, roll: Roll, due: Day, articles: string, because: string]

const sentOn: Line[] = [
  ['2026-02-26 10:00', 'none', '2026-03-03', '23 23 25', 'five days, past the end of February'],
  ['2026-01-29 10:00', 'none', '2026-02-03', '23 23 25', 'past the end of January'],
  ['2026-12-28 10:00', 'none', '2027-01-02', '23 23 25 –', 'across the year, to a Saturday'],
  ['2026-03-02 10:00', 'none', '2026-03-07', '23 23 25 –', 'a Saturday stays'],
  ['2026-03-02 10:00', 'previous', '2026-03-06', '23 23 25 –', 'or it is the Friday before'],
  ['2026-03-02 18:00', 'none', '2026-03-08', '23 23 25 –', 'after working hours: from the next day'],
  ['2026-03-03 10:00', 'next', '2026-03-10', '23 23 25 –', 'past 8 March and the day off for it'],
  ['2026-03-06 19:00', 'none', '2026-03-15', '23 23 25 –', 'registered after 8 March: from the 10th'],
  ['2026-03-05 10:00', 'next', '2026-03-10', '23 23 25', 'the days off between are counted too'],
  ['2026-03-18 10:00', 'next', '2026-03-24', '23 23 25 –', 'the 23rd is off for the 21st'],
  ['2026-03-18 10:00', 'previous', '2026-03-19', '23 23 25 –', 'past Navroʻz, backwards'],
  ['2026-12-07 10:00', 'next', '2026-12-12', '23 23 25', 'a Saturday worked by decree is worked'],
]

test.each(sentOn)('received %s, rolled %s: sent on by %s (articles %s): %s', (...line) => {
  const [received, roll, due, articles] = line
  const { forwarding, notice } = appealClock(facts(received), rulesOf(roll)).others
  expect([forwarding?.dueOn, notice]).toEqual([due, null])
  expect(articlesOf(forwarding?.steps)).toBe(articles)
})

const toldOf: Line[] = [
  ['2026-03-02 10:00', 'none', '2026-03-12', '23 23 28', 'ten days'],
  ['2026-02-20 10:00', 'none', '2026-03-02', '23 23 28', 'past the end of February'],
  ['2026-01-31 10:00', 'none', '2026-02-12', '23 23 28', 'a Saturday: from the Monday'],
  ['2026-02-26 10:00', 'none', '2026-03-08', '23 23 28 –', '8 March stays'],
  ['2026-02-26 10:00', 'next', '2026-03-10', '23 23 28 –', 'or is moved past the day off for it'],
  ['2026-05-18 10:00', 'next', '2026-06-01', '23 23 28 –', 'past Qurbon hayiti and the weekend'],
  ['2026-05-18 10:00', 'previous', '2026-05-26', '23 23 28 –', 'to the short day before it'],
  ['2026-12-02 19:00', 'next', '2026-12-14', '23 23 28 –', 'from the 3rd; the 13th is a Sunday'],
  ['2026-12-02 10:00', 'next', '2026-12-12', '23 23 28', 'a Saturday worked by decree is worked'],
]

test.each(toldOf)('a proposal of %s, rolled %s: told of its study by %s (articles %s): %s', (...line) => {
  const [received, roll, due, articles] = line
  const proposal = facts(received, { kind: 'proposal', grants: ['study'] })
  const { notice } = appealClock(proposal, rulesOf(roll)).others
  expect([notice?.dueOn, articlesOf(notice?.steps)]).toEqual([due, articles])
})

test('where six days are worked, what is off for five alone moves nothing', () => {
  expect(appealClock(facts('2026-03-18 10:00'), rulesOf('next', 6)).others.forwarding?.dueOn).toBe(
    '2026-03-23',
  )
})

test('each day says how it came about, from the receipt on', () => {
  const proposal = facts('2026-02-26 10:00', { kind: 'proposal', grants: ['study'] })
  const { forwarding, notice } = appealClock(proposal, rulesOf('next')).others
  expect(notice?.steps).toEqual([
    { text: 'receivedInTime', day: '2026-02-26', article: 'OʻRQ-445, 23-modda' },
    { text: 'dayZero', day: '2026-02-26', article: 'OʻRQ-445, 23-modda' },
    { text: 'proposalStudy', day: '2026-03-08', article: 'OʻRQ-445, 28-modda' },
    { text: 'rolledForward', day: '2026-03-10', article: '' },
  ])
  expect(forwarding?.steps.at(-1)).toEqual({
    text: 'sendOn',
    day: '2026-03-03',
    article: 'OʻRQ-445, 25-modda',
  })
})

test('opened again, both count from the day of that', () => {
  const again = { kind: 'proposal' as const, grants: ['study' as const], reopenedAt: at('2026-04-03 18:30') }
  const { forwarding, notice } = appealClock(facts('2026-03-02 10:00', again), rulesOf('none')).others
  expect([forwarding?.dueOn, notice?.dueOn]).toEqual(['2026-04-11', '2026-04-16'])
})

describe('a day is over', () => {
  test.each([
    ['application', {}, 'forwarding'],
    ['proposal', {}, 'forwarding'],
    ['proposal', { grants: ['study'] }, 'notice forwarding'],
    ['proposal', { grants: ['study'], isOurs: true }, 'notice'],
    ['proposal', { grants: ['study'], isOurs: true, isToldOfStudy: true }, ''],
    ['complaint', { grants: ['study'] }, 'forwarding'],
    ['complaint', { grants: ['study', 'extension'], isOurs: true }, ''],
    ['proposal', { grants: ['study'], track: 'testScore' }, ''],
    ['proposal', { grants: ['study'], track: 'trust' }, 'notice forwarding'],
  ] as const)('of a %s with %j there is: %s', (kind, known, duties) => {
    const { others } = appealClock(facts('2026-03-02 10:00', { kind, ...known }), rulesOf('none'))
    expect(OTHER_DUTIES.filter((duty) => others[duty] !== null).join(' ')).toBe(duties)
  })
})

test('in the lists an appeal stands by the first of its days, and of one day by the reply', () => {
  const days = { reply: '2026-03-17', notice: '2026-03-12', forwarding: '2026-03-07' } as const
  expect(nextDuty(days)).toEqual({ duty: 'forwarding', dueOn: '2026-03-07' })
  expect(nextDuty({ ...days, forwarding: null })).toEqual({ duty: 'notice', dueOn: '2026-03-12' })
  expect(nextDuty({ ...days, forwarding: null, notice: days.reply })?.duty).toBe('reply')
  expect(nextDuty({ reply: null, notice: null, forwarding: null })).toBeNull()
})

test('of five days one is warned when one working day is left; of ten and of the reply before', () => {
  const { calendar } = FIRST_DEADLINE_RULES
  expect(lastWarnedOf('2026-03-02', calendar)).toEqual({
    reply: '2026-03-05',
    notice: '2026-03-05',
    forwarding: '2026-03-03',
  })
  const warned = (today: Day) => warningOf('2026-03-05', today, calendar, 'forwarding')
  expect(['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-06'].map((day) => warned(day as Day))).toEqual([
    undefined,
    undefined,
    'oneDayLeft',
    'overdue',
  ])
})

test(`whatever is received and granted, each day comes with its reasons and never before its limit (seed ${SEED})`, () => {
  const random = seededRandom(SEED)
  const pick = <T>(set: readonly T[]): T => set[Math.floor(random() * set.length)] as T
  for (let round = 0; round < 500; round++) {
    const day = addDays('2026-01-01', Math.floor(random() * 360))
    const time = `${String(Math.floor(random() * 24)).padStart(2, '0')}:30`
    const appeal = facts(`${day} ${time}`, {
      kind: pick<AppealKind>(['application', 'complaint', 'proposal']),
      grants: GRANTS.filter(() => random() < 0.5),
      ...(random() < 0.3 && { reopenedAt: at(`${addDays(day, 30)} ${time}`) }),
    })
    const { dueOn, others, registeredOn, steps } = appealClock(appeal, rulesOf('none'))
    const start = steps[1]?.day as Day
    expect(start >= registeredOn && registeredOn >= day, `${day} ${time}`).toBe(true)
    expect(others.forwarding?.dueOn).toBe(addDays(start, 5))
    if (others.notice) expect(others.notice.dueOn).toBe(addDays(start, 10))
    for (const counted of [{ dueOn, steps }, others.forwarding, others.notice]) {
      if (!counted) continue
      expect(counted.steps.at(-1)?.day).toBe(counted.dueOn)
      expect(
        counted.steps.every(({ article, text }) => article !== '' || /^(stays|reopened)/.test(text)),
      ).toBe(true)
    }
    const forward = (roll: Roll) => appealClock(appeal, rulesOf(roll)).others.forwarding?.dueOn as Day
    expect(forward('previous') <= forward('none') && forward('none') <= forward('next')).toBe(true)
  }
})
