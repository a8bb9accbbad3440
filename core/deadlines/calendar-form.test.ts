import { expect, test } from 'vitest'
import { appealClock, FIRST_DEADLINE_RULES } from './appeal-clock.ts'
import type { SpecialDay } from './calendar.ts'
import {
  type CalendarForm,
  checkCalendar,
  formOfRules,
  rulesOfForm,
  SPECIAL_DAYS_MAX,
  withDays,
} from './calendar-form.ts'

const first = formOfRules(FIRST_DEADLINE_RULES)
const day = (change: Partial<SpecialDay> = {}): SpecialDay => ({
  day: '2027-01-01',
  kind: 'holiday',
  weeks: [5, 6],
  name: 'Yangi yil',
  ...change,
})
const faultsOf = (change: Partial<CalendarForm>) =>
  checkCalendar({ ...first, ...change }).map(({ fault }) => fault)

test('the calendar a copy begins with has no fault, and is the same as a form', () => {
  expect(checkCalendar(first)).toEqual([])
  expect(rulesOfForm(first)).toEqual(FIRST_DEADLINE_RULES)
})

test.each<[change: Partial<CalendarForm>, fault: string, why: string]>([
  [{ days: [day({ day: '2027-02-30' })] }, 'noSuchDay', 'February has no 30th'],
  [{ days: [day(), day({ kind: 'extraOff', weeks: [6] })] }, 'twice', 'a day is one thing for a week'],
  [{ days: [day({ weeks: [] })] }, 'noWeek', 'it would count for nobody'],
  [{ days: [day({ name: ' ' })] }, 'noName', 'nobody would know why'],
  [{ days: [day({ kind: 'workingWeekend' })] }, 'workedAnyway', 'a Friday is no weekend'],
  [{ days: [day({ day: '2027-01-02', kind: 'workingWeekend', weeks: [6] })] }, 'workedAnyway', 'six days'],
  [{ fromMinute: Number.NaN }, 'noHour', 'a field was left empty'],
  [{ fromMinute: 600, toMinute: 540 }, 'hoursBackwards', 'they close before they open'],
  [{ days: Array.from({ length: SPECIAL_DAYS_MAX + 1 }, () => day()) }, 'tooMany', 'more than a century has'],
])('%j is refused with %s: %s', (change, fault) => {
  expect(faultsOf(change)).toContain(fault)
})

test('a Saturday may be worked in a week of five days', () => {
  expect(faultsOf({ days: [day({ day: '2027-01-02', kind: 'workingWeekend', weeks: [5] })] })).toEqual([])
})

test('what is imported for a day replaces what was known of it', () => {
  const days = withDays(
    [day({ name: 'eski' }), day({ day: '2027-03-08' })],
    [day({ name: 'yangi' }), day({ day: '2026-12-31' })],
  )
  expect(days.map((one) => `${one.day} ${one.name}`)).toEqual([
    '2026-12-31 Yangi yil',
    '2027-01-01 yangi',
    '2027-03-08 Yangi yil',
  ])
})

test('a day off declared late moves the registration that is still to come, and nothing before it', () => {
  const friday = Date.parse('2026-06-05T19:00:00+05:00')
  const facts = { kind: 'application', track: 'general', receivedAt: friday, grants: [] } as const
  const days = withDays(first.days, [day({ day: '2026-06-08', kind: 'extraOff' })])
  const after = rulesOfForm({ ...first, days })
  expect([
    appealClock(facts, FIRST_DEADLINE_RULES).registeredOn,
    appealClock(facts, after).registeredOn,
  ]).toEqual(['2026-06-08', '2026-06-09'])
  expect(appealClock({ ...facts, registeredOn: '2026-06-08' }, after).registeredOn).toBe('2026-06-08')
})
