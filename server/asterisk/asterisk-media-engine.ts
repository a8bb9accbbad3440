/**
 * The media engine on Asterisk: what the calls module asks for, told to Asterisk in
 * its own words. What Asterisk reports is in engine-events.ts; what is up is kept in
 * books: citizen-channels.ts, agent-lines.ts, outside-legs.ts, rooms.ts.
 */
import type { Logger } from 'pino'
import type { AgentId, CallbackId, CallId, OfferId, PartyId } from '#core/lib/ids.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import type {
  Dial,
  HangUpReason,
  Host,
  LineAudio,
  MediaEngine,
  MediaEvent,
  Member,
  PhoneAddresses,
  PromptFile,
  Standing,
} from '../calls/ports.ts'
import { dataPaths } from '../config.ts'
import { adoptStanding, callsAlone } from './adoption.ts'
import { AgentLines } from './agent-lines.ts'
import { AriLink, messageOf } from './ari-link.ts'
import { AriRefused } from './ari-socket.ts'
import { CitizenChannels, STAY_SECONDS } from './citizen-channels.ts'
import { leftMessagesDirectory } from './engine-files.ts'
import { type Mandate, SOLE_MANDATE } from './engine-lease.ts'
import { type Books, EngineEvents } from './engine-events.ts'
import { EngineLife } from './engine-life.ts'
import { LeftMessages } from './left-messages.ts'
import { legPlaces } from './leg-files.ts'
import { OutsideLegs } from './outside-legs.ts'
import { PhoneAccounts } from './phone-accounts.ts'
import { agentOf, keepClockAwake } from './room-bridges.ts'
import { Rooms } from './rooms.ts'
import type { TrunkRow } from './trunk-files.ts'
import { Trunks } from './trunks.ts'

/** Chances to prolong a call's stay before the dialplan takes it back. */
const CHANCES_A_STAY = 3

export type AsteriskOptions = {
  /** The data directory of the copy. */
  data: string
  httpPort: number
  ariPassword: string
  log: Logger
  /** Whether this server is the one that commands; without it, it is the only one. */
  mandate?: Mandate
  /** How long a waiting call stays with a server that says nothing. */
  staySeconds?: number
}

export interface AsteriskMediaEngine extends MediaEngine {
  /** Done when the engine has been reached and what stands there is known. */
  start(onEvent: (event: MediaEvent) => void): Promise<void>
  /** Tells of the calls that the engine handled without a server, from now on. */
  startLeftMessages(): void
  stop(): Promise<void>
  /** Makes these the trunks. They stay without the server. Returns what is wrong with those that were left out. */
  applyTrunks(trunks: readonly TrunkRow[]): Promise<string[]>
  /** The trunks it has read, and how many calls are on each. */
  trunksInEngine(): Promise<ReadonlyMap<string, number>>
}

export function asteriskMediaEngine(options: AsteriskOptions): AsteriskMediaEngine {
  return new MediaOnAsterisk(options)
}

class MediaOnAsterisk implements AsteriskMediaEngine {
  readonly #books: Books
  readonly #events: EngineEvents
  readonly #accounts: PhoneAccounts
  readonly #trunks: Trunks
  readonly #left: LeftMessages
  readonly #staySeconds: number
  readonly #life = new EngineLife()
  #listener: ((event: MediaEvent) => void) | undefined
  #keeping: NodeJS.Timeout | undefined
  #wasUp = false

  constructor(options: AsteriskOptions) {
    const { data, log } = options
    this.#staySeconds = options.staySeconds ?? STAY_SECONDS
    const address = { host: '127.0.0.1', port: options.httpPort, password: options.ariPassword }
    const link = new AriLink(
      { address, log, mandate: options.mandate ?? SOLE_MANDATE },
      {
        onEvent: (event) => this.#events.digest(event),
        onUp: () => this.#comeUp(),
        onDown: () => {
          this.#life.lost()
          this.#tell({ type: 'engineLost', at: Date.now() })
        },
      },
    )
    const citizens = new CitizenChannels(link, this.#staySeconds)
    const agents = new AgentLines(link)
    const legs = legPlaces(dataPaths(data).spool)
    const outside = new OutsideLegs(link)
    const rooms = new Rooms({ link, citizens, agents, outside })
    this.#books = { link, citizens, agents, outside, rooms, legs, log }
    this.#events = new EngineEvents(this.#books, (event) => this.#tell(event))
    this.#accounts = new PhoneAccounts(link)
    this.#trunks = new Trunks(data, link, log)
    this.#left = new LeftMessages(leftMessagesDirectory(data), legs, log, (message) =>
      this.#tell({ type: 'messageLeft', message, at: Date.now() }),
    )
  }

