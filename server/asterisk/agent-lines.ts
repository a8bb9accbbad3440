/**
 * The agents' side: a line that is always up, or a phone that is rung for one offer,
 * and the bridge in which an agent and a citizen hear each other.
 *
 * An idle line is in no bridge and is sent silence, so that audio is proven both ways
 * before any call. Citizen and agent go into the bridge together, in one request.
 */
import type { AgentId, OfferId } from '#core/lib/ids.ts'
import { type LineAudio, MediaGone } from '../calls/ports.ts'
import type { AriLink } from './ari-link.ts'
import type { AriRtpStatistics } from './ari-objects.ts'
import { ARI_APPLICATION, type AriMethod, AriRefused } from './ari-socket.ts'
import { rungChannelId } from './channel-facts.ts'
import { asGone, type Citizen } from './citizen-channels.ts'
import { phoneEndpoint } from './phone-accounts.ts'

/** Stopping to ring is the conductor's; this only ends what it forgot. */
const RING_AT_MOST_SECONDS = 120

export type Line = { readonly agent: AgentId; readonly channel: string; isMuted: boolean }
export type RungPhone = {
  readonly agent: AgentId
  readonly offer: OfferId
  readonly channel: string
  hasAnswered: boolean
  isUnwanted: boolean
}

export class AgentLines {
  readonly #link: AriLink
  readonly #lines = new Map<AgentId, Line>()
  readonly #phones = new Map<AgentId, RungPhone>()

  constructor(link: AriLink) {
    this.#link = link
  }

  /** A line has called: answered, and the older one of the agent, if there is one, hung up. */
  async up(agent: AgentId, channel: string): Promise<void> {
    const older = this.#lines.get(agent)
    this.#lines.set(agent, { agent, channel, isMuted: false })
    await Promise.all([
      older && older.channel !== channel ? this.#hangUpChannel(older.channel) : undefined,
      // It came with a few seconds to live, in case nobody was here.
      this.#tell(channel, 'POST', ['variable'], { variable: 'TIMEOUT(absolute)', value: '0' }),
      this.#makeBridge(agent),
      this.#tell(channel, 'POST', ['answer'], {}),
      this.#silence(channel),
    ])
  }

  /** Adopts what already stands. */
  adopt(agent: AgentId, channel: string): void {
    this.#lines.set(agent, { agent, channel, isMuted: false })
  }

  adoptPhone(agent: AgentId, offer: OfferId, channel: string): void {
    this.#phones.set(agent, { agent, offer, channel, hasAnswered: true, isUnwanted: false })
  }

