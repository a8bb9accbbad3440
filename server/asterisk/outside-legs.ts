/**
 * Those whom we call through a trunk: parties who are called into a call, and citizens
 * who are called back. A citizen is here only until he answers; from then on he is a
 * caller like any other (citizen-channels.ts).
 */
import type { CallbackId, PartyId } from '#core/lib/ids.ts'
import { type Dial, MediaGone } from '../calls/ports.ts'
import type { AriLink } from './ari-link.ts'
import { calledChannelId } from './channel-facts.ts'
import { ignoringGone } from './refusals.ts'
import { makeRoom, type RoomId, roomOf } from './room-bridges.ts'

/** The number of ours that is shown, and nothing else: what it is written into reads more than numbers. */
const shown = (callerId: string) => callerId.replace(/[^0-9+]/g, '').slice(0, 20)

/** Whoever does not answer for so long is not there. */
const RING_AT_MOST_SECONDS = 45

export type Party = {
  readonly is: 'party'
  readonly party: PartyId
  readonly channel: string
  hasAnswered: boolean
  room: RoomId | undefined
}
export type Callback = { readonly callback: CallbackId; readonly channel: string }

export class OutsideLegs {
  readonly #link: AriLink
  readonly #parties = new Map<PartyId, Party>()
  readonly #callbacks = new Map<CallbackId, Callback>()

  constructor(link: AriLink) {
    this.#link = link
  }

  all(): Party[] {
    return [...this.#parties.values()]
  }

  callbacks(): Callback[] {
    return [...this.#callbacks.values()]
  }

  of(party: PartyId): Party {
    const leg = this.#parties.get(party)
    if (!leg?.hasAnswered) throw new MediaGone(`party ${party}`)
    return leg
  }

  onChannel(channel: string): Party | undefined {
    return this.all().find((leg) => leg.channel === channel)
  }

  callbackOn(channel: string): Callback | undefined {
    return this.callbacks().find((leg) => leg.channel === channel)
  }

  adopt(party: PartyId, hasAnswered: boolean): void {
    const channel = calledChannelId({ party })
    this.#parties.set(party, { is: 'party', party, channel, hasAnswered, room: undefined })
  }

  adoptCallback(callback: CallbackId): void {
    this.#callbacks.set(callback, { callback, channel: calledChannelId({ callback }) })
  }

  forget(leg: Party): void {
    this.#parties.delete(leg.party)
    // The room is his alone.
    const gone = this.#link.request({ method: 'DELETE', path: ['bridges', roomOf({ party: leg.party })] })
    ignoringGone(gone).catch(() => undefined)
  }

  forgetCallback({ callback }: Callback): void {
    this.#callbacks.delete(callback)
  }

  async dialOut({ party, ...dial }: Dial & { party: PartyId }, endpoint: string): Promise<void> {
    this.adopt(party, false)
    await Promise.all([
      makeRoom(this.#link, { party }),
      this.#call(calledChannelId({ party }), dial, { endpoint, context: 'party', as: { PARTY: party } }),
    ])
  }

  async callBack({ callback, ...dial }: Dial & { callback: CallbackId }, endpoint: string): Promise<void> {
    this.adoptCallback(callback)
    await this.#call(calledChannelId({ callback }), dial, {
      endpoint,
      context: 'callback',
      as: { CALLBACK: callback, DID: shown(dial.callerId), NUMBER: dial.number },
    })
  }

  /** Lifts the time limit that the dialplan gives to whoever we have not taken up yet. */
  async answered(leg: Party): Promise<void> {
    leg.hasAnswered = true
    const query = { variable: 'TIMEOUT(absolute)', value: '0' }
    await ignoringGone(
      this.#link.request({ method: 'POST', path: ['channels', leg.channel, 'variable'], query }),
    )
  }

  async hangUp(channel: string): Promise<void> {
    await ignoringGone(
      this.#link.request({ method: 'DELETE', path: ['channels', channel], query: { reason_code: '16' } }),
    )
  }

  async quiet({ channel }: Party): Promise<void> {
    await ignoringGone(this.#link.request({ method: 'DELETE', path: ['channels', channel, 'moh'] }))
  }

  async music({ channel }: Party): Promise<void> {
    await ignoringGone(this.#link.request({ method: 'POST', path: ['channels', channel, 'moh'] }))
  }

  /** By the dialplan, so that who answers while we are away is not left alone. His line counts as one of the trunk's. */
  async #call(
    channel: string,
    { trunk, callerId }: Dial,
    to: { endpoint: string; context: string; as: Record<string, string> },
  ): Promise<void> {
    await this.#link.request({
      method: 'POST',
      path: ['channels', channel],
      query: {
        endpoint: to.endpoint,
        context: to.context,
        extension: 's',
        priority: '1',
        callerId: shown(callerId),
        timeout: String(RING_AT_MOST_SECONDS),
      },
      body: { variables: { TRUNK: trunk, 'GROUP(trunk)': trunk, ...to.as } },
    })
  }
}
