/**
 * A media engine without telephones, for tests and for the screens-only mode.
 * It remembers what was asked of it and says only what the test lets it say.
 *
 * It does the least that keeps a picture true: calls and lines that the test
 * lets arrive are standing until the test lets them go. It never answers a
 * request by an event of its own; a scripted engine that guessed would hide
 * what the conductor forgot.
 */
import type { AgentId, CallbackId, CallId, OfferId, PartyId } from '#core/lib/ids.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import {
  type Dial,
  type HangUpReason,
  type Host,
  type LineAudio,
  type MediaEngine,
  type MediaEvent,
  MediaGone,
  type Member,
  type PhoneAddresses,
  type PromptFile,
  type Standing,
} from './ports.ts'

/** One remembered request: the name of the method and what it was given, in order. */
export type MediaRequest = readonly [name: keyof MediaEngine, ...given: unknown[]]

/** Everything the test can look at and do; the rest of it is the port itself. */
export interface FakeMediaEngine extends MediaEngine {
  readonly requests: readonly MediaRequest[]
  /** The requests as lines, e.g. `connect c1 dilnoza`; easy to compare with what was expected. */
  readonly lines: readonly string[]
  /** Forgets the requests made so far. */
  forget(): void
  start(onEvent: (event: MediaEvent) => void): Promise<void>
  stop(): Promise<void>
  /** Lets the engine report something; calls and lines in it become standing, or stop. */
  push(event: MediaEvent): void
  /** From now on, requests about this call or agent are refused with MediaGone. */
  gone(what: CallId | AgentId): void
  /** The next request of this name fails with the error. */
  failNext(name: keyof MediaEngine, error: Error): void
  /** What `lineAudio` tells of an agent; both ways grow by 50 a call where nothing was set. */
  setLineAudio(agent: AgentId, audio: LineAudio): void
  setStanding(standing: Partial<Standing>): void
}

const PACKETS_A_SECOND = 50

