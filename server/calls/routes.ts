/** The agent's desk, the calls, and the live stream. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { CallCard, CallRow, CallsQuery, Mute, SendDigits, WrapUp } from '#contract/calls.ts'
import type { LiveMessage } from '#contract/live.ts'
import { LineProven, OpenPhone, PhoneAccess } from '#contract/staff.ts'
import type { CallId, OfferId } from '#core/lib/ids.ts'
import { may } from '#core/staff/permissions.ts'
import { Refusal } from '../errors.ts'
import { allow, type SignedInStaff } from '../http-permissions.ts'
import { agentRoutes, ownTimeRoutes } from './agent-routes.ts'
import { atDesk } from './desk-route.ts'
import { diallingRoutes } from './dialling.ts'
import { handOverRoutes } from './hand-over-routes.ts'
import { mustBeTopics, type Topics } from './known-topics.ts'
import { promiseRoutes } from './promise-routes.ts'
import type { CallService } from './service.ts'

const OfferParams = z.object({
  offer: z
    .string()
    .min(1)
    .max(128)
    .transform((id) => id as OfferId),
})
const CallParams = z.object({ id: z.uuid().transform((id) => id as string as CallId) })
const Done = z.null()

/** `sipPort`: where an agent's ordinary phone registers. */
export const deskRoutes =
  (calls: CallService, topics: Topics, sipPort?: number): FastifyPluginAsyncZod =>
  async (app) => {
    await app.register(lineRoutes(calls, sipPort))
    await app.register(statusRoutes(calls))
    await app.register(offerRoutes(calls))
    await app.register(talkRoutes(calls))
    await app.register(handOverRoutes(calls))
    await app.register(diallingRoutes(calls.dialling))
    await app.register(callEndRoutes(calls, topics))
    await app.register(ownTimeRoutes(calls, topics))
  }

const lineRoutes =
  (calls: CallService, sipPort: number | undefined): FastifyPluginAsyncZod =>
  async (app) => {
    const { agents } = calls

    app.get('/desk', atDesk('The desk as it is now', {}), ({ staff }) => calls.desk(staff.id))

    app.post(
      '/desk/phone',
      {
        config: allow('takeCalls'),
        schema: {
          summary: 'New credentials for the phone; an older line ends',
          body: OpenPhone,
          response: { 200: PhoneAccess },
        },
      },
      async ({ staff, body }) => {
        await calls.signOnAgent(staff.id)
        const access = await agents.openPhone(staff.id, body.mode)
        return { ...access, ...(body.mode === 'perCall' && sipPort !== undefined && { sipPort }) }
      },
    )

    const proof = { body: LineProven }
    app.post('/desk/line-proven', atDesk('The phone hears the line', proof), async ({ staff, body }) => {
      await agents.proveLine(staff.id, body.packetsReceived)
      return calls.desk(staff.id)
    })
  }

const statusRoutes =
  (calls: CallService): FastifyPluginAsyncZod =>
  async (app) => {
    const { agents } = calls

    app.post('/desk/available', atDesk('Take calls', {}), async ({ staff }) => {
      agents.becomeAvailable(staff.id)
      return calls.desk(staff.id)
    })

    app.post(
      '/desk/sign-off',
      atDesk('Leave the desk, after the call if there is one', {}),
      async ({ staff }) => {
        agents.signOff(staff.id)
        return calls.desk(staff.id)
      },
    )
  }

const offerRoutes =
  (calls: CallService): FastifyPluginAsyncZod =>
  async (app) => {
    const { agents } = calls
    const which = { params: OfferParams }

    app.post('/desk/offers/:offer/accept', atDesk('Accept an offer', which), async ({ staff, params }) => {
      agents.accept(staff.id, params.offer)
      return calls.desk(staff.id)
    })

    app.post('/desk/offers/:offer/decline', atDesk('Decline an offer', which), async ({ staff, params }) => {
      agents.decline(staff.id, params.offer)
      return calls.desk(staff.id)
    })
  }

