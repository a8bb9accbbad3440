import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  AddKnowledge,
  Answer,
  AnswersQuery,
  ImportReport,
  ImportRows,
  KnowledgeCard,
  KnowledgeOwner,
  KnowledgeNumber,
  KnowledgeOrderWord,
  KnowledgeQuery,
  KnowledgeRow,
  SaveKnowledge,
} from '#contract/knowledge.ts'
import type { KnowledgeItemId } from '#core/lib/ids.ts'
import { allow } from '../http-permissions.ts'
import type { KnowledgeImport } from './import.ts'
import type { ItemService } from './items.ts'

const Item = KnowledgeNumber.transform((id) => id as KnowledgeItemId)
const ItemParams = z.object({ id: Item })
const OrderParams = z.object({ id: Item, version: KnowledgeNumber, order: KnowledgeOrderWord })

/** Three languages of 100,000 letters each, in any script, written as JSON. */
const FORM_MAX_BYTES = 2 * 1024 * 1024

/** A hundred rows of long answers. */
const IMPORT_MAX_BYTES = 8 * 1024 * 1024

export const itemRoutes =
  (items: ItemService): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(readingRoutes(items))
    await app.register(changingRoutes(items))
  }

export const importRoutes =
  (importRows: KnowledgeImport): FastifyPluginAsyncZod =>
  async (app) => {
    const schema = {
      summary: 'Questions and answers from elsewhere, as drafts; each row that is refused says why',
      body: ImportRows,
      response: { 200: ImportReport },
    }
    app.post(
      '/knowledge/import',
      { config: allow('editKnowledge'), schema, bodyLimit: IMPORT_MAX_BYTES },
      ({ body, staff }) => importRows(body, staff),
    )
  }

const readingRoutes =
  (items: ItemService): FastifyPluginAsyncZod =>
  async (app) => {
    const answersSchema = {
      summary:
        'What may be read out to a citizen, by topic and by words in any script, with mistakes of typing',
      querystring: AnswersQuery,
      response: { 200: z.array(Answer) },
    }
    // It holds nothing about anybody: whoever works here may read it.
    app.get('/knowledge/answers', { config: allow('signedIn'), schema: answersSchema }, ({ query }) =>
      items.answers(query),
    )

    const ownersSchema = {
      summary: 'Those who may answer for an item',
      response: { 200: z.array(KnowledgeOwner) },
    }
    app.get('/knowledge/owners', { config: allow('editKnowledge'), schema: ownersSchema }, () =>
      items.owners(),
    )

    const listSchema = {
      summary: 'Knowledge items, newest first, or the best first where words are searched',
      querystring: KnowledgeQuery,
      response: { 200: z.array(KnowledgeRow) },
    }
    app.get('/knowledge', { config: allow('signedIn'), schema: listSchema }, ({ query, staff }) =>
      items.list(query, staff),
    )

    const cardSchema = {
      summary: 'A knowledge item with its versions',
      params: ItemParams,
      response: { 200: KnowledgeCard },
    }
    app.get('/knowledge/:id', { config: allow('signedIn'), schema: cardSchema }, ({ params, staff }) =>
      items.card(params.id, staff),
    )
  }

const changingRoutes =
  (items: ItemService): FastifyPluginAsyncZod =>
  async (app) => {
    const addSchema = {
      summary: 'A new item, as the draft of its first version',
      body: AddKnowledge,
      response: { 201: KnowledgeCard },
    }
    app.post(
      '/knowledge',
      { config: allow('editKnowledge'), schema: addSchema, bodyLimit: FORM_MAX_BYTES },
      async ({ body, staff }, response) => response.code(201).send(await items.add(body, staff)),
    )

    const saveSchema = {
      summary: 'Save the next version, as a draft; refused when somebody else has saved one meanwhile',
      params: ItemParams,
      body: SaveKnowledge,
      response: { 200: KnowledgeCard },
    }
    app.put(
      '/knowledge/:id',
      { config: allow('editKnowledge'), schema: saveSchema, bodyLimit: FORM_MAX_BYTES },
      ({ params, body, staff }) => items.save(params.id, body, staff),
    )

    const orderSchema = {
      summary: 'Approve a version, send it back, publish or withdraw it',
      params: OrderParams,
      response: { 200: KnowledgeCard },
    }
    app.post(
      '/knowledge/:id/versions/:version/:order',
      { config: allow('editKnowledge', 'approveKnowledge'), schema: orderSchema },
      ({ params: { id, version, order }, staff }) => items.order({ item: id, version }, order, staff),
    )
  }
