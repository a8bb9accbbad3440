import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { CitizenRow, CitizensQuery } from '#contract/citizens.ts'
import { allow } from '../http-permissions.ts'
import type { CitizenService } from './service.ts'

export const citizenRoutes =
  (citizens: CitizenService): FastifyPluginAsyncZod =>
  async (app) => {
    const schema = {
      summary: 'Find citizens by name in either script, or by number',
      querystring: CitizensQuery,
      response: { 200: z.array(CitizenRow) },
    }
    app.get('/citizens', { config: allow('seeCitizens'), schema }, ({ query }) =>
      citizens.search(query.search),
    )
  }
