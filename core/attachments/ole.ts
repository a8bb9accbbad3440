/**
 * The container of Microsoft's documents before 2007 (MS-CFB): which document it is, whether it holds macros, and
 * whether it is an encrypted one of the newer kind, which is wrapped in such a container.
 *
 * Only the directory is read: entries of 128 bytes, each at a multiple of 128, with the name in UTF-16 and its length
 * and kind behind it. Where the directory lies does not matter then, so a broken chain of sectors hides nothing.
 */
import type { AttachmentProblem } from './attachment-problems.ts'
import type { AttachmentType } from './attachment-types.ts'

const ENTRY_BYTES = 128
const NAME_MAX_BYTES = 64
/** A storage, a stream or the root. */
const ENTRY_KINDS = [1, 2, 5]

const TYPE_BY_STREAM: readonly [stream: string, type: AttachmentType][] = [
  ['WordDocument', 'doc'],
  ['Workbook', 'xls'],
  ['Book', 'xls'],
  ['PowerPoint Document', 'ppt'],
]
const MACRO_NAMES = ['_VBA_PROJECT', '_VBA_PROJECT_CUR', 'VBA', 'Macros']
const ENCRYPTED_NAMES = ['EncryptedPackage', 'EncryptionInfo']

export type OleDocument =
  | { readonly type: AttachmentType; readonly problem?: undefined }
  | { readonly problem: AttachmentProblem; readonly type?: undefined }

export function readOle(bytes: Uint8Array): OleDocument {
  const names = directoryNames(bytes)
  if (ENCRYPTED_NAMES.some((name) => names.has(name))) return { problem: 'fileEncrypted' }
  if (MACRO_NAMES.some((name) => names.has(name))) return { problem: 'fileHasMacros' }
  const type = TYPE_BY_STREAM.find(([stream]) => names.has(stream))?.[1]
  return type ? { type } : { problem: 'fileTypeNotTaken' }
}

function directoryNames(bytes: Uint8Array): ReadonlySet<string> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const names = new Set<string>()
  for (let at = 0; at + ENTRY_BYTES <= bytes.length; at += ENTRY_BYTES) {
    const length = view.getUint16(at + NAME_MAX_BYTES, true)
    const isEntry = length >= 4 && length <= NAME_MAX_BYTES && length % 2 === 0
    if (!isEntry || !ENTRY_KINDS.includes(view.getUint8(at + NAME_MAX_BYTES + 2))) continue
    const letters = Array.from({ length: length / 2 - 1 }, (_, place) => view.getUint16(at + place * 2, true))
    names.add(String.fromCharCode(...letters))
  }
  return names
}
