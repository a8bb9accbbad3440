/** Who reads what in the team's chat. */
import type { StaffId } from '#core/lib/ids.ts'
import { may, type Role } from '#core/staff/permissions.ts'
import { maskPersonalData } from './mask.ts'

/** Open to everybody who may chat, closed to all but its members, or between two. */
export const ROOM_KINDS = ['open', 'closed', 'direct'] as const
export type RoomKind = (typeof ROOM_KINDS)[number]

export const TITLE_MAX_CHARACTERS = 80
export const MESSAGE_MAX_CHARACTERS = 4_000
export const ROOM_MEMBERS_MAX = 200

export type Reader = { readonly id: StaffId; readonly role: Role }
export type Room = { readonly kind: RoomKind; readonly members: readonly StaffId[] }

export function maySeeRoom({ id, role }: Reader, { kind, members }: Room): boolean {
  return may(role, 'chat') && (kind === 'open' || members.includes(id))
}

/** To whoever may not see it, a call does not exist, in a message neither. `agents`: who have or had a part in it. */
export function maySeeCall({ id, role }: Reader, agents: readonly StaffId[]): boolean {
  return may(role, 'seeAllCalls') || (may(role, 'seeOwnCalls') && agents.includes(id))
}

/** What he wrote himself he knows already. */
export function textFor({ id, role }: Reader, { author, text }: { author: StaffId; text: string }): string {
  return id === author || may(role, 'readPersonalDataInChat') ? text : maskPersonalData(text)
}

/** Two people have one room, whoever begins. */
export function directKey(one: StaffId, other: StaffId): string {
  return [one, other].sort().join(' ')
}
