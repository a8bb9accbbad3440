/** What a file really is, and whether it is taken: by its content, whatever it calls itself. */
import { readFile } from 'node:fs/promises'
import { fileTypeFromBuffer } from 'file-type'
import {
  type AttachmentType,
  ruleOfType,
  saysMacros,
  typeOfMime,
} from '#core/attachments/attachment-types.ts'
import type { AttachmentProblem } from '#core/attachments/attachment-problems.ts'
import { readOle } from '#core/attachments/ole.ts'
import { Refusal } from '../errors.ts'
import { lookThroughZip } from './zip.ts'

const OLE_MIME = 'application/x-cfb'
/** Control characters that no text has; a file of another kind has them within its first lines. */
// oxlint-disable-next-line no-control-regex -- These are meant.
const NO_TEXT = /[\0-\x08\x0e-\x1a\x1c-\x1f]/
/** What a browser might run, were it ever shown one. */
const MARKUP = /^\s*(<\?xml|<!doctype|<html|<svg|<script|<!--|%PDF)/i

export async function inspect(path: string): Promise<AttachmentType> {
  const content = await readFile(path)
  const found = await fileTypeFromBuffer(content).catch(() => undefined)
  if (!found) return asText(content)
  if (saysMacros(found.mime)) throw refused('fileHasMacros', found.mime)
  if (found.mime === OLE_MIME) return asOle(content)
  const type = typeOfMime(found.mime)
  if (!type) throw refused(isPacked(found.mime) ? 'archiveInArchive' : 'fileTypeNotTaken', found.mime)
  return ruleOfType(type).isZip ? await asZip(path, type) : type
}

async function asZip(path: string, type: AttachmentType): Promise<AttachmentType> {
  const seen = await lookThroughZip(path, type !== 'zip')
  if (seen.problem) throw refused(seen.problem, type)
  return seen.office ?? type
}

function asOle(content: Buffer): AttachmentType {
  const document = readOle(content)
  if (document.problem) throw refused(document.problem, OLE_MIME)
  return document.type
}

function asText(content: Buffer): AttachmentType {
  const text = readText(content)
  if (text === undefined || NO_TEXT.test(text) || MARKUP.test(text))
    throw refused('fileTypeNotTaken', 'unknown')
  return 'text'
}

/** UTF-8, or the code pages that Excel and Notepad still write here: those have no zero bytes and no control ones. */
function readText(content: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content)
  } catch {
    return content.includes(0) ? undefined : content.toString('latin1')
  }
}

/** Archives that cannot be looked into here: to be sent as a ZIP file, or one by one. */
function isPacked(mime: string): boolean {
  return /(x-rar|vnd\.rar|x-7z|gzip|x-xz|x-bzip2|x-tar|zstd|x-lzip|x-compress)/.test(mime)
}

function refused(problem: AttachmentProblem, what: string): Refusal {
  return new Refusal(problem, `The file (${what}) is not taken: ${problem}`)
}
