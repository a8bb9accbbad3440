/** A large table goes to the server in pieces, each of as many rows and letters as it takes at once. */
import { IMPORT_ROWS_MAX, type ImportRows } from '#contract/knowledge.ts'

type Row = ImportRows['rows'][number]

/** Three languages of a hundred thousand letters fit, and the whole into what the server takes, whatever the script. */
export const PIECE_MAX_CHARACTERS = 2_000_000

/** A row that is too long for a piece of its own is longer than any answer may be. */
export function importPieces(rows: readonly Row[]): { pieces: Row[][]; tooLong: Row[] } {
  const pieces: Row[][] = []
  const tooLong: Row[] = []
  let left = 0
  for (const row of rows) {
    const characters = JSON.stringify(row).length
    if (characters > PIECE_MAX_CHARACTERS) {
      tooLong.push(row)
      continue
    }
    const piece = pieces.at(-1)
    if (piece && piece.length < IMPORT_ROWS_MAX && characters <= left) piece.push(row)
    else {
      pieces.push([row])
      left = PIECE_MAX_CHARACTERS
    }
    left -= characters
  }
  return { pieces, tooLong }
}
