import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  AddCitizen,
  AddContact,
  AddNumber,
  ChangeCitizen,
  CitizenCard,
  CitizenRow,
  CitizensQuery,
  JudgeNumber,
  MergeCitizens,
  OpenDocument,
  OpenedDocument,
  SplitCitizens,
} from '#contract/citizens.ts'
import type { CitizenId } from '#core/lib/ids.ts'
import { allow } from '../http-permissions.ts'
import type { CitizenService } from './service.ts'

const params = z.object({ id: z.uuid().transform((id) => id as CitizenId) })
const response = { 200: CitizenCard }

export const citizenRoutes =
  (citizens: CitizenService): FastifyPluginAsyncZod =>
  async (app) => {
    const listSchema = {
      summary: 'Find citizens by name in either script, by number, or by PINFL or STIR',
      querystring: CitizensQuery,
      response: { 200: z.array(CitizenRow) },
    }
    app.get('/citizens', { config: allow('seeCitizens'), schema: listSchema }, ({ query }) =>
      citizens.search(query),
    )

    const cardSchema = { summary: 'A citizen’s card; it is written down who opened it', params, response }
    app.get(
      '/citizens/:id',
      // Asking for the headers alone would be written down as an opening.
      { config: allow('seeCitizens'), exposeHeadRoute: false, schema: cardSchema },
      (request) => citizens.open(request.params.id, request.staff.id),
    )

    await app.register(changing(citizens))
    await app.register(contacts(citizens))
    await app.register(merging(citizens))
  }

const changing =
  (citizens: CitizenService): FastifyPluginAsyncZod =>
  async (app) => {
    const config = allow('changeCitizens')
    const add = { summary: 'A new card', body: AddCitizen, response: { 201: CitizenCard } }
    app.post('/citizens', { config, schema: add }, async ({ body, staff }, reply) =>
      reply.code(201).send(await citizens.add(body, staff.id)),
    )

    const change = {
      summary: 'Change a card at the version it was read',
      params,
      body: ChangeCitizen,
      response,
    }
    app.put('/citizens/:id', { config, schema: change }, (request) =>
      citizens.change(request.params.id, request.body, request.staff.id),
    )

    const open = {
      summary: 'PINFL or passport in full; who asked is recorded',
      params,
      body: OpenDocument,
      response: { 200: OpenedDocument },
    }
    app.post(
      '/citizens/:id/open-document',
      { config: allow('openDocuments'), schema: open },
      async (request) => ({
        value: await citizens.openDocument(request.params.id, request.body.document, request.staff.id),
      }),
    )

    const addNumber = { summary: 'One more telephone number', params, body: AddNumber, response }
    app.post('/citizens/:id/numbers', { config, schema: addNumber }, (request) =>
      citizens.addNumber(request.params.id, request.body.number, request.staff.id),
    )

    const judge = { summary: 'Say how sure a number is', params, body: JudgeNumber, response }
    app.post('/citizens/:id/numbers/judge', { config, schema: judge }, (request) =>
      citizens.judgeNumber(request.params.id, request.body, request.staff.id),
    )
  }

const contacts =
  (citizens: CitizenService): FastifyPluginAsyncZod =>
  async (app) => {
    const config = allow('changeCitizens')
    const add = { summary: 'Somebody who calls for a legal entity', params, body: AddContact, response }
    app.post('/citizens/:id/contacts', { config, schema: add }, (request) =>
      citizens.addContact(request.params.id, request.body, request.staff.id),
    )

    const PersonParams = params.extend({ person: z.uuid().transform((id) => id as CitizenId) })
    const end = { summary: 'He calls for it no more', params: PersonParams, response }
    app.delete(
      '/citizens/:id/contacts/:person',
      { config, schema: end },
      ({ params: { id, person }, staff }) => citizens.removeContact(id, person, staff.id),
    )
  }

const merging =
  (citizens: CitizenService): FastifyPluginAsyncZod =>
  async (app) => {
    const config = allow('mergeCitizens')
    const merge = { summary: 'Merge another card into this one', params, body: MergeCitizens, response }
    app.post('/citizens/:id/merge', { config, schema: merge }, (request) =>
      citizens.merge(request.params.id, request.body, request.staff.id),
    )

    const split = { summary: 'Part a card from this one again', params, body: SplitCitizens, response }
    app.post('/citizens/:id/split', { config, schema: split }, (request) =>
      citizens.split(request.params.id, request.body.other as CitizenId, request.staff.id),
    )
  }
