import type { AppealId, CallId, StaffId } from '#core/lib/ids.ts'
import type { MessageKind } from '#core/messages/message-texts.ts'
import type { ReadyMessage } from '#core/messages/ready-messages.ts'

/** Without the number and the text: the log is for ever, and they must be able to go. */
export type MessageEvent = {
  type: 'messageSent' | 'messageFailed' | 'messageLost' | 'messageDelivered' | 'messageUndelivered'
  message: string
  kind: MessageKind
  appeal?: AppealId
  call?: CallId
}

/** An agent chose one for whoever called; `ready` is its code. */
export type ReadyMessageEvent =
  | { type: 'readyMessageChosen'; call: CallId; by: StaffId; message: string; ready: string }
  | { type: 'readyMessagesChanged'; by: StaffId; messages: readonly ReadyMessage[] }
