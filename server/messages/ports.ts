/** What messages need from outside. */
import type { SendOutcome } from '#core/messages/message-status.ts'

export type SentSms = {
  readonly outcome: SendOutcome
  readonly providerId?: string
  readonly problem?: string
}

/** Whoever carries SMS. */
export type SmsSender = {
  /**
   * Hands one message over. The id is the same each time the same message is tried: whoever takes it takes it once.
   * Does not throw: what is not certain is an outcome too.
   */
  send(message: { readonly id: string; readonly to: string; readonly text: string }): Promise<SentSms>
}