  lines(): Line[] {
    return [...this.#lines.values()]
  }

  phones(): RungPhone[] {
    return [...this.#phones.values()]
  }

  line(agent: AgentId): Line | undefined {
    return this.#lines.get(agent)
  }

  /** The agent whose line this channel is. An older, replaced line is nobody's. */
  lineOn(channel: string): Line | undefined {
    return this.lines().find((line) => line.channel === channel)
  }

  phoneOn(channel: string): RungPhone | undefined {
    return this.phones().find((phone) => phone.channel === channel)
  }

  forgetLine(line: Line): void {
    this.#lines.delete(line.agent)
  }

  forgetPhone(phone: RungPhone): void {
    this.#phones.delete(phone.agent)
  }

  async hangUpLine(agent: AgentId): Promise<void> {
    const line = this.#lines.get(agent)
    if (!line) return
    this.#lines.delete(agent)
    await this.#hangUpChannel(line.channel)
  }

  async ring(agent: AgentId, offer: OfferId, caller: string): Promise<void> {
    const channel = rungChannelId(agent, offer)
    const phone: RungPhone = { agent, offer, channel, hasAnswered: false, isUnwanted: false }
    this.#phones.set(agent, phone)
    const query = {
      endpoint: `PJSIP/${phoneEndpoint(agent)}`,
      app: ARI_APPLICATION,
      appArgs: 'rung',
      callerId: shownCaller(caller),
      timeout: String(RING_AT_MOST_SECONDS),
      formats: 'alaw',
    }
    try {
      await Promise.all([
        this.#makeBridge(agent),
        this.#link.request({ method: 'POST', path: ['channels', channel], query }),
      ])
    } catch (error) {
      this.#phones.delete(agent)
      throw error
    }
  }

  async stopRinging(agent: AgentId, offer: OfferId): Promise<void> {
    const phone = this.#phones.get(agent)
    if (phone?.offer === offer && !phone.hasAnswered) await this.#hangUpPhone(phone)
  }

  async #hangUpPhone(phone: RungPhone): Promise<void> {
    phone.isUnwanted = true
    await this.#hangUpChannel(phone.channel)
  }

  async audio(agent: AgentId): Promise<LineAudio> {
    const line = this.#lines.get(agent)
    if (!line) throw new MediaGone(`line of ${agent}`)
    try {
      const counts = await this.#link.get<AriRtpStatistics>(['channels', line.channel, 'rtp_statistics'])
      return { packetsFromAgent: counts.rxcount, packetsToAgent: counts.txcount }
    } catch (error) {
      throw asGone(error, `line of ${agent}`)
    }
  }

  async mute(agent: AgentId, isMuted: boolean): Promise<void> {
    const seat = this.#seat(agent)
    await this.#tell(seat, isMuted ? 'POST' : 'DELETE', ['mute'], { direction: 'in' })
    const line = this.#lines.get(agent)
    if (line) line.isMuted = isMuted
  }

  /** Both into the bridge. Whatever played to the citizen has been stopped. */
  async join(citizen: Citizen, agent: AgentId): Promise<void> {
    const seat = this.#seat(agent)
    const line = this.#lines.get(agent)
    // Nobody begins a call unheard because of the one before.
    if (line?.isMuted) await this.mute(agent, false)
    try {
      const query = { channel: `${citizen.channel},${seat}` }
      await Promise.all([
        // A line that is sent silence would not be sent the citizen's voice.
        this.#link.request({ method: 'DELETE', path: ['channels', seat, 'silence'] }),
        this.#link.request({ method: 'POST', path: ['bridges', bridgeId(agent), 'addChannel'], query }),
      ])
    } catch (error) {
      throw asGone(error, `call ${citizen.call} or line of ${agent}`)
    }
  }

  /** Takes the citizen, if he is still there, and the agent out of the bridge. The line is sent silence again. */
  async part(agent: AgentId, citizen: Citizen | undefined): Promise<void> {
    const seat = this.#lines.get(agent)?.channel ?? this.#phones.get(agent)?.channel
    await Promise.all([
      citizen ? this.#leave(agent, citizen.channel) : undefined,
      // Asked for in one go: a silence that came late would lie over the next call.
      ...(seat ? [this.#leave(agent, seat), this.#silence(seat)] : []),
    ])
  }

  /** A phone that was rung for a call is hung up after it; a line stays. */
  async release(agent: AgentId): Promise<void> {
    const phone = this.#phones.get(agent)
    if (phone) await this.#hangUpPhone(phone)
  }

  async takeOutOfBridge(bridge: string, channel: string): Promise<void> {
    await ignoringGone(
      this.#link.request({ method: 'POST', path: ['bridges', bridge, 'removeChannel'], query: { channel } }),
    )
  }

  async #leave(agent: AgentId, channel: string): Promise<void> {
    await this.takeOutOfBridge(bridgeId(agent), channel)
  }

  async #silence(channel: string): Promise<void> {
    await ignoringGone(this.#link.request({ method: 'POST', path: ['channels', channel, 'silence'] }))
  }

  async #makeBridge(agent: AgentId): Promise<void> {
    try {
      await this.#link.request({
        method: 'POST',
        path: ['bridges', bridgeId(agent)],
        query: { type: 'mixing' },
      })
    } catch (error) {
      // It is there from the line before.
      if (!(error instanceof AriRefused && error.status === 409)) throw error
    }
  }

  async #hangUpChannel(channel: string): Promise<void> {
    await ignoringGone(
      this.#link.request({ method: 'DELETE', path: ['channels', channel], query: { reason_code: '16' } }),
    )
  }

  /** Where the agent is heard: his line, or the phone that he has answered. */
  #seat(agent: AgentId): string {
    const phone = this.#phones.get(agent)
    const seat = phone?.hasAnswered ? phone.channel : this.#lines.get(agent)?.channel
    if (!seat) throw new MediaGone(`line of ${agent}`)
    return seat
  }

  async #tell(
    channel: string,
    method: AriMethod,
    rest: readonly string[],
    query: Record<string, string>,
  ): Promise<void> {
    try {
      await this.#link.request({ method, path: ['channels', channel, ...rest], query })
    } catch (error) {
      throw asGone(error, `channel of an agent`)
    }
  }
}

export function bridgeId(agent: AgentId): string {
  return `line~${agent}`
}

export function agentOfBridge(bridge: string): AgentId | undefined {
  return bridge.startsWith('line~') ? (bridge.slice('line~'.length) as AgentId) : undefined
}

/** What the phone shows: digits and a plus, since a caller's text would be read as SIP. */
function shownCaller(caller: string): string {
  const number = caller.replace(/[^0-9+]/g, '').slice(0, 20)
  return number || 'Javob'
}

/** It left by itself while we asked it to: the same end. */
export async function ignoringGone(request: Promise<unknown>): Promise<void> {
  try {
    await request
  } catch (error) {
    if (!(error instanceof AriRefused || error instanceof MediaGone)) throw error
  }
}
