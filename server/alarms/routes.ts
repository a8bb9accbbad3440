import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { AlarmRow } from '#contract/alarms.ts'
import { allow } from '../http-permissions.ts'
import type { AlarmService } from './service.ts'

const AlarmParams = z.object({ id: z.uuid() })

export const alarmRoutes =
  (alarms: AlarmService): FastifyPluginAsyncZod =>
  async (app) => {
    const config = allow('seeAlarms')

    const listSchema = {
      summary: 'Open alarms, then the latest that were resolved',
      response: { 200: z.array(AlarmRow) },
    }
    app.get('/alarms', { config, schema: listSchema }, () => alarms.list())

    const resolveSchema = { summary: 'Resolve an alarm', params: AlarmParams, response: { 204: z.null() } }
    app.post(
      '/alarms/:id/resolve',
      { config, schema: resolveSchema },
      async ({ params, staff }, response) => {
        await alarms.resolve(params.id, staff.id)
        return response.code(204).send(null)
      },
    )
  }
