/** What agents send to whoever calls, and what there is to send. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  CallMessages,
  ReadyMessageSettings,
  SaveReadyMessages,
  SendReadyMessage,
} from '#contract/messages.ts'
import type { AgentId, CallId } from '#core/lib/ids.ts'
import { Refusal } from '../errors.ts'
import { allow } from '../http-permissions.ts'
import type { ReadyMessageService } from './service.ts'

const CallParams = z.object({ id: z.uuid().transform((id) => id as string as CallId) })

/** `agentsOf`: who has or had a part in a call; nothing where there is no such call. */
export const readyMessageRoutes =
  (
    ready: ReadyMessageService,
    agentsOf: (call: CallId) => Promise<readonly AgentId[] | undefined>,
  ): FastifyPluginAsyncZod =>
  async (app) => {
    /** Whoever talked sends; to anybody else the call does not exist. */
    async function mustBeIn(call: CallId, agent: AgentId): Promise<void> {
      if (!(await agentsOf(call))?.includes(agent))
        throw new Refusal('notFound', `No call ${call} of ${agent}`)
    }

    const config = allow('takeCalls')
    const listSchema = {
      summary: 'What can be sent to whoever called, and what was',
      params: CallParams,
      response: { 200: CallMessages },
    }
    app.get('/calls/:id/messages', { config, schema: listSchema }, async ({ params, staff }) => {
      await mustBeIn(params.id, staff.id)
      return await ready.ofCall(params.id)
    })

    const sendSchema = {
      summary: 'Send a message to the number of the call, once',
      params: CallParams,
      body: SendReadyMessage,
      response: { 200: CallMessages },
    }
    app.post('/calls/:id/messages', { config, schema: sendSchema }, async ({ params, body, staff }) => {
      await mustBeIn(params.id, staff.id)
      return await ready.send({ ...body, call: params.id, by: staff.id })
    })

    await app.register(settingsRoutes(ready))
  }

const settingsRoutes =
  (ready: ReadyMessageService): FastifyPluginAsyncZod =>
  async (app) => {
    const config = allow('changePortal')
    const response = { 200: ReadyMessageSettings }

    const readSchema = { summary: 'The messages that agents send to whoever calls', response }
    app.get('/ready-messages', { config, schema: readSchema }, () => ready.settings())

    const saveSchema = { summary: 'Change these messages', body: SaveReadyMessages, response }
    app.put('/ready-messages', { config, schema: saveSchema }, ({ body, staff }) =>
      ready.save(body, staff.id),
    )
  }
