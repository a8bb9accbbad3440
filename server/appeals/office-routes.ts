/** The HTTP of what an office does with many appeals at once, and with who filed one. */
import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  AppealsExport,
  BulkAppeals,
  BulkOutcome,
  ChangeFilers,
  ChangeTelephone,
  DueWarningRow,
  EditorChoice,
  ExportAppeals,
} from '#contract/appeal-office.ts'
import { AppealCard } from '#contract/appeals.ts'
import type { AppealId } from '#core/lib/ids.ts'
import { allow } from '../http-permissions.ts'
import { exportText } from './exporting.ts'
import type { AppealService } from './service.ts'
import type { Warning } from './warning.ts'

const AppealParams = z.object({ id: z.uuid().transform((id) => id as AppealId) })

/** What is in them is for whoever makes them to keep to. */
function sendInPieces(response: FastifyReply, pieces: AsyncIterable<string>): never {
  return response.type('application/json; charset=utf-8').send(Readable.from(pieces)) as never
}

export const appealOfficeRoutes =
  (appeals: AppealService, warnings: Pick<Warning, 'list'>): FastifyPluginAsyncZod =>
  async (app) => {
    const bulkSchema = {
      summary: 'Do the same to many appeals; each answers by itself, the same requestKey does it once',
      body: BulkAppeals,
      response: { 200: z.array(BulkOutcome) },
    }
    app.post(
      '/appeals/bulk',
      {
        config: allow('classifyAppeals', 'editAppeals', 'answerAppeals', 'approveConclusions'),
        schema: bulkSchema,
      },
      ({ body, staff }) => appeals.inBulk(body, staff),
    )

    const exportSchema = {
      summary: 'Take a list of appeals out: who, when and why is written and comes with it',
      body: ExportAppeals,
      response: { 200: AppealsExport },
    }
    app.post(
      '/appeals/exports',
      { config: allow('exportAppeals'), schema: exportSchema },
      async ({ body, staff }, response) =>
        sendInPieces(response, exportText(await appeals.exportChosen(body, staff))),
    )

    const warningsSchema = {
      summary: 'Warnings of due days that still stand, of those that are mine or that I answer for',
      response: { 200: z.array(DueWarningRow) },
    }
    app.get('/appeals/warnings', { config: allow('seeAppeals'), schema: warningsSchema }, ({ staff }) =>
      warnings.list(staff),
    )

    const editorsSchema = {
      summary: 'Who may be given appeals to edit',
      response: { 200: z.array(EditorChoice) },
    }
    app.get('/appeals/editors', { config: allow('seeAppeals'), schema: editorsSchema }, () =>
      appeals.editors(),
    )

    const executorsSchema = {
      summary: 'Who may be named to carry an appeal out; anybody else may be written',
      response: { 200: z.array(z.string()) },
    }
    app.get('/appeals/executors', { config: allow('answerAppeals'), schema: executorsSchema }, () =>
      appeals.executors(),
    )

    const filersSchema = {
      summary: 'Change who filed an appeal beside the citizen: co-signers, a representative',
      params: AppealParams,
      body: ChangeFilers,
      response: { 200: AppealCard },
    }
    app.put(
      '/appeals/:id/filers',
      { config: allow('classifyAppeals', 'handleTrustAppeals'), schema: filersSchema },
      ({ params, body, staff }) => appeals.changeFilers(params.id, body, staff),
    )

    const telephoneSchema = {
      summary: 'Name another telephone, which gets number and a new code, or none; one that was proven stays',
      params: AppealParams,
      body: ChangeTelephone,
      response: { 200: AppealCard },
    }
    app.put(
      '/appeals/:id/telephone',
      { config: allow('classifyAppeals', 'handleTrustAppeals'), schema: telephoneSchema },
      ({ params, body, staff }) => appeals.changeTelephone(params.id, body, staff),
    )
  }
