/** Where a gateway reports what became of messages. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { MessageService } from './service.ts'

/** What follows is the gateway's secret. */
export const SMS_REPORTS = '/sms-reports/'
const REPORTS_MAX_BYTES = 256 * 1024

export const messageRoutes =
  (messages: Pick<MessageService, 'takeReports'>): FastifyPluginAsyncZod =>
  async (app) => {
    // A program sends them and no page; what it proves itself by is the address, which the service asks for.
    const config = { public: true as const, ownForm: true as const }
    const schema = { hide: true, params: z.object({ token: z.string().max(200) }) }
    app.post(
      `${SMS_REPORTS}:token`,
      { config, schema, bodyLimit: REPORTS_MAX_BYTES },
      async ({ body, params }) => {
        await messages.takeReports(params.token, body)
        return {}
      },
    )
  }
