import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  AppealCard,
  AppealRow,
  AppealsQuery,
  DecideLink,
  MoveAppeal,
  RegisterAppeal,
  RegisteredAppeal,
} from '#contract/appeals.ts'
import { APPEAL_ACTIONS } from '#core/appeals/appeal-status.ts'
import { ruleOf } from '#core/appeals/move-rules.ts'
import type { AppealId } from '#core/lib/ids.ts'
import { allow } from '../http-permissions.ts'
import type { AppealService } from './service.ts'

const AppealParams = z.object({ id: z.uuid().transform((id) => id as AppealId) })

/** Whoever may do any move may ask; whether it is this one is decided with the appeal at hand. */
const MOVERS = [
  ...new Set(APPEAL_ACTIONS.flatMap((action) => ruleOf(action).may)),
  'handleTrustAppeals',
] as const

export const appealRoutes =
  (appeals: AppealService): FastifyPluginAsyncZod =>
  async (app) => {
    const registerSchema = {
      summary: 'Register an appeal; the same requestKey registers once',
      body: RegisterAppeal,
      response: { 201: RegisteredAppeal },
    }
    app.post(
      '/appeals',
      { config: allow('registerAppeal'), schema: registerSchema },
      async ({ body, staff }, response) => response.code(201).send(await appeals.register(body, staff)),
    )

    const listSchema = {
      summary: 'Appeals, newest first; the most urgent first in the lists by due day',
      querystring: AppealsQuery,
      response: { 200: z.array(AppealRow) },
    }
    app.get('/appeals', { config: allow('seeAppeals'), schema: listSchema }, ({ query, staff }) =>
      appeals.list(query, staff),
    )

    const cardSchema = {
      summary: 'Everything about one appeal; it is written down who opened it',
      params: AppealParams,
      response: { 200: AppealCard },
    }
    app.get(
      '/appeals/:id',
      // Asking for the headers alone would be written down as an opening.
      { config: allow('seeAppeals'), exposeHeadRoute: false, schema: cardSchema },
      ({ params, staff }) => appeals.open(params.id, staff),
    )

    const linkSchema = {
      summary: 'Decide whether an appeal repeats or doubles an earlier one',
      params: AppealParams,
      body: DecideLink,
      response: { 200: AppealCard },
    }
    app.put(
      '/appeals/:id/links',
      { config: allow('classifyAppeals', 'handleTrustAppeals'), schema: linkSchema },
      ({ params, body, staff }) => appeals.decideLink(params.id, body, staff),
    )

    const moveSchema = {
      summary: 'Move an appeal along its life cycle; the same requestKey moves once',
      params: AppealParams,
      body: MoveAppeal,
      response: { 200: AppealCard },
    }
    app.post(
      '/appeals/:id/moves',
      { config: allow(...MOVERS), schema: moveSchema },
      ({ params, body, staff }) => appeals.move(params.id, body, staff),
    )
  }
