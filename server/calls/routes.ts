/** The agent's desk, the calls, and the live stream. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { CallCard, CallRow, CallsQuery, Desk, GoOnBreak, Mute, SendDigits, WrapUp } from '#contract/calls.ts'
import type { LiveMessage } from '#contract/live.ts'
import { LineProven, PhoneAccess } from '#contract/staff.ts'
import type { CallId, OfferId } from '#core/lib/ids.ts'
import { may } from '#core/staff/permissions.ts'
import { Refusal } from '../errors.ts'
import { allow, type SignedInStaff } from '../http-permissions.ts'
import type { CallService } from './service.ts'

const OfferParams = z.object({ offer: z.string().min(1).max(128).transform((id) => id as OfferId) })
const CallParams = z.object({ id: z.uuid().transform((id) => id as string as CallId) })
const Done = z.null()

/** What the calls module asks of knowledge: a wrap-up may only name topics there are. */
type Topics = { unknownTopics(codes: readonly string[]): readonly string[] }

export const deskRoutes = (calls: CallService, topics: Topics): FastifyPluginAsyncZod => async (app) => {
  const config = allow('takeCalls')
  const desk = { 200: Desk }

  app.get('/desk', { config, schema: { summary: 'The desk as it is now', response: desk } }, ({ staff }) => calls.desk(staff.id))

  app.post('/desk/phone', { config, schema: { summary: 'New credentials for the phone; an older line ends', response: { 200: PhoneAccess } } }, async ({ staff }) => {
    await calls.signOnAgent(staff.id)
    return await calls.openPhone(staff.id)
  })

  app.post('/desk/line-proven', { config, schema: { summary: 'The phone hears the line', body: LineProven, response: desk } }, async ({ staff, body }) => {
    await calls.proveLine(staff.id, body.packetsReceived)
    return calls.desk(staff.id)
  })

  app.post('/desk/available', { config, schema: { summary: 'Take calls', response: desk } }, async ({ staff }) => {
    calls.becomeAvailable(staff.id)
    return calls.desk(staff.id)
  })

  app.post('/desk/break', { config, schema: { summary: 'Take a break', body: GoOnBreak, response: desk } }, async ({ staff, body }) => {
    calls.takeBreak(staff.id, body.reason)
    return calls.desk(staff.id)
  })

  app.post('/desk/sign-off', { config, schema: { summary: 'Leave the desk, after the call if there is one', response: desk } }, async ({ staff }) => {
    calls.signOff(staff.id)
    return calls.desk(staff.id)
  })

  app.post('/desk/offers/:offer/accept', { config, schema: { summary: 'Accept an offer', params: OfferParams, response: desk } }, async ({ staff, params }) => {
    calls.accept(staff.id, params.offer)
    return calls.desk(staff.id)
  })

  app.post('/desk/offers/:offer/decline', { config, schema: { summary: 'Decline an offer', params: OfferParams, response: desk } }, async ({ staff, params }) => {
    calls.decline(staff.id, params.offer)
    return calls.desk(staff.id)
  })
  await app.register(callAtDeskRoutes(calls, topics))
}

const callAtDeskRoutes = (calls: CallService, topics: Topics): FastifyPluginAsyncZod => async (app) => {
  const config = allow('takeCalls')
  const desk = { 200: Desk }

  app.post('/desk/call/hold', { config, schema: { summary: 'Let the citizen wait with music', response: desk } }, async ({ staff }) => {
    await calls.hold(staff.id)
    return calls.desk(staff.id)
  })

  app.post('/desk/call/resume', { config, schema: { summary: 'Go on talking', response: desk } }, async ({ staff }) => {
    await calls.resume(staff.id)
    return calls.desk(staff.id)
  })

  app.post('/desk/call/mute', { config, schema: { summary: 'Be heard or not', body: Mute, response: desk } }, async ({ staff, body }) => {
    await calls.mute(staff.id, body.muted)
    return calls.desk(staff.id)
  })

  app.post('/desk/call/digits', { config, schema: { summary: 'Send key tones', body: SendDigits, response: desk } }, async ({ staff, body }) => {
    await calls.sendDigits(staff.id, body.digits)
    return calls.desk(staff.id)
  })

  app.post('/desk/call/end', { config, schema: { summary: 'End the call', response: desk } }, async ({ staff }) => {
    await calls.end(staff.id)
    return calls.desk(staff.id)
  })

  const Then = z.object({ then: z.enum(['available', 'break']).default('available') })
  app.post('/desk/call/wrap-up', { config, schema: { summary: 'Classify the call and finish', body: WrapUp, querystring: Then, response: desk } }, async ({ staff, body, query }) => {
    const unknown = topics.unknownTopics(body.topics)
    if (unknown.length > 0) throw new Refusal('badInput', `There is no topic ${unknown.join(', ')}`)
    calls.wrapUp(staff.id, body, query.then)
    return calls.desk(staff.id)
  })
}

export const callRoutes = (calls: CallService): FastifyPluginAsyncZod => async (app) => {
  const config = allow('seeAllCalls', 'seeOwnCalls')

  app.get('/calls', { config, schema: { summary: 'Calls, newest first', querystring: CallsQuery, response: { 200: z.array(CallRow) } } }, ({ staff, query }) =>
    calls.listCalls({
      limit: query.limit,
      ...(query.before !== undefined && { before: new Date(query.before) }),
      ...(query.search && { search: query.search }),
      ...(!may(staff.role, 'seeAllCalls') && { agent: staff.id }),
    }),
  )

  app.get('/calls/:id', { config, schema: { summary: 'Everything kept of one call', params: CallParams, response: { 200: CallCard } } }, async ({ staff, params }) => {
    await mustSee(calls, staff, params.id)
    const card = await calls.callCard(params.id)
    if (!card) throw new Refusal('notFound', `No call ${params.id}`)
    return card
  })

  app.get('/live', { config: allow('signedIn'), schema: { summary: 'The live stream (server-sent events)', response: { 200: Done } } }, async ({ staff }, response) => {
    const first: LiveMessage[] = []
    if (may(staff.role, 'takeCalls')) first.push({ type: 'desk', desk: calls.desk(staff.id) })
    if (may(staff.role, 'seeAgents')) first.push({ type: 'wallboard', wallboard: await calls.wallboard() })
    const headers = response.getHeaders()
    response.hijack()
    for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.raw.setHeader(name, value)
    const opened = calls.hub.open({ staff: staff.id, role: staff.role, signIn: staff.signIn, response: response.raw }, first)
    if (!opened) response.raw.writeHead(503).end()
  })
}

/** To whoever may not see it, a call does not exist. */
async function mustSee(calls: CallService, staff: SignedInStaff, call: CallId): Promise<void> {
  const agent = await calls.agentOfCall(call)
  const isOwn = agent !== undefined && agent === staff.id
  if (agent === undefined || !(may(staff.role, 'seeAllCalls') || (isOwn && may(staff.role, 'seeOwnCalls')))) {
    throw new Refusal('notFound', `No call ${call} for ${staff.role}`)
  }
}
