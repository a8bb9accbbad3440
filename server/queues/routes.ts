import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  AddQueue,
  AddSkill,
  AgentSkills,
  ChangeAgentSkills,
  QueueRow,
  QueueVersion,
  RenameQueue,
  RestoreQueue,
  RetiredQueue,
  SaveQueue,
  SetQueueAgents,
  SkillName,
} from '#contract/queues.ts'
import type { QueueId } from '#core/lib/ids.ts'
import { allAllow } from '../http-permissions.ts'
import type { QueueService } from './service.ts'

const Queue = z
  .string()
  .regex(/^[a-z][a-zA-Z0-9]{0,31}$/)
  .transform((id) => id as QueueId)
const QueueParams = z.object({ queue: Queue })
const VersionParams = z.object({ queue: Queue, version: z.coerce.number().int().min(1).max(1_000_000) })

export const queueRoutes =
  (queues: QueueService): FastifyPluginAsyncZod =>
  async (app) => {
    app.addHook('onRoute', allAllow('changeQueues'))

    const list = {
      summary: 'How each queue is served, and what is wrong with it',
      response: { 200: z.array(QueueRow) },
    }
    app.get('/queues', { schema: list }, () => queues.list())

    await app.register(listRoutes(queues))

    const save = {
      summary: 'Save settings of a queue: they hold at once, also for who waits',
      params: QueueParams,
      body: SaveQueue,
      response: { 200: QueueRow },
    }
    app.put('/queues/:queue', { schema: save }, ({ params, body, staff }) =>
      queues.save(params.queue, body, staff.id),
    )

    const versions = {
      summary: 'The versions of the settings of a queue, newest first',
      params: QueueParams,
      response: { 200: z.array(QueueVersion) },
    }
    app.get('/queues/:queue/versions', { schema: versions }, ({ params }) => queues.versions(params.queue))

    const restore = {
      summary: 'Save the settings of an older version again',
      params: VersionParams,
      body: RestoreQueue,
      response: { 200: QueueRow },
    }
    app.post('/queues/:queue/versions/:version/restore', { schema: restore }, ({ params, body, staff }) =>
      queues.restore(params.queue, params.version, { ...body, by: staff.id }),
    )
  }

/** Which queues there are, and who serves them. */
const listRoutes =
  (queues: QueueService): FastifyPluginAsyncZod =>
  async (app) => {
    const params = QueueParams
    const answer = { 200: z.array(QueueRow) }

    const add = { summary: 'Add a queue', body: AddQueue, response: { 201: z.array(QueueRow) } }
    app.post('/queues', { schema: add }, async ({ body, staff }, response) =>
      response.code(201).send(await queues.add(body, staff.id)),
    )

    const rename = { summary: 'Call a queue something else', params, body: RenameQueue, response: answer }
    app.put('/queues/:queue/names', { schema: rename }, ({ params: { queue }, body, staff }) =>
      queues.rename(queue, body.names, staff.id),
    )

    const agents = { summary: 'Who serves a queue', params, body: SetQueueAgents, response: answer }
    app.put('/queues/:queue/agents', { schema: agents }, ({ params: { queue }, body, staff }) =>
      queues.setAgents(queue, body, staff.id),
    )

    const retired = { summary: 'Queues of earlier times', response: { 200: z.array(RetiredQueue) } }
    app.get('/queues/retired', { schema: retired }, () => queues.retired())

    const retire = {
      summary: 'Retire a queue that nobody is led to and nobody waits in',
      params,
      response: answer,
    }
    app.post('/queues/:queue/retire', { schema: retire }, ({ params: { queue }, staff }) =>
      queues.retire(queue, staff.id),
    )

    const reopen = { summary: 'Take a retired queue into use again', params, response: answer }
    app.post('/queues/:queue/reopen', { schema: reopen }, ({ params: { queue }, staff }) =>
      queues.reopen(queue, staff.id),
    )
  }

export const skillRoutes =
  (queues: QueueService): FastifyPluginAsyncZod =>
  async (app) => {
    app.addHook('onRoute', allAllow('changeQueues'))
    const answer = { 200: AgentSkills }

    const table = { summary: 'The table of agents and skills', response: answer }
    app.get('/agent-skills', { schema: table }, () => queues.agentSkills())

    const change = {
      summary: 'Change levels of agents, all of them or none',
      body: ChangeAgentSkills,
      response: answer,
    }
    app.put('/agent-skills', { schema: change }, ({ body, staff }) =>
      queues.changeAgentSkills(body, staff.id),
    )

    const add = { summary: 'Add a skill', body: AddSkill, response: { 201: AgentSkills } }
    app.post('/skills', { schema: add }, async ({ body, staff }, response) =>
      response.code(201).send(await queues.addSkill(body, staff.id)),
    )

    const remove = {
      summary: 'Remove a skill, and whoever has it loses it; not while a rule asks for it',
      params: z.object({ skill: SkillName }),
      response: answer,
    }
    app.delete('/skills/:skill', { schema: remove }, ({ params, staff }) =>
      queues.removeSkill(params.skill, staff.id),
    )
  }
