/** Calls that agents promise to whoever called. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { CallbackOptions, PromiseCallback } from '#contract/callbacks.ts'
import type { AgentId, CallId } from '#core/lib/ids.ts'
import { Refusal } from '../errors.ts'
import { allow } from '../http-permissions.ts'
import type { CallService } from './service.ts'

const CallParams = z.object({ id: z.uuid().transform((id) => id as string as CallId) })

export const promiseRoutes =
  (calls: Pick<CallService, 'agentsOfCall' | 'promises'>): FastifyPluginAsyncZod =>
  async (app) => {
    const { promises } = calls
    const config = allow('takeCalls')

    /** Whoever talked promises; to anybody else the call does not exist. */
    async function mustBeIn(call: CallId, agent: AgentId): Promise<void> {
      if (!(await calls.agentsOfCall(call))?.includes(agent))
        throw new Refusal('notFound', `No call ${call} of ${agent}`)
    }

    const optionsSchema = {
      summary: 'Whether whoever called can be promised a call, and which he was',
      params: CallParams,
      response: { 200: CallbackOptions },
    }
    app.get('/calls/:id/callback', { config, schema: optionsSchema }, async ({ params, staff }) => {
      await mustBeIn(params.id, staff.id)
      return await promises.optionsOf(params.id)
    })

    const promiseSchema = {
      summary: 'Promise a call to whoever called: by the queue or by oneself, at once or at a moment',
      params: CallParams,
      body: PromiseCallback,
      response: { 204: z.null() },
    }
    app.post(
      '/calls/:id/callback',
      { config, schema: promiseSchema },
      async ({ params, body, staff }, response) => {
        await mustBeIn(params.id, staff.id)
        await promises.promise(params.id, body, staff.id)
        return response.code(204).send(null)
      },
    )
  }
