/** What messages need from outside. */
import type { DeliveryAction, SendOutcome } from '#core/messages/message-status.ts'

export type SentSms = {
  readonly outcome: SendOutcome
  readonly providerId?: string
  readonly problem?: string
}

export type DeliveryReport = { readonly id: string; readonly action: DeliveryAction }

/** Whoever carries SMS. */
export type SmsSender = {
  /**
   * Hands one message over. The id is the same each time the same message is tried: whoever takes it takes it once.
   * Does not throw: what is not certain is an outcome too.
   */
  send(message: { readonly id: string; readonly to: string; readonly text: string }): Promise<SentSms>
  /** Where it says afterwards whether a message reached the telephone; without them accepting is all it says. */
  readonly reports?: {
    /** The end of the address to which it reports, which nobody else knows. */
    readonly token: string
    /** Those that say how it ended. Refuses what is no report at all. */
    read(body: unknown): readonly DeliveryReport[]
  }
}
