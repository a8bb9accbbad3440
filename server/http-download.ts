/** What somebody sent or we made, handed out as a file: it is saved and never shown, so that no page of ours runs what is in it. */
import type { FastifyReply } from 'fastify'
import type { Readable } from 'node:stream'

export type Download = {
  readonly name: string
  readonly mime: string
  readonly bytes: number
  stream(): Readable
}

export function sendDownload(response: FastifyReply, file: Download) {
  const plain = file.name.replace(/[^\w .()-]/g, '_')
  return response
    .type(file.mime)
    .header('Content-Length', file.bytes)
    .header(
      'Content-Disposition',
      `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    )
    .header('Content-Security-Policy', "sandbox; default-src 'none'")
    .header('X-Content-Type-Options', 'nosniff')
    .header('Cache-Control', 'no-store')
    .send(file.stream())
}
