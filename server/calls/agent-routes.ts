/** Agents' time: their own breaks and calls to classify; for supervisors, who does what and what can be done about it. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  AgentDay,
  AgentNow,
  AgentTime,
  AskForBreak,
  CallToClassify,
  DayQuery,
  WrapUpDraft,
} from '#contract/agents.ts'
import { Desk, WrapUp } from '#contract/calls.ts'
import type { AgentId, CallId } from '#core/lib/ids.ts'
import type { Day } from '#core/lib/time.ts'
import { may } from '#core/staff/permissions.ts'
import { Refusal } from '../errors.ts'
import { allow } from '../http-permissions.ts'
import { mustBeTopics, type Topics } from './known-topics.ts'
import type { CallService } from './service.ts'

const AgentParams = z.object({ id: z.uuid().transform((id) => id as string as AgentId) })
const CallParams = z.object({ id: z.uuid().transform((id) => id as string as CallId) })
const Done = z.null()

/** Breaks and wrap-up at the agent's own desk. */
export const ownTimeRoutes =
  (calls: CallService, topics: Topics): FastifyPluginAsyncZod =>
  async (app) => {
    const { agents } = calls
    const config = allow('takeCalls')
    const atDesk = (summary: string) => ({ config, schema: { summary, response: { 200: Desk } } })

    const askSchema = {
      summary: 'A break: now, after the call, or when a supervisor agrees',
      body: AskForBreak,
      response: { 200: Desk },
    }
    app.post('/desk/break', { config, schema: askSchema }, async ({ staff, body }) => {
      agents.takeBreak(staff.id, body.reason)
      return calls.desk(staff.id)
    })

    app.delete(
      '/desk/next',
      atDesk('Take back what I asked for after the call, or put the answer away'),
      ({ staff }) => {
        agents.withdrawNext(staff.id)
        return calls.desk(staff.id)
      },
    )

    app.post('/desk/call/more-time', atDesk('Prolong the wrap-up'), ({ staff }) => {
      agents.extendWrapUp(staff.id)
      return calls.desk(staff.id)
    })

    await app.register(laterRoutes(calls, topics))
  }

const laterRoutes =
  ({ shifts }: CallService, topics: Topics): FastifyPluginAsyncZod =>
  async (app) => {
    const config = allow('takeCalls')

    const listSchema = {
      summary: 'My calls that are not classified yet, oldest first',
      response: { 200: z.array(CallToClassify) },
    }
    app.get('/desk/to-classify', { config, schema: listSchema }, ({ staff }) => shifts.toClassify(staff.id))

    const classifySchema = {
      summary: 'Classify a call of mine whose wrap-up is over',
      params: CallParams,
      body: WrapUp,
      response: { 204: Done },
    }
    app.post(
      '/desk/to-classify/:id',
      { config, schema: classifySchema },
      async ({ staff, params, body }, response) => {
        mustBeTopics(topics, body.topics)
        await shifts.classify(staff.id, params.id, body)
        return response.code(204).send(null)
      },
    )

    const draftSchema = {
      summary: 'What I have filled in of a call of mine',
      params: CallParams,
      response: { 200: WrapUpDraft.nullable() },
    }
    app.get('/desk/drafts/:id', { config, schema: draftSchema }, ({ staff, params }) =>
      shifts.draft(staff.id, params.id),
    )

    const keepSchema = {
      summary: 'Keep what I have filled in until the call is classified',
      params: CallParams,
      body: WrapUpDraft,
      response: { 204: Done },
    }
    app.put('/desk/drafts/:id', { config, schema: keepSchema }, async ({ staff, params, body }, response) => {
      await shifts.saveDraft(staff.id, params.id, body)
      return response.code(204).send(null)
    })
  }

/** The rules, the list of agents, and their days. */
export const agentRoutes =
  (calls: CallService): FastifyPluginAsyncZod =>
  async (app) => {
    const { shifts } = calls

    const rules = { summary: 'The rules of agents’ time: breaks, wrap-up', response: { 200: AgentTime } }
    app.get('/agent-time', { config: allow('takeCalls', 'seeAgents'), schema: rules }, () => shifts.view())
    const change = {
      summary: 'Change the rules of agents’ time',
      body: AgentTime,
      response: { 200: AgentTime },
    }
    app.put('/agent-time', { config: allow('changeStaff'), schema: change }, async ({ staff, body }) => {
      await shifts.change(body, staff.id)
      return shifts.view()
    })

    const list = { summary: 'Agents and what each does now', response: { 200: z.array(AgentNow) } }
    app.get('/agents', { config: allow('seeAgents'), schema: list }, () => shifts.agentsNow())

    const days = {
      summary: 'The day of every agent',
      querystring: DayQuery,
      response: { 200: z.array(AgentDay) },
    }
    app.get('/agents/timeline', { config: allow('seeAgents'), schema: days }, ({ query }) =>
      shifts.days(query.day as Day),
    )

    const day = {
      summary: 'The day of one agent; an agent sees his own',
      params: AgentParams,
      querystring: DayQuery,
      response: { 200: AgentDay },
    }
    const config = allow('seeAgents', 'takeCalls')
    app.get('/agents/:id/timeline', { config, schema: day }, async ({ staff, params, query }) => {
      const mayRead = may(staff.role, 'seeAgents') || params.id === staff.id
      const [found] = mayRead ? await shifts.days(query.day as Day, params.id) : []
      if (!found) throw new Refusal('notFound', `No agent ${params.id} for ${staff.role}`)
      return found
    })

    await app.register(manageRoutes(calls))
  }

const manageRoutes =
  ({ supervisors }: CallService): FastifyPluginAsyncZod =>
  async (app) => {
    const config = allow('manageAgents')
    const about = (summary: string) => ({ summary, params: AgentParams, response: { 204: Done } })

    const breakSchema = {
      ...about('Put an agent on a break, after the call if there is one'),
      body: AskForBreak,
    }
    app.post(
      '/agents/:id/break',
      { config, schema: breakSchema },
      async ({ staff, params, body }, response) => {
        supervisors.putOnBreak(params.id, body.reason, staff.id)
        return response.code(204).send(null)
      },
    )

    const available = { config, schema: about('Make an agent available; ends a wrap-up') }
    app.post('/agents/:id/available', available, async ({ staff, params }, response) => {
      supervisors.makeAvailable(params.id, staff.id)
      return response.code(204).send(null)
    })

    const signOut = { config, schema: about('End an agent’s shift, after the call if there is one') }
    app.post('/agents/:id/sign-off', signOut, async ({ staff, params }, response) => {
      supervisors.signOut(params.id, staff.id)
      return response.code(204).send(null)
    })

    for (const action of ['approve', 'refuse'] as const) {
      const schema = about(action === 'approve' ? 'Agree to a break' : 'Refuse a break')
      app.post(`/agents/:id/break/${action}`, { config, schema }, async ({ staff, params }, response) => {
        supervisors.decideOnBreak(params.id, action, staff.id)
        return response.code(204).send(null)
      })
    }
  }
