/**
 * Asterisk's events, told in our words, and the books of what is up kept by
 * them. A call that is in the book leaves it by exactly one callerHungUp, and a line
 * by one lineDown, unless it was we who ended the line.
 */
import type { Logger } from 'pino'
import { unreachable } from '#core/lib/assert.ts'
import type { AgentId } from '#core/lib/ids.ts'
import type { MediaEvent, Unreached } from '../calls/ports.ts'
import type { AgentLines, Line, RungPhone } from './agent-lines.ts'
import { type AriLink, messageOf } from './ari-link.ts'
import type { AriChannel, AriEvent } from './ari-objects.ts'
import { argumentFacts, type ChannelFacts, rungFacts } from './channel-facts.ts'
import type { Citizen, CitizenChannels } from './citizen-channels.ts'
import { claimedCaller } from './claimed-caller.ts'
import type { LegPlaces } from './leg-files.ts'
import type { Callback, OutsideLegs, Party } from './outside-legs.ts'
import { ignoringGone } from './refusals.ts'
import type { Rooms } from './rooms.ts'

/** The dialplan takes a call back that we did not take up within TAKE_SECONDS (5); news so old is of a call that has gone there. */
const TOO_LATE_MS = 4_500
/** Says on the channel that the server knows of the call. */
export const SEEN = 'JAVOB_SEEN'

type CallerGone = Extract<MediaEvent, { type: 'callerHungUp' }>

export type Books = {
  link: AriLink
  citizens: CitizenChannels
  agents: AgentLines
  outside: OutsideLegs
  rooms: Rooms
  legs: LegPlaces
  log: Logger
}

export class EngineEvents {
  readonly #books: Books
  readonly #tell: (event: MediaEvent) => void

  constructor(books: Books, tell: (event: MediaEvent) => void) {
    this.#books = books
    this.#tell = tell
  }

  digest(event: AriEvent): void {
    const at = Date.parse(event.timestamp)
    switch (event.type) {
      case 'StasisStart':
        return this.#entered(event.channel, rungFacts(event.channel.id) ?? argumentFacts(event.args), at)
      case 'ChannelStateChange':
        return this.#stateChanged(event.channel, at)
      case 'ChannelDtmfReceived':
        return this.#digit(event.channel, event.digit, at)
      case 'PlaybackFinished':
        return this.#playbackFinished(event.playback.id, at)
      case 'ChannelDestroyed':
        return this.#destroyed(event.channel.id, event.cause, at)
      case 'ChannelUserevent':
        return
      default:
        return unreachable(event)
    }
  }

