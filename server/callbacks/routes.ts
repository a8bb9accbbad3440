import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { CallbackRow } from '#contract/callbacks.ts'
import type { CallbackId } from '#core/lib/ids.ts'
import { allow } from '../http-permissions.ts'
import type { CallbackService } from './service.ts'

const CallbackParams = z.object({ id: z.uuid().transform((id) => id as string as CallbackId) })

export const callbackRoutes =
  (callbacks: CallbackService): FastifyPluginAsyncZod =>
  async (app) => {
    const listSchema = {
      summary: 'Citizens to be called back by their place, then the latest that were',
      response: { 200: z.array(CallbackRow) },
    }
    app.get('/callbacks', { config: allow('seeAllCalls'), schema: listSchema }, () => callbacks.list())

    const cancelSchema = {
      summary: 'Cancel a callback that is still waiting',
      params: CallbackParams,
      response: { 204: z.null() },
    }
    app.post(
      '/callbacks/:id/cancel',
      { config: allow('cancelCallbacks'), schema: cancelSchema },
      async ({ params, staff }, response) => {
        callbacks.cancel(params.id, staff.id)
        return response.code(204).send(null)
      },
    )
  }
