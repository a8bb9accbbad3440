/**
 * What may stand in a ZIP file, told by its list of contents before anything of it is unpacked: by the list alone a
 * bomb, an encrypted entry, a way out of the folder or a macro is seen. A list may lie about sizes, so whoever unpacks
 * it counts, and stops at the same limits.
 */
import type { AttachmentProblem } from './attachment-problems.ts'
import type { AttachmentType } from './attachment-types.ts'

export type ArchiveEntry = {
  readonly name: string
  readonly packedBytes: number
  readonly bytes: number
  /** Where it begins in the file. */
  readonly offset: number
  readonly isEncrypted: boolean
}

export const ARCHIVE_MAX_ENTRIES = 2_000
export const UNPACKED_MAX_BYTES = 150 * 1024 * 1024
/** Text packs to a tenth, pictures hardly at all; a bomb to a thousandth. Small files may be as odd as they like. */
const PACKED_AT_MOST_TO = 100
const ODD_UP_TO_BYTES = 8 * 1024 * 1024
/** A local header before each entry. */
const ENTRY_HEADER_BYTES = 30

/** By their place in a document: of Visual Basic, of Excel 4, of LibreOffice; and documents that are made for macros, wherever they lie. */
const MACRO_FILES = [
  /(^|\/)(vbaproject\.bin|vbadata\.xml|vbaprojectsignature\.bin|basic\/script-lc\.xml)$/i,
  /^xl\/macrosheets\//i,
  /^scripts\/(python|javascript|beanshell|java)\//i,
  /\.(docm|dotm|xlsm|xltm|xlam|pptm|potm|ppsm|ppam)[. ]*$/i,
]
/** What a double click carries out. Those that are text begin as any text does, so their name is all that tells them. */
const PROGRAM_FILES =
  /\.(exe|com|scr|pif|cpl|dll|msi|msp|bat|cmd|ps1|vbs|vbe|js|jse|wsf|wsh|hta|lnk|url|reg|jar|chm|apk|iso|img|vhdx?)[. ]*$/i

export function archiveProblem(entries: readonly ArchiveEntry[]): AttachmentProblem | undefined {
  if (entries.length > ARCHIVE_MAX_ENTRIES) return 'archiveTooLarge'
  if (entries.some(({ isEncrypted }) => isEncrypted)) return 'fileEncrypted'
  if (entries.some(({ name }) => leadsOut(name))) return 'fileNameHasPath'
  if (entries.some(({ name }) => MACRO_FILES.some((macros) => macros.test(name)))) return 'fileHasMacros'
  if (entries.some(({ name }) => PROGRAM_FILES.test(name))) return 'archiveHasProgram'
  const bytes = sum(entries.map((entry) => entry.bytes))
  const packed = sum(entries.map((entry) => entry.packedBytes))
  if (bytes > UNPACKED_MAX_BYTES || isOddlySmall(packed, bytes)) return 'archiveTooLarge'
  return overlaps(entries) ? 'archiveTooLarge' : undefined
}

/** So much out of so little is no document. */
export function isOddlySmall(packedBytes: number, bytes: number): boolean {
  return bytes > ODD_UP_TO_BYTES && bytes > packedBytes * PACKED_AT_MOST_TO
}

function leadsOut(name: string): boolean {
  return /^[/\\]|^[a-z]:|\\/i.test(name) || name.split('/').includes('..') || /\p{Cc}/u.test(name)
}

/** Entries that share their bytes make a bomb without one of them being large. */
function overlaps(entries: readonly ArchiveEntry[]): boolean {
  const sorted = entries.toSorted((a, b) => a.offset - b.offset)
  return sorted.some((entry, place) => {
    const before = sorted[place - 1]
    return before !== undefined && before.offset + ENTRY_HEADER_BYTES + before.packedBytes > entry.offset
  })
}

const OFFICE_BY_PART: readonly [part: string, type: AttachmentType][] = [
  ['word/document.xml', 'docx'],
  ['xl/workbook.xml', 'xlsx'],
  ['ppt/presentation.xml', 'pptx'],
]

/** A document that calls itself a mere archive is what its parts make it. */
export function officeTypeOf(entries: readonly Pick<ArchiveEntry, 'name'>[]): AttachmentType | undefined {
  return OFFICE_BY_PART.find(([part]) => entries.some(({ name }) => name === part))?.[1]
}

const starts = (bytes: Uint8Array, ...values: readonly number[]) =>
  values.every((value, at) => bytes[at] === value)

/** So much of an entry is gathered before it is judged: more than any of the beginnings below. */
export const BEGINNING_BYTES = 8

/** What an entry of an archive must not begin with: another archive, or a program. */
export function entryProblem(first: Uint8Array): AttachmentProblem | undefined {
  // "PK", "Rar!", "7z", gzip, xz: what is packed twice cannot be looked through in bounded time.
  if (starts(first, 0x50, 0x4b, 3, 4) || starts(first, 0x52, 0x61, 0x72, 0x21)) return 'archiveInArchive'
  if (starts(first, 0x37, 0x7a, 0xbc, 0xaf) || starts(first, 0x1f, 0x8b) || starts(first, 0xfd, 0x37, 0x7a))
    return 'archiveInArchive'
  // "MZ" of Windows, ELF of Linux, a script's "#!".
  if (starts(first, 0x4d, 0x5a) || starts(first, 0x7f, 0x45, 0x4c, 0x46) || starts(first, 0x23, 0x21))
    return 'archiveHasProgram'
  return undefined
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