  #entered(channel: AriChannel, facts: ChannelFacts | undefined, at: number): void {
    const { log } = this.#books
    if (!facts) return log.warn({ channel: channel.id }, 'a channel came that explains nothing')
    const isTooLate = Date.now() - at > TOO_LATE_MS
    if (facts.is !== 'rung' && isTooLate)
      return log.warn({ channel: channel.id }, 'heard of a channel too late')
    switch (facts.is) {
      case 'citizen':
        return this.#citizenEntered(channel, facts)
      case 'refused':
        return this.refused(channel, facts)
      case 'line':
        return this.lineUp(channel, facts.agent)
      case 'rung':
        return this.#phoneAnswered(channel)
      case 'party':
        return this.partyAnswered(channel, at)
      default:
        return unreachable(facts)
    }
  }

  #citizenEntered(channel: AriChannel, facts: Extract<ChannelFacts, { is: 'citizen' }>): void {
    const known = this.#books.citizens.find(facts.call)
    if (!known) return this.arrived(channel, facts)
    this.#inBackground('take up', this.#takeUpAnew(known, channel))
  }

  /**
   * Offered anew in the moment in which we took it. A prompt has brought its time along, unless it was lost with the
   * former offer; what is asked behind one waits for its end, and so does whatever is asked after it, of any channel.
   */
  async #takeUpAnew(citizen: Citizen, channel: AriChannel): Promise<void> {
    if (citizen.hears === 'prompt') await this.caughtUp(citizen, channel)
    if (citizen.hears !== 'prompt') await this.#takeUp(citizen)
  }

  arrived(channel: AriChannel, facts: Extract<ChannelFacts, { is: 'citizen' }>): void {
    const { citizens, legs, log, outside } = this.#books
    const { call, callback, trunk, did, startedAt: at } = facts
    const citizen = citizens.add(facts, channel.id)
    const dialled = outside.callbackOn(channel.id)
    if (dialled) outside.forgetCallback(dialled)
    log.info({ call, trunk, callback }, 'arrived')
    const caller = claimedCaller(facts.claim)
    const who = { call, trunk, did, caller, legs: legs.of(call), ...(callback && { callback }) }
    this.#tell({ type: 'callArrived', ...who, at })
    if (callback) this.#tell({ type: 'callAnswered', call, at })
    // Behind what was decided at once, so that a phone rings the sooner; before any prompt, which is looked for first and would hold all this up.
    this.#inBackground('take up', this.#takeUp(citizen))
  }

  async #takeUp(citizen: Citizen): Promise<void> {
    const { citizens } = this.#books
    if (citizen.isTakingMessage) return
    await Promise.all([
      // The recording grows only while something is sent or heard. A citizen called back is with his agent by now: silence would lie over her voice.
      citizen.hears === 'nothing' && citizen.room === undefined ? citizens.silence(citizen) : undefined,
      citizens.keep(citizen),
      citizens.setVariable(citizen, SEEN, '1'),
    ])
  }

  refused(channel: AriChannel, facts: Extract<ChannelFacts, { is: 'refused' }>): void {
    const { call, trunk, did, reason, at } = facts
    this.#books.log.info({ call, trunk, reason }, 'refused')
    const caller = claimedCaller(facts.claim)
    this.#tell({ type: 'callRefused', call, ...(trunk ? { trunk } : {}), did, caller, reason, at })
    // Back to the dialplan, which knows the right code.
    this.#inBackground('refuse', this.#ask('POST', channel, 'continue'))
  }

  lineUp(channel: AriChannel, agent: AgentId): void {
    const { agents, rooms, log } = this.#books
    const older = agents.line(agent)
    const isUp = agents.up(agent, channel.id)
    // He was heard on the older line, which goes now; the new one is given the call by a resume.
    if (older && older.channel !== channel.id) this.#inBackground('free', rooms.vanished(older))
    isUp.then(
      () => {
        if (agents.line(agent)?.channel === channel.id) this.#tell({ type: 'lineUp', agent, at: Date.now() })
      },
      (error: unknown) => log.info({ agent, error: messageOf(error) }, 'a line went before it was up'),
    )
  }

  #phoneAnswered(channel: AriChannel): void {
    const phone = this.#books.agents.phoneOn(channel.id)
    if (!phone || phone.isUnwanted) return this.#inBackground('hang up', this.#ask('DELETE', channel))
    phone.hasAnswered = true
    this.#tell({ type: 'phoneAnswered', agent: phone.agent, offer: phone.offer, at: Date.now() })
  }

  partyAnswered(channel: AriChannel, at: number): void {
    const { outside } = this.#books
    const leg = outside.onChannel(channel.id)
    if (!leg) return this.#inBackground('hang up', this.#ask('DELETE', channel))
    if (leg.hasAnswered) return
    this.#inBackground('keep', outside.answered(leg))
    this.#tell({ type: 'partyAnswered', party: leg.party, at })
  }

  #stateChanged(channel: AriChannel, at: number): void {
    const citizen = this.#books.citizens.onChannel(channel.id)
    if (citizen && channel.state === 'Up') this.#tell({ type: 'callAnswered', call: citizen.call, at })
  }

  #digit(channel: AriChannel, digit: string, at: number): void {
    const citizen = this.#books.citizens.onChannel(channel.id)
    // What is pressed to the engine's message taking is between the two of them.
    if (citizen && !citizen.isTakingMessage)
      this.#tell({ type: 'digitPressed', call: citizen.call, digit, at })
  }

  #playbackFinished(id: string, at: number): void {
    const ended = this.#books.citizens.playbackEnded(id)
    if (ended) this.#tell({ type: 'promptsPlayed', ...ended, at })
  }

  #destroyed(channel: string, cause: number, at: number): void {
    const { citizens, agents, outside } = this.#books
    const citizen = citizens.onChannel(channel)
    if (citizen) return this.citizenGone(citizen, { cause, at })
    const line = agents.lineOn(channel)
    if (line) return this.lineGone(line, cause, at)
    const phone = agents.phoneOn(channel)
    if (phone) return this.phoneGone(phone, cause, at)
    const party = outside.onChannel(channel)
    if (party) return this.partyGone(party, cause, at)
    const callback = outside.callbackOn(channel)
    if (callback) this.callbackGone(callback, cause, at)
  }

  citizenGone(citizen: Citizen, end: Pick<CallerGone, 'cause' | 'at' | 'because'>): void {
    const { citizens, rooms, log } = this.#books
    citizens.remove(citizen)
    log.info({ call: citizen.call, ...end }, 'hung up')
    this.#inBackground('free', rooms.vanished(citizen))
    this.#tell({ type: 'callerHungUp', call: citizen.call, ...end })
  }

  /** A call that is in the book and stands: what was missed of it is told now. */
  async caughtUp(citizen: Citizen, channel: AriChannel): Promise<void> {
    const at = Date.now()
    this.#stateChanged(channel, at)
    const ended = await this.#books.citizens.endedUnheard(citizen)
    if (ended) this.#tell({ type: 'promptsPlayed', ...ended, at })
  }

  lineGone(line: Line, cause: number, at: number): void {
    const { agents, rooms, log } = this.#books
    agents.forgetLine(line)
    this.#inBackground('free', rooms.vanished(line))
    log.info({ agent: line.agent, cause }, 'line down')
    this.#tell({ type: 'lineDown', agent: line.agent, cause, at })
  }

  phoneGone(phone: RungPhone, cause: number, at: number): void {
    const { agents, rooms } = this.#books
    const { agent, offer } = phone
    agents.forgetPhone(phone)
    if (!phone.isUnwanted && phone.hasAnswered) this.#tell({ type: 'phoneHungUp', agent, at })
    if (!phone.isUnwanted && !phone.hasAnswered)
      this.#tell({ type: 'phoneFailed', agent, offer, cause: failureOf(cause), at })
    // Behind the end of the call, which makes this needless and the agent free the sooner.
    this.#inBackground('free', rooms.vanished(phone))
  }

  partyGone(leg: Party, cause: number, at: number): void {
    const { log, outside, rooms } = this.#books
    const { party, hasAnswered } = leg
    outside.forget(leg)
    this.#inBackground('free', rooms.vanished(leg))
    log.info({ party, hasAnswered, cause }, 'party gone')
    if (hasAnswered) this.#tell({ type: 'partyGone', party, cause, at })
    else this.#tell({ type: 'partyFailed', party, cause: failureOf(cause), at })
  }

  callbackGone(leg: Callback, cause: number, at: number): void {
    this.#books.outside.forgetCallback(leg)
    this.#books.log.info({ callback: leg.callback, cause }, 'not reached')
    this.#tell({ type: 'callbackFailed', callback: leg.callback, cause: failureOf(cause), at })
  }

  async #ask(method: 'POST' | 'DELETE', channel: AriChannel, ...rest: string[]): Promise<void> {
    await ignoringGone(this.#books.link.request({ method, path: ['channels', channel.id, ...rest] }))
  }

  /** For what nobody waits for. Something that has gone meanwhile is ordinary. */
  #inBackground(what: string, work: Promise<unknown>): void {
    work.catch((error: unknown) => this.#books.log.info({ what, error: messageOf(error) }, 'left undone'))
  }
}

/** Q.850 causes of somebody who did not answer. */
function failureOf(cause: number): Unreached {
  if (cause === 17) return 'busy'
  if (cause === 18 || cause === 19) return 'noAnswer'
  return cause === 21 ? 'declined' : 'unreachable'
}
