import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { AddTrunk, ChangeTrunk, TrunksView } from '#contract/trunks.ts'
import type { TrunkId } from '#core/lib/ids.ts'
import { allAllow } from '../http-permissions.ts'
import type { TrunkService } from './trunks.ts'

const params = z.object({
  id: z
    .string()
    .max(64)
    .transform((id) => id as TrunkId),
})
const response = { 200: TrunksView }

export const trunkRoutes =
  (trunks: TrunkService): FastifyPluginAsyncZod =>
  async (app) => {
    app.addHook('onRoute', allAllow('changeTrunks'))

    app.get('/trunks', { schema: { summary: 'Trunks and how each does', response } }, () => trunks.list())

    const add = {
      summary: 'Add a trunk; the engine reads it at once',
      body: AddTrunk,
      response: { 201: TrunksView },
    }
    app.post('/trunks', { schema: add }, async ({ body, staff }, answer) =>
      answer.code(201).send(await trunks.add(body, staff.id)),
    )

    const change = { summary: 'Change a trunk', params, body: ChangeTrunk, response }
    app.put('/trunks/:id', { schema: change }, ({ params: { id }, body, staff }) =>
      trunks.change(id, body, staff.id),
    )

    for (const [path, isActive] of [
      ['on', true],
      ['off', false],
    ] as const) {
      const schema = { summary: `Switch a trunk ${path}`, params, response }
      app.post(`/trunks/:id/${path}`, { schema }, ({ params: { id }, staff }) =>
        trunks.switch(id, isActive, staff.id),
      )
    }
  }
