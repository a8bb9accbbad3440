/** People, for an administrator; and one's own password. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { AddPerson, ChangePerson, ChoosePassword, PersonRow, PersonWithPassword } from '#contract/people.ts'
import type { StaffId } from '#core/lib/ids.ts'
import { allow, allowBeforePassword } from '../http-permissions.ts'
import type { PeopleService } from './people.ts'

const tags = ['staff']
const params = z.object({ id: z.uuid().transform((id) => id as string as StaffId) })

export const peopleRoutes =
  (people: PeopleService): FastifyPluginAsyncZod =>
  async (app) => {
    const config = allow('changeStaff')
    const onePerson = { 200: PersonRow }
    const withPassword = { 200: PersonWithPassword }

    const list = { summary: 'Everybody who works here or did', tags, response: { 200: z.array(PersonRow) } }
    app.get('/people', { config, schema: list }, () => people.list())

    const add = {
      summary: 'Add a person; the answer holds a password for the first sign-in, and nothing tells it again',
      tags,
      body: AddPerson,
      response: { 201: PersonWithPassword },
    }
    app.post('/people', { config, schema: add }, async ({ body, staff }, response) =>
      response.code(201).send(await people.add(body, staff.id)),
    )

    const change = { summary: 'Change a person', tags, params, body: ChangePerson, response: onePerson }
    app.put('/people/:id', { config, schema: change }, ({ params: { id }, body, staff }) =>
      people.change(id, body, staff.id),
    )

    const password = { summary: 'A new password for the next sign-in', tags, params, response: withPassword }
    app.post('/people/:id/password', { config, schema: password }, ({ params: { id }, staff }) =>
      people.givePassword(id, staff.id),
    )

    const deactivate = { summary: 'Signs out at once and lets in no more', tags, params, response: onePerson }
    app.post('/people/:id/deactivate', { config, schema: deactivate }, ({ params: { id }, staff }) =>
      people.deactivate(id, staff.id),
    )

    const activate = { summary: 'Lets in again, by a new password', tags, params, response: withPassword }
    app.post('/people/:id/activate', { config, schema: activate }, ({ params: { id }, staff }) =>
      people.activate(id, staff.id),
    )

    const own = { summary: 'Choose my own password', tags, body: ChoosePassword, response: { 204: z.null() } }
    app.put('/me/password', { config: allowBeforePassword, schema: own }, async (request, response) => {
      await people.choosePassword(request.staff.id, request.body, request.ip)
      return response.code(204).send(null)
    })
  }
