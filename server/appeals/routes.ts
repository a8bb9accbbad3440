import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { AppealCard, AppealRow, AppealsQuery, RegisterAppeal } from '#contract/appeals.ts'
import type { AppealId } from '#core/lib/ids.ts'
import { allow } from '../http-permissions.ts'
import type { AppealService } from './service.ts'

const AppealParams = z.object({ id: z.uuid().transform((id) => id as AppealId) })

export const appealRoutes =
  (appeals: AppealService): FastifyPluginAsyncZod =>
  async (app) => {
    const registerSchema = {
      summary: 'Register an appeal; the same requestKey registers once',
      body: RegisterAppeal,
      response: { 201: AppealCard },
    }
    app.post(
      '/appeals',
      { config: allow('registerAppeal'), schema: registerSchema },
      async ({ body, staff }, response) => response.code(201).send(await appeals.register(body, staff)),
    )

    const listSchema = {
      summary: 'Appeals, newest first; by due day when dueBy is given',
      querystring: AppealsQuery,
      response: { 200: z.array(AppealRow) },
    }
    app.get('/appeals', { config: allow('seeAppeals'), schema: listSchema }, ({ query }) =>
      appeals.list(query),
    )

    const cardSchema = {
      summary: 'Everything about one appeal',
      params: AppealParams,
      response: { 200: AppealCard },
    }
    app.get('/appeals/:id', { config: allow('seeAppeals'), schema: cardSchema }, ({ params }) =>
      appeals.card(params.id),
    )
  }
