/** A conductor with everything around it scripted: for tests of what happens to callers and agents. */
import pino from 'pino'
import { type AgentTimeRules, DEFAULT_AGENT_TIME } from '#core/calls/agent-time.ts'
import { mayDialOut } from '#core/calls/dialling-rules.ts'
import { demoFlow } from '#core/ivr/demo-flow.ts'
import type { Flow } from '#core/ivr/flow.ts'
import type { AgentId, CallbackId, CallId, OfferId, QueueId, TrunkId } from '#core/lib/ids.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import { fluentIn } from '#core/routing/skill-rules.ts'
import { DEFAULT_CALLBACK_SETTINGS } from '#core/calls/callback-settings.ts'
import type { OpenCallback } from '../callbacks/ports.ts'
import { CallbackBook } from '../callbacks/service.ts'
import { DEMO_BREAKS } from '#core/calls/demo-breaks.ts'
import { AgentSide } from './agent-side.ts'
import type { Prompts } from './citizen-side.ts'
import { fixedClock } from './clock.ts'
import { Conductor } from './conductor.ts'
import type { CallEvent } from './events.ts'
import { fakeMediaEngine } from './fake-media-engine.ts'
import { SupervisorSide } from './supervisor-side.ts'
import { TalkSide } from './talk-side.ts'

const START = Date.UTC(2026, 10, 23, 9, 0, 0)
const QUEUES = ['admission', 'results', 'cert', 'general', 'tech', 'appeals', 'trust'] as QueueId[]

/** The names of callbacks in the order of their promises. */
export const callbackName = (count: number) =>
  `00000000-0000-4000-9000-${String(count).padStart(12, '0')}` as CallbackId

export type TestStage = ReturnType<typeof testStage>

export function testStage(options: { prompts?: Prompts; flow?: Flow } = {}) {
  const clock = fixedClock(START)
  const media = fakeMediaEngine()
  const events: (CallEvent & { at: number })[] = []
  let flow = options.flow ?? demoFlow()
  const append = (event: CallEvent) => void events.push({ ...event, at: clock.now() })
  const log = pino({ level: 'silent' })
  let callbackCount = 0
  const settings = { ...DEFAULT_CALLBACK_SETTINGS, queuesWithout: [] as QueueId[] }
  const broken: OpenCallback[] = []
  const callbacks = new CallbackBook({
    log,
    clock,
    append,
    settings: () => settings,
    mayDial: (number) => number.startsWith('+998'),
    broken: (callback) => void broken.push(callback),
    newId: () => callbackName(++callbackCount),
  })
  const rules: { -readonly [Rule in keyof AgentTimeRules]: AgentTimeRules[Rule] } = {
    ...DEFAULT_AGENT_TIME,
    breaks: DEMO_BREAKS,
  }
  const stage = new Conductor({
    node: 'n1',
    media,
    prompts: options.prompts ?? { file: async (language, text) => `${language}:${text}` },
    clock,
    log,
    flow: () => flow,
    information: () => [{ uz: 'foydali', ru: 'полезно' }],
    agentTime: () => rules,
    numberFormat: () => 'automatic',
    mayDial: (typed) => mayDialOut(typed),
    append,
    callbacks,
    canCallBack: () => true,
    callBackAfterLoss: () => false,
    deskChanged: () => undefined,
    lookUpCaller: () => undefined,
  })
  void media.start((event) => stage.onMedia(event))
  const agents = new AgentSide(stage)
  const talks = new TalkSide(stage)

  /** Lets everything promised happen. */
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

  async function arrive(name: string, from = '+998901234567'): Promise<CallId> {
    const call = name as CallId
    const legs = { citizen: `${name}.citizen.alaw`, agent: `${name}.agent.alaw` }
    const at = clock.now()
    media.push({
      type: 'callArrived',
      call,
      trunk: 'demo' as TrunkId,
      did: '1195',
      caller: { from },
      legs,
      at,
    })
    await settle()
    return call
  }

  /** Plays to its end whatever is being played to the call. */
  async function heard(call: CallId): Promise<void> {
    const last = media.requests.findLast(([name, id]) => name === 'play' && id === call)
    if (last) media.push({ type: 'promptsPlayed', call, playback: last[2] as number, at: clock.now() })
    await settle()
  }

  async function press(call: CallId, digits: string): Promise<void> {
    for (const digit of digits) {
      media.push({ type: 'digitPressed', call, digit, at: clock.now() })
      await settle()
    }
  }

  async function hangUp(call: CallId): Promise<void> {
    media.push({ type: 'callerHungUp', call, cause: 16, at: clock.now() })
    await settle()
  }

  /** Signed on, line proven, available. */
  async function agent(
    name: string,
    languages: CallLanguage[] = ['uz', 'ru'],
    queues = QUEUES,
  ): Promise<AgentId> {
    const id = name as AgentId
    agents.signOn({ id, name, queues, skills: fluentIn(languages) })
    await lineUp(id)
    agents.becomeAvailable(id)
    await settle()
    return id
  }

  async function lineUp(id: AgentId): Promise<void> {
    media.push({ type: 'lineUp', agent: id, at: clock.now() })
    await agents.proveLine(id, 100)
  }

  /** A caller who walks 1,1,1 into the admission queue. */
  async function waiting(name: string, from?: string): Promise<CallId> {
    const call = await arrive(name, from)
    await heard(call)
    await heard(call)
    await press(call, '111')
    return call
  }

  const desk = (id: AgentId) => {
    const found = stage.book.desks.get(id)
    if (!found) throw new Error(`No desk of ${id}`)
    return found
  }

  return {
    clock,
    media,
    events,
    callbacks,
    settings,
    broken,
    stage,
    agents,
    supervisors: new SupervisorSide(stage, agents),
    rules,
    /** Calls that come from now on walk another flow. */
    publish: (next: Flow) => void (flow = next),
    talks,
    settle,
    arrive,
    heard,
    press,
    hangUp,
    agent,
    lineUp,
    waiting,
    desk,
    accept: (id: AgentId) => agents.accept(id, desk(id).offer?.id as OfferId),
    /** The types of what was announced about a call, in order. */
    story: (call: CallId) =>
      events.filter((event) => 'call' in event && event.call === call).map(({ type }) => type),
    of: <Type extends CallEvent['type']>(type: Type) =>
      events.filter(
        (event): event is Extract<CallEvent, { type: Type }> & { at: number } => event.type === type,
      ),
  }
}
