import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { Topic } from '#contract/knowledge.ts'
import { allow } from '../http-permissions.ts'
import type { KnowledgeService } from './service.ts'

export const knowledgeRoutes =
  (knowledge: KnowledgeService): FastifyPluginAsyncZod =>
  async (app) => {
    // It holds nothing about anybody: whoever works here may read it.
    const config = allow('signedIn')

    const topicsSchema = { summary: 'The classifier', response: { 200: z.array(Topic) } }
    app.get('/topics', { config, schema: topicsSchema }, async () => knowledge.allTopics())
  }
