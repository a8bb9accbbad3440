/**
 * The agents' side: a line that is always up, or a phone that is rung for one offer.
 * Who hears them is in rooms.ts.
 *
 * An idle line is in no bridge and is sent silence, so that audio is proven both ways
 * before any call.
 */
import type { AgentId, OfferId } from '#core/lib/ids.ts'
import { type LineAudio, MediaGone } from '../calls/ports.ts'
import type { AriLink } from './ari-link.ts'
import type { AriRtpStatistics } from './ari-objects.ts'
import { ARI_APPLICATION, type AriMethod } from './ari-socket.ts'
import { rungChannelId } from './channel-facts.ts'
import { phoneEndpoint } from './phone-accounts.ts'
import { asGone, ignoringGone } from './refusals.ts'
import { makeRoom, type RoomId, roomOf } from './room-bridges.ts'

/** Stopping to ring is the conductor's; this only ends what it forgot. */
const RING_AT_MOST_SECONDS = 120

export type Line = {
  readonly is: 'line'
  readonly agent: AgentId
  readonly channel: string
  isMuted: boolean
  isSilenced: boolean
  room: RoomId | undefined
}
export type RungPhone = {
  readonly is: 'rung'
  readonly agent: AgentId
  readonly offer: OfferId
  readonly channel: string
  hasAnswered: boolean
  isUnwanted: boolean
  /** Put aside in mid-call, with nothing else to hear. */
  isSilenced: boolean
  room: RoomId | undefined
}
export type AgentSeat = Line | RungPhone

export class AgentLines {
  readonly #link: AriLink
  readonly #lines = new Map<AgentId, Line>()
  readonly #phones = new Map<AgentId, RungPhone>()
  #rooms = new Set<RoomId>()

  constructor(link: AriLink) {
    this.#link = link
  }

  /** A line has called: answered, and the older one of the agent, if there is one, hung up. */
  async up(agent: AgentId, channel: string): Promise<void> {
    const older = this.#lines.get(agent)
    const line = idleLine(agent, channel)
    this.#lines.set(agent, line)
    await Promise.all([
      older && older.channel !== channel ? this.#hangUpChannel(older.channel) : undefined,
      // It came with a few seconds to live, in case nobody was here.
      this.#tell(channel, 'POST', ['variable'], { variable: 'TIMEOUT(absolute)', value: '0' }),
      this.#makeRoom(agent),
      this.#tell(channel, 'POST', ['answer'], {}),
      this.silence(line),
    ])
  }

  /** Adopts what already stands. */
  adopt(agent: AgentId, channel: string): void {
    this.#lines.set(agent, idleLine(agent, channel))
  }

  adoptPhone(agent: AgentId, offer: OfferId): void {
    this.#phones.set(agent, { ...rungPhone(agent, offer), hasAnswered: true })
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
    const phone = rungPhone(agent, offer)
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
        this.#makeRoom(agent),
        this.#link.request({ method: 'POST', path: ['channels', phone.channel], query }),
      ])
    } catch (error) {
      // Asked too late, another offer may ring by now.
      if (this.#phones.get(agent) === phone) this.#phones.delete(agent)
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

  /** Where the agent is heard: his line, or the phone that he has answered. */
  seat(agent: AgentId): AgentSeat {
    const phone = this.#phones.get(agent)
    const seat = phone?.hasAnswered ? phone : this.#lines.get(agent)
    if (!seat) throw new MediaGone(`line of ${agent}`)
    return seat
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
    await this.#tell(this.seat(agent).channel, isMuted ? 'POST' : 'DELETE', ['mute'], { direction: 'in' })
    const line = this.#lines.get(agent)
    if (line) line.isMuted = isMuted
  }

  /** Before he hears others: who is sent silence would not be sent their voices. */
  async quiet(seat: AgentSeat): Promise<void> {
    if (!seat.isSilenced) return
    seat.isSilenced = false
    await Promise.all([
      // Nobody begins a call unheard because of the one before.
      seat.is === 'line' && seat.isMuted ? this.mute(seat.agent, false) : undefined,
      ignoringGone(this.#link.request({ method: 'DELETE', path: ['channels', seat.channel, 'silence'] })),
    ])
  }

  async silence(seat: AgentSeat): Promise<void> {
    seat.isSilenced = true
    await ignoringGone(this.#link.request({ method: 'POST', path: ['channels', seat.channel, 'silence'] }))
  }

  /** A phone that was rung for a call is hung up after it; a line stays. */
  async release(agent: AgentId): Promise<void> {
    const phone = this.#phones.get(agent)
    if (phone) await this.#hangUpPhone(phone)
  }

  /** These rooms stand, and no others. */
  knowRooms(rooms: readonly RoomId[]): void {
    this.#rooms = new Set(rooms)
  }

  /** Once: a phone that is rung should not wait for an answer that is known. */
  async #makeRoom(agent: AgentId): Promise<void> {
    const room = roomOf({ agent })
    if (this.#rooms.has(room)) return
    await makeRoom(this.#link, { agent })
    this.#rooms.add(room)
  }

  async #hangUpChannel(channel: string): Promise<void> {
    await ignoringGone(
      this.#link.request({ method: 'DELETE', path: ['channels', channel], query: { reason_code: '16' } }),
    )
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

/** A line is sent silence whenever he is alone. */
function idleLine(agent: AgentId, channel: string): Line {
  return { is: 'line', agent, channel, isMuted: false, isSilenced: true, room: undefined }
}

function rungPhone(agent: AgentId, offer: OfferId): RungPhone {
  const names = { agent, offer, channel: rungChannelId(agent, offer) }
  return { is: 'rung', ...names, hasAnswered: false, isUnwanted: false, isSilenced: false, room: undefined }
}

/** What the phone shows: digits and a plus, since a caller's text would be read as SIP. */
function shownCaller(caller: string): string {
  const number = caller.replace(/[^0-9+]/g, '').slice(0, 20)
  return number || 'Javob'
}
