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
  try {
    await link.request({ method: 'POST', path: ['bridges', roomOf(host)], query: { type: 'mixing' } })
  } catch (error) {
    // It is there from before.
    if (!(error instanceof AriRefused && error.status === 409)) throw error
  }
}
