import { expect, test } from 'vitest'
import type { AppealKind } from '#core/appeals/appeal-kind.ts'
import type { Day } from '#core/lib/time.ts'
import { appealClock, type ClockFacts, FIRST_DEADLINE_RULES } from './appeal-clock.ts'
import type { Roll } from './due-day.ts'
import type { Grant } from './time-limits.ts'

const at = (moment: string) => Date.parse(`${moment.replace(' ', 'T')}:00+05:00`)

function facts(kind: AppealKind, received: string, with_: Partial<ClockFacts> = {}): ClockFacts {
  return { kind, track: 'general', receivedAt: at(received), grants: [], ...with_ }
}

/** Received, what it is, granted → registered on, due on; the articles in the order of the steps; why. */
const lines: [
  received: string,
  kind: AppealKind,
  granted: Grant[],
  registered: Day,
  due: Day,
  articles: string,
  because: string,
][] = [
  ['2026-03-02 10:00', 'application', [], '2026-03-02', '2026-03-17', '23 23 28', 'fifteen days'],
  ['2026-03-02 10:00', 'complaint', [], '2026-03-02', '2026-03-17', '23 23 28', 'the same for a complaint'],
  ['2026-03-02 18:00', 'complaint', [], '2026-03-03', '2026-03-18', '23 23 28', 'after working hours'],
  [
    '2026-03-06 19:00',
    'application',
    [],
    '2026-03-10',
    '2026-03-25',
    '23 23 28',
    'past 8 March, moved to the 9th',
  ],
  [
    '2026-03-19 17:30',
    'application',
    [],
    '2026-03-24',
    '2026-04-08',
    '23 23 28',
    'a short day before a holiday',
  ],
  ['2026-03-19 16:30', 'application', [], '2026-03-19', '2026-04-03', '23 23 28', 'within the short day'],
  [
    '2026-03-21 12:00',
    'application',
    [],
    '2026-03-24',
    '2026-04-08',
    '23 23 28',
    'Navroʻz on a Saturday, moved',
  ],
  [
    '2026-12-12 11:00',
    'application',
    [],
    '2026-12-12',
    '2026-12-27',
    '23 23 28 –',
    'a Saturday worked by decree',
  ],
  ['2026-12-30 18:30', 'complaint', [], '2027-01-01', '2027-01-16', '23 23 28 –', 'no calendar of 2027 yet'],
  ['2026-01-31 10:00', 'proposal', [], '2026-02-02', '2026-03-02', '23 23 28', 'a Saturday; then one month'],
  ['2026-12-31 10:00', 'proposal', [], '2027-01-01', '2027-02-01', '23 23 28', 'the 31st is moved off'],
  ['2026-08-31 10:00', 'proposal', [], '2026-09-02', '2026-10-02', '23 23 28', 'two days off in a row'],
  ['2026-03-31 10:00', 'proposal', [], '2026-03-31', '2026-04-30', '23 23 28', 'April has no 31st'],
  [
    '2026-01-30 10:00',
    'application',
    ['study'],
    '2026-01-30',
    '2026-02-28',
    '23 23 28 28 –',
    'February is short; a Saturday stays',
  ],
  [
    '2026-03-02 10:00',
    'application',
    ['study'],
    '2026-03-02',
    '2026-04-02',
    '23 23 28 28',
    'a study: a month in all',
  ],
  [
    '2026-03-02 10:00',
    'application',
    ['extension'],
    '2026-03-02',
    '2026-04-17',
    '23 23 28 28',
    'a month more',
  ],
  [
    '2026-03-02 10:00',
    'complaint',
    ['study', 'extension'],
    '2026-03-02',
    '2026-05-02',
    '23 23 28 28 28 –',
    'both; a Saturday stays',
  ],
  [
    '2026-03-02 10:00',
    'proposal',
    ['study'],
    '2026-03-02',
    '2026-04-02',
    '23 23 28',
    'no longer; that he is told has its own day',
  ],
]

test.each(lines)('%s: %s %j is registered %s, due %s (articles %s): %s', (...line) => {
  const [received, kind, grants, registered, due, articles] = line
  const clock = appealClock(facts(kind, received, { grants }), FIRST_DEADLINE_RULES)
  expect([clock.registeredOn, clock.dueOn]).toEqual([registered, due])
  expect(
    clock.steps.map(({ article }) => (article === '' ? '–' : /\d+(?=-modda)/.exec(article)?.[0])).join(' '),
  ).toBe(articles)
})

const rolls: [roll: Roll, due: Day, last: string][] = [
  ['none', '2026-03-08', 'staysOnDayOff'],
  ['next', '2026-03-10', 'rolledForward'],
  ['previous', '2026-03-06', 'rolledBack'],
]

test.each(rolls)('rolled %s, what falls on 8 March is due %s: %s', (roll, due, last) => {
  const clock = appealClock(facts('application', '2026-02-20 18:30', { registeredOn: '2026-02-21' }), {
    ...FIRST_DEADLINE_RULES,
    roll,
  })
  expect([clock.dueOn, clock.steps.at(-1)?.text]).toEqual([due, last])
})

test('opened again it has the limit of a repeated appeal, from the day of that', () => {
  const { dueOn, registeredOn, steps } = appealClock(
    facts('application', '2026-03-02 10:00', { reopenedAt: at('2026-04-03 18:30') }),
    FIRST_DEADLINE_RULES,
  )
  expect([registeredOn, dueOn]).toEqual(['2026-03-02', '2026-04-21'])
  expect(steps.map(({ text, day }) => `${text} ${day}`)).toEqual([
    'receivedInTime 2026-03-02',
    'reopened 2026-04-06',
    'fifteenDays 2026-04-21',
  ])
})

test('the test-score apellyatsiya has a day of registration and no due day of this law', () => {
  const { dueOn, steps } = appealClock(
    facts('application', '2026-03-02 10:00', { track: 'testScore' }),
    FIRST_DEADLINE_RULES,
  )
  expect([dueOn, steps.at(-1)?.text]).toEqual([null, 'ownProcedure'])
})
