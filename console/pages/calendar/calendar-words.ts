/** The calendar in words. */
import type { SpecialDayKind, WeekType } from '#core/deadlines/calendar.ts'
import type { CalendarFault } from '#core/deadlines/calendar-form.ts'
import type { Roll } from '#core/deadlines/due-day.ts'
import { t } from '../../i18n.ts'

export function weekText(week: WeekType): string {
  return week === 5 ? t('five-day week') : t('six-day week')
}

export function dayKindText(kind: SpecialDayKind): string {
  switch (kind) {
    case 'holiday':
      return t('holiday by the Labour Code')
    case 'extraOff':
      return t('day off by decree')
    case 'movedOff':
      return t('day off moved here')
    case 'workingWeekend':
      return t('weekend that is worked')
    case 'short':
      return t('an hour shorter')
  }
}

export function rollText(roll: Roll): string {
  switch (roll) {
    case 'none':
      return t('stays; the office plans for the working day before')
    case 'next':
      return t('moves to the next working day')
    case 'previous':
      return t('moves to the working day before')
  }
}

export function faultText(fault: CalendarFault): string {
  switch (fault) {
    case 'noSuchDay':
      return t('there is no such day')
    case 'twice':
      return t('the day is there twice for the same week')
    case 'noWeek':
      return t('it counts for no week')
    case 'noName':
      return t('it has no name')
    case 'workedAnyway':
      return t('this day is worked anyway')
    case 'noHour':
      return t('there is no such hour')
    case 'hoursBackwards':
      return t('the office closes before it opens')
    case 'tooMany':
      return t('these are too many days')
  }
}
