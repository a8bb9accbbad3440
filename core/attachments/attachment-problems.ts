/** How much may be attached, and every reason for which a file is not taken: each has a sentence in every language. */
export const ATTACHMENT_PROBLEMS = [
  'fileEmpty',
  'fileTooLarge',
  'tooManyFiles',
  'filesTooLarge',
  'fileNameMissing',
  'fileNameTooLong',
  'fileNameHasPath',
  'fileNameHasControls',
  'fileTypeNotTaken',
  'fileBroken',
  'fileHasMacros',
  'fileEncrypted',
  'archiveTooLarge',
  'archiveInArchive',
  'archiveHasProgram',
  'fileHasVirus',
  'fileNotScanned',
  'noRoomForFiles',
] as const
export type AttachmentProblem = (typeof ATTACHMENT_PROBLEMS)[number]

export const ATTACHMENT_MAX_BYTES = 20 * 1024 * 1024
export const ATTACHMENTS_OF_APPEAL_MAX_BYTES = 60 * 1024 * 1024
export const ATTACHMENTS_OF_APPEAL_MAX_COUNT = 20

/** Whether one more of that many bytes still fits to those that are there. */
export function fitProblem(
  there: readonly { readonly bytes: number }[],
  bytes: number,
): AttachmentProblem | undefined {
  if (there.length >= ATTACHMENTS_OF_APPEAL_MAX_COUNT) return 'tooManyFiles'
  const together = there.reduce((sum, file) => sum + file.bytes, bytes)
  return together > ATTACHMENTS_OF_APPEAL_MAX_BYTES ? 'filesTooLarge' : undefined
}
