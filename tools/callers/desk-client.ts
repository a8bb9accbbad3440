/** An agent's desk without a browser: signs in, asks, and follows the live stream. */
import type { z } from 'zod'
import { RegisteredAppeal, type RegisterAppeal } from '#contract/appeals.ts'
import { type ConsultWith, Desk, TransferTargets, type TransferTo, type WrapUp } from '#contract/calls.ts'
import { FlowCard } from '#contract/flows.ts'
import { Topic } from '#contract/knowledge.ts'
import { LiveMessage, type Wallboard } from '#contract/live.ts'
import { Problem, type ProblemCode } from '#contract/problems.ts'
import { PhoneAccess } from '#contract/staff.ts'
import type { PhoneMode } from '#core/calls/call.ts'
import type { Flow } from '#core/ivr/flow.ts'
import type { SignIn } from '../supervisor/copy-state.ts'

const REQUEST_TIMEOUT_MS = 15_000
/** The largest message is a desk with its caller's card; more than this is no message of ours. */
const MESSAGE_MAX_CHARS = 1_000_000

export class Refused extends Error {
  readonly code: ProblemCode | undefined

  constructor(what: string, status: number, code: ProblemCode | undefined) {
    super(`${what} was refused: ${status} ${code ?? ''}`)
    this.name = 'Refused'
    this.code = code
  }
}

export type DeskClient = Awaited<ReturnType<typeof signIn>>

export async function signIn(web: string, who: SignIn) {
  const closing = new AbortController()
  const cookie = await cookieFor(web, who)

  async function request(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<Response> {
    const response = await fetch(`${web}/api${path}`, {
      method,
      headers: { cookie, 'x-javob': '1', ...(body !== undefined && { 'content-type': 'application/json' }) },
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (response.ok) return response
    throw await refusal(`${method} ${path}`, response)
  }

  async function read<T extends z.ZodType>(schema: T, response: Promise<Response>): Promise<z.infer<T>> {
    return schema.parse(await (await response).json())
  }

  /** Asks for something whose answer is of no interest. */
  async function ask(path: string, body: unknown = {}): Promise<void> {
    await (await request('POST', path, body)).arrayBuffer()
  }

  return {
    cookie,
    desk: () => read(Desk, request('GET', '/desk')),
    topics: () => read(Topic.array(), request('GET', '/topics')),
    openPhone: (mode: PhoneMode = 'alwaysOn') => read(PhoneAccess, request('POST', '/desk/phone', { mode })),
    proveLine: (packetsReceived: number) => ask('/desk/line-proven', { packetsReceived }),
    becomeAvailable: () => ask('/desk/available'),
    accept: (offer: string) => ask(`/desk/offers/${encodeURIComponent(offer)}/accept`),
    hold: () => ask('/desk/call/hold'),
    end: () => ask('/desk/call/end'),
    targets: () => read(TransferTargets, request('GET', '/desk/targets')),
    transfer: (to: TransferTo) => ask('/desk/call/transfer', to),
    returnToQueue: () => ask('/desk/call/return'),
    consult: (whom: ConsultWith) => ask('/desk/call/consult', whom),
    confer: () => ask('/desk/call/conference'),
    handOver: () => ask('/desk/call/hand-over'),
    wrapUp: (wrapUp: WrapUp) => ask('/desk/call/wrap-up', wrapUp),
    signOff: () => ask('/desk/sign-off'),
    signOut: () => ask('/sign-out'),
    /** Makes this the flow that new calls walk. */
    async publishFlow(name: string, flow: Flow): Promise<void> {
      const draft = { basedOn: null, body: flow }
      const { savedAt } = await read(FlowCard, request('PUT', `/flows/${name}/draft`, draft))
      await ask(`/flows/${name}/draft/publish`, { basedOn: savedAt, from: null })
    },
    registerAppeal: (appeal: RegisterAppeal) => read(RegisteredAppeal, request('POST', '/appeals', appeal)),
    recording: (call: string) => request('GET', `/calls/${call}/recording`),

    /** Follows the live stream until closed; done when the server has ended it. */
    async follow(tell: (message: LiveMessage) => void): Promise<void> {
      const response = await fetch(`${web}/api/live`, { headers: { cookie }, signal: closing.signal })
      if (!response.ok || !response.body) throw await refusal('GET /live', response)
      try {
        for await (const message of liveMessages(response.body)) tell(message)
      } catch (error) {
        if (!closing.signal.aborted) throw error
      }
    },

    /** How everything is now: the first that the live stream tells whoever may see all. */
    async wallboard(): Promise<Wallboard> {
      const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS)
      const response = await fetch(`${web}/api/live`, { headers: { cookie }, signal })
      if (!response.ok || !response.body) throw await refusal('GET /live', response)
      for await (const message of liveMessages(response.body))
        if (message.type === 'wallboard') return message.wallboard
      throw new Error('The live stream ended before it told anything')
    },

    close: () => closing.abort(),
  }
}

async function cookieFor(web: string, { login, password }: SignIn): Promise<string> {
  const response = await fetch(`${web}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-javob': '1' },
    body: JSON.stringify({ login, password }),
    signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
  })
  if (!response.ok) throw await refusal(`Signing in as ${login}`, response)
  await response.arrayBuffer()
  const cookies = response.headers.getSetCookie().map((line) => line.split(';')[0] ?? '')
  return cookies.join('; ')
}

async function refusal(what: string, response: Response): Promise<Refused> {
  const text = await response.text()
  const problem = Problem.safeParse(asJson(text))
  return new Refused(what, response.status, problem.success ? problem.data.code : undefined)
}

/** The messages of a server-sent event stream; comments and other fields are of no interest. */
export async function* liveMessages(body: AsyncIterable<Uint8Array>): AsyncGenerator<LiveMessage> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const part of body) {
    text += decoder.decode(part, { stream: true })
    if (text.length > MESSAGE_MAX_CHARS) throw new Error('The live stream sent a message without an end')
    const events = text.split('\n\n')
    text = events.pop() ?? ''
    for (const event of events) {
      const data = event.split('\n').filter((line) => line.startsWith('data:'))
      const message = LiveMessage.safeParse(asJson(data.map((line) => line.slice(5)).join('\n')))
      if (message.success) yield message.data
    }
  }
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
