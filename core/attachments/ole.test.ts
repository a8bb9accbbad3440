import { expect, test } from 'vitest'
import { readOle } from './ole.ts'

const SECTOR_BYTES = 512
const SHORT_UP_TO = 4096
const END = 0xfffffffe

/** A compound file with these streams: the table in sector 0, the directory behind it, then the streams. */
function ole(streams: Readonly<Record<string, Buffer>>): Buffer {
  const entries: Buffer[] = []
  const table: number[] = [0xfffffffd]
  const sectors: Buffer[] = []
  const names = Object.keys(streams)
  const directorySectors = Math.ceil(((names.length + 1) * 128) / SECTOR_BYTES)
  const chain = (count: number) => {
    const first = table.length
    for (let at = 0; at < count; at++) table.push(at === count - 1 ? END : table.length + 1)
    return count === 0 ? END : first
  }
  const put = (content: Buffer) => {
    const count = Math.ceil(content.length / SECTOR_BYTES)
    sectors.push(Buffer.concat([content, Buffer.alloc(count * SECTOR_BYTES - content.length)]))
    return chain(count)
  }
  chain(directorySectors)
  const short = names.filter((name) => (streams[name] as Buffer).length < SHORT_UP_TO)
  const minis: number[] = []
  const miniParts: Buffer[] = []
  const miniStarts = new Map<string, number>()
  for (const name of short) {
    const content = streams[name] as Buffer
    const count = Math.ceil(content.length / 64)
    miniStarts.set(name, minis.length)
    for (let at = 0; at < count; at++) minis.push(at === count - 1 ? END : minis.length + 1)
    miniParts.push(Buffer.concat([content, Buffer.alloc(count * 64 - content.length)]))
  }
  const miniStream = Buffer.concat(miniParts)
  entries.push(entry('Root Entry', 5, { start: put(miniStream), bytes: miniStream.length }))
  const miniTable = put(numbers(minis, Math.ceil(minis.length / 128) * 128))
  for (const name of names) {
    const content = streams[name] as Buffer
    const start = miniStarts.get(name) ?? put(content)
    entries.push(entry(name, 2, { start, bytes: content.length }))
  }
  const header = Buffer.alloc(SECTOR_BYTES)
  header.write('d0cf11e0a1b11ae1', 'hex')
  header.writeUInt16LE(9, 30)
  header.writeUInt16LE(6, 32)
  header.writeUInt32LE(1, 44)
  header.writeUInt32LE(1, 48)
  header.writeUInt32LE(SHORT_UP_TO, 56)
  header.writeUInt32LE(miniTable, 60)
  header.writeUInt32LE(END, 68)
  numbers([0], 109).copy(header, 76)
  const directory = Buffer.alloc(directorySectors * SECTOR_BYTES)
  Buffer.concat(entries).copy(directory)
  return Buffer.concat([header, numbers(table, 128), directory, ...sectors])
}

function numbers(given: readonly number[], count: number): Buffer {
  const bytes = Buffer.alloc(count * 4, 0xff)
  for (const [place, number] of given.entries()) bytes.writeUInt32LE(number, place * 4)
  return bytes
}

function entry(name: string, kind: number, { start, bytes }: { start: number; bytes: number }): Buffer {
  const made = Buffer.alloc(128)
  made.write(name, 0, 'utf16le')
  made.writeUInt16LE((name.length + 1) * 2, 64)
  made.writeUInt8(kind, 66)
  made.writeUInt32LE(start, 116)
  made.writeUInt32LE(bytes, 120)
  return made
}

const record = (kind: number, content: readonly number[]) =>
  Buffer.from([kind & 0xff, kind >> 8, content.length & 0xff, content.length >> 8, ...content])
const beginning = (kind: number) => record(0x0809, [0, 6, kind & 0xff, kind >> 8, 0, 0, 0, 0])
const sheet = (kind: number) => record(0x0085, [0, 0, 0, 0, 0, kind, 1, 0, 0x41])
const END_OF_PART = record(0x0a, [])
/** Filled up by cells, so that it is no short stream. */
const filled = (...records: readonly Buffer[]) =>
  Buffer.concat([...records, ...Array.from({ length: 400 }, () => record(0x0203, Array(14).fill(7)))])