export function fakeMediaEngine(): FakeMediaEngine {
  const requests: MediaRequest[] = []
  const calls = new Map<CallId, Standing['calls'][number]>()
  const lines = new Set<AgentId>()
  const phones = new Set<AgentId>()
  const parties = new Set<PartyId>()
  const callbacks = new Set<CallbackId>()
  let rooms: Standing['rooms'] = []
  let alone: CallId[] = []
  let engineSince = 0
  const gone = new Set<string>()
  const failures = new Map<keyof MediaEngine, Error>()
  const audio = new Map<AgentId, LineAudio>()
  const packetsTold = new Map<AgentId, number>()
  let tell: ((event: MediaEvent) => void) | undefined

  async function asked(name: keyof MediaEngine, ...given: unknown[]): Promise<void> {
    requests.push([name, ...given])
    const failure = failures.get(name)
    failures.delete(name)
    if (failure) throw failure
    const missing = given.filter((one) => typeof one === 'string').find((one) => gone.has(one))
    if (missing !== undefined) throw new MediaGone(missing)
  }

  function join(call: CallId, agent: AgentId): void {
    const standing = calls.get(call)
    if (standing) calls.set(call, { ...standing, connectedTo: agent })
  }

  /** Whom no agent hears any more. */
  function part(isMeant: (call: Standing['calls'][number]) => boolean): void {
    for (const { connectedTo: _, ...rest } of [...calls.values()].filter(isMeant)) calls.set(rest.call, rest)
  }

  function notice(event: MediaEvent): void {
    if (event.type === 'callArrived') calls.set(event.call, { call: event.call, trunk: event.trunk })
    if (event.type === 'callerHungUp') calls.delete(event.call)
    if (event.type === 'lineUp') lines.add(event.agent)
    if (event.type === 'lineDown') {
      lines.delete(event.agent)
      part(({ connectedTo }) => connectedTo === event.agent)
    }
    if (event.type === 'partyFailed' || event.type === 'partyGone') parties.delete(event.party)
    if (event.type === 'callbackFailed') callbacks.delete(event.callback)
    if (event.type === 'callArrived' && event.callback) callbacks.delete(event.callback)
  }

  return {
    get requests() {
      return requests
    },
    get lines() {
      return requests.map((request) => request.map(asText).join(' '))
    },
    forget: () => void requests.splice(0),
    async start(onEvent) {
      tell = onEvent
    },
    async stop() {
      tell = undefined
    },
    push(event) {
      notice(event)
      tell?.(event)
    },
    gone: (what) => void gone.add(what),
    failNext: (name, error) => void failures.set(name, error),
    setLineAudio: (agent, counts) => void audio.set(agent, counts),
    setStanding(standing) {
      calls.clear()
      lines.clear()
      alone = standing.alone ?? []
      engineSince = standing.engineSince ?? 0
      rooms = standing.rooms ?? []
      parties.clear()
      callbacks.clear()
      for (const party of standing.parties ?? []) parties.add(party)
      for (const callback of standing.callbacks ?? []) callbacks.add(callback)
      for (const call of standing.calls ?? []) calls.set(call.call, call)
      for (const agent of standing.lines ?? []) lines.add(agent)
      phones.clear()
      for (const agent of standing.phones ?? []) phones.add(agent)
    },

    answer: (call: CallId) => asked('answer', call),
    play: (call: CallId, playback: number, prompts: readonly PromptFile[]) =>
      asked('play', call, playback, prompts),
    stopPlaying: (call: CallId) => asked('stopPlaying', call),
    startMusic: (call: CallId) => asked('startMusic', call),
    hangUp: (call: CallId, reason: HangUpReason) => asked('hangUp', call, reason),
    takeMessage: (call: CallId, language: CallLanguage) => asked('takeMessage', call, language),
    async allowPhone(agent: AgentId): Promise<PhoneAddresses> {
      // The password is not remembered: what a test prints must hold no secret.
      await asked('allowPhone', agent)
      const where = { domain: 'javob', lineUri: 'sip:line@javob' }
      return {
        alwaysOn: { ...where, username: `agent-${agent}` },
        perCall: { ...where, username: `phone-${agent}` },
      }
    },
    forbidPhone: (agent: AgentId) => asked('forbidPhone', agent),
    async canRing(agent: AgentId) {
      await asked('canRing', agent)
      return phones.has(agent)
    },
    async lineAudio(agent: AgentId): Promise<LineAudio> {
      await asked('lineAudio', agent)
      const packets = (packetsTold.get(agent) ?? 0) + PACKETS_A_SECOND
      packetsTold.set(agent, packets)
      return audio.get(agent) ?? { packetsFromAgent: packets, packetsToAgent: packets }
    },
    ring: (agent: AgentId, offer: OfferId, caller: string) => asked('ring', agent, offer, caller),
    stopRinging: (agent: AgentId, offer: OfferId) => asked('stopRinging', agent, offer),
    gather: (host: Host, members: readonly Member[]) => asked('gather', nameOf(host), ...members.map(nameOf)),
    async connect(call: CallId, agent: AgentId) {
      await asked('connect', call, agent)
      join(call, agent)
    },
    async hold(call: CallId) {
      await asked('hold', call)
      part(({ call: one }) => one === call)
    },
    async resume(call: CallId, agent: AgentId) {
      await asked('resume', call, agent)
      join(call, agent)
    },
    mute: (agent: AgentId, muted: boolean) => asked('mute', agent, muted),
    sendDigits: (call: CallId, digits: string) => asked('sendDigits', call, digits),
    async release(agent: AgentId) {
      await asked('release', agent)
      part(({ connectedTo }) => connectedTo === agent)
    },
    async dialOut(dial: Dial & { party: PartyId }) {
      await asked('dialOut', dial.party, dial.trunk, dial.number, dial.callerId)
      parties.add(dial.party)
    },
    async hangUpParty(party: PartyId) {
      await asked('hangUpParty', party)
      parties.delete(party)
    },
    async callBack(dial: Dial & { callback: CallbackId }) {
      await asked('callBack', dial.callback, dial.trunk, dial.number, dial.callerId)
      callbacks.add(dial.callback)
    },
    async stopCallingBack(callback: CallbackId) {
      await asked('stopCallingBack', callback)
      callbacks.delete(callback)
    },
    async standing(): Promise<Standing> {
      return {
        calls: [...calls.values()],
        lines: [...lines],
        phones: [...phones],
        alone,
        engineSince,
        rooms,
        parties: [...parties],
        callbacks: [...callbacks],
      }
    },
  }
}

function nameOf(member: Member): string {
  if ('call' in member) return member.call
  return 'agent' in member ? member.agent : member.party
}

function asText(value: unknown): string {
  return Array.isArray(value) ? value.join('+') : String(value)
}
