/** The API of the make-believe server. What it answers is checked against the contract, so that it cannot drift from it. */
import type { ServerResponse } from 'node:http'
import { z } from 'zod'
import { AlarmRow } from '#contract/alarms.ts'
import { CallbackRow } from '#contract/callbacks.ts'
import { AgentDay, AgentNow, AskForBreak, CallToClassify, WrapUpDraft } from '#contract/agents.ts'
import { CallCard, CallRow, Desk, Mute, SendDigits, WrapUp } from '#contract/calls.ts'
import { PromptRow } from '#contract/flows.ts'
import { Topic } from '#contract/knowledge.ts'
import type { ProblemCode } from '#contract/problems.ts'
import { ChangeMe, Me, OpenPhone, PhoneAccess, SignIn } from '#contract/staff.ts'
import type { Day } from '#core/lib/time.ts'
import { searchKey } from '#core/text/search-key.ts'
import { agentDays } from './mock-agents.ts'
import { ANSWERED } from './mock-answered.ts'
import { APPEALS } from './mock-appeals.ts'
import { PASSWORD } from './mock-data.ts'
import { CITIZENS } from './mock-citizen-routes.ts'
import { CHAT } from './mock-chat.ts'
import { HAND_OVER } from './mock-hand-over.ts'
import { spokenTone } from './mock-sound.ts'
import { KNOWLEDGE } from './mock-knowledge.ts'
import { KNOWLEDGE_USE } from './mock-knowledge-use.ts'
import { LEARNING } from './mock-learning.ts'
import { SCRIPTS } from './mock-scripts.ts'
import { QUEUES } from './mock-queues.ts'
import { PAPERS } from './mock-paper-routes.ts'
import { PEOPLE } from './mock-people.ts'
import { CLASSIFIER } from './mock-classifier.ts'
import { FLOWS } from './mock-flows.ts'
import { MESSAGES } from './mock-messages.ts'
import { PORTAL } from './mock-portal.ts'
import { PROMISES } from './mock-promises.ts'
import { TRUNKS } from './mock-trunks.ts'
import { SET_UP } from './mock-set-up.ts'
import { SETTINGS } from './mock-settings.ts'
import { SIGNING } from './mock-signing.ts'
import { Refused } from './mock-refused.ts'
import type { MockWorld } from './mock-world.ts'

export type Asked = {
  world: MockWorld
  me: z.infer<typeof Me> | undefined
  token: string | undefined
  path: string[]
  query: URLSearchParams
  body: unknown
  range: string | undefined
  response: ServerResponse
}

type Handler = (asked: Asked & { me: z.infer<typeof Me> }) => unknown

/** What a browser's line looks like to the engine a moment after it called in. */
const LINE_UP_AFTER_MS = 150
const desk =
  (act: (asked: Parameters<Handler>[0]) => boolean, code: ProblemCode): Handler =>
  (asked) => {
    tried(act(asked), code)
    return deskNow(asked)
  }

const deskNow = ({ world, me }: Parameters<Handler>[0]) => Desk.parse(world.desk(me).now())

function tried(done: boolean, code: ProblemCode): void {
  if (!done) throw new Refused(code)
}