  async start(onEvent: (event: MediaEvent) => void): Promise<void> {
    this.#listener = onEvent
    await this.#books.link.start()
    this.#keeping = setInterval(() => this.#keepWaiting(), (this.#staySeconds * 1000) / CHANCES_A_STAY)
  }

  startLeftMessages(): void {
    this.#left.start()
  }

  async stop(): Promise<void> {
    clearInterval(this.#keeping)
    this.#left.stop()
    this.#books.link.stop()
    this.#listener = undefined
  }

  async applyTrunks(trunks: readonly TrunkRow[]): Promise<string[]> {
    return await this.#trunks.apply(trunks)
  }

  async trunksInEngine(): Promise<ReadonlyMap<string, number>> {
    return await this.#trunks.inEngine()
  }

  // The citizen -------------------------------------------------------------

  async answer(call: CallId): Promise<void> {
    await this.#books.citizens.answer(call)
  }

  async play(call: CallId, playback: number, prompts: readonly PromptFile[]): Promise<void> {
    const { citizens, rooms } = this.#books
    if (prompts.length > 0) {
      await Promise.all([rooms.aside(call), citizens.play(call, playback, prompts)])
      return
    }
    await citizens.stopPlaying(call)
    this.#tellSoon({ type: 'promptsPlayed', call, playback, at: Date.now() })
  }

  async stopPlaying(call: CallId): Promise<void> {
    await this.#books.citizens.stopPlaying(call)
  }

  async startMusic(call: CallId): Promise<void> {
    const { citizens, rooms } = this.#books
    await Promise.all([rooms.aside(call), citizens.startMusic(call)])
  }

  async hangUp(call: CallId, reason: HangUpReason): Promise<void> {
    await this.#books.citizens.hangUp(call, reason)
  }

  async takeMessage(call: CallId, language: CallLanguage): Promise<void> {
    const { citizens, rooms } = this.#books
    await Promise.all([rooms.aside(call), citizens.takeMessage(call, language)])
  }

  async sendDigits(call: CallId, digits: string): Promise<void> {
    await this.#books.citizens.sendDigits(call, digits)
  }

  // The agent ---------------------------------------------------------------

  async allowPhone(agent: AgentId, password: string): Promise<PhoneAddresses> {
    return await this.#accounts.allow(agent, password)
  }

  async forbidPhone(agent: AgentId): Promise<void> {
    const { agents, rooms } = this.#books
    await this.#accounts.forbid(agent)
    const line = agents.line(agent)
    await Promise.all([
      agents.hangUpLine(agent),
      agents.release(agent),
      line ? rooms.vanished(line) : undefined,
    ])
  }

  async canRing(agent: AgentId): Promise<boolean> {
    return (await this.#accounts.reachable()).includes(agent)
  }

  async lineAudio(agent: AgentId): Promise<LineAudio> {
    return await this.#books.agents.audio(agent)
  }

  async ring(agent: AgentId, offer: OfferId, caller: string): Promise<void> {
    try {
      await this.#books.agents.ring(agent, offer, caller)
    } catch (error) {
      if (!(error instanceof AriRefused)) throw error
      // No phone of the agent is there to be rung.
      this.#tellSoon({ type: 'phoneFailed', agent, offer, cause: 'unreachable', at: Date.now() })
    }
  }

  async stopRinging(agent: AgentId, offer: OfferId): Promise<void> {
    await this.#books.agents.stopRinging(agent, offer)
  }

  async mute(agent: AgentId, muted: boolean): Promise<void> {
    await this.#books.agents.mute(agent, muted)
  }

  async release(agent: AgentId): Promise<void> {
    await this.#books.agents.release(agent)
  }

  // Both --------------------------------------------------------------------

  async gather(host: Host, members: readonly Member[]): Promise<void> {
    await this.#books.rooms.gather(host, members)
  }

  async connect(call: CallId, agent: AgentId): Promise<void> {
    await this.gather({ agent }, [{ call }])
  }

  async hold(call: CallId): Promise<void> {
    await this.startMusic(call)
  }

  async resume(call: CallId, agent: AgentId): Promise<void> {
    await this.connect(call, agent)
  }

  // Those whom we call ------------------------------------------------------

  async dialOut(dial: Dial & { party: PartyId }): Promise<void> {
    const { party } = dial
    const fail = () => this.#tellSoon({ type: 'partyFailed', party, cause: 'unreachable', at: Date.now() })
    await this.#call(dial, (endpoint) => this.#books.outside.dialOut(dial, endpoint), fail)
  }

  async hangUpParty(party: PartyId): Promise<void> {
    const { outside, rooms } = this.#books
    const leg = outside.all().find((each) => each.party === party)
    if (!leg) return
    outside.forget(leg)
    await Promise.all([outside.hangUp(leg.channel), rooms.vanished(leg)])
  }

  async callBack(dial: Dial & { callback: CallbackId }): Promise<void> {
    const { callback } = dial
    const fail = () =>
      this.#tellSoon({ type: 'callbackFailed', callback, cause: 'unreachable', at: Date.now() })
    await this.#call(dial, (endpoint) => this.#books.outside.callBack(dial, endpoint), fail)
  }

  async stopCallingBack(callback: CallbackId): Promise<void> {
    const { outside } = this.#books
    const leg = outside.callbacks().find((each) => each.callback === callback)
    if (!leg) return
    outside.forgetCallback(leg)
    await outside.hangUp(leg.channel)
  }

  async standing(): Promise<Standing> {
    const { citizens, agents, outside, rooms } = this.#books
    const [alone, phones] = await Promise.all([callsAlone(this.#books), this.#accounts.reachable()])
    return {
      alone,
      engineSince: this.#life.startedAt,
      phones,
      calls: citizens.all().map(({ call, trunk, room }) => {
        const connectedTo = agentOf(room)
        return { call, trunk, ...(connectedTo ? { connectedTo } : {}) }
      }),
      lines: agents.lines().map((line) => line.agent),
      rooms: rooms.all(),
      parties: outside.all().map(({ party }) => party),
      callbacks: outside.callbacks().map(({ callback }) => callback),
    }
  }

  /** By the trunk, if it has a way out; a number that cannot be called is one that was not reached. */
  async #call(
    { trunk, number }: Dial,
    by: (endpoint: string) => Promise<void>,
    fail: () => void,
  ): Promise<void> {
    const endpoint = this.#trunks.targetOf(trunk, number)
    if (endpoint === undefined) {
      this.#books.log.warn({ trunk }, 'this trunk has no way out')
      return fail()
    }
    try {
      await by(endpoint)
    } catch (error) {
      if (!(error instanceof AriRefused)) throw error
      this.#books.log.warn({ trunk, error: error.message }, 'nobody could be called')
      fail()
    }
  }

  async #comeUp(): Promise<void> {
    const diedAt = await this.#life.look(this.#books.link)
    await keepClockAwake(this.#books.link)
    await this.#accounts.writeMissing(diedAt !== undefined)
    await adoptStanding(this.#books, this.#events, diedAt)
    this.#life.digested()
    if (this.#wasUp) this.#tell({ type: 'engineBack', at: Date.now() })
    this.#wasUp = true
  }

  /**
   * Whoever waits is told to the dialplan as still looked after. Who hears a prompt was given its length
   * beforehand; asked now, the engine would answer only at its end.
   */
  #keepWaiting(): void {
    const { link, citizens, log } = this.#books
    if (!link.isUp) return
    for (const citizen of citizens.all()) {
      if (citizen.isTakingMessage || citizen.room !== undefined || citizen.hears === 'prompt') continue
      citizens.keep(citizen).catch((error: unknown) => {
        log.info({ call: citizen.call, error: messageOf(error) }, 'a call could not be kept')
      })
    }
  }

  #tell(event: MediaEvent): void {
    this.#listener?.(event)
  }

  /** Not before the request that causes it has returned. */
  #tellSoon(event: MediaEvent): void {
    setImmediate(() => this.#tell(event))
  }
}
