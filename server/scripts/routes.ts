import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { ScriptVersion } from '#contract/scripts.ts'
import { allow } from '../http-permissions.ts'
import type { ScriptService } from './service.ts'

export const scriptRoutes =
  (scripts: ScriptService): FastifyPluginAsyncZod =>
  async (app) => {
    // It holds nothing about anybody: whoever works here may read it.
    const schema = { summary: 'The guided script of a call', response: { 200: ScriptVersion } }
    app.get('/script', { config: allow('signedIn'), schema }, async () => scripts.published())
  }
