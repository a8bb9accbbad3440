import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { OrganisationSettings, SaveOrganisation } from '#contract/organisation.ts'
import { allow } from '../http-permissions.ts'
import type { OrganisationService } from './service.ts'

export const organisationRoutes =
  (organisation: OrganisationService): FastifyPluginAsyncZod =>
  async (app) => {
    const config = allow('changeOrganisation')
    const response = { 200: OrganisationSettings }

    const read = { summary: 'What the organisation says of itself', response }
    app.get('/organisation', { config, schema: read }, () => organisation.shown())

    const save = { summary: 'Change that, at once', body: SaveOrganisation, response }
    app.put('/organisation', { config, schema: save }, ({ body, staff }) => organisation.save(body, staff.id))
  }
