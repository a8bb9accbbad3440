/** A file comes in: its name, its size, its content and, where there is such a program, its viruses are looked at. */
import { keptName, nameProblem } from '#core/attachments/attachment-name.ts'
import { ATTACHMENT_MAX_BYTES } from '#core/attachments/attachment-problems.ts'
import type { AttachmentType } from '#core/attachments/attachment-types.ts'
import { Refusal } from '../errors.ts'
import type { FileService, KeptFile } from '../files/service.ts'
import { inOrder } from '../in-order.ts'
import { inspect } from './inspect.ts'
import type { VirusScan } from './ports.ts'

export type SentFile = { readonly name: string; readonly content: AsyncIterable<Uint8Array> }

/** Looked through and kept, and attached to nothing yet. */
export type ReceivedFile = KeptFile & { readonly name: string; readonly type: AttachmentType }

/** Each holds a file in memory and keeps a core busy, which the calls need too. */
const LOOKED_THROUGH_AT_ONCE = 2
/** On the disk meanwhile, some seconds of work. */
const WAITING_MAX_FILES = 50

type Deps = { files: FileService; virusScan: VirusScan | undefined }

/** Takes a file in, or refuses it with the reason; what is refused leaves nothing. */
export function receiver({ files, virusScan }: Deps) {
  async function lookThroughNow(path: string): Promise<AttachmentType> {
    const type = await inspect(path)
    const found = virusScan && (await scanned(virusScan, path))
    if (found !== undefined) throw new Refusal('fileHasVirus', `The file holds ${found}`)
    return type
  }
  const lookThrough = inOrder(lookThroughNow, {
    atOnce: LOOKED_THROUGH_AT_ONCE,
    waitingMax: WAITING_MAX_FILES,
  })

  return async ({ content, name }: SentFile): Promise<ReceivedFile> => {
    const badName = nameProblem(name)
    if (badName) throw new Refusal(badName, 'The name of the file cannot be used')
    await files.mustHaveRoom(ATTACHMENT_MAX_BYTES)
    const arrived = await files.arrive(content, ATTACHMENT_MAX_BYTES)
    try {
      const type = await lookThrough(arrived.path)
      return { ...(await files.keep(arrived)), name: keptName(name, type), type }
    } finally {
      await files.discard(arrived)
    }
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
