/**
 * A file of questions and answers as rows: XLSX, its first sheet with the names of the columns on top, or JSON, a list of
 * objects. It is unpacked here and not on the server: an archive made to fill a memory fills that of this page.
 */
import { rowsOfTable } from '#core/knowledge/import-rows.ts'

export const FILE_MAX_BYTES = 10 * 1024 * 1024
export const FILE_ROWS_MAX = 5_000

export type TableProblem = 'tooLarge' | 'unreadable'
export type ReadTable = { rows: ReturnType<typeof rowsOfTable> } | { problem: TableProblem }

export async function readTable(file: File): Promise<ReadTable> {
  if (file.size > FILE_MAX_BYTES) return { problem: 'tooLarge' }
  const isSheet = file.name.toLowerCase().endsWith('.xlsx')
  const rows = await (isSheet ? readSheetRows(file) : readJsonRows(file)).catch(() => undefined)
  if (!rows || rows.length === 0) return { problem: 'unreadable' }
  return rows.length > FILE_ROWS_MAX ? { problem: 'tooLarge' } : { rows }
}

async function readSheetRows(file: File) {
  const { readSheet } = await import('read-excel-file/universal')
  const table: readonly (readonly unknown[])[] = await readSheet(await file.arrayBuffer())
  return rowsOfTable(table.map((row) => row.map(withoutDates)))
}

/** A cell that is a day is written as people write it; what crosses the network has no dates. */
function withoutDates(cell: unknown): unknown {
  return cell instanceof Date && !Number.isNaN(cell.getTime()) ? cell.toISOString().slice(0, 10) : cell
}

/** The first object is row 1. */
async function readJsonRows(file: File) {
  const list: unknown = JSON.parse(await file.text())
  if (!Array.isArray(list)) return undefined
  return list.map((cells: unknown, place) => ({
    row: place + 1,
    cells: typeof cells === 'object' && cells !== null ? (cells as Record<string, unknown>) : {},
  }))
}
