import type { AppealId } from '#core/lib/ids.ts'
import type { MessageKind } from '#core/messages/message-texts.ts'

/** Without the number and the text: the log is for ever, and they must be able to go. */
export type MessageEvent = {
  type: 'messageSent' | 'messageFailed' | 'messageLost' | 'messageDelivered' | 'messageUndelivered'
  message: string
  kind: MessageKind
  appeal?: AppealId
}
