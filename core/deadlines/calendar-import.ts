/**
 * A year of the calendar as it is sent around: CSV (commas, semicolons or tabs, with a line of names on top or without),
 * JSON (a list of objects), or one day a line in words. Every row that says no day is told with the reason; the others are
 * taken all the same, for whoever reads them to decide.
 */
import type { Day } from '#core/lib/time.ts'
import { SPECIAL_DAY_KINDS, type SpecialDay, type SpecialDayKind, WEEK_TYPES } from './calendar.ts'
import { type CalendarFault, faultsOfDay } from './calendar-form.ts'

export const IMPORT_MAX_CHARACTERS = 500_000

/** `row` counts from one: the line of a text, the place in a list. */
export type RefusedRow = { readonly row: number; readonly why: CalendarFault | 'noKind' | 'notReadable' }
export type ReadCalendar = { readonly days: readonly SpecialDay[]; readonly refused: readonly RefusedRow[] }

type Row = { readonly row: number; readonly cells: readonly string[] }

export function readCalendar(text: string): ReadCalendar {
  const rows = text.trimStart().startsWith('[') ? jsonRows(text) : lineRows(text.replace(/^\ufeff/, ''))
  if (!rows) return { days: [], refused: [{ row: 1, why: 'notReadable' }] }
  const days: SpecialDay[] = []
  const refused: RefusedRow[] = []
  const seen = new Set<string>()
  for (const { row, cells } of rows) {
    const read = readRow(cells)
    if ('why' in read) {
      refused.push({ row, why: read.why })
      continue
    }
    const [fault] = faultsOfDay(read, seen)
    if (fault) refused.push({ row, why: fault })
    else days.push(read)
  }
  return { days, refused }
}

function readRow(cells: readonly string[]): SpecialDay | { why: RefusedRow['why'] } {
  const [day = '', kindWord = '', weekWords = '', ...names] = cells.map((cell) => cell.trim())
  const kind = SPECIAL_DAY_KINDS.find((one): one is SpecialDayKind => one === kindWord)
  if (!kind) return { why: /^\d{4}-\d{2}-\d{2}$/.test(day) ? 'noKind' : 'noSuchDay' }
  const weeks = WEEK_TYPES.filter((week) => weekWords.split(/[^\d]+/).includes(String(week)))
  // Whether there is such a day is looked at with everything else that may be wrong with one.
  return { day: day as Day, kind, weeks, name: names.filter(Boolean).join(' ') }
}

function jsonRows(text: string): Row[] | undefined {
  const list = parsed(text)
  if (!Array.isArray(list)) return undefined
  return list.map((one: unknown, place) => {
    const { day, kind, name, weeks } = (typeof one === 'object' && one !== null ? one : {}) as Record<
      string,
      unknown
    >
    // A day that counts for both weeks need not say so.
    const counts = weeks === undefined ? WEEK_TYPES.join(' ') : [weeks].flat().map(textOf).join(' ')
    return { row: place + 1, cells: [day, kind, counts, name].map(textOf) }
  })
}

function textOf(cell: unknown): string {
  return typeof cell === 'string' || typeof cell === 'number' ? String(cell) : ''
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Half a file, or none: the answer says that it cannot be read.
    return undefined
  }
}

const HEADER = /^["']?(day|date|kun|sana)\b/i

/** Empty lines and those that begin with # are left out. */
function lineRows(text: string): Row[] {
  return text.split(/\r?\n/).flatMap((line, place) => {
    const written = line.trim()
    if (written === '' || written.startsWith('#') || HEADER.test(written)) return []
    return [{ row: place + 1, cells: cellsOf(written) }]
  })
}

function cellsOf(line: string): string[] {
  if (/[;\t]/.test(line)) return line.split(/[;\t]/).map(unquoted)
  if (/^"?\d{4}-\d{2}-\d{2}"?,/.test(line))
    return (line.match(/("([^"]|"")*"|[^,]*)(,|$)/g) ?? []).map((cell) => unquoted(cell.replace(/,$/, '')))
  const [, day = '', kind = '', weeks = '', name = ''] = /^(\S+)\s+(\S+)\s+(\S+)\s*(.*)$/.exec(line) ?? []
  return day === '' ? [line] : [day, kind, weeks, name]
}

function unquoted(cell: string): string {
  const written = cell.trim()
  return /^".*"$/s.test(written) ? written.slice(1, -1).replaceAll('""', '"') : written
}
