/** When the office works, as an administrator edits it, and which appeals a change has moved. */
import { z } from 'zod'
import { SPECIAL_DAY_KINDS } from '#core/deadlines/calendar.ts'
import { DAY_NAME_MAX_CHARACTERS, SPECIAL_DAYS_MAX } from '#core/deadlines/calendar-form.ts'
import { ROLLS } from '#core/deadlines/due-day.ts'
import { OTHER_DUTIES } from '#core/deadlines/duties.ts'
import { type Day as CalendarDay, isDay } from '#core/lib/time.ts'

/** A refinement does not narrow the type by itself, and a transformation could not be sent back. */
const Day = z.string().refine(isDay) as z.ZodType as z.ZodType<CalendarDay, CalendarDay>
const Week = z.union([z.literal(5), z.literal(6)])
const Minute = z.number().int().min(0).max(1_440)

export const SpecialDay = z.object({
  day: Day,
  kind: z.enum(SPECIAL_DAY_KINDS),
  weeks: z.array(Week).min(1).max(2),
  name: z.string().trim().min(1).max(DAY_NAME_MAX_CHARACTERS),
})

export const CalendarForm = z.object({
  week: Week,
  roll: z.enum(ROLLS),
  fromMinute: Minute,
  toMinute: Minute,
  days: z.array(SpecialDay).max(SPECIAL_DAYS_MAX),
})

export const SaveCalendar = z.object({
  /** The version that was edited: whoever saved meanwhile is not overwritten. */
  basedOn: z.number().int().min(0),
  form: CalendarForm,
})
export type SaveCalendar = z.infer<typeof SaveCalendar>

export const CalendarCard = z.object({
  /** 0 until somebody saves one. */
  version: z.number().int(),
  form: CalendarForm,
  savedAt: z.number().nullable(),
  savedByName: z.string().nullable(),
})
export type CalendarCard = z.infer<typeof CalendarCard>

const Moved = z.object({
  id: z.uuid(),
  number: z.string(),
  dueFrom: z.string().nullable(),
  dueTo: z.string().nullable(),
  controlFrom: z.string().nullable(),
  controlTo: z.string().nullable(),
  /** Of the days beside that of the reply those that moved. */
  others: z.array(
    z.object({ duty: z.enum(OTHER_DUTIES), from: z.string().nullable(), to: z.string().nullable() }),
  ),
})

export const SavedCalendar = z.object({
  calendar: CalendarCard,
  movedCount: z.number().int(),
  /** The first of them, by number. */
  moved: z.array(Moved),
})
export type SavedCalendar = z.infer<typeof SavedCalendar>
