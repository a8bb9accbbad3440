/**
 * Who hears whom. Each agent and each outside party has a room of his own, a bridge
 * named after him; whoever is to hear each other is gathered in one.
 *
 * The book says at once who is where, and requests that belong together are made in
 * one go: Asterisk carries them out in that order, and waiting between them would let
 * another move slip in. Nobody is left sitting alone in a room: what is said into it
 * is heard by nobody, and nothing is sent to whoever sits there.
 */
import { unreachable } from '#core/lib/assert.ts'
import type { CallId } from '#core/lib/ids.ts'
import { type Host, type Member, MediaGone } from '../calls/ports.ts'
import type { AgentLines } from './agent-lines.ts'
import type { AriLink } from './ari-link.ts'
import type { AriBridge } from './ari-objects.ts'
import { AriRefused } from './ari-socket.ts'
import type { CitizenChannels } from './citizen-channels.ts'
import type { OutsideLegs } from './outside-legs.ts'
import { ignoringGone } from './refusals.ts'
import { hostOf, type RoomId, roomOf } from './room-bridges.ts'

export type RoomBooks = {
  link: AriLink
  citizens: CitizenChannels
  agents: AgentLines
  outside: OutsideLegs
}

export type Seat =
  | ReturnType<CitizenChannels['of']>
  | ReturnType<AgentLines['seat']>
  | ReturnType<OutsideLegs['of']>

export class Rooms {
  readonly #books: RoomBooks

  constructor(books: RoomBooks) {
    this.#books = books
  }

  in(room: RoomId): Seat[] {
    return this.#seats().filter((seat) => seat.room === room)
  }

  /** Each room with somebody in it besides its host. */
  all(): { host: Host; members: Member[] }[] {
    const rooms = new Map<RoomId, Member[]>()
    for (const seat of this.#seats()) {
      if (seat.room === undefined || isHost(seat)) continue
      rooms.set(seat.room, [...(rooms.get(seat.room) ?? []), memberOf(seat)])
    }
    return [...rooms].flatMap(([room, members]) => {
      const host = hostOf(room)
      return host ? [{ host, members }] : []
    })
  }

  /** Makes the host and these the ones in his room. Only who is not where he should be is moved. */
  async gather(host: Host, members: readonly Member[]): Promise<void> {
    const room = roomOf(host)
    const wanted = members.length === 0 ? [] : [host, ...members].map((member) => this.#seatOf(member))
    const leaving = this.in(room).filter((seat) => !wanted.includes(seat))
    const entering = wanted.filter((seat) => seat.room !== room)
    const elsewhere = new Set(entering.flatMap((seat) => seat.room ?? []))
    for (const seat of entering) seat.room = room
    try {
      await Promise.all([
        ...leaving.map((seat) => this.#takeOut(seat)),
        ...entering.map((seat) => this.#quiet(seat)),
        this.#add(room, entering),
        ...[...elsewhere].map((other) => this.freeTheLast(other)),
      ])
    } catch (error) {
      if (!(error instanceof AriRefused || error instanceof MediaGone)) throw error
      await this.#undo(room, entering)
      throw new MediaGone(`somebody for ${room}`)
    }
    // Talking has no time limit: it goes on even if we die now.
    const citizens = entering.filter((seat) => seat.is === 'citizen')
    await Promise.all(citizens.map((citizen) => this.#books.citizens.connected(citizen)))
  }

  /** Before anything is played to a citizen: not while he talks with somebody. */
  async aside(call: CallId): Promise<void> {
    const { citizens } = this.#books
    const citizen = citizens.of(call)
    const { room } = citizen
    if (room === undefined) return
    citizen.room = undefined
    await Promise.all([this.#remove(room, citizen), citizens.keep(citizen), this.freeTheLast(room)])
  }

  /** He is not in the book any more, or soon will not be: whoever is alone where he was is freed. */
  async vanished(seat: Seat): Promise<void> {
    const { room } = seat
    seat.room = undefined
    if (room !== undefined) await this.freeTheLast(room)
  }

  /** Nobody sits alone in a room. */
  async freeTheLast(room: RoomId): Promise<void> {
    const [last, ...others] = this.in(room)
    if (last && others.length === 0) await this.#takeOut(last)
  }

  /** The book as Asterisk has it. */
  async putRight(bridges: readonly AriBridge[]): Promise<void> {
    const places = new Map(bridges.flatMap(({ id, channels }) => channels.map((channel) => [channel, id])))
    this.#books.agents.knowRooms(bridges.map(({ id }) => id))
    for (const seat of this.#seats()) seat.room = places.get(seat.channel)
    await Promise.all(bridges.map(({ id }) => this.freeTheLast(id)))
  }

  #seats(): Seat[] {
    const { citizens, agents, outside } = this.#books
    return [...citizens.all(), ...agents.lines(), ...agents.phones(), ...outside.all()]
  }

  #seatOf(member: Member): Seat {
    const { citizens, agents, outside } = this.#books
    if ('call' in member) return citizens.of(member.call)
    return 'agent' in member ? agents.seat(member.agent) : outside.of(member.party)
  }

  /** Ends what is sent to him: in a room, music or silence would drown the others. */
  async #quiet(seat: Seat): Promise<void> {
    const { citizens, agents, outside } = this.#books
    switch (seat.is) {
      case 'citizen':
        return await citizens.hush(seat)
      case 'line':
      case 'rung':
        return await agents.quiet(seat)
      case 'party':
        return await outside.quiet(seat)
      default:
        return unreachable(seat)
    }
  }

  /** Out of his room, with something to hear. */
  async #takeOut(seat: Seat): Promise<void> {
    const { citizens, agents, outside } = this.#books
    const { room } = seat
    seat.room = undefined
    // Asked for in one go: a silence that came late would lie over the next call.
    const removed = room === undefined ? undefined : this.#remove(room, seat)
    switch (seat.is) {
      case 'citizen':
        await ignoringGone(Promise.all([removed, citizens.keep(seat), citizens.startMusic(seat.call)]))
        return
      case 'line':
      case 'rung':
        await Promise.all([removed, agents.silence(seat)])
        return
      case 'party':
        await Promise.all([removed, outside.music(seat)])
        return
      default:
        unreachable(seat)
    }
  }

  async #add(room: RoomId, seats: readonly Seat[]): Promise<void> {
    if (seats.length === 0) return
    // Whoever is in another room leaves it by this.
    const channel = seats.map((seat) => seat.channel).join(',')
    await this.#books.link.request({
      method: 'POST',
      path: ['bridges', room, 'addChannel'],
      query: { channel },
    })
  }

  async #remove(room: RoomId, { channel }: Seat): Promise<void> {
    await ignoringGone(
      this.#books.link.request({
        method: 'POST',
        path: ['bridges', room, 'removeChannel'],
        query: { channel },
      }),
    )
  }

  /** One of them had gone. The others are put aside, as if they had been in and left. */
  async #undo(room: RoomId, entered: readonly Seat[]): Promise<void> {
    await Promise.all(entered.filter((seat) => seat.room === room).map((seat) => this.#takeOut(seat)))
    await this.freeTheLast(room)
  }
}

function memberOf(seat: Seat): Member {
  if (seat.is === 'citizen') return { call: seat.call }
  return seat.is === 'party' ? { party: seat.party } : { agent: seat.agent }
}

function isHost(seat: Seat): boolean {
  const member = memberOf(seat)
  return !('call' in member) && roomOf(member) === seat.room
}
