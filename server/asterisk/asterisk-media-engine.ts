/**
 * The media engine on Asterisk: what the calls module asks for, told to Asterisk in
 * its own words. What Asterisk reports is in engine-events.ts; what is up is kept in
 * two books, citizen-channels.ts and agent-lines.ts.
 */
import type { Logger } from 'pino'
import type { AgentId, CallId, OfferId } from '#core/lib/ids.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import type {
  HangUpReason,
  LineAudio,
  MediaEngine,
  MediaEvent,
  PhoneAddresses,
  PromptFile,
  Standing,
} from '../calls/ports.ts'
import { dataPaths } from '../config.ts'
import { adoptStanding, callsAlone } from './adoption.ts'
import { AgentLines } from './agent-lines.ts'
import { AriLink, messageOf } from './ari-link.ts'
import { AriLost } from './ari-socket.ts'
import { CitizenChannels, STAY_SECONDS } from './citizen-channels.ts'
import { leftMessagesDirectory } from './engine-files.ts'
import { type Mandate, SOLE_MANDATE } from './engine-lease.ts'
import { type Books, EngineEvents } from './engine-events.ts'
import { LeftMessages } from './left-messages.ts'
import { legPlaces } from './leg-files.ts'
import { PhoneAccounts } from './phone-accounts.ts'
import { Talks } from './talks.ts'
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
  stop(): Promise<void>
  /** Makes these the trunks. They stay without the server. Returns what is wrong with those that were left out. */
  applyTrunks(trunks: readonly TrunkRow[]): Promise<string[]>
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
        onDown: () => this.#tell({ type: 'engineLost', at: Date.now() }),
      },
    )
    const citizens = new CitizenChannels(link, this.#staySeconds)
    const agents = new AgentLines(link)
    const legs = legPlaces(dataPaths(data).spool)
    this.#books = { link, citizens, agents, talks: new Talks(citizens, agents), legs, log }
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
    this.#left.start()
    this.#keeping = setInterval(() => this.#keepWaiting(), (this.#staySeconds * 1000) / CHANCES_A_STAY)
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

  // The citizen -------------------------------------------------------------

  async answer(call: CallId): Promise<void> {
    await this.#books.citizens.answer(call)
  }

  async play(call: CallId, playback: number, prompts: readonly PromptFile[]): Promise<void> {
    const { citizens, talks } = this.#books
    if (prompts.length > 0) {
      await Promise.all([talks.aside(call), citizens.play(call, playback, prompts)])
      return
    }
    await citizens.stopPlaying(call)
    this.#tellSoon({ type: 'promptsPlayed', call, playback, at: Date.now() })
  }

  async stopPlaying(call: CallId): Promise<void> {
    await this.#books.citizens.stopPlaying(call)
  }

  async startMusic(call: CallId): Promise<void> {
    const { citizens, talks } = this.#books
    await Promise.all([talks.aside(call), citizens.startMusic(call)])
  }

  async hangUp(call: CallId, reason: HangUpReason): Promise<void> {
    await this.#books.citizens.hangUp(call, reason)
  }

  async takeMessage(call: CallId, language: CallLanguage): Promise<void> {
    const { citizens, talks } = this.#books
    await Promise.all([talks.aside(call), citizens.takeMessage(call, language)])
  }

  async sendDigits(call: CallId, digits: string): Promise<void> {
    await this.#books.citizens.sendDigits(call, digits)
  }

  // The agent ---------------------------------------------------------------

  async allowPhone(agent: AgentId, password: string): Promise<PhoneAddresses> {
    return await this.#accounts.allow(agent, password)
  }

  async forbidPhone(agent: AgentId): Promise<void> {
    const { agents, talks } = this.#books
    await this.#accounts.forbid(agent)
    const talking = talks.with(agent)
    const moved = talking ? talks.musicAlone(talking) : undefined
    await Promise.all([moved, agents.hangUpLine(agent), agents.release(agent)])
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
      if (error instanceof AriLost) throw error
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

  async connect(call: CallId, agent: AgentId): Promise<void> {
    await this.#books.talks.connect(call, agent)
  }

  async hold(call: CallId): Promise<void> {
    await this.startMusic(call)
  }

  async resume(call: CallId, agent: AgentId): Promise<void> {
    await this.#books.talks.connect(call, agent)
  }

  async standing(): Promise<Standing> {
    const { citizens, agents } = this.#books
    const [alone, phones] = await Promise.all([callsAlone(this.#books), this.#accounts.reachable()])
    return {
      alone,
      phones,
      calls: citizens
        .all()
        .map(({ call, trunk, connectedTo }) => ({ call, trunk, ...(connectedTo ? { connectedTo } : {}) })),
      lines: agents.lines().map((line) => line.agent),
    }
  }

  async #comeUp(): Promise<void> {
    if (this.#wasUp) await this.#accounts.writeAll()
    await adoptStanding(this.#books, this.#events)
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
      if (citizen.isTakingMessage || citizen.connectedTo !== undefined || citizen.hears === 'prompt') continue
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
