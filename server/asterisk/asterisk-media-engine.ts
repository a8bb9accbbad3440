/**
 * The media engine on Asterisk: what the calls module asks for, told to Asterisk in
 * its own words, and Asterisk's events told in ours.
 *
 * What is up is kept in two books, citizens and agents. They are filled by events,
 * and put right against Asterisk's own lists whenever the link was away. A call that
 * is in the book leaves it by exactly one callerHungUp, and a line of an agent by
 * one lineDown, unless it was we who ended the line.
 */
import type { Logger } from 'pino'
import { unreachable } from '#core/lib/assert.ts'
import type { AgentId, CallId } from '#core/lib/ids.ts'
import { dataPaths } from '../config.ts'
import type { MediaEngine, MediaEvent } from '../calls/ports.ts'
import { AgentLines, agentOfBridge, ignoringGone, type Line, type RungPhone } from './agent-lines.ts'
import { AriLink, messageOf } from './ari-link.ts'
import type { AriBridge, AriChannel, AriEvent } from './ari-objects.ts'
import { AriLost } from './ari-socket.ts'
import { argumentFacts, type ChannelFacts, rungFacts, standingFacts } from './channel-facts.ts'
import { type Citizen, CitizenChannels, STAY_SECONDS } from './citizen-channels.ts'
import { claimedCaller } from './claimed-caller.ts'
import { leftMessagesDirectory } from './engine-files.ts'
import { LeftMessages } from './left-messages.ts'
import { legPlaces } from './leg-files.ts'
import { PhoneAccounts } from './phone-accounts.ts'
import { applyTrunkFiles } from './apply-trunks.ts'
import type { TrunkRow } from './trunk-files.ts'

/** Chances to prolong a call's stay before the dialplan takes it back. */
const CHANCES_A_STAY = 3
/** Q.850 38: what went while nobody watched, went with the network or the engine. */
const CAUSE_UNKNOWN = 38
/** Says on the channel that the server knows of the call. */
const SEEN = 'JAVOB_SEEN'

export type AsteriskOptions = {
  /** The data directory of the copy. */
  data: string
  httpPort: number
  ariPassword: string
  log: Logger
  /** How long a waiting call stays with a server that says nothing. */
  staySeconds?: number
}

export interface AsteriskMediaEngine extends MediaEngine {
  start(onEvent: (event: MediaEvent) => void): Promise<void>
  stop(): Promise<void>
  /** Makes these the trunks. They stay without the server. Returns what is wrong with those that were left out. */
  applyTrunks(trunks: readonly TrunkRow[]): Promise<string[]>
}

