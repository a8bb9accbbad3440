import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { PublishScript, SaveScript, ScriptCard, ScriptRow, ScriptVersion } from '#contract/scripts.ts'
import { allow } from '../http-permissions.ts'
import type { ScriptService } from './service.ts'

const params = z.object({ version: z.coerce.number().int().min(0).max(1_000_000) })
/** Forty steps of four sentences in two languages, each longer than it may be. */
const BODY_MAX_BYTES = 2 * 1024 * 1024

export const scriptRoutes =
  (scripts: ScriptService): FastifyPluginAsyncZod =>
  async (app) => {
    // It holds nothing about anybody: whoever works here may read it.
    const schema = { summary: 'The guided script of a call', response: { 200: ScriptVersion } }
    app.get('/script', { config: allow('signedIn'), schema }, async () => scripts.published())

    const config = allow('changeScripts')
    const rows = { 200: z.array(ScriptRow) }

    const list = { summary: 'The draft, and what was published, newest first', response: rows }
    app.get('/script/versions', { config, schema: list }, () => scripts.versions())

    const card = {
      summary: 'A version with its steps; 0 is the draft',
      params,
      response: { 200: ScriptCard },
    }
    app.get('/script/versions/:version', { config, schema: card }, ({ params: { version } }) =>
      scripts.version(version),
    )

    const save = {
      summary: 'Keep a draft, with its faults; nothing changes for agents',
      body: SaveScript,
      response: { 200: ScriptCard },
    }
    app.put('/script/draft', { config, schema: save, bodyLimit: BODY_MAX_BYTES }, ({ body, staff }) =>
      scripts.saveDraft(body, staff.id),
    )

    const discard = { summary: 'Throw the draft away', response: rows }
    app.delete('/script/draft', { config, schema: discard }, ({ staff }) => scripts.discardDraft(staff.id))

    const publish = {
      summary: 'Publish the draft: calls that begin from now on have it',
      body: PublishScript,
      response: rows,
    }
    app.post('/script/draft/publish', { config, schema: publish }, ({ body, staff }) =>
      scripts.publish(body.basedOn, staff.id),
    )

    const restore = { summary: 'Publish an older version again', params, response: rows }
    app.post(
      '/script/versions/:version/restore',
      { config, schema: restore },
      ({ params: { version }, staff }) => scripts.restore(version, staff.id),
    )
  }
