/** What the chat needs from others. */
import type { LiveMessage } from '#contract/live.ts'
import type { CallId, StaffId } from '#core/lib/ids.ts'
import type { Reader } from '#core/chat/rooms.ts'

export type LiveReaders = {
  tell(messageFor: (reader: Reader) => LiveMessage | undefined): void
}

/** Who have or had a part in a call; undefined where there is no such call. */
export type AgentsOfCall = (call: CallId) => Promise<readonly StaffId[] | undefined>
