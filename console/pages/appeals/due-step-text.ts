/** Each step of core/deadlines/due-day.ts as a sentence for whoever asks why it is this day. */
import type { DueStepText } from '#core/deadlines/due-day.ts'
import { t } from '../../i18n.ts'

export function dueStepText(step: string): string {
  switch (step as DueStepText) {
    case 'receivedInTime':
      return t('received before the end of the working day and registered the same day')
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
    case 'reopened':
      return t('opened again; the limit of a repeated appeal counts from here')
    case 'proposalStudy':
      return t('by then the citizen is told in writing that the proposal is studied further')
    case 'sendOn':
      return t('sent on by then, or returned with reasons, if another authority has to decide')
    case 'ownProcedure':
      return t('a procedure of its own; the limits of the law on appeals are not counted')
    default:
      return step
  }
}
