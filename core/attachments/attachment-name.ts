/**
 * What a file is called. A name is shown, written into a header and proposed to whoever saves the file, so one that
 * points into folders, hides characters or turns the direction of the text is refused and not mended: who sent it
 * either erred or meant harm, and a mended name is nobody's.
 */
import type { AttachmentProblem } from './attachment-problems.ts'
import { type AttachmentType, ruleOfType } from './attachment-types.ts'

export const NAME_MAX_CHARACTERS = 160

const PATHS = /[/\\]|^\.{1,2}$|^[a-z]:/i
/** Controls, line and paragraph separators, and the marks that turn the direction of what follows. */
const CONTROLS = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u

export function nameProblem(name: string): AttachmentProblem | undefined {
  const trimmed = name.trim()
  if (trimmed === '') return 'fileNameMissing'
  if (CONTROLS.test(name) || !name.isWellFormed()) return 'fileNameHasControls'
  if (PATHS.test(trimmed)) return 'fileNameHasPath'
  return [...trimmed].length > NAME_MAX_CHARACTERS ? 'fileNameTooLong' : undefined
}

/** The name under which it is kept: one that ends as its content says, whatever it ended in. */
export function keptName(name: string, type: AttachmentType): string {
  const trimmed = name.trim().normalize('NFC')
  const [extension] = ruleOfType(type).extensions
  const own = /\.([^.]+)$/.exec(trimmed)?.[1]?.toLowerCase()
  const isKnown = own !== undefined && ruleOfType(type).extensions.includes(own)
  return isKnown ? trimmed : `${trimmed}.${extension}`
}
