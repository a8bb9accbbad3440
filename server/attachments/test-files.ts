/** For tests: files as people and others send them. */
import { deflateRawSync } from 'node:zlib'
import { strToU8, zipSync } from 'fflate'

const CONTENT_TYPES = (main: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${main}"/></Types>`
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'
const WORD_WITH_MACROS = 'application/vnd.ms-word.document.macroEnabled.main+xml'

export const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg==',
  'base64',
)
export const PROGRAM = Buffer.from(`MZ${'\0'.repeat(200)}`, 'latin1')

export const zip = (files: Record<string, Uint8Array | string>): Buffer =>
  Buffer.from(
    zipSync(
      Object.fromEntries(
        Object.entries(files).map(([name, content]) => [
          name,
          typeof content === 'string' ? strToU8(content) : content,
        ]),
      ),
    ),
  )

const word = (main: string, more: Record<string, string | Uint8Array>) =>
  zip({ '[Content_Types].xml': CONTENT_TYPES(main), 'word/document.xml': '<w:document/>', ...more })

export const DOCX = word(WORD, {})
export const DOCM = word(WORD_WITH_MACROS, { 'word/vbaProject.bin': 'x' })
/** Renamed and declared as harmless, with the macros left inside. */
export const HIDDEN_MACROS = word(WORD, { 'word/vbaProject.bin': 'x' })
export const ZIP = zip({ 'hujjatlar/ariza.txt': 'Ariza matni' })
export const ZIP_IN_ZIP = zip({ 'ichki.zip': ZIP })
export const PROGRAM_IN_ZIP = zip({ 'rasm.jpg': PROGRAM })
/** A letter of Word before 2007 with macros: as much of its directory as names them. */
export const OLD_MACROS = oldLetter('Macros')
export const OLD_LETTER = oldLetter('Data')
export const OLD_MACROS_IN_ZIP = zip({ 'ariza.doc': OLD_MACROS })
export const OLD_LETTER_IN_ZIP = zip({ 'ariza.doc': OLD_LETTER })
export const MACROS_IN_DOCX = word(WORD, { 'word/embeddings/oleObject1.bin': OLD_MACROS })
export const SHEET_IN_DOCX = word(WORD, { 'word/embeddings/Book1.xlsm': DOCX })
export const SCRIPT_IN_ZIP = zip({ 'rasm.jpg.js': 'new ActiveXObject("WScript.Shell")' })
/** Five hundred megabytes of nothing. */
export const BOMB = rawZip({
  packed: deflateRawSync(Buffer.alloc(500 * 1024 * 1024)),
  says: 500 * 1024 * 1024,
})
/** It says that little comes out of it. */
export const LYING_BOMB = rawZip({ packed: deflateRawSync(Buffer.alloc(64 * 1024 * 1024)), says: 1_000 })
export const LOCKED_ZIP = rawZip({ packed: deflateRawSync(Buffer.from('sir')), says: 3, flags: 1 })
export const LEADING_OUT = rawZip({ packed: deflateRawSync(Buffer.from('x')), says: 1, name: '../../x' })

/** Packed so that first one byte comes out, and the rest only after many blocks of nothing. */
const slowly = (content: Buffer): Buffer =>
  Buffer.concat([
    block(content.subarray(0, 1)),
    ...Array.from({ length: 40_000 }, () => block(Buffer.alloc(0))),
    block(content.subarray(1), true),
  ])
export const SLOW_PROGRAM = rawZip({ packed: slowly(PROGRAM), says: PROGRAM.length })
export const SLOW_ARCHIVE = rawZip({ packed: slowly(ZIP), says: ZIP.length })

/** What is not packed, as https://www.rfc-editor.org/rfc/rfc1951#page-11 puts it. */
function block(content: Buffer, isLast = false): Buffer {
  const head = Buffer.alloc(5)
  head.writeUInt8(isLast ? 1 : 0, 0)
  head.writeUInt16LE(content.length, 1)
  head.writeUInt16LE(0xffff - content.length, 3)
  return Buffer.concat([head, content])
}

function oldLetter(beside: string): Buffer {
  const entries = ['Root Entry', 'WordDocument', beside].map((name, place) => {
    const entry = Buffer.alloc(128)
    entry.write(name, 'utf16le')
    entry.writeUInt16LE((name.length + 1) * 2, 64)
    entry.writeUInt8(place === 0 ? 5 : 1, 66)
    return entry
  })
  const header = Buffer.alloc(512)
  header.write('d0cf11e0a1b11ae1', 'hex')
  return Buffer.concat([header, ...entries, Buffer.alloc(128)])
}

/** The smallest archive there is, whatever it says of itself. */
function rawZip(entry: { packed: Buffer; says: number; flags?: number; name?: string }): Buffer {
  const { flags = 0, name = 'a.txt', packed, says } = entry
  const common = Buffer.alloc(26)
  common.writeUInt16LE(20, 0)
  common.writeUInt16LE(flags, 2)
  common.writeUInt16LE(8, 4)
  common.writeUInt32LE(packed.length, 14)
  common.writeUInt32LE(says, 18)
  common.writeUInt16LE(name.length, 22)
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name), packed])
  const central = Buffer.concat([
    Buffer.from('PK\x01\x02', 'latin1'),
    Buffer.from([20, 0]),
    common,
    Buffer.alloc(14),
    Buffer.from(name),
  ])
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(local.length, 16)
  return Buffer.concat([local, central, end])
}

/** In pieces, as it comes from the network. */
export async function* inPieces(content: Uint8Array, bytes = 64 * 1024): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += bytes) yield content.subarray(at, at + bytes)
}

/** A line that breaks in the middle. */
export async function* brokenOff(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content.subarray(0, Math.ceil(content.length / 2))
  throw new Error('the line broke')
}