const GLOBALS = beginning(0x0005)
const PLAIN = [GLOBALS, sheet(0), END_OF_PART, beginning(0x0010), END_OF_PART]
const book = (...records: readonly Buffer[]) => ole({ Workbook: Buffer.concat(records) })
const none = Buffer.alloc(0)

test.each<[what: string, file: Buffer, read: object]>([
  ['a letter', ole({ WordDocument: Buffer.from('Ariza') }), { type: 'doc' }],
  ['slides', ole({ 'PowerPoint Document': none }), { type: 'ppt' }],
  ['a workbook', book(...PLAIN), { type: 'xls' }],
  ['a long workbook', book(filled(...PLAIN)), { type: 'xls' }],
  ['one of Excel 5', ole({ Book: Buffer.concat(PLAIN) }), { type: 'xls' }],
  ['a sheet of Excel 4 macros', book(GLOBALS, sheet(0), sheet(1)), { problem: 'fileHasMacros' }],
  ['one in a long workbook', book(filled(GLOBALS, sheet(1))), { problem: 'fileHasMacros' }],
  ['one behind many cells', book(filled(GLOBALS), sheet(1)), { problem: 'fileHasMacros' }],
  ['one that calls itself a plain sheet', book(...PLAIN, beginning(0x0040)), { problem: 'fileHasMacros' }],
  ['a module of Excel 5', ole({ Book: Buffer.concat([GLOBALS, sheet(6)]) }), { problem: 'fileHasMacros' }],
  ['a workbook with a password', book(GLOBALS, record(0x2f, [1, 0, 1, 0])), { problem: 'fileEncrypted' }],
  ['VBA in a letter', ole({ WordDocument: none, Macros: none, VBA: none }), { problem: 'fileHasMacros' }],
  ['VBA in small letters', ole({ WordDocument: none, macros: none }), { problem: 'fileHasMacros' }],
  [
    'VBA in a workbook',
    ole({ Workbook: Buffer.concat(PLAIN), _VBA_PROJECT_CUR: none }),
    { problem: 'fileHasMacros' },
  ],
  [
    'macros in a workbook inside a letter',
    ole({ WordDocument: none, WORKBOOK: sheet(1) }),
    { problem: 'fileHasMacros' },
  ],
  ['a locked newer one', ole({ EncryptionInfo: none, EncryptedPackage: none }), { problem: 'fileEncrypted' }],
  ['something else', ole({ MsiDigitalSignature: none }), { problem: 'fileTypeNotTaken' }],
  ['nothing', ole({}), { problem: 'fileTypeNotTaken' }],
])('an old document, %s: %j', (_what, file, read) => {
  expect(readOle(file)).toEqual(read)
})

test('a workbook whose sectors lead in a circle or out of the file is broken, and not taken for a plain one', () => {
  const long = book(filled(...PLAIN))
  const first = new DataView(long.buffer, long.byteOffset).getUint32(SECTOR_BYTES * 2 + 128 + 116, true)
  for (const next of [first, 100_000]) {
    const broken = Buffer.from(long)
    broken.writeUInt32LE(next, SECTOR_BYTES + first * 4)
    expect(readOle(broken), String(next)).toEqual({ problem: 'fileBroken' })
  }
  expect(readOle(long.subarray(0, SECTOR_BYTES * 5)), 'cut off').toEqual({ problem: 'fileBroken' })
})

test('whatever stands in it, a file is read to an end', () => {
  const file = book(filled(...PLAIN))
  for (let at = 0; at < SECTOR_BYTES * 4; at += 4) {
    const odd = Buffer.from(file)
    odd.writeUInt32LE((at * 2_654_435_761) % 0x100000000, at)
    expect(() => readOle(odd), `byte ${at}`).not.toThrow()
  }
})
