/** By the calendar of 2026: 8 March is a Sunday, its Monday the 9th is off; 20 and 21 March are days of Navroʻz. */
import { describe, expect, test } from 'vitest'
import { FIRST_DEADLINE_RULES } from './appeal-clock.ts'
import { isWorkingDay } from './calendar.ts'
import { addDays, type Day } from '#core/lib/time.ts'
import { lastDueWithin, warningOf } from './warnings.ts'

const { calendar } = FIRST_DEADLINE_RULES
const six = { ...calendar, week: 6 as const }

describe('of a due day one is warned', () => {
  test.each([
    ['2026-03-13', '2026-03-09', undefined, 'four working days before it: nothing yet'],
    ['2026-03-13', '2026-03-10', 'threeDaysLeft', 'three working days before it'],
    ['2026-03-13', '2026-03-11', 'threeDaysLeft', 'and until one is left'],
    ['2026-03-13', '2026-03-12', 'oneDayLeft', 'the day before'],
    ['2026-03-13', '2026-03-13', 'oneDayLeft', 'on the day itself: a reply sent on it is in time'],
    ['2026-03-13', '2026-03-14', 'overdue', 'the day after, though nobody works'],
    ['2026-03-15', '2026-03-12', 'oneDayLeft', 'due on a Sunday: it leaves on Friday'],
    ['2026-03-16', '2026-03-13', 'oneDayLeft', 'due on a Monday: on the Friday before'],
    ['2026-03-16', '2026-03-15', 'oneDayLeft', 'and over the weekend'],
  ] as const)('due %s, today %s: %s, %s', (due, today, warning, _because) => {
    expect(warningOf(due, today, calendar)).toBe(warning)
  })

  test('where six days are worked, Saturday is one of them', () => {
    expect(warningOf('2026-03-16', '2026-03-13', calendar)).toBe('oneDayLeft')
    expect(warningOf('2026-03-16', '2026-03-13', six)).toBe('threeDaysLeft')
    expect(warningOf('2026-03-16', '2026-03-14', six)).toBe('oneDayLeft')
  })
})

test('as the days pass, a warning only grows more urgent, and the last one is given on a day that is worked or before it', () => {
  const order = [undefined, 'threeDaysLeft', 'oneDayLeft', 'overdue']
  for (let due: Day = '2026-01-01'; due < '2026-12-31'; due = addDays(due, 1)) {
    let before = 0
    for (let today = addDays(due, -14); today <= addDays(due, 1); today = addDays(today, 1)) {
      const place = order.indexOf(warningOf(due, today, calendar))
      expect(place, `${due} on ${today}`).toBeGreaterThanOrEqual(before)
      before = place
    }
    expect(before).toBe(3)
  }
})

test('what is due within no working day is due before the next one', () => {
  for (let today: Day = '2026-01-01'; today < '2026-12-31'; today = addDays(today, 1)) {
    const last = lastDueWithin(0, today, calendar)
    expect(isWorkingDay(addDays(last, 1), calendar), today).toBe(true)
    expect(last >= today).toBe(true)
  }
})
