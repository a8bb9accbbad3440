/** The days off of 2026: article 208 of the Labour Code and the decree of 24 December 2025. The first data of a new copy. */
import type { Day } from '#core/lib/time.ts'
import { type SpecialDay, type SpecialDayKind, WEEK_TYPES, type WeekType } from './calendar.ts'

const both = WEEK_TYPES

const lines: readonly [day: Day, kind: SpecialDayKind, weeks: readonly WeekType[], name: string][] = [
  ['2025-12-31', 'extraOff', both, 'Yangi yil arafasi'],
  ['2026-01-01', 'holiday', both, 'Yangi yil'],
  ['2026-01-02', 'extraOff', both, 'Yangi yil'],
  ['2026-01-03', 'extraOff', [6], 'Yangi yil'],
  ['2026-03-08', 'holiday', both, 'Xotin-qizlar kuni'],
  ['2026-03-09', 'movedOff', both, '8-mart oʻrniga'],
  ['2026-03-20', 'holiday', both, 'Ramazon hayiti'],
  ['2026-03-21', 'holiday', both, 'Navroʻz'],
  ['2026-03-23', 'movedOff', [5], '21-mart oʻrniga'],
  ['2026-05-09', 'holiday', both, 'Xotira va qadrlash kuni'],
  ['2026-05-11', 'movedOff', [5], '9-may oʻrniga'],
  ['2026-05-27', 'holiday', both, 'Qurbon hayiti'],
  ['2026-05-28', 'extraOff', both, 'Qurbon hayiti'],
  ['2026-05-29', 'extraOff', both, 'Qurbon hayiti'],
  ['2026-05-30', 'extraOff', [6], 'Qurbon hayiti'],
  ['2026-08-31', 'extraOff', both, 'Mustaqillik kuni arafasi'],
  ['2026-09-01', 'holiday', both, 'Mustaqillik kuni'],
  ['2026-10-01', 'holiday', both, 'Oʻqituvchi va murabbiylar kuni'],
  ['2026-12-08', 'holiday', both, 'Konstitutsiya kuni'],
  ['2026-12-12', 'workingWeekend', [5], '31-dekabr oʻrniga'],
  ['2026-12-31', 'movedOff', [5], '12-dekabr oʻrniga'],
  ['2026-12-31', 'extraOff', [6], 'Yangi yil arafasi'],
]

export const SPECIAL_DAYS_2026: readonly SpecialDay[] = lines.map(([day, kind, weeks, name]) => ({
  day,
  kind,
  weeks,
  name,
}))
