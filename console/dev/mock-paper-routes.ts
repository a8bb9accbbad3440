/** The papers of the make-believe server: what is attached to appeals, what is made of them, how they go out. */
import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { z } from 'zod'
import { AttachmentRow, OpenedAttachment } from '#contract/attachments.ts'
import { DispatchSettings, DispatchTest, SaveDispatch } from '#contract/dispatch.ts'
import {
  CheckedTemplate,
  DocumentRow,
  SaveDocumentSettings,
  ShownDocumentSettings,
  MakeDocument,
  TemplateRow,
} from '#contract/documents.ts'
import type { Me } from '#contract/staff.ts'
import { checkDispatch } from '#core/appeals/dispatch-form.ts'
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

const ATTACHED: Record<string, (asked: Asked) => unknown> = {
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
      addedBy: me.id,
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

const documentsOf = (world: MockWorld, appeal: string | undefined) =>
  z.array(DocumentRow).parse(world.papers.documents.filter((row) => row.appeal === appeal))

function templateOf({ world, path }: Asked): TemplateRow {
  const row = world.papers.templates.find(({ language }) => language === path[1])
  if (!row) throw new Refused('notFound')
  return row
}

function sendFile(response: ServerResponse, name: string): symbol {
  response
    .writeHead(200, {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${name}"`,
    })
    .end('x')
  return ANSWERED
}

/** What is wrong stands in the name of the file, so that a test can say it. */
const wrongPlace = (body: unknown) =>
  /filename="unknown-(\w+)\.docx"/.exec(Buffer.isBuffer(body) ? body.toString('utf8') : '')?.[1]

const DOCUMENTS: Record<string, (asked: Asked) => unknown> = {
  'GET /appeals/:id/documents': ({ world, path }) => documentsOf(world, path[1]),
  'POST /appeals/:id/documents': ({ world, me, path, body }) => {
    const { language } = MakeDocument.parse(body)
    const appeal = path[1] ?? ''
    world.papers.documents.push({
      id: randomUUID(),
      appeal,
      version: documentsOf(world, appeal).length + 1,
      language,
      wasSent: false,
      docxBytes: 6_144,
      pdfBytes: 27_648,
      pdfSha256: '0123456789abcdef'.repeat(4),
      madeAt: Date.now(),
      madeByName: me.name,
    })
    return documentsOf(world, appeal)
  },
  'GET /documents/:id/:format': ({ path, response }) => sendFile(response, `v1-uz.${path[2]}`),
  'GET /document-templates': ({ world }) => z.array(TemplateRow).parse(world.papers.templates),
  'GET /document-templates/:language/file': ({ path, response }) =>
    sendFile(response, `template-${path[1]}.docx`),
  'GET /document-templates/:language/preview': () =>
    CheckedTemplate.parse({ problems: [], notShown: [], preview: btoa('%PDF-1.4') }),
  'PUT /document-templates/:language': (asked) => {
    const row = templateOf(asked)
    const unknown = wrongPlace(asked.body)
    const problems = unknown ? [{ code: 'unknownPlace', name: unknown }] : []
    if (!unknown) saveTemplate(row, asked.me, false)
    return CheckedTemplate.parse({ problems, notShown: ['footer'], preview: btoa('%PDF-1.4') })
  },
  'DELETE /document-templates/:language': (asked) => {
    saveTemplate(templateOf(asked), asked.me, true)
    return undefined
  },
  'GET /document-settings': ({ world }) => ShownDocumentSettings.parse(world.papers.documentSettings),
  'PUT /document-settings': ({ world, body }) => {
    const { basedOn, settings } = SaveDocumentSettings.parse(body)
    if (basedOn !== world.papers.documentSettings.changedAt) throw new Refused('changedMeanwhile')
    world.papers.documentSettings = { changedAt: Math.max(Date.now(), (basedOn ?? 0) + 1), settings }
    return world.papers.documentSettings
  },
}

function saveTemplate(row: TemplateRow, me: Me, isStandard: boolean): void {
  row.version++
  row.isStandard = isStandard
  row.versions.unshift({ version: row.version, isStandard, savedAt: Date.now(), savedByName: me.name })
}

const DISPATCH: Record<string, (asked: Asked) => unknown> = {
  'GET /dispatch-settings': ({ world }) => DispatchSettings.parse(world.papers.dispatch),
  'PUT /dispatch-settings': ({ world, body }) => {
    const { basedOn, form, password, secret } = SaveDispatch.parse(body)
    const { dispatch } = world.papers
    if (basedOn !== dispatch.version) throw new Refused('changedMeanwhile')
    const problems = checkDispatch(form, dispatch, { password, secret })
    if (problems.length > 0) throw new Refused('settingsHaveProblems', problems)
    const held = {
      hasPassword: dispatch.hasPassword || Boolean(password),
      hasSecret: dispatch.hasSecret || Boolean(secret),
    }
    world.papers.dispatch = { ...dispatch, ...held, form, version: basedOn + 1 }
    return DispatchSettings.parse(world.papers.dispatch)
  },
  'POST /dispatch-settings/test': ({ world }) => {
    const isTaken = world.papers.dispatch.form.email.host !== 'away.example'
    const answer = isTaken ? '250 queued as 4711' : 'connect ECONNREFUSED'
    return DispatchTest.parse({ isTaken, answer })
  },
}

export const PAPERS: Record<string, (asked: Asked) => unknown> = { ...ATTACHED, ...DOCUMENTS, ...DISPATCH }