const DESK: Record<string, Handler> = {
  'GET /desk': deskNow,
  'POST /desk/phone': ({ world, me, body }) => {
    const mine = world.desk(me)
    const { mode } = OpenPhone.parse(body)
    mine.signOn()
    if (mine.now().phoneMode !== mode) mine.choosePhone(mode)
    if (mode === 'alwaysOn') setTimeout(mine.lineUp, LINE_UP_AFTER_MS)
    return PhoneAccess.parse({
      username: me.login,
      password: 'x',
      domain: 'javob',
      lineUri: 'sip:line@javob',
      socketPath: '/sip',
      ...(mode === 'perCall' && { sipPort: 8002 }),
    })
  },
  'POST /desk/line-proven': desk(({ world, me }) => {
    if (world.desk(me).isPhoneAway()) throw new Refused('phoneNotReachable')
    world.desk(me).proveLine()
    return true
  }, 'lineNotUp'),
  'POST /desk/available': desk(({ world, me }) => world.desk(me).becomeAvailable(), 'lineNotProven'),
  'POST /desk/break': desk(
    ({ world, me, body }) => world.desk(me).takeBreak(AskForBreak.parse(body).reason),
    'wrongStatus',
  ),
  'DELETE /desk/next': desk(({ world, me }) => world.desk(me).withdrawNext(), 'wrongStatus'),
  'POST /desk/call/more-time': desk(({ world, me }) => world.desk(me).moreTime(), 'wrongStatus'),
  'POST /desk/sign-off': desk(({ world, me }) => world.desk(me).signOff(), 'wrongStatus'),
  'POST /desk/offers/:offer/accept': desk(
    ({ world, me, path }) => world.desk(me).accept(path[2] ?? ''),
    'offerGone',
  ),
  'POST /desk/offers/:offer/decline': desk(
    ({ world, me, path }) => world.desk(me).decline(path[2] ?? ''),
    'offerGone',
  ),
  'POST /desk/call/hold': desk(({ world, me }) => world.desk(me).inCall({ state: 'onHold' }), 'callGone'),
  'POST /desk/call/resume': desk(({ world, me }) => world.desk(me).inCall({ state: 'talking' }), 'callGone'),
  'POST /desk/call/mute': desk(({ world, me, body }) => world.desk(me).inCall(Mute.parse(body)), 'callGone'),
  'POST /desk/call/digits': desk(
    ({ world, body }) => world.digits.push(SendDigits.parse(body).digits) > 0,
    'callGone',
  ),
  'POST /desk/call/end': desk(({ world, me }) => world.desk(me).endCall(), 'callGone'),
  'POST /desk/call/wrap-up': desk(({ world, me, body, query }) => {
    const call = world.desk(me).now().call?.id ?? ''
    world.wrappedUp.push({ call, wrapUp: WrapUp.parse(body) })
    return world.desk(me).finishWrapUp(query.get('then') === 'break' ? 'break' : 'available')
  }, 'wrongStatus'),
}

const LATER: Record<string, Handler> = {
  'GET /desk/to-classify': ({ world, me }) =>
    z.array(CallToClassify).parse(
      world.toClassify
        .filter(({ agent }) => agent === me.id)
        .map(({ call }) => ({
          id: call,
          number: '+998 90 123 45 67',
          language: 'uz',
          topic: '01.01',
          connectedAt: Date.now() - 300_000,
          endedAt: Date.now() - 120_000,
          hasDraft: world.drafts.has(call),
        })),
    ),
  'POST /desk/to-classify/:id': ({ world, path, body }) => {
    const place = world.toClassify.findIndex(({ call }) => call === path[2])
    tried(place >= 0, 'notFound')
    world.toClassify.splice(place, 1)
    world.wrappedUp.push({ call: path[2] ?? '', wrapUp: WrapUp.parse(body) })
    return undefined
  },
  'GET /desk/drafts/:id': ({ world, path }) => world.drafts.get(path[2] ?? '') ?? null,
  'PUT /desk/drafts/:id': ({ world, path, body }) => {
    world.drafts.set(path[2] ?? '', WrapUpDraft.parse(body))
    return undefined
  },
}

/** An order of a supervisor's to one of the agents on the wallboard, or to a desk of this world. */
const order: Handler = ({ world, me, path, body }) => {
  const [, id, ...what] = path
  world.orders.push(
    `${what.join('/')}${what.length === 1 && what[0] === 'break' ? ` ${AskForBreak.parse(body).reason}` : ''}`,
  )
  const row = world.agentRows.find((one) => one.id === id)
  if (row && what[0] === 'break' && what[1]) row.asks = null
  if (row && what[0] === 'sign-off') row.next = { do: 'leave' }
  world.say({ type: 'wallboard', wallboard: world.wallboard() }, ({ may }) => may.includes('seeAgents'))
  return me.may.includes('manageAgents') ? undefined : tried(false, 'notAllowed')
}

