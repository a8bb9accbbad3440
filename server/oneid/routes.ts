import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { OneIdSettings, SaveOneId } from '#contract/one-id.ts'
import { allow } from '../http-permissions.ts'
import type { OneIdService } from './settings.ts'

export const oneIdRoutes =
  (oneId: OneIdService): FastifyPluginAsyncZod =>
  async (app) => {
    const config = allow('changePortal')
    const response = { 200: OneIdSettings }

    const read = { summary: 'Whether citizens sign in by OneID, and with what, without the secret', response }
    app.get('/one-id', { config, schema: read }, () => oneId.shown())

    const save = { summary: 'Change that, at once', body: SaveOneId, response }
    app.put('/one-id', { config, schema: save }, ({ body, staff }) => oneId.save(body, staff.id))
  }
