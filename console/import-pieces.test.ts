import { expect, test } from 'vitest'
import { importPieces, PIECE_MAX_CHARACTERS } from './import-pieces.ts'

const rowOf = (row: number, letters: number) => ({ row, cells: { a_uz: 'x'.repeat(letters) } })
const rowsIn = (pieces: { row: number }[][]) => pieces.map((piece) => piece.map(({ row }) => row))

test('a hundred rows go at once, and of long ones as many as the server takes (4)', () => {
  const short = Array.from({ length: 250 }, (_, at) => rowOf(at + 2, 10))
  expect(importPieces(short).pieces.map(({ length }) => length)).toEqual([100, 100, 50])
  const long = [rowOf(2, 900_000), rowOf(3, 900_000), rowOf(4, 300_000), rowOf(5, 10)]
  expect(rowsIn(importPieces(long).pieces)).toEqual([
    [2, 3],
    [4, 5],
  ])
})

test('a row that fits into no piece holds up none of the others (4)', () => {
  const { pieces, tooLong } = importPieces([rowOf(2, 10), rowOf(3, PIECE_MAX_CHARACTERS), rowOf(4, 10)])
  expect(rowsIn(pieces)).toEqual([[2, 4]])
  expect(tooLong.map(({ row }) => row)).toEqual([3])
})
