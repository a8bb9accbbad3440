/** What the event log keeps of the team's chat; the messages are their own log. */
import type { ChatRoomId, StaffId } from '#core/lib/ids.ts'
import type { RoomKind } from '#core/chat/rooms.ts'

export type ChatEvent = {
  type: 'chatRoomOpened'
  by: StaffId
  room: ChatRoomId
  kind: RoomKind
  members: readonly StaffId[]
}