const AGENTS: Record<string, Handler> = {
  'GET /agents': ({ world }) =>
    z
      .array(AgentNow)
      .parse(world.agentRows.map((row, place) => ({ ...row, callsToClassify: place === 2 ? 2 : 0 }))),
  'GET /agents/timeline': ({ world, query }) =>
    z.array(AgentDay).parse(agentDays(world.agentRows, query.get('day') as Day, Date.now())),
  'GET /agents/:id/timeline': ({ world, me, path, query }) => {
    const people =
      path[1] === me.id ? [{ id: me.id, name: me.name }] : world.agentRows.filter(({ id }) => id === path[1])
    const [day] = agentDays(people, query.get('day') as Day, Date.now())
    if (!day) throw new Refused('notFound')
    return AgentDay.parse(day)
  },
  'POST /agents/:id/break': order,
  'POST /agents/:id/available': order,
  'POST /agents/:id/sign-off': order,
  'POST /agents/:id/break/approve': order,
  'POST /agents/:id/break/refuse': order,
}

const READING: Record<string, Handler> = {
  'GET /calls': ({ world, query }) => {
    const before = Number(query.get('before') ?? Number.POSITIVE_INFINITY)
    const search = searchKey(query.get('search') ?? '').replaceAll(' ', '')
    const found = world.calls.filter(
      ({ arrivedAt, number, agentName }) =>
        arrivedAt < before &&
        searchKey(`${number} ${agentName ?? ''}`)
          .replaceAll(' ', '')
          .includes(search),
    )
    return z.array(CallRow).parse(found.slice(0, Number(query.get('limit') ?? 50)))
  },
  'GET /calls/:id': ({ world, path }) => CallCard.parse(found(world.calls, path[1])),
  'GET /calls/:id/recording': ({ world, path, range, response }) => {
    const { recordingCard } = found(world.calls, path[1])
    if (recordingCard?.status !== 'stored') throw new Refused('recordingNotReady')
    return sendSound(response, spokenTone(recordingCard.seconds ?? 10), range)
  },
  'GET /callbacks': ({ world }) => z.array(CallbackRow).parse(world.callbacks),
  'POST /callbacks/:id/cancel': ({ world, me, path }) => {
    const row = found(world.callbacks, path[1])
    tried(row.status === 'waiting', 'wrongStatus')
    Object.assign(row, { status: 'cancelled', endedAt: Date.now(), cancelledByName: me.name, place: null })
    return undefined
  },
  ...APPEALS,
  'GET /topics': ({ world }) => z.array(Topic).parse(world.topics),
  'GET /alarms': ({ world }) => z.array(AlarmRow).parse(world.alarms),
  'POST /alarms/:id/resolve': ({ world, me, path }) => {
    Object.assign(found(world.alarms, path[1]), { resolvedAt: Date.now(), resolvedByName: me.name })
    world.say({ type: 'wallboard', wallboard: world.wallboard() }, ({ may }) => may.includes('seeAgents'))
    return undefined
  },
  'GET /prompts': ({ world }) => z.array(PromptRow).parse(world.prompts),
  'GET /prompts/:key/audio': ({ response, range }) => sendSound(response, spokenTone(2), range),
  'POST /prompts/:key/recording': ({ world, me, path }) => setSource(world, path[1], 'uploaded', me.name),
  'DELETE /prompts/:key/recording': ({ world, path }) => setSource(world, path[1], 'spoken', null),
}

