import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  DiscardFlow,
  FlowCard,
  FlowRow,
  PromptRow,
  PublishFlow,
  RestoreFlow,
  SaveFlow,
  SaveInformation,
  SpeakText,
  WaitingInformation,
} from '#contract/flows.ts'
import type { FlowId, QueueId } from '#core/lib/ids.ts'
import { allAllow } from '../http-permissions.ts'
import { readUpload, readWhole, takeUploads } from '../http-upload.ts'
import { FlowBody } from './flow-body.ts'
import type { PromptService } from './prompt-service.ts'
import type { FlowService } from './service.ts'
import { UPLOAD_MAX_BYTES } from './uploads.ts'
import type { InformationService } from './waiting-information.ts'

/** Hundreds of texts, each as long as somebody may paste. */
const FLOW_MAX_BYTES = 4 * 1024 * 1024

const Flow = z
  .string()
  .regex(/^[a-z][a-zA-Z0-9-]{0,31}$/)
  .transform((id) => id as FlowId)
const FlowParams = z.object({ flow: Flow })
const VersionParams = z.object({ flow: Flow, version: z.coerce.number().int().min(1).max(1_000_000) })
const QueueParams = z.object({
  queue: z
    .string()
    .regex(/^[a-z][a-zA-Z0-9]{0,31}$/)
    .transform((id) => id as QueueId),
})
const PromptParams = z.object({ key: z.string().regex(/^[0-9a-f]{32}$/) })

export const flowRoutes =
  (flows: FlowService): FastifyPluginAsyncZod =>
  async (app) => {
    app.addHook('onRoute', allAllow('changeFlows'))

    app.get(
      '/flows',
      { schema: { summary: 'The versions of flows', response: { 200: z.array(FlowRow) } } },
      () => flows.list(),
    )

    app.get(
      '/flows/:flow/:version',
      {
        schema: {
          summary: 'A version and what is wrong with it',
          params: VersionParams,
          response: { 200: FlowCard },
        },
      },
      (request) => flows.card(request.params.flow, request.params.version),
    )

    draftRoutes(app, flows)
    publishingRoutes(app, flows)
  }

type App = Parameters<FastifyPluginAsyncZod>[0]

const rows = { 200: z.array(FlowRow) }

function draftRoutes(app: App, flows: FlowService): void {
  const draft = z.strictObject({ basedOn: SaveFlow.shape.basedOn, body: FlowBody })

  app.put(
    '/flows/:flow/draft',
    {
      schema: {
        summary: 'Keep a draft, with its faults; nothing changes for callers',
        params: FlowParams,
        body: draft,
        response: { 200: FlowCard },
      },
      bodyLimit: FLOW_MAX_BYTES,
    },
    ({ body, params, staff }) => flows.saveDraft(params.flow, body, staff.id),
  )

  app.post(
    '/flows/:flow/draft/discard',
    {
      schema: { summary: 'Throw the draft away', params: FlowParams, body: DiscardFlow, response: rows },
    },
    ({ body, params, staff }) => flows.discardDraft(params.flow, body.basedOn, staff.id),
  )
}

function publishingRoutes(app: App, flows: FlowService): void {
  app.post(
    '/flows/:flow/draft/publish',
    {
      schema: {
        summary: 'Publish the draft: calls that come from now on, or from a moment on, walk it',
        params: FlowParams,
        body: PublishFlow,
        response: rows,
      },
    },
    ({ body, params, staff }) => flows.publish(params.flow, body, staff.id),
  )

  app.post(
    '/flows/:flow/scheduled/withdraw',
    {
      schema: { summary: 'Take back what is scheduled', params: FlowParams, response: rows },
    },
    ({ params, staff }) => flows.withdraw(params.flow, staff.id),
  )

  app.post(
    '/flows/:flow/:version/restore',
    {
      schema: {
        summary: 'Publish an older version anew',
        params: VersionParams,
        body: RestoreFlow,
        response: rows,
      },
    },
    ({ body, params, staff }) =>
      flows.restore(params.flow, { version: params.version, from: body.from }, staff.id),
  )
}

export const promptRoutes =
  (prompts: PromptService): FastifyPluginAsyncZod =>
  async (app) => {
    app.addHook('onRoute', allAllow('changePrompts'))
    await takeUploads(app)

    app.get(
      '/prompts',
      { schema: { summary: 'What callers hear', response: { 200: z.array(PromptRow) } } },
      () => prompts.list(),
    )

    app.post(
      '/prompts',
      {
        schema: {
          summary: 'Make the sound of a text, to hear it before it is in a flow',
          body: SpeakText,
          response: { 200: PromptRow },
        },
      },
      (request) => prompts.speak(request.body),
    )

    app.get(
      '/prompts/:key/audio',
      { schema: { summary: 'A prompt as WAV', params: PromptParams } },
      async (request, response) => {
        const wav = await prompts.audio(request.params.key)
        return response.type('audio/wav').header('Cache-Control', 'no-store').send(wav)
      },
    )

    app.post(
      '/prompts/:key/recording',
      { schema: { summary: 'Replace the voice by a recording', params: PromptParams } },
      async (request, response) => {
        const sent = await readWhole(await readUpload(request, UPLOAD_MAX_BYTES), UPLOAD_MAX_BYTES)
        await prompts.upload(request.params.key, sent, request.staff.id)
        return response.code(204).send()
      },
    )

    app.delete(
      '/prompts/:key/recording',
      { schema: { summary: 'Back to the voice', params: PromptParams } },
      async (request, response) => {
        await prompts.reset(request.params.key, request.staff.id)
        return response.code(204).send()
      },
    )
  }

export const informationRoutes =
  (information: InformationService): FastifyPluginAsyncZod =>
  async (app) => {
    app.addHook('onRoute', allAllow('changeFlows'))

    app.get(
      '/waiting-information',
      {
        schema: {
          summary: 'What waiting callers are told, by queue',
          response: { 200: WaitingInformation },
        },
      },
      () => information.list(),
    )

    app.put(
      '/waiting-information/:queue',
      {
        schema: {
          summary: 'Change it for one queue, at once',
          params: QueueParams,
          body: SaveInformation,
          response: { 200: WaitingInformation },
        },
      },
      ({ params, body, staff }) => information.change(params.queue, body, staff.id),
    )
  }
