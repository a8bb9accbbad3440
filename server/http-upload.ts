/** The one file of a form that a browser sends in several parts, with the fields that stand before it. */
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refusal } from './errors.ts'

const FIELDS_MAX = 8
const FIELD_MAX_BYTES = 1_000

type Upload = {
  readonly fields: Readonly<Record<string, string>>
  readonly name: string
  /** No more than a byte over what was allowed: whoever reads it notices that it is too long, and none is cut off unseen. */
  readonly content: AsyncIterable<Uint8Array>
}

export async function takeUploads(app: FastifyInstance): Promise<void> {
  if (!app.hasContentTypeParser('multipart/form-data')) await app.register(multipart)
  // A browser reads no answer before it has sent everything: what was refused half way is let go of, and not left to wait.
  app.addHook('onResponse', async ({ raw }) => {
    raw.unpipe()
    raw.resume()
  })
}

/** The name is as it was sent, with a path if it had one: that is for whoever looks the file through to refuse. */
export async function readUpload(request: FastifyRequest, maxBytes: number): Promise<Upload> {
  if (!request.isMultipart()) throw new Refusal('badInput', 'A file comes as multipart/form-data')
  const limits = { fileSize: maxBytes + 1, files: 1, fields: FIELDS_MAX, fieldSize: FIELD_MAX_BYTES }
  const part = await request
    .file({ limits, preservePath: true, throwFileSizeLimit: false })
    .catch(notReadable)
  if (!part) throw new Refusal('badInput', 'There is no file in the upload')
  const fields = Object.entries(part.fields).flatMap(([name, field]) => {
    const [one] = [field].flat()
    return one?.type === 'field' && typeof one.value === 'string' ? [[name, one.value] as const] : []
  })
  // What says only by its type that it is a file has no name.
  const name = (part.filename as string | undefined) ?? ''
  return { fields: Object.fromEntries(fields), name, content: unbroken(part.file) }
}

/** A line breaks, a form is no form: that is nobody's mistake here. */
async function* unbroken(file: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* file
  } catch (error) {
    notReadable(error)
  }
}

function notReadable(error: unknown): never {
  throw new Refusal('badInput', `The upload cannot be read: ${String(error)}`)
}

/** For a small file that is needed whole. */
export async function readWhole({ content }: Pick<Upload, 'content'>, maxBytes: number): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of content) {
    bytes += piece.length
    if (bytes > maxBytes) throw new Refusal('tooLarge', `The file is over ${maxBytes} bytes`)
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}
