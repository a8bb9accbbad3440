/** The papers of the make-believe server: what is attached to appeals. */
import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { z } from 'zod'
import { AttachmentRow, OpenedAttachment } from '#contract/attachments.ts'
import type { Me } from '#contract/staff.ts'
import { attachesTo } from '#core/attachments/attaching.ts'
import { nameProblem } from '#core/attachments/attachment-name.ts'
import { ANSWERED } from './mock-answered.ts'
import type { MockAttachment } from './mock-papers.ts'
import { Refused } from './mock-refused.ts'
import type { MockWorld } from './mock-world.ts'

type Asked = { world: MockWorld; me: Me; path: string[]; body: unknown; response: ServerResponse }

const rowsOf = (world: MockWorld, appeal: string | undefined) =>
  z.array(AttachmentRow).parse(world.papers.attachments.filter((row) => row.appeal === appeal))

function found({ world, path }: Asked): MockAttachment {
  const row = world.papers.attachments.find(({ id }) => id === path[1])
  if (!row) throw new Refused('notFound')
  return row
}

export const PAPERS: Record<string, (asked: Asked) => unknown> = {
  'GET /appeals/:id/attachments': ({ world, path }) => rowsOf(world, path[1]),
  'POST /appeals/:id/attachments': ({ world, me, path, body }) => {
    const sent = Buffer.isBuffer(body) ? body.toString('utf8') : ''
    const name = /filename="([^"]*)"/.exec(sent)?.[1] ?? ''
    const problem = nameProblem(name) ?? (name.endsWith('.docm') ? 'fileHasMacros' : undefined)
    if (problem) throw new Refused(problem)
    const appeal = world.appeals.find(({ id }) => id === path[1])
    const part = appeal && attachesTo(appeal, me.role)
    if (!part) throw new Refused('moveNotPossible')
    world.papers.attachments.push({
      id: randomUUID(),
      appeal: appeal.id,
      part,
      name,
      type: name.split('.').at(-1) ?? 'text',
      bytes: sent.length,
      addedAt: Date.now(),
      addedByName: me.name,
      removedAt: null,
      removedByName: null,
      opened: null,
    })
    return rowsOf(world, appeal.id)
  },
  'DELETE /attachments/:id': (asked) => {
    const row = found(asked)
    Object.assign(row, { name: null, removedAt: Date.now(), removedByName: asked.me.name })
    return rowsOf(asked.world, row.appeal)
  },
  'POST /attachments/:id/open': (asked) => {
    const row = found(asked)
    const { me } = asked
    row.opened = { count: (row.opened?.count ?? 0) + 1, lastAt: Date.now(), lastByName: me.name }
    return OpenedAttachment.parse({ address: `/api/files/${row.id}/ticket` })
  },
  'GET /files/:id/:ticket': (asked) => {
    const { name } = found(asked)
    asked.response
      .writeHead(200, {
        'content-type': 'application/pdf',
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name ?? '')}`,
      })
      .end('%PDF-1.4')
    return ANSWERED
  },
}
