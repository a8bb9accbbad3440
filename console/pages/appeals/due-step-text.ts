/** Each step of core/deadlines/due-day.ts as a sentence for whoever asks why it is this day. */
import type { DueStepText } from '#core/deadlines/due-day.ts'
import { t } from '../../i18n.ts'

export function dueStepText(step: string): string {
  switch (step as DueStepText) {
    case 'receivedInTime':
      return t('received in working hours and registered the same day')
    case 'receivedAfterHours':
      return t('received after working hours, registered the next working day')
    case 'receivedOnDayOff':
      return t('received on a day off, registered the next working day')
    case 'dayZero':
      return t('the day of registration; the next day is the first that counts')
    case 'fifteenDays':
      return t('the fifteenth day')
    case 'oneMonth':
      return t('one month on')
    default:
      return laterStepText(step)
  }
}

function laterStepText(step: string): string {
  switch (step as DueStepText) {
    case 'study':
      return t('up to one month, because the matter needs further study')
    case 'extension':
      return t('extended by the head of the organisation by up to one month')
    case 'staysOnDayOff':
      return t('a day off; the date stays, so the reply must leave earlier')
    case 'rolledForward':
      return t('moved from a day off to the next working day')
    case 'rolledBack':
      return t('moved from a day off to the last working day before it')
    default:
      return step
  }
}

export function appealEventText(type: string): string {
  switch (type) {
    case 'appealRegistered':
      return t('Registered')
    case 'appealOpened':
      return t('Looked at')
    default:
      return type
  }
}
