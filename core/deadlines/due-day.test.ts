import { describe, expect, test } from 'vitest'
import type { AppealKind } from '#core/appeals/appeal-kind.ts'
import type { Day } from '#core/lib/time.ts'
import {
  type Calendar,
  isShortDay,
  isWorkingDay,
  nextWorkingDay,
  SPECIAL_DAY_KINDS,
  yearsUnknown,
} from './calendar.ts'
import { SPECIAL_DAYS_2026 } from './calendar-2026.ts'
import { controlDay, dueDay, type Roll, registrationDay } from './due-day.ts'
import { after, FORWARDING_LIMIT, type Grant, PROPOSAL_STUDY_NOTICE } from './time-limits.ts'

const fiveDays: Calendar = { week: 5, specialDays: SPECIAL_DAYS_2026 }
const sixDays: Calendar = { week: 6, specialDays: SPECIAL_DAYS_2026 }

const dues: [
  kind: AppealKind,
  registered: Day,
  granted: Grant[],
  due: Day,
  article: number,
  because: string,
][] = [
  ['application', '2026-03-02', [], '2026-03-17', 28, 'fifteen days, the day of registration not among them'],
  ['complaint', '2026-03-02', [], '2026-03-17', 28, 'a complaint has as long as an application'],
  ['application', '2026-12-20', [], '2027-01-04', 28, 'across the year'],
  ['application', '2028-02-20', [], '2028-03-06', 28, 'across the 29th of February'],
  ['proposal', '2026-03-02', [], '2026-04-02', 28, 'a month is the same day of the next'],
  ['proposal', '2026-01-31', [], '2026-02-28', 28, 'or its last day'],
  ['application', '2026-03-02', ['study'], '2026-04-02', 28, 'a study makes it a month in all'],
  ['application', '2026-03-02', ['study', 'extension'], '2026-05-02', 28, 'and the head may add a month'],
  [
    'complaint',
    '2026-03-02',
    ['extension', 'study'],
    '2026-05-02',
    28,
    'in whatever order it is written down',
  ],
  ['complaint', '2026-03-02', ['extension'], '2026-04-17', 28, 'a month on top of fifteen days'],
  [
    'proposal',
    '2026-03-02',
    ['study', 'extension'],
    '2026-04-02',
    28,
    'a proposal has its month and no more',
  ],
]

test.each(dues)('%s of %s with %j is due %s (article %s): %s', (...line) => {
  const [kind, registered, granted, due, article] = line
  const answer = dueDay(kind, registered, fiveDays, { granted })
  expect(answer.due).toBe(due)
  expect(
    answer.steps
      .filter(({ text }) => text !== 'dayZero' && text !== 'staysOnDayOff')
      .map((step) => step.article),
  ).toContain(`OʻRQ-445, ${article}-modda`)
})

const rolls: [registered: Day, roll: Roll, due: Day, because: string][] = [
  ['2026-02-21', 'none', '2026-03-08', 'the law does not move a due day'],
  ['2026-02-21', 'next', '2026-03-10', 'past the holiday and the day off in its place'],
  ['2026-02-21', 'previous', '2026-03-06', 'before the weekend'],
  ['2026-05-12', 'next', '2026-06-01', 'past Qurbon hayiti, its days off and the weekend'],
  ['2026-11-27', 'next', '2026-12-12', 'a Saturday worked by decree is worked'],
]

test.each(rolls)('fifteen days after %s, rolled %s, is %s: %s', (registered, roll, due) => {
  expect(dueDay('application', registered, fiveDays, { roll }).due).toBe(due)
})

test('a due day explains itself', () => {
  expect(dueDay('application', '2026-02-08', fiveDays, { granted: ['study'], roll: 'next' }).steps).toEqual([
    { text: 'dayZero', day: '2026-02-08', article: 'OʻRQ-445, 23-modda' },
    { text: 'fifteenDays', day: '2026-02-23', article: 'OʻRQ-445, 28-modda' },
    { text: 'study', day: '2026-03-08', article: 'OʻRQ-445, 28-modda' },
    { text: 'rolledForward', day: '2026-03-10', article: '' },
  ])
  expect(dueDay('application', '2026-02-21', fiveDays).steps.at(-1)).toEqual({
    text: 'staysOnDayOff',
    day: '2026-03-08',
    article: '',
  })
})

test('the office plans for the last working day by the due day', () => {
  expect(controlDay('2026-03-08', fiveDays)).toBe('2026-03-06')
  expect(controlDay('2026-03-17', fiveDays)).toBe('2026-03-17')
})

test('the other limits count the same way', () => {
  expect(after('2026-03-02', FORWARDING_LIMIT)).toBe('2026-03-07')
  expect(after('2026-03-02', PROPOSAL_STUDY_NOTICE)).toBe('2026-03-12')
})

