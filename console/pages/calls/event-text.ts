/** What happened to a call, event by event (server/calls/events.ts), in sentences. A type that is new here is shown by its name. */
import type { CallCard } from '#contract/calls.ts'
import type { CallbackStatus } from '#core/calls/callback-status.ts'
import type { AgentStatus, OfferEnd } from '#core/calls/call.ts'
import type { ChoiceNames } from '#core/ivr/choice-names.ts'
import type { NumberStanding } from '#core/citizens/number-standing.ts'
import type { QueueExit } from '#core/routing/routing-events.ts'
import { duration } from '#core/text/uzbek-dates.ts'
import { agentStatusText, lostText, offerEndText, queueExitText } from '../../call-words.ts'
import { standingText } from '../../citizen-words.ts'
import { t } from '../../i18n.ts'
import { pathText } from '../../menu-path.ts'
import { handOverText } from './hand-over-text.ts'
import { callbackCauseText, callbackStatusText } from '../../callback-words.ts'

type Event = CallCard['timeline'][number]
type Names = { topic: (code: string) => string; queue: (id: string) => string; choices: ChoiceNames }

export function eventText(event: Event, names: Names): string {
  const { type, detail } = event
  const word = (name: string) => wordOf(detail[name])
  switch (type) {
    case 'callArrived':
      return t('Arrived at {{number}}', { number: word('did') })
    case 'callRefused':
      return t('Refused')
    case 'callAnswered':
      return t('Answered by the voice menu')
    case 'menuStepped':
      return t('In the menu: {{step}}', { step: lastStep(detail.path, names.choices) })
    case 'callQueued':
      return queuedText(
        names.queue(word('queue')),
        word('position'),
        detail.topic ? names.topic(word('topic')) : undefined,
      )
    case 'callLeftQueue':
      return t('Left the queue {{queue}}: {{reason}}', {
        queue: names.queue(word('queue')),
        reason: queueExitText(word('reason') as QueueExit),
      })
    case 'callOffered':
      return t('Offered to an agent')
    case 'offerEnded':
      return `${t('Offer')}: ${offerEndText(word('as') as OfferEnd)}`
    case 'callbackPromised':
      return promisedText(word('reason'))
    case 'callbackOffered':
      return t('The callback was offered to an agent')
    case 'callbackMoved':
      return callbackText(word('to') as CallbackStatus, word('cause'))
    default:
      return handOverText(event, names.queue) ?? talkText(type, detail)
  }
}

function promisedText(reason: string): string {
  if (reason === 'promised') return t('An agent promised a call')
  return reason === 'lost' ? t('To be called back because the call broke off') : t('Was promised a call')
}

function callbackText(status: CallbackStatus, cause: string): string {
  const why = cause && ` · ${callbackCauseText(cause)}`
  return `${t('Callback')}: ${callbackStatusText(status)}${why}`
}

/** Details come as they were recorded; only plain ones are words. */
function wordOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function lastStep(path: unknown, choices: ChoiceNames): string {
  return pathText(Array.isArray(path) ? path.map(String).slice(-1) : [], choices) || '…'
}

function queuedText(queue: string, position: string, topic: string | undefined): string {
  return topic === undefined
    ? t('Joined the queue {{queue}}, place {{position}}', { queue, position })
    : t('Joined the queue {{queue}}, place {{position}}, topic: {{topic}}', { queue, position, topic })
}

function talkText(type: string, detail: Event['detail']): string {
  switch (type) {
    case 'callConnected':
      return t('The agent and the citizen hear each other')
    case 'callHeld':
      return t('Put on hold')
    case 'callResumed':
      return t('Taken off hold')
    case 'callMuted':
      return detail.muted ? t('The agent muted the microphone') : t('The agent switched the microphone on')
    case 'lineLost':
      return t('The agent’s line was lost')
    case 'takingMessage':
      return t('Asked to leave a message')
    case 'messageLeft':
      return t('Left a message')
    case 'callEnded':
      return endText(detail)
    default:
      return afterText(type, detail)
  }
}

function endText(detail: Event['detail']): string {
  if (detail.lost) return `${t('Ended')}: ${lostText(wordOf(detail.lost))}`
  return t('Ended after {{time}} of talk', { time: duration(Number(detail.talkSeconds ?? 0)) })
}

function afterText(type: string, detail: Event['detail']): string {
  switch (type) {
    case 'citizenLostByUs':
      return detail.isCalledBack
        ? t('It broke off by our fault: the citizen was promised a call')
        : t('It broke off by our fault: somebody must call the citizen back')
    case 'callWrappedUp':
      return t('Wrapped up')
    case 'wrapUpExtended':
      return t('The wrap-up was prolonged')
    case 'agentStatusChanged':
      return agentStatusText(detail.to as AgentStatus)
    case 'recordingClosed':
      return t('The recording was closed')
    case 'recordingVerified':
      return t('The recording was checked against the talk')
    case 'recordingSealed':
      return t('The recording was encrypted')
    case 'recordingStored':
      return t('The recording was stored')
    case 'recordingFailed':
      return t('The recording could not be processed; the sound is kept')
    case 'recordingReopened':
    case 'recordingRetried':
      return t('The recording is processed again')
    case 'recordingHeard':
      return t('The recording was listened to')
    case 'recordingHeardByCitizen':
      return t('The citizen listened to the recording')
    case 'appealRegistered':
      return t('An appeal was registered')
    case 'readyMessageChosen':
      return t('An SMS was chosen for the caller')
    case 'messageSent':
      return t('The SMS was sent')
    case 'messageFailed':
      return t('The SMS could not be sent')
    case 'messageDelivered':
      return t('The SMS was delivered')
    case 'messageUndelivered':
      return t('The SMS was not delivered')
    case 'messageLost':
      return t('It is not known whether the SMS was sent')
    case 'citizenNumberMoved':
      return t('Telephone number: {{standing}}', { standing: standingText(detail.to as NumberStanding) })
    default:
      return type
  }
}
