/**
 * What a channel of Asterisk is to us. It is read from the channel itself (the
 * application it is in, or the name we gave it when we made it), so that a server
 * that was away finds the same as one that watched.
 */
import type { AgentId, CallbackId, CallId, OfferId, PartyId, TrunkId } from '#core/lib/ids.ts'
import type { HangUpReason } from '../calls/ports.ts'
import type { AriChannel } from './ari-objects.ts'
import { ARI_APPLICATION } from './ari-socket.ts'

export type ChannelFacts =
  | {
      is: 'citizen'
      call: CallId
      trunk: TrunkId
      did: string
      startedAt: number
      claim: string
      /** It was we who called. */
      callback: CallbackId | undefined
    }
  | {
      is: 'refused'
      call: CallId
      trunk: TrunkId | undefined
      did: string
      at: number
      claim: string
      reason: HangUpReason
    }
  | { is: 'line'; agent: AgentId }
  | { is: 'rung'; agent: AgentId; offer: OfferId }
  | { is: 'party'; party: PartyId }

const REASONS: readonly HangUpReason[] = ['unknownNumber', 'notATrunk', 'linesFull']
const RUNG = /^rung~(.+)~(.+)$/

/** The channel we make to ring a phone is named so that it explains itself. */
export function rungChannelId(agent: AgentId, offer: OfferId): string {
  return `rung~${agent}~${offer}`
}

export function rungFacts(channelId: string): Extract<ChannelFacts, { is: 'rung' }> | undefined {
  const [, agent, offer] = RUNG.exec(channelId) ?? []
  return agent && offer ? { is: 'rung', agent: agent as AgentId, offer: offer as OfferId } : undefined
}

const CALLED = /^(party|callback)~(.+)$/
type Called = { party: PartyId } | { callback: CallbackId }

/** The same for those whom we call through a trunk. */
export function calledChannelId(called: Called): string {
  return 'party' in called ? `party~${called.party}` : `callback~${called.callback}`
}

export function calledOn(channelId: string): Called | undefined {
  const [, what, id] = CALLED.exec(channelId) ?? []
  if (!id) return undefined
  return what === 'party' ? { party: id as PartyId } : { callback: id as CallbackId }
}

/** Of a channel found standing; nothing if it is not in our hands. */
export function standingFacts(channel: AriChannel): ChannelFacts | undefined {
  const rung = rungFacts(channel.id)
  if (rung) return rung
  const { app_name: application, app_data: data = '' } = channel.dialplan
  const [name, ...args] = data.split(',')
  return application === 'Stasis' && name === ARI_APPLICATION ? argumentFacts(args) : undefined
}

/** Of the arguments that the dialplan hands over with a channel. */
export function argumentFacts(args: readonly string[]): ChannelFacts | undefined {
  const [what, ...rest] = args
  if (what === 'line' && rest[0]) return { is: 'line', agent: rest[0] as AgentId }
  if (what === 'party' && rest[0]) return { is: 'party', party: rest[0] as PartyId }
  const [call, trunk, did = '', at, claim = '', last] = rest
  if (!call || !trunk) return undefined
  if (what === 'arrived') {
    const callback = last ? (last as CallbackId) : undefined
    const names = { call: call as CallId, trunk: trunk as TrunkId, callback }
    return { is: 'citizen', ...names, did, startedAt: Number(at), claim }
  }
  const known = REASONS.find((each) => each === last)
  if (what !== 'refused' || !known) return undefined
  const from = trunk === '-' ? undefined : (trunk as TrunkId)
  return { is: 'refused', call: call as CallId, trunk: from, did, at: Number(at), claim, reason: known }
}
