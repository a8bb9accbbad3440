/** What happened when somebody else was asked into a call or got it, in sentences. */
import type { CallCard } from '#contract/calls.ts'
import type { ConsultEnd } from '#core/calls/talk-moves.ts'
import { t } from '../../i18n.ts'
import { callbackCauseText } from '../../callback-words.ts'

type Event = CallCard['timeline'][number]
type QueueName = (id: string) => string

/** Nothing where the event is about something else. */
export function handOverText({ type, detail }: Event, queueName: QueueName): string | undefined {
  const name = text(detail.otherName)
  switch (type) {
    case 'consultStarted':
      return t('{{name}} was asked in; the citizen hears music', { name })
    case 'consultAnswered':
      return t('The agent consults with {{name}}', { name })
    case 'consultEnded':
      return `${t('The consultation with {{name}} is over', { name })}: ${consultEndText(detail.as as ConsultEnd)}`
    case 'conferenceStarted':
      return t('The citizen, the agent and {{name}} hear each other', { name })
    case 'callTransferred':
      return transferText(detail, name, queueName)
    case 'returnedToQueue':
      return t('Returned to its place in the queue {{queue}}', { queue: queueName(text(detail.queue)) })
    case 'outsideConnected':
      return t('The citizen talks with {{name}}', { name })
    case 'outsideFailed':
      return `${t('{{name}} was not reached', { name })}: ${callbackCauseText(text(detail.cause))}`
    default:
      return undefined
  }
}

function transferText({ kind, to }: Event['detail'], name: string, queueName: QueueName): string {
  if (kind === 'attended') return t('The call was handed over to {{name}}', { name })
  const queue = to !== null && typeof to === 'object' && 'queue' in to ? text(to.queue) : ''
  return queue
    ? t('Transferred to the queue {{queue}}', { queue: queueName(queue) })
    : t('Transferred to {{name}}', { name })
}

function consultEndText(as: ConsultEnd): string {
  switch (as) {
    case 'ended':
      return t('the agent went on with the citizen')
    case 'handedOver':
      return t('the call was handed over')
    case 'declined':
      return t('declined')
    case 'missed':
      return t('no answer')
    case 'busy':
      return t('busy')
    case 'unreachable':
      return t('cannot be reached')
    case 'helperLeft':
      return t('has left')
    case 'lineLost':
      return t('a line was lost')
    case 'callEnded':
      return t('the call ended')
  }
}

/** Details come as they were recorded; only plain ones are words. */
function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
