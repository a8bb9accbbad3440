/**
 * A file of questions and answers as rows: XLSX, its first sheet with the names of the columns on top, or JSON, a list of
 * objects. It is unpacked here and not on the server; an archive made to fill a memory is not unpacked at all.
 */
import { rowsOfList, rowsOfTable, type TableRow } from '#core/knowledge/import-rows.ts'
import { unpackedBytes } from './unpacked-bytes.ts'

export const FILE_MAX_BYTES = 10 * 1024 * 1024
export const FILE_ROWS_MAX = 5_000
/** Ten times what is read of a file; text packs no tighter. */
const UNPACKED_MAX_BYTES = 100 * 1024 * 1024

export type TableProblem = 'tooLarge' | 'unreadable' | 'noColumns'
export type ReadTable = { rows: TableRow[] } | { problem: TableProblem }

export async function readTable(file: File): Promise<ReadTable> {
  if (file.size > FILE_MAX_BYTES) return { problem: 'tooLarge' }
  const isSheet = file.name.toLowerCase().endsWith('.xlsx')
  const read = await (isSheet ? readSheetRows(file) : readJsonRows(file)).catch(unreadable)
  if ('problem' in read) return read
  if (read.rows.length === 0) return unreadable()
  return read.rows.length > FILE_ROWS_MAX ? { problem: 'tooLarge' } : read
}

const unreadable = (): ReadTable => ({ problem: 'unreadable' })
const under = (rows: TableRow[] | undefined): ReadTable => (rows ? { rows } : { problem: 'noColumns' })

async function readSheetRows(file: File): Promise<ReadTable> {
  const packed = await file.arrayBuffer()
  if (unpackedBytes(packed) > UNPACKED_MAX_BYTES) return { problem: 'tooLarge' }
  const { readSheet } = await import('read-excel-file/universal')
  const table: readonly (readonly unknown[])[] = await readSheet(packed)
  return under(rowsOfTable(table.map((row) => row.map(withoutDates))))
}

/** A cell that is a day is written as people write it; what crosses the network has no dates. */
function withoutDates(cell: unknown): unknown {
  return cell instanceof Date && !Number.isNaN(cell.getTime()) ? cell.toISOString().slice(0, 10) : cell
}

async function readJsonRows(file: File): Promise<ReadTable> {
  const list: unknown = JSON.parse(await file.text())
  return Array.isArray(list) ? under(rowsOfList(list)) : unreadable()
}
