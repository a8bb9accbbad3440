/** The words of calls and agents, as people read them. One place for each closed set of core/calls. */
import type {
  AgentStatus,
  CallOutcome,
  CallStatus,
  LostReason,
  OfferEnd,
  RecordingStatus,
  SystemBreakReason,
} from '#core/calls/call.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import type { QueueExit } from '#core/routing/routing-events.ts'
import { t } from './i18n.ts'
import type { ToneName } from './ui/Tone.tsx'

export function agentStatusText(status: AgentStatus): string {
  switch (status) {
    case 'signedOut':
      return t('Off shift')
    case 'onBreak':
      return t('On a break')
    case 'available':
      return t('Available')
    case 'ringing':
      return t('Ringing')
    case 'talking':
      return t('Talking')
    case 'wrapUp':
      return t('Wrap-up')
  }
}

export function agentStatusTone(status: AgentStatus): ToneName {
  switch (status) {
    case 'available':
      return 'good'
    case 'ringing':
    case 'talking':
      return 'accent'
    case 'wrapUp':
    case 'onBreak':
      return 'warn'
    case 'signedOut':
      return 'quiet'
  }
}

/** A break of the system's; those of the organisation have names of their own. */
export function systemBreakText(reason: SystemBreakReason): string {
  switch (reason) {
    case 'justSignedIn':
      return t('Just signed in')
    case 'missedOffer':
      return t('Missed a call')
    case 'declinedOffer':
      return t('Declined a call')
    case 'lineLost':
      return t('Line lost')
  }
}

export function outcomeText(outcome: CallOutcome): string {
  switch (outcome) {
    case 'resolved':
      return t('Resolved')
    case 'explained':
      return t('Explained')
    case 'unresolved':
      return t('Unresolved')
    case 'disputed':
      return t('Disputed')
  }
}

/** What it means, whatever the organisation calls it. */
export function outcomeMeaning(outcome: CallOutcome): string {
  switch (outcome) {
    case 'resolved':
      return t('The matter is settled')
    case 'explained':
      return t('Advice was given')
    case 'unresolved':
      return t('Somebody must act on it')
    case 'disputed':
      return t('The citizen disagrees')
  }
}

export function offerEndText(end: OfferEnd): string {
  switch (end) {
    case 'answered':
      return t('answered')
    case 'missed':
      return t('missed')
    case 'declined':
      return t('declined')
    case 'withdrawn':
      return t('withdrawn: the caller left')
    case 'failed':
      return t('failed')
  }
}

export function lostText(reason: string): string {
  switch (reason as LostReason) {
    case 'leftInGreeting':
      return t('Left during the greeting')
    case 'leftInMenu':
      return t('Left in the menu')
    case 'abandoned':
      return t('Left while waiting')
    case 'flowEnded':
      return t('Served by the voice menu')
    case 'messageLeft':
      return t('Left a message')
    case 'calledBack':
      return t('Wanted to be called back')
    case 'timedOut':
      return t('Waited too long')
    case 'saturated':
      return t('The queue was full')
    case 'closed':
      return t('The queue was closed')
    case 'engineLost':
      return t('Cut off by a fault')
    case 'refused':
      return t('Refused')
    default:
      return reason
  }
}

export function queueExitText(reason: QueueExit): string {
  switch (reason) {
    case 'answered':
      return t('answered')
    case 'abandoned':
    case 'shortAbandoned':
      return t('Left while waiting')
    case 'overflowed':
      return t('Passed on to another queue')
    default:
      return lostText(reason)
  }
}

export function callStatusText(status: CallStatus): string {
  switch (status) {
    case 'greeting':
      return t('Hears the greeting')
    case 'menu':
      return t('In the menu')
    case 'waiting':
      return t('Waiting')
    case 'offered':
      return t('Offered')
    case 'talking':
      return t('Talking')
    case 'onHold':
      return t('On hold')
    case 'takingMessage':
      return t('Leaving a message')
    case 'ended':
      return t('Ended')
    case 'refused':
      return t('Refused')
  }
}

export function recordingText(status: RecordingStatus): string {
  switch (status) {
    case 'expected':
      return t('Expected')
    case 'recording':
      return t('Being recorded')
    case 'closed':
    case 'verified':
    case 'sealed':
      return t('Being stored')
    case 'stored':
      return t('Stored')
    case 'failed':
      return t('Failed; the sound is kept')
  }
}

export function callLanguageText(language: CallLanguage): string {
  return language === 'uz' ? t('Uzbek') : t('Russian')
}
