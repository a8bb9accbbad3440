import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { CallbackRow, CallbackSettings, SaveCallbackSettings } from '#contract/callbacks.ts'
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

    await app.register(settingsRoutes(callbacks))

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

const settingsRoutes =
  (callbacks: CallbackService): FastifyPluginAsyncZod =>
  async (app) => {
    const config = allow('changeQueues')
    const readSchema = {
      summary: 'When citizens are called back, and how often',
      response: { 200: CallbackSettings },
    }
    const shown = (): CallbackSettings => {
      const { changedAt, value } = callbacks.keptSettings()
      return { changedAt, rules: { ...value, queuesWithout: [...value.queuesWithout] } }
    }
    app.get('/callback-settings', { config, schema: readSchema }, shown)

    const changeSchema = {
      summary: 'Change that, at once',
      body: SaveCallbackSettings,
      response: { 200: CallbackSettings },
    }
    app.put('/callback-settings', { config, schema: changeSchema }, async ({ body, staff }) => {
      await callbacks.changeSettings(body, staff.id)
      return shown()
    })
  }