const STAFF_ROUTES: Record<string, Handler> = {
  'GET /me': ({ me }) => Me.parse(me),
  'PATCH /me': ({ me, body }) => Object.assign(me, ChangeMe.parse(body)),
  'POST /sign-out': ({ world, token, response }) => {
    world.signIns.delete(token ?? '')
    response.setHeader('set-cookie', 'javob=; Path=/; Max-Age=0')
    return undefined
  },
  'GET /live': ({ world, me, response }) => {
    response
      .writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      .write('retry: 1000\n\n')
    const listener = { staff: me, response }
    world.listeners.add(listener)
    response.on('close', () => world.listeners.delete(listener))
    if (me.may.includes('takeCalls'))
      response.write(`data: ${JSON.stringify({ type: 'desk', desk: world.desk(me).now() })}\n\n`)
    if (me.may.includes('seeAgents'))
      response.write(`data: ${JSON.stringify({ type: 'wallboard', wallboard: world.wallboard() })}\n\n`)
    return ANSWERED
  },
}

export function answer(method: string, asked: Asked): unknown {
  if (`${method} /${asked.path.join('/')}` === 'POST /sign-in') return signIn(asked)
  const { me } = asked
  if (!me) throw new Refused('notSignedIn')
  const handler = Object.entries({
    ...STAFF_ROUTES,
    ...DESK,
    ...LATER,
    ...HAND_OVER,
    ...CITIZENS,
    ...AGENTS,
    ...READING,
    ...QUEUES,
    ...LEARNING,
    ...SCRIPTS,
    ...PEOPLE,
    ...KNOWLEDGE_USE,
    ...KNOWLEDGE,
    ...CHAT,
    ...SETTINGS,
    ...SET_UP,
    ...CLASSIFIER,
    ...FLOWS,
    ...PORTAL,
    ...MESSAGES,
    ...PROMISES,
    ...TRUNKS,
    ...PAPERS,
    ...SIGNING,
  }).find(([route]) => fits(route, method, asked.path))?.[1]
  if (!handler) throw new Refused('notFound')
  return handler({ ...asked, me })
}

function signIn({ world, body, response }: Asked): unknown {
  const { login, password } = SignIn.parse(body)
  const me = world.staff.find((one) => one.login === login)
  if (!me || password !== PASSWORD) throw new Refused('wrongCredentials')
  response.setHeader('set-cookie', `javob=${world.signIn(me)}; Path=/; HttpOnly; SameSite=Strict`)
  return Me.parse(me)
}

function fits(route: string, method: string, path: string[]): boolean {
  const [wanted, pattern = ''] = route.split(' ')
  const parts = pattern.slice(1).split('/')
  return (
    wanted === method &&
    parts.length === path.length &&
    parts.every((part, at) => part.startsWith(':') || part === path[at])
  )
}

function found<T extends { id: string }>(rows: T[], id: string | undefined): T {
  const row = rows.find((one) => one.id === id)
  if (!row) throw new Refused('notFound')
  return row
}

function setSource(
  world: MockWorld,
  key: string | undefined,
  source: 'spoken' | 'uploaded',
  madeByName: string | null,
): undefined {
  const prompt = world.prompts.find((one) => one.key === key)
  if (!prompt) throw new Refused('notFound')
  Object.assign(prompt, { source, madeByName, madeAt: Date.now() })
  return undefined
}

function sendSound(response: ServerResponse, sound: Buffer, range: string | undefined): symbol {
  const [from = 0, to = sound.length - 1] =
    /^bytes=(\d+)-(\d+)?$/
      .exec(range ?? '')
      ?.slice(1)
      .map((part) => (part ? Number(part) : undefined)) ?? []
  response.writeHead(range ? 206 : 200, {
    'content-type': 'audio/wav',
    'accept-ranges': 'bytes',
    'content-length': to - from + 1,
    ...(range && { 'content-range': `bytes ${from}-${to}/${sound.length}` }),
  })
  response.end(sound.subarray(from, to + 1))
  return ANSWERED
}