export function asteriskMediaEngine(options: AsteriskOptions): AsteriskMediaEngine {
  const { log } = options
  const legs = legPlaces(dataPaths(options.data).spool)
  const link = new AriLink(
    { host: '127.0.0.1', port: options.httpPort, password: options.ariPassword },
    log,
    { onEvent: digest, onUp: comeUp, onDown: () => tell({ type: 'engineLost', at: Date.now() }) },
  )
  const staySeconds = options.staySeconds ?? STAY_SECONDS
  const citizens = new CitizenChannels(link, staySeconds)
  const agents = new AgentLines(link)
  const accounts = new PhoneAccounts(link)
  const left = new LeftMessages(leftMessagesDirectory(options.data), legs, log, (message) =>
    tell({ type: 'messageLeft', message, at: Date.now() }),
  )
  let listener: ((event: MediaEvent) => void) | undefined
  let keeping: NodeJS.Timeout | undefined
  let wasUp = false

  function tell(event: MediaEvent): void {
    listener?.(event)
  }

  /** For what nobody waits for. Something that has gone meanwhile is ordinary. */
  function inBackground(what: string, work: Promise<unknown>): void {
    work.catch((error: unknown) => log.info({ what, error: messageOf(error) }, 'left undone'))
  }

  // Events ------------------------------------------------------------------

  function digest(event: AriEvent): void {
    switch (event.type) {
      case 'StasisStart':
        return entered(event.channel, rungFacts(event.channel.id) ?? argumentFacts(event.args))
      case 'ChannelStateChange':
        return stateChanged(event.channel, Date.parse(event.timestamp))
      case 'ChannelDtmfReceived': {
        const citizen = citizens.onChannel(event.channel.id)
        if (citizen && !citizen.isTakingMessage) tell({ type: 'digitPressed', call: citizen.call, digit: event.digit, at: Date.parse(event.timestamp) })
        return
      }
      case 'PlaybackFinished': {
        const ended = citizens.playbackEnded(event.playback.id)
        if (ended) tell({ type: 'promptsPlayed', ...ended, at: Date.parse(event.timestamp) })
        return
      }
      case 'ChannelDestroyed':
        return destroyed(event.channel.id, event.cause, Date.parse(event.timestamp))
      case 'ChannelUserevent':
        return
      default:
        return unreachable(event)
    }
  }

  function entered(channel: AriChannel, facts: ChannelFacts | undefined): void {
    if (!facts) return log.warn({ channel: channel.id }, 'a channel came that explains nothing')
    switch (facts.is) {
      case 'citizen':
        if (!citizens.find(facts.call)) arrived(channel, facts)
        return
      case 'refused':
        return refused(channel, facts)
      case 'line':
        return lineUp(channel, facts.agent)
      case 'rung':
        return phoneAnswered(channel)
      default:
        return unreachable(facts)
    }
  }

  function arrived(channel: AriChannel, facts: Extract<ChannelFacts, { is: 'citizen' }>): void {
    const { call, trunk, did } = facts
    const citizen = citizens.add(facts, channel.id)
    log.info({ call, trunk }, 'arrived')
    // Before anything else is asked for: the recording grows only while something is sent or heard.
    inBackground('silence', citizens.silence(citizen))
    tell({ type: 'callArrived', call, trunk, did, caller: claimedCaller(facts.claim), legs: legs.of(call), at: facts.startedAt })
    inBackground('keep', Promise.all([citizens.keep(citizen), citizens.setVariable(citizen, SEEN, '1')]))
  }

  function refused(channel: AriChannel, facts: Extract<ChannelFacts, { is: 'refused' }>): void {
    const { call, trunk, did, reason, at } = facts
    log.info({ call, trunk, reason }, 'refused')
    tell({ type: 'callRefused', call, ...(trunk ? { trunk } : {}), did, caller: claimedCaller(facts.claim), reason, at })
    // Back to the dialplan, which knows the right code.
    inBackground('refuse', ignoringGone(link.request({ method: 'POST', path: ['channels', channel.id, 'continue'] })))
  }

  function lineUp(channel: AriChannel, agent: AgentId): void {
    const older = agents.line(agent)
    const talking = citizens.all().find((citizen) => citizen.connectedTo === agent)
    // He was heard on the older line, which goes now; the new one is given the call by a resume.
    if (older && talking) inBackground('music', musicAfterLoss(talking))
    const ready = agents.up(agent, channel.id).then(() => answerLine(channel))
    ready.then(
      () => {
        if (agents.line(agent)?.channel === channel.id) tell({ type: 'lineUp', agent, at: Date.now() })
      },
      (error: unknown) => log.info({ agent, error: messageOf(error) }, 'a line went before it was up'),
    )
  }

  async function answerLine(channel: AriChannel): Promise<void> {
    await link.request({ method: 'POST', path: ['channels', channel.id, 'answer'] })
    await link.request({ method: 'POST', path: ['channels', channel.id, 'silence'] })
  }

  function phoneAnswered(channel: AriChannel): void {
    const phone = agents.phoneOn(channel.id)
    if (!phone || phone.isUnwanted) return inBackground('hang up', ignoringGone(link.request({ method: 'DELETE', path: ['channels', channel.id] })))
    phone.hasAnswered = true
    tell({ type: 'phoneAnswered', agent: phone.agent, offer: phone.offer, at: Date.now() })
  }

  function stateChanged(channel: AriChannel, at: number): void {
    const citizen = citizens.onChannel(channel.id)
    if (citizen && channel.state === 'Up') tell({ type: 'callAnswered', call: citizen.call, at })
  }

  function destroyed(channel: string, cause: number, at: number): void {
    const citizen = citizens.onChannel(channel)
    if (citizen) return citizenGone(citizen, cause, at)
    const line = agents.lineOn(channel)
    if (line) return lineGone(line, cause, at)
    const phone = agents.phoneOn(channel)
    if (phone) phoneGone(phone, cause, at)
  }

  function citizenGone(citizen: Citizen, cause: number, at: number): void {
    citizens.remove(citizen)
    log.info({ call: citizen.call, cause }, 'hung up')
    if (citizen.connectedTo) inBackground('part', agents.part(citizen.connectedTo, undefined))
    tell({ type: 'callerHungUp', call: citizen.call, cause, at })
  }

  function lineGone(line: Line, cause: number, at: number): void {
    agents.forgetLine(line)
    const talking = citizens.all().find((citizen) => citizen.connectedTo === line.agent)
    if (talking) inBackground('music', musicAfterLoss(talking))
    log.info({ agent: line.agent, cause }, 'line down')
    tell({ type: 'lineDown', agent: line.agent, cause, at })
  }

  function phoneGone(phone: RungPhone, cause: number, at: number): void {
    agents.forgetPhone(phone)
    const talking = citizens.all().find((citizen) => citizen.connectedTo === phone.agent)
    if (phone.isUnwanted) return
    if (talking) inBackground('music', musicAfterLoss(talking))
    if (phone.hasAnswered) return tell({ type: 'phoneHungUp', agent: phone.agent, at })
    tell({ type: 'phoneFailed', agent: phone.agent, offer: phone.offer, cause: failureOf(cause), at })
  }

  /** The citizen must not sit in silence where an agent was. */
  async function musicAfterLoss(citizen: Citizen): Promise<void> {
    await Promise.all([leaveAgent(citizen), citizens.startMusic(citizen.call)])
  }

  async function leaveAgent(citizen: Citizen): Promise<void> {
    const agent = citizen.connectedTo
    if (!agent) return
    citizen.connectedTo = undefined
    await Promise.all([agents.part(agent, citizen), citizens.keep(citizen)])
  }

  // The link came up --------------------------------------------------------

  async function comeUp(): Promise<void> {
    if (wasUp) await accounts.writeAll()
    const [channels, bridges] = await Promise.all([link.get<AriChannel[]>(['channels']), link.get<AriBridge[]>(['bridges'])])
    forgetVanished(new Set(channels.map((channel) => channel.id)))
    for (const channel of channels) await adopt(channel, bridges)
    await putBridgesRight(bridges)
    if (wasUp) tell({ type: 'engineBack', at: Date.now() })
    wasUp = true
  }

  function forgetVanished(standing: ReadonlySet<string>): void {
    const at = Date.now()
    for (const citizen of citizens.all()) if (!standing.has(citizen.channel)) citizenGone(citizen, CAUSE_UNKNOWN, at)
    for (const line of agents.lines()) if (!standing.has(line.channel)) lineGone(line, CAUSE_UNKNOWN, at)
    for (const phone of agents.phones()) if (!standing.has(phone.channel)) phoneGone(phone, CAUSE_UNKNOWN, at)
  }

  /** A channel that came, or stayed, while nobody watched. */
  async function adopt(channel: AriChannel, bridges: readonly AriBridge[]): Promise<void> {
    const facts = standingFacts(channel)
    if (!facts) return
    const bridge = bridges.find((each) => each.channels.includes(channel.id))
    if (facts.is === 'citizen' && !citizens.find(facts.call)) return await adoptCitizen(channel, facts, bridge)
    if (facts.is === 'refused') return refused(channel, facts)
    if (facts.is === 'line' && !agents.lineOn(channel.id)) {
      if (channel.state !== 'Up' || agents.line(facts.agent)) return lineUp(channel, facts.agent)
      agents.adopt(facts.agent, channel.id)
    }
    if (facts.is === 'rung' && !agents.phoneOn(channel.id)) {
      if (bridge) return agents.adoptPhone(facts.agent, facts.offer, channel.id)
      // Nobody remembers for whom it rang.
      await ignoringGone(link.request({ method: 'DELETE', path: ['channels', channel.id] }))
    }
  }

  async function adoptCitizen(channel: AriChannel, facts: Extract<ChannelFacts, { is: 'citizen' }>, bridge: AriBridge | undefined): Promise<void> {
    const seen = await link.get<{ value: string }>(['channels', channel.id, 'variable'], { variable: SEEN }).catch(() => ({ value: '' }))
    if (!seen.value) return arrived(channel, facts)
    const citizen = citizens.add(facts, channel.id)
    citizen.connectedTo = bridge ? agentOfBridge(bridge.id) : undefined
    inBackground('keep', citizens.keep(citizen))
  }

  /** Who was left alone in a bridge is taken out of it. */
  async function putBridgesRight(bridges: readonly AriBridge[]): Promise<void> {
    for (const bridge of bridges) {
      const agent = agentOfBridge(bridge.id)
      if (!agent) continue
      const inside = bridge.channels
      const citizen = citizens.all().find((each) => inside.includes(each.channel))
      const seated = inside.some((channel) => agents.line(agent)?.channel === channel || agents.phoneOn(channel)?.agent === agent)
      if (citizen && !seated) await musicAfterLoss(citizen)
      if (seated && !citizen) await agents.part(agent, undefined)
    }
  }

  function keepAll(): void {
    if (!link.isUp) return
    // Who hears a prompt was given its length beforehand; asked now, the engine would answer only at its end.
    const waiting = citizens
      .all()
      .filter((citizen) => !citizen.isTakingMessage && citizen.connectedTo === undefined && citizen.hears !== 'prompt')
    for (const citizen of waiting) inBackground('keep', citizens.keep(citizen))
  }

  // Requests ----------------------------------------------------------------

  /** Before anything is played to him: not while he talks with somebody. */
  async function aside(call: CallId): Promise<void> {
    await leaveAgent(citizens.of(call))
  }

  async function connect(call: CallId, agent: AgentId): Promise<void> {
    const citizen = citizens.of(call)
    if (citizen.connectedTo && citizen.connectedTo !== agent) await leaveAgent(citizen)
    await Promise.all([citizens.hush(citizen), agents.join(citizen, agent)])
    citizen.connectedTo = agent
    // Talking has no time limit: it goes on even if we die now.
    inBackground('keep', citizens.keep(citizen))
  }

  return {
    async start(onEvent) {
      listener = onEvent
      await link.start()
      left.start()
      keeping = setInterval(keepAll, (staySeconds * 1000) / CHANCES_A_STAY)
    },
    async stop() {
      clearInterval(keeping)
      left.stop()
      link.stop()
      listener = undefined
    },
    applyTrunks: (trunks) => applyTrunkFiles(trunks, options.data, link, log),

    answer: (call) => citizens.answer(call),
    async play(call, playback, prompts) {
      if (prompts.length === 0) {
        await citizens.stopPlaying(call)
        setImmediate(() => tell({ type: 'promptsPlayed', call, playback, at: Date.now() }))
        return
      }
      await Promise.all([aside(call), citizens.play(call, playback, prompts)])
    },
    stopPlaying: (call) => citizens.stopPlaying(call),
    async startMusic(call) {
      await Promise.all([aside(call), citizens.startMusic(call)])
    },
    hangUp: (call, reason) => citizens.hangUp(call, reason),
    async takeMessage(call, language) {
      await aside(call)
      await citizens.takeMessage(call, language)
    },
    sendDigits: (call, digits) => citizens.sendDigits(call, digits),

    allowPhone: (agent, password) => accounts.allow(agent, password),
    async forbidPhone(agent) {
      await accounts.forbid(agent)
      const talking = citizens.all().find((citizen) => citizen.connectedTo === agent)
      await Promise.all([agents.hangUpLine(agent), agents.release(agent)])
      if (talking) await musicAfterLoss(talking)
    },
    lineAudio: (agent) => agents.audio(agent),
    async ring(agent, offer, caller) {
      try {
        await agents.ring(agent, offer, caller)
      } catch (error) {
        if (error instanceof AriLost) throw error
        // No phone of the agent is there to be rung.
        setImmediate(() => tell({ type: 'phoneFailed', agent, offer, cause: 'unreachable', at: Date.now() }))
      }
    },
    stopRinging: (agent, offer) => agents.stopRinging(agent, offer),

    connect,
    resume: connect,
    async hold(call) {
      await Promise.all([aside(call), citizens.startMusic(call)])
    },
    mute: (agent, muted) => agents.mute(agent, muted),
    release: (agent) => agents.release(agent),

    async standing() {
      return {
        calls: citizens.all().map(({ call, trunk, connectedTo }) => ({ call, trunk, ...(connectedTo ? { connectedTo } : {}) })),
        lines: agents.lines().map((line) => line.agent),
      }
    },
  }
}

/** Q.850 causes of a phone that did not answer. */
function failureOf(cause: number): 'busy' | 'noAnswer' | 'declined' | 'unreachable' {
  if (cause === 17) return 'busy'
  if (cause === 18 || cause === 19) return 'noAnswer'
  return cause === 21 ? 'declined' : 'unreachable'
}
