/** A file comes in: its name, its size, its content and, where there is such a program, its viruses are looked at. */
import { keptName, nameProblem } from '#core/attachments/attachment-name.ts'
import { ATTACHMENT_MAX_BYTES } from '#core/attachments/attachment-problems.ts'
import type { AttachmentType } from '#core/attachments/attachment-types.ts'
import { Refusal } from '../errors.ts'
import type { FileService, KeptFile } from '../files/service.ts'
import { inspect } from './inspect.ts'
import type { VirusScan } from './ports.ts'

export type SentFile = { readonly name: string; readonly content: AsyncIterable<Uint8Array> }

/** Looked through and kept, and attached to nothing yet. */
export type ReceivedFile = KeptFile & { readonly name: string; readonly type: AttachmentType }

type Deps = { files: FileService; virusScan: VirusScan | undefined }

/** Takes a file in, or refuses it with the reason; what is refused leaves nothing. */
export const receiver =
  ({ files, virusScan }: Deps) =>
  async ({ content, name }: SentFile): Promise<ReceivedFile> => {
    const badName = nameProblem(name)
    if (badName) throw new Refusal(badName, 'The name of the file cannot be used')
    const arrived = await files.arrive(content, ATTACHMENT_MAX_BYTES)
    try {
      const type = await inspect(arrived.path)
      const found = virusScan && (await scanned(virusScan, arrived.path))
      if (found !== undefined) throw new Refusal('fileHasVirus', `The file holds ${found}`)
      return { ...(await files.keep(arrived)), name: keptName(name, type), type }
    } finally {
      await files.discard(arrived)
    }
  }

/** A file that nobody could look at is not taken: whoever sends it may try again. */
async function scanned(virusScan: VirusScan, path: string): Promise<string | undefined> {
  try {
    return (await virusScan.scan(path)).found
  } catch (error) {
    throw new Refusal('fileNotScanned', `The virus scanner does not answer: ${String(error)}`)
  }
}