describe('the day of registration (article 23)', () => {
  const tashkent = (day: Day, time: string) => Date.parse(`${day}T${time}:00+05:00`)

  test.each([
    ['2026-03-02', '10:00', '2026-03-02', 'receivedInTime', 'the same day'],
    ['2026-03-02', '03:00', '2026-03-02', 'receivedInTime', 'the day is still to come'],
    ['2026-03-02', '17:59', '2026-03-02', 'receivedInTime', 'the last minute'],
    ['2026-03-02', '18:00', '2026-03-03', 'receivedAfterHours', 'after hours'],
    [
      '2026-03-06',
      '19:00',
      '2026-03-10',
      'receivedAfterHours',
      'past a weekend, a holiday and the day off in its place',
    ],
    ['2026-03-07', '10:00', '2026-03-10', 'receivedOnDayOff', 'on a Saturday'],
    ['2026-03-19', '17:30', '2026-03-24', 'receivedAfterHours', 'the eve of a holiday ends an hour earlier'],
    [
      '2026-03-02',
      '00:00',
      '2026-03-02',
      'receivedInTime',
      'at midnight of Tashkent, when it is still yesterday in London',
    ],
  ] as const)('%s %s is registered on %s, %s: %s', (day, time, registeredOn, text, _because) => {
    const answer = registrationDay(tashkent(day, time), fiveDays)
    expect([answer.registeredOn, answer.step.text]).toEqual([registeredOn, text])
  })
})

describe('the day of registration where six days are worked (article 23)', () => {
  test.each([
    ['2026-03-14', '10:00', '2026-03-14', 'a Saturday is worked'],
    ['2026-03-14', '18:00', '2026-03-16', 'after hours, past the Sunday'],
    ['2026-03-07', '16:59', '2026-03-07', 'a Saturday before a holiday is an hour shorter'],
    [
      '2026-03-07',
      '17:00',
      '2026-03-10',
      'and what comes after it waits for the holiday and the day moved to Monday',
    ],
    ['2026-03-15', '12:00', '2026-03-16', 'on a Sunday'],
  ] as const)('%s %s is registered on %s: %s', (day, time, registeredOn, _because) => {
    expect(registrationDay(Date.parse(`${day}T${time}:00+05:00`), sixDays).registeredOn).toBe(registeredOn)
  })
})

describe('the year 2026', () => {
  test.each([
    ['2026-01-03', false, false, 'extra, although a Saturday of six days'],
    ['2026-03-07', false, true, 'a Saturday'],
    ['2026-03-09', false, false, 'instead of the 8th, a Sunday'],
    ['2026-03-23', false, true, 'instead of the 21st, a Saturday, which only five days lose'],
    ['2026-05-11', false, true, 'instead of the 9th'],
    ['2026-05-30', false, false, 'extra for six days'],
    ['2026-08-31', false, false, 'extra'],
    ['2026-12-12', true, true, 'a Saturday worked'],
    ['2026-12-31', false, false, 'in exchange, and extra'],
    ['2026-03-10', true, true, 'any Tuesday'],
    ['2026-03-15', false, false, 'any Sunday'],
  ] as const)('%s is worked in a week of five days: %s, of six: %s: %s', (day, five, six, _because) => {
    expect([isWorkingDay(day, fiveDays), isWorkingDay(day, sixDays)]).toEqual([five, six])
  })

  test('the eves of holidays are short where they are worked', () => {
    const days = [
      '2026-03-19',
      '2026-03-07',
      '2026-05-26',
      '2026-09-30',
      '2026-12-07',
      '2026-08-31',
      '2026-03-10',
    ] as const
    expect(days.map((day) => isShortDay(day, fiveDays))).toEqual([
      true,
      false,
      true,
      true,
      true,
      false,
      false,
    ])
    expect(isShortDay('2026-03-07', sixDays)).toBe(true)
  })

  test('every line is of a known kind and no line is there twice', () => {
    const lines = SPECIAL_DAYS_2026.flatMap(({ day, weeks }) => weeks.map((week) => `${day} ${week}`))
    expect(new Set(lines).size).toBe(lines.length)
    for (const { kind, name } of SPECIAL_DAYS_2026)
      expect([SPECIAL_DAY_KINDS.includes(kind), name.length > 0]).toEqual([true, true])
  })
})

test('a calendar without a working day ends the search', () => {
  const days = Array.from({ length: 500 }, (_, n) => ({
    day: new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10) as Day,
    kind: 'extraOff' as const,
    weeks: [5] as const,
    name: 'x',
  }))
  expect(nextWorkingDay('2026-01-01', { week: 5, specialDays: days })).toBe('2026-01-02')
})

test('a year of which no holiday is known is asked for a month before it begins, and as long as it lasts', () => {
  const unknown = (today: Day, days = SPECIAL_DAYS_2026) =>
    yearsUnknown(today, { week: 5, specialDays: days })
  expect(unknown('2026-11-30')).toEqual([])
  expect(unknown('2026-12-03')).toEqual(['2027'])
  expect(unknown('2027-06-01')).toEqual(['2027'])
  expect(unknown('2027-12-31')).toEqual(['2027', '2028'])
  const newYear = { day: '2027-01-01', kind: 'holiday', weeks: [5, 6], name: 'Yangi yil' } as const
  expect(unknown('2026-12-03', [...SPECIAL_DAYS_2026, newYear])).toEqual([])
  expect(unknown('2026-12-03', [...SPECIAL_DAYS_2026, { ...newYear, kind: 'extraOff' }])).toEqual(['2027'])
})
