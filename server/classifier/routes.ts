import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ClassifierCard, ClassifierRow, PublishClassifier, SaveClassifier } from '#contract/classifier.ts'
import { allAllow } from '../http-permissions.ts'
import type { ClassifierService } from './service.ts'

const params = z.object({ version: z.coerce.number().int().min(1).max(1_000_000) })

export const classifierRoutes =
  (classifier: ClassifierService): FastifyPluginAsyncZod =>
  async (app) => {
    app.addHook('onRoute', allAllow('changeClassifier'))
    const rows = { 200: z.array(ClassifierRow) }

    const list = { summary: 'The versions of the classifier, newest first', response: rows }
    app.get('/classifier', { schema: list }, () => classifier.list())

    const card = { summary: 'A version with its topics', params, response: { 200: ClassifierCard } }
    app.get('/classifier/:version', { schema: card }, ({ params: { version } }) => classifier.card(version))

    const save = {
      summary: 'Keep a draft, with its faults; nothing changes for agents',
      body: SaveClassifier,
      response: { 200: ClassifierCard },
    }
    app.put('/classifier/draft', { schema: save }, ({ body, staff }) => classifier.saveDraft(body, staff.id))

    const discard = { summary: 'Throw the draft away', response: rows }
    app.delete('/classifier/draft', { schema: discard }, ({ staff }) => classifier.discardDraft(staff.id))

    const publish = {
      summary: 'Publish the draft: topics are chosen from it from now on',
      body: PublishClassifier,
      response: rows,
    }
    app.post('/classifier/draft/publish', { schema: publish }, ({ body, staff }) =>
      classifier.publish(body.basedOn, staff.id),
    )

    const restore = { summary: 'Publish an older version again', params, response: rows }
    app.post('/classifier/:version/restore', { schema: restore }, ({ params: { version }, staff }) =>
      classifier.restore(version, staff.id),
    )
  }