const talkRoutes =
  (calls: CallService): FastifyPluginAsyncZod =>
  async (app) => {
    const { agents } = calls

    app.post('/desk/call/hold', atDesk('Let the citizen wait with music', {}), async ({ staff }) => {
      await agents.hold(staff.id)
      return calls.desk(staff.id)
    })

    app.post('/desk/call/resume', atDesk('Go on talking', {}), async ({ staff }) => {
      await agents.resume(staff.id)
      return calls.desk(staff.id)
    })

    app.post('/desk/call/mute', atDesk('Be heard or not', { body: Mute }), async ({ staff, body }) => {
      await agents.mute(staff.id, body.muted)
      return calls.desk(staff.id)
    })

    app.post('/desk/call/digits', atDesk('Send key tones', { body: SendDigits }), async ({ staff, body }) => {
      await agents.sendDigits(staff.id, body.digits)
      return calls.desk(staff.id)
    })
  }

const callEndRoutes =
  (calls: CallService, topics: Topics): FastifyPluginAsyncZod =>
  async (app) => {
    const { agents } = calls

    app.post('/desk/call/end', atDesk('End the call', {}), async ({ staff }) => {
      await agents.end(staff.id)
      return calls.desk(staff.id)
    })

    const form = {
      body: WrapUp,
      querystring: z.object({ then: z.enum(['available', 'break']).default('available') }),
    }
    app.post(
      '/desk/call/wrap-up',
      atDesk('Classify the call and finish', form),
      async ({ staff, body, query }) => {
        mustBeTopics(topics, body.topics)
        agents.wrapUp(staff.id, body, query.then)
        return calls.desk(staff.id)
      },
    )
  }

export const callRoutes =
  (calls: CallService): FastifyPluginAsyncZod =>
  async (app) => {
    const config = allow('seeAllCalls', 'seeOwnCalls')

    app.get(
      '/calls',
      {
        config,
        schema: {
          summary: 'Calls, newest first',
          querystring: CallsQuery,
          response: { 200: z.array(CallRow) },
        },
      },
      ({ staff, query }) =>
        calls.listCalls({
          limit: query.limit,
          ...(query.before !== undefined && { before: new Date(query.before) }),
          ...(query.search && { search: query.search }),
          ...(!may(staff.role, 'seeAllCalls') && { agent: staff.id }),
        }),
    )

    app.get(
      '/calls/:id',
      {
        config,
        schema: { summary: 'Everything kept of one call', params: CallParams, response: { 200: CallCard } },
      },
      async ({ staff, params }) => {
        await mustSee(calls, staff, params.id)
        const card = await calls.callCard(params.id)
        if (!card) throw new Refusal('notFound', `No call ${params.id}`)
        return card
      },
    )

    await app.register(promiseRoutes(calls))
    await app.register(agentRoutes(calls))
    await app.register(liveRoutes(calls))
  }

const liveRoutes =
  (calls: CallService): FastifyPluginAsyncZod =>
  async (app) => {
    const config = allow('signedIn')
    const schema = { summary: 'The live stream (server-sent events)', response: { 200: Done } }

    app.get('/live', { config, schema }, async ({ staff }, response) => {
      const first = await wholeState(calls, staff)
      const headers = response.getHeaders()
      response.hijack()
      for (const [name, value] of Object.entries(headers)) {
        if (value !== undefined) response.raw.setHeader(name, value)
      }
      const reader = { staff: staff.id, role: staff.role, signIn: staff.signIn, response: response.raw }
      if (!calls.hub.open(reader, first)) response.raw.writeHead(503).end()
    })
  }

/** Everything this person may see live, as it is now: a stream begins with it. */
async function wholeState(calls: CallService, { id, role }: SignedInStaff): Promise<LiveMessage[]> {
  const messages: LiveMessage[] = []
  if (may(role, 'takeCalls')) messages.push({ type: 'desk', desk: calls.desk(id) })
  if (may(role, 'seeAgents')) messages.push({ type: 'wallboard', wallboard: await calls.wallboard() })
  return messages
}

/** To whoever may not see it, a call does not exist. */
async function mustSee(calls: CallService, staff: SignedInStaff, call: CallId): Promise<void> {
  const agents = await calls.agentsOfCall(call)
  const isOwn = agents?.includes(staff.id)
  if (
    agents === undefined ||
    !(may(staff.role, 'seeAllCalls') || (isOwn && may(staff.role, 'seeOwnCalls')))
  ) {
    throw new Refusal('notFound', `No call ${call} for ${staff.role}`)
  }
}
