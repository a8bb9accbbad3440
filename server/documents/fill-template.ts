/**
 * Fills a template in. The same template and facts give the same bytes: what is packed carries no moment of packing, so
 * a document can be known by its hash.
 */
import {
  createDefaultPlugins,
  type ImageContent,
  MimeType,
  TagDisposition,
  TemplateHandler,
} from 'easy-template-x'
import { unzipSync, zipSync } from 'fflate'
import type { DocumentFacts, TemplateTag } from '#core/documents/document-fields.ts'
import { qrPicture } from './qr-picture.ts'

const PACKED_AT = new Date('2026-01-01T00:00:00Z')
/** Three centimetres at 96 dots to the inch. */
const QR_PIXELS = 113

/** A letter with its pictures and fonts. What unpacks to more takes a hundred times that once it is read as XML. */
export const TEMPLATE_UNPACKED_MAX_BYTES = 8 * 1024 * 1024

const handler = new TemplateHandler({ plugins: createDefaultPlugins() })

export async function fillTemplate(template: Uint8Array, facts: DocumentFacts): Promise<Uint8Array> {
  mustBeSmall(template)
  const qr: ImageContent | string = facts.hasStatusAddress ? qrContent(facts.statusAddress) : ''
  const filled = await handler.process(Buffer.from(template), { ...facts, qr } as never)
  const parts = unzipSync(new Uint8Array(filled))
  return zipSync(parts, { mtime: PACKED_AT, level: 9 })
}

function qrContent(address: string): ImageContent {
  return {
    _type: 'image',
    source: qrPicture(address).png,
    format: MimeType.Png,
    width: QR_PIXELS,
    height: QR_PIXELS,
    altText: address,
  }
}

/** By its list alone, before anything is unpacked. That the list does not lie was seen when the file was received. */
function mustBeSmall(template: Uint8Array): void {
  let bytes = 0
  unzipSync(template, {
    filter({ originalSize }) {
      bytes += originalSize
      return false
    },
  })
  if (bytes > TEMPLATE_UNPACKED_MAX_BYTES) throw new Error(`The document unpacks to ${bytes} bytes`)
}

/** The places of a template in their order. Throws where a bracket is not closed, and where it is too large unpacked. */
export async function readTags(template: Uint8Array): Promise<TemplateTag[]> {
  mustBeSmall(template)
  const tags = await handler.parseTags(Buffer.from(template))
  return tags.map(({ disposition, name }) => ({ name, kind: KIND_OF[disposition] }))
}

const KIND_OF: Readonly<Record<TagDisposition, TemplateTag['kind']>> = {
  [TagDisposition.Open]: 'open',
  [TagDisposition.Close]: 'close',
  [TagDisposition.SelfClosed]: 'field',
}
