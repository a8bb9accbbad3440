import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  Answer,
  KnowledgeNumber,
  KnowledgeShown,
  KnowledgeUse,
  KnowledgeVote,
  SearchMiss,
  SearchMissed,
  ShownInCall,
} from '#contract/knowledge.ts'
import type { CallId, KnowledgeItemId } from '#core/lib/ids.ts'
import { allow } from '../http-permissions.ts'
import type { KnowledgeUseService } from './use.ts'

const Item = KnowledgeNumber.transform((id) => id as KnowledgeItemId)
const ItemParams = z.object({ id: Item })
const VersionParams = z.object({ id: Item, version: KnowledgeNumber })
const CallParams = z.object({ id: z.uuid().transform((id) => id as CallId) })
const MissParams = z.object({ id: KnowledgeNumber })
const done = { 204: z.null() }

const versionOf = ({ id, version }: z.output<typeof VersionParams>) => ({ item: id, version })

export const knowledgeUseRoutes =
  (use: KnowledgeUseService): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(versionRoutes(use))
    await app.register(missRoutes(use))

    const toReadSchema = { summary: 'What I still have to read', response: { 200: z.array(Answer) } }
    app.get('/knowledge/to-read', { config: allow('signedIn'), schema: toReadSchema }, ({ staff }) =>
      use.toRead(staff),
    )

    const useSchema = {
      summary: 'How an item is received',
      params: ItemParams,
      response: { 200: KnowledgeUse },
    }
    app.get('/knowledge/:id/use', { config: allow('signedIn'), schema: useSchema }, ({ params, staff }) =>
      use.of(params.id, staff),
    )

    const callSchema = {
      summary: 'What agents had on screen in a call, by version',
      params: CallParams,
      response: { 200: z.array(KnowledgeShown) },
    }
    const config = allow('seeOwnCalls', 'seeAllCalls')
    app.get('/calls/:id/knowledge', { config, schema: callSchema }, ({ params, staff }) =>
      use.ofCall(params.id, staff),
    )
  }

/** What people do with a version. */
const versionRoutes =
  (use: KnowledgeUseService): FastifyPluginAsyncZod =>
  async (app) => {
    const shownSchema = {
      summary: 'I had this version on screen in my call',
      params: VersionParams,
      body: ShownInCall,
      response: done,
    }
    app.post(
      '/knowledge/:id/versions/:version/shown',
      { config: allow('takeCalls'), schema: shownSchema },
      async ({ params, body, staff }, response) => {
        await use.shown(versionOf(params), body.call, staff)
        return response.code(204).send(null)
      },
    )

    const voteSchema = {
      summary: 'Whether this version helped; the last word counts',
      params: VersionParams,
      body: KnowledgeVote,
      response: done,
    }
    app.post(
      '/knowledge/:id/versions/:version/vote',
      { config: allow('signedIn'), schema: voteSchema },
      async ({ params, body, staff }, response) => {
        await use.vote(versionOf(params), body.useful, staff)
        return response.code(204).send(null)
      },
    )

    const readSchema = { summary: 'I have read what must be read', params: VersionParams, response: done }
    app.post(
      '/knowledge/:id/versions/:version/acknowledge',
      { config: allow('signedIn'), schema: readSchema },
      async ({ params, staff }, response) => {
        await use.acknowledge(versionOf(params), staff)
        return response.code(204).send(null)
      },
    )
  }

const missRoutes =
  (use: KnowledgeUseService): FastifyPluginAsyncZod =>
  async (app) => {
    const missSchema = { summary: 'A search found nothing', body: SearchMissed, response: done }
    app.post(
      '/knowledge/misses',
      { config: allow('signedIn'), schema: missSchema },
      async ({ body }, response) => {
        await use.missed(body.search)
        return response.code(204).send(null)
      },
    )

    const listSchema = {
      summary: 'Searches that found nothing, the most frequent first',
      response: { 200: z.array(SearchMiss) },
    }
    const config = allow('editKnowledge', 'approveKnowledge')
    app.get('/knowledge/misses', { config, schema: listSchema }, () => use.misses())

    const dealSchema = { summary: 'Something was written about it', params: MissParams, response: done }
    app.delete(
      '/knowledge/misses/:id',
      { config: allow('editKnowledge'), schema: dealSchema },
      async ({ params }, response) => {
        await use.dealWithMiss(params.id)
        return response.code(204).send(null)
      },
    )
  }
