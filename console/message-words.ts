/** What became of an SMS, and why none can be sent, in words. */
import type { MessageStatus } from '#core/messages/message-status.ts'
import type { ReadyRefusal } from '#core/messages/ready-messages.ts'
import { t } from './i18n.ts'
import type { ToneName } from './ui/Tone.tsx'

export function messageStatusText(status: MessageStatus): string {
  switch (status) {
    case 'queued':
      return t('waits to be sent')
    case 'sending':
      return t('is being sent')
    case 'sent':
      return t('sent')
    case 'failed':
      return t('not sent')
    case 'uncertain':
      return t('not known whether it arrived')
    case 'delivered':
      return t('delivered')
    case 'undelivered':
      return t('not delivered')
  }
}

export function messageStatusTone(status: MessageStatus): ToneName {
  switch (status) {
    case 'delivered':
      return 'good'
    case 'sent':
      return 'accent'
    case 'failed':
    case 'undelivered':
      return 'bad'
    case 'uncertain':
      return 'warn'
    default:
      return 'quiet'
  }
}

export function readyRefusalText(refusal: ReadyRefusal): string {
  switch (refusal) {
    case 'numberHidden':
      return t('The caller’s number is not known for certain.')
    case 'numberNotAllowed':
      return t('This number gets no SMS from here.')
    case 'tooLate':
      return t('The call was too long ago.')
    case 'enough':
      return t('Enough was sent to this number.')
    case 'noSender':
      return t('Nobody has set up who sends SMS.')
  }
}
