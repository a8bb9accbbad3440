/** A room is a bridge; its name says whose it is, so that a server that was away finds the same. */
import type { AgentId, PartyId } from '#core/lib/ids.ts'
import type { Host } from '../calls/ports.ts'
import type { AriLink } from './ari-link.ts'
import { AriRefused } from './ari-socket.ts'

export type RoomId = string

const LINE = 'line~'
const PARTY = 'party~'

export function roomOf(host: Host): RoomId {
  return 'agent' in host ? `${LINE}${host.agent}` : `${PARTY}${host.party}`
}

export function hostOf(room: RoomId): Host | undefined {
  if (room.startsWith(LINE)) return { agent: room.slice(LINE.length) as AgentId }
  return room.startsWith(PARTY) ? { party: room.slice(PARTY.length) as PartyId } : undefined
}

/** The agent whose room it is. */
export function agentOf(room: RoomId | undefined): AgentId | undefined {
  const host = room === undefined ? undefined : hostOf(room)
  return host && 'agent' in host ? host.agent : undefined
}

export async function makeRoom(link: AriLink, host: Host): Promise<void> {
  await makeBridge(link, roomOf(host), 'mixing')
}

/** Nobody's room. */
const CLOCK_BRIDGE = 'clock'

/**
 * The engine's clock owes a pass for every 5 ms in which it had nothing to time, and makes them all up when the next channel
 * comes, before all other processes: 200 s without one cost 0.6 s of a processor. A bridge that mixes (`bridge_softmix`, which
 * `mixing` alone gets only from the third party on, `video_sfu` from the start) has something to time even when it is empty.
 */
export async function keepClockAwake(link: AriLink): Promise<void> {
  await makeBridge(link, CLOCK_BRIDGE, 'mixing,video_sfu')
}

async function makeBridge(link: AriLink, id: string, type: string): Promise<void> {
  try {
    await link.request({ method: 'POST', path: ['bridges', id], query: { type } })
  } catch (error) {
    // It is there from before.
    if (!(error instanceof AriRefused && error.status === 409)) throw error
  }
}
