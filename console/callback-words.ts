/** What becomes of a callback, in words. */
import type { CallbackStatus } from '#core/calls/callback-status.ts'
import { type MomentRefusal, PROMISE_DAYS_MAX, type PromiseRefusal } from '#core/calls/promise-callback.ts'
import { t } from './i18n.ts'

export function callbackStatusText(status: CallbackStatus): string {
  switch (status) {
    case 'waiting':
      return t('Waiting')
    case 'offered':
      return t('Offered to an agent')
    case 'dialling':
      return t('Being called')
    case 'connected':
      return t('Talking')
    case 'done':
      return t('Called back')
    case 'failed':
      return t('Not reached')
    case 'expired':
      return t('Not called in time')
    case 'cancelled':
      return t('Cancelled')
  }
}

/** Why a citizen was not reached, or what made the callback needless. A cause that is new here is shown by its name. */
export function callbackCauseText(cause: string): string {
  switch (cause) {
    case 'busy':
      return t('busy')
    case 'noAnswer':
      return t('no answer')
    case 'declined':
      return t('declined')
    case 'unreachable':
      return t('cannot be reached')
    case 'notAllowed':
      return t('the number may not be called')
    case 'spokeMeanwhile':
      return t('called again and was answered')
    case 'onTheLine':
      return t('answered and waits for an agent')
    default:
      return cause
  }
}

/** Why whoever called cannot be promised a call. */
export function promiseRefusalText(refusal: PromiseRefusal): string {
  switch (refusal) {
    case 'numberHidden':
      return t('The caller’s number is not known for certain.')
    case 'noQueue':
      return t('The call came to no queue that could call back.')
    case 'noWayOut':
      return t('No calls go out by the trunk this one came by.')
    case 'notAllowed':
      return t('This number may not be called from here.')
    case 'promisedBefore':
      return t('A callback to this number is promised already.')
    case 'calledEnough':
      return t('This number was promised enough calls today.')
  }
}

export function momentRefusalText(refusal: MomentRefusal): string {
  switch (refusal) {
    case 'past':
      return t('This moment has passed.')
    case 'tooFarOff':
      return t('At most {{days}} days ahead.', { days: PROMISE_DAYS_MAX })
    case 'quietHours':
      return t('Nobody is called at that hour.')
  }
}
