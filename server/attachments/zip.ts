/** Looks through a ZIP file without writing any of it: its list first, and then each entry to its end, counting. */
import type { Readable } from 'node:stream'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import {
  ARCHIVE_MAX_ENTRIES,
  type ArchiveEntry,
  archiveProblem,
  BEGINNING_BYTES,
  entryProblem,
  isOddlySmall,
  officeTypeOf,
  UNPACKED_MAX_BYTES,
} from '#core/attachments/archive.ts'
import { ATTACHMENT_MAX_BYTES, type AttachmentProblem } from '#core/attachments/attachment-problems.ts'
import type { AttachmentType } from '#core/attachments/attachment-types.ts'
import { problemOfOleInside } from '#core/attachments/ole.ts'
import { beginsAsOle } from '#core/attachments/ole-stream.ts'

export type ZipSeen = { problem?: AttachmentProblem; office?: AttachmentType | undefined }

/** A document holds pictures and sheets, which may be packed themselves; a mere archive holds no further archive. */
export async function lookThroughZip(path: string, isDocument: boolean): Promise<ZipSeen> {
  let zip: ZipFile | undefined
  try {
    zip = await yauzl.openPromise(path, { autoClose: false, strictFileNames: true })
    const entries = await listed(zip)
    const problem = archiveProblem(entries.map(asListed))
    if (problem) return { problem }
    const office = officeTypeOf(entries.map(({ fileName }) => ({ name: fileName })))
    const unpacking = await unpacked(zip, entries, isDocument || office !== undefined)
    return unpacking ? { problem: unpacking } : { office }
  } catch (error) {
    return { problem: problemOf(error) }
  } finally {
    zip?.close()
  }
}

async function listed(zip: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = []
  for await (const entry of zip.eachEntry()) {
    entries.push(entry)
    if (entries.length > ARCHIVE_MAX_ENTRIES) break
  }
  return entries
}

function asListed(entry: Entry): ArchiveEntry {
  return {
    name: entry.fileName,
    packedBytes: entry.compressedSize,
    bytes: entry.uncompressedSize,
    offset: entry.relativeOffsetOfLocalHeader,
    isEncrypted: entry.isEncrypted(),
  }
}

/** The list may have lied: what comes out is counted, and stops where a bomb would begin. */
async function unpacked(
  zip: ZipFile,
  entries: readonly Entry[],
  isDocument: boolean,
): Promise<AttachmentProblem | undefined> {
  let bytes = 0
  for (const entry of entries) {
    // Whoever packs decides how little comes out at first: one byte of a program is no program yet.
    let beginning = Buffer.alloc(0)
    const document: Buffer[] = []
    let documentBytes = 0
    for await (const chunk of (await zip.openReadStreamPromise(entry)) as Readable & AsyncIterable<Buffer>) {
      if (beginning.length < BEGINNING_BYTES) {
        beginning = Buffer.concat([beginning, chunk.subarray(0, BEGINNING_BYTES)])
        const inside = entryProblem(beginning)
        if (inside === 'archiveHasProgram' || (inside && !isDocument)) return inside
      }
      // What is refused by itself for its macros is refused in an archive too.
      if (beginning.length < BEGINNING_BYTES || beginsAsOle(beginning)) {
        document.push(chunk)
        documentBytes += chunk.length
        if (documentBytes > ATTACHMENT_MAX_BYTES) return 'archiveTooLarge'
      }
      bytes += chunk.length
      if (bytes > UNPACKED_MAX_BYTES || isOddlySmall(zip.fileSize, bytes)) return 'archiveTooLarge'
    }
    const inside = problemOfOleInside(Buffer.concat(document))
    if (inside) return inside
  }
  return undefined
}

/** What the reader says of names and sizes; anything else is a file that is broken. */
function problemOf(error: unknown): AttachmentProblem {
  const message = error instanceof Error ? error.message : String(error)
  if (/relative path|absolute path|invalid characters in fileName/i.test(message)) return 'fileNameHasPath'
  return /too many bytes/i.test(message) ? 'archiveTooLarge' : 'fileBroken'
}
