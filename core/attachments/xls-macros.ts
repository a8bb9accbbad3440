/**
 * What an Excel workbook before 2007 (MS-XLS) says of itself in its records: whether it has a sheet of macros as Excel 4
 * had them, which run without any VBA, and whether it is locked by a password.
 *
 * A sheet is named twice, in the list of sheets and at its own beginning; either is believed, so that a list that calls
 * it harmless hides nothing.
 */
import type { AttachmentProblem } from './attachment-problems.ts'

const HEADER_BYTES = 4
/** A part of the workbook begins, and says of which kind it is. */
const BEGINNING = 0x0809
const SHEET = 0x0085
const PASSWORD = 0x002f
/** Of a beginning: a sheet of macros. */
const MACROS_BEGIN = 0x0040
/** Of the list of sheets: macros of Excel 4, and a module of Visual Basic as Excel 5 kept it. */
const MACRO_SHEETS = [0x01, 0x06]

export function workbookProblem(stream: Uint8Array): AttachmentProblem | undefined {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength)
  let hasMacros = false
  for (let at = 0; at + HEADER_BYTES <= stream.length; ) {
    const kind = view.getUint16(at, true)
    const length = view.getUint16(at + 2, true)
    const content = at + HEADER_BYTES
    if (content + length > stream.length) break
    // What is locked cannot be looked through.
    if (kind === PASSWORD) return 'fileEncrypted'
    if (kind === BEGINNING && length >= 4 && view.getUint16(content + 2, true) === MACROS_BEGIN)
      hasMacros = true
    if (kind === SHEET && length >= 6 && MACRO_SHEETS.includes(view.getUint8(content + 5))) hasMacros = true
    at = content + length
  }
  return hasMacros ? 'fileHasMacros' : undefined
}
