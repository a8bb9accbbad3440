import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { DispatchSettings, DispatchTest, SaveDispatch } from '#contract/dispatch.ts'
import { allAllow } from '../http-permissions.ts'
import type { ChancellerySettings } from './settings.ts'

export const chancelleryRoutes =
  (settings: ChancellerySettings): FastifyPluginAsyncZod =>
  async (app) => {
    app.addHook('onRoute', allAllow('changeDispatch'))
    const response = { 200: DispatchSettings }

    app.get(
      '/dispatch-settings',
      { schema: { summary: 'How approved appeals reach the chancellery, without secrets', response } },
      () => settings.shown(),
    )

    app.put(
      '/dispatch-settings',
      { schema: { summary: 'Change it', body: SaveDispatch, response } },
      ({ body, staff }) => settings.save(body, staff.id),
    )

    app.post(
      '/dispatch-settings/test',
      {
        schema: {
          summary: 'Send something harmless the way that is saved',
          response: { 200: DispatchTest },
        },
      },
      ({ staff }) => settings.test(staff.id),
    )
  }
