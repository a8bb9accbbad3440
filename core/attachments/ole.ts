/**
 * The container of Microsoft's documents before 2007 (MS-CFB): which document it is, whether it holds macros, and
 * whether it is an encrypted one of the newer kind, which is wrapped in such a container.
 *
 * Of the directory each entry is read, 128 bytes at a multiple of 128 with the name in UTF-16 and its length and kind
 * behind it. Where the directory lies does not matter then, so a broken chain of sectors hides no name. What a workbook
 * holds is read through its chain; where that is broken, nobody can say, and the file is not taken.
 */
import type { AttachmentProblem } from './attachment-problems.ts'
import type { AttachmentType } from './attachment-types.ts'
import {
  beginsAsOle,
  ENTRY_BYTES,
  type OleStreams,
  oleStreams,
  placeIn,
  type StreamPlace,
} from './ole-stream.ts'
import { workbookProblem } from './xls-macros.ts'

const NAME_MAX_BYTES = 64
const STREAM = 2
/** A storage, a stream or the root. */
const ENTRY_KINDS = [1, STREAM, 5]

/** Names are the same in small letters and in capitals. */
const TYPE_BY_STREAM: readonly [stream: string, type: AttachmentType][] = [
  ['WORDDOCUMENT', 'doc'],
  ['WORKBOOK', 'xls'],
  ['BOOK', 'xls'],
  ['POWERPOINT DOCUMENT', 'ppt'],
]
const WORKBOOKS = ['WORKBOOK', 'BOOK']
const MACRO_NAMES = ['_VBA_PROJECT', '_VBA_PROJECT_CUR', 'VBA', 'MACROS']
const ENCRYPTED_NAMES = ['ENCRYPTEDPACKAGE', 'ENCRYPTIONINFO']

export type OleDocument =
  | { readonly type: AttachmentType; readonly problem?: undefined }
  | { readonly problem: AttachmentProblem; readonly type?: undefined }

export function readOle(bytes: Uint8Array): OleDocument {
  const entries = directory(bytes)
  const names = new Set(entries.map(({ name }) => name))
  if (ENCRYPTED_NAMES.some((name) => names.has(name))) return { problem: 'fileEncrypted' }
  if (MACRO_NAMES.some((name) => names.has(name))) return { problem: 'fileHasMacros' }
  const type = TYPE_BY_STREAM.find(([stream]) => names.has(stream))?.[1]
  if (!type) return { problem: 'fileTypeNotTaken' }
  const problem = problemOfWorkbooks(bytes, entries)
  return problem ? { problem } : { type }
}

/** What lies in an archive or in another document may be of any kind; what stands against it where it is of this one. */
export function problemOfOleInside(bytes: Uint8Array): AttachmentProblem | undefined {
  const { problem } = beginsAsOle(bytes) ? readOle(bytes) : {}
  return problem === 'fileTypeNotTaken' ? undefined : problem
}

/** Also of those that lie inside a letter or a presentation. */
function problemOfWorkbooks(bytes: Uint8Array, entries: readonly Entry[]): AttachmentProblem | undefined {
  const workbooks = entries.filter(({ kind, name }) => kind === STREAM && WORKBOOKS.includes(name))
  if (workbooks.length === 0) return undefined
  const streams = oleStreams(bytes)
  const problems = workbooks.map((workbook) => problemOfWorkbook(streams, workbook))
  return problems.find((problem) => problem !== undefined)
}

function problemOfWorkbook(streams: OleStreams | undefined, workbook: Entry): AttachmentProblem | undefined {
  const content = streams?.read(workbook)
  return content === undefined ? 'fileBroken' : workbookProblem(content)
}

type Entry = StreamPlace & { readonly name: string; readonly kind: number }

function directory(bytes: Uint8Array): Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries: Entry[] = []
  for (let at = 0; at + ENTRY_BYTES <= bytes.length; at += ENTRY_BYTES) {
    const length = view.getUint16(at + NAME_MAX_BYTES, true)
    const kind = view.getUint8(at + NAME_MAX_BYTES + 2)
    const isEntry = length >= 4 && length <= NAME_MAX_BYTES && length % 2 === 0
    if (!isEntry || !ENTRY_KINDS.includes(kind)) continue
    const letters = Array.from({ length: length / 2 - 1 }, (_, place) => view.getUint16(at + place * 2, true))
    const name = String.fromCharCode(...letters).toUpperCase()
    entries.push({ name, kind, ...placeIn(bytes.subarray(at, at + ENTRY_BYTES)) })
  }
  return entries
}
