import { t } from '../../i18n.ts'

/** The kinds of alarm the server raises, in words. One that is new here is shown by its name. */
export function alarmText(kind: string): string {
  switch (kind) {
    case 'recordingFailed':
      return t('A recording could not be processed')
    case 'recordingShort':
      return t('The length of a recording is not that of the call')
    case 'recordingMissing':
      return t('Nothing was recorded of a call')
    case 'recordingNotSealed':
      return t('Recordings wait: the public key is missing')
    case 'recordingOrphan':
      return t('A recording belongs to no known call')
    case 'messageLeft':
      return t('A citizen was served without the server; listen and call back')
    case 'callbackExpired':
      return t('A citizen was promised a call and was not called in time')
    case 'citizenLostByUs':
      return t('A call broke off by our fault; call the citizen back')
    case 'callDisputed':
      return t('A citizen did not accept what he was told')
    case 'appealNotReceived':
      return t('An appeal was sent to the chancellery and not taken in')
    case 'appealOverdue':
      return t('The due day of an appeal has passed without a reply')
    case 'studyNoticeOverdue':
      return t('A citizen was not told in time that the proposal is studied')
    case 'forwardingOverdue':
      return t('Nobody has found in time whether an appeal is ours or is to be sent on')
    case 'appealsOverdue':
      return t('The due days of many appeals have passed')
    case 'calendarUnknown':
      return t('The days off of a year are not in the calendar: due days are counted without them')
    case 'diskFull':
      return t('The disk is nearly full')
    case 'eventRejected':
      return t('Something could not be written down')
    case 'journalNotKept':
      return t('The journal of calls cannot be written: make room on the disk before the server stops')
    case 'journalTooLong':
      return t(
        'The database was away for too long: start the server again, so that it reads the rest of its journal',
      )
    case 'trunkLeftOut':
      return t('A trunk is not in use: its settings are wrong')
    default:
      return kind
  }
}

const ABOUT_A_CALL = [
  'recordingFailed',
  'recordingShort',
  'recordingMissing',
  'recordingNotSealed',
  'messageLeft',
  'callbackExpired',
  'citizenLostByUs',
  'callDisputed',
]

export function isAboutCall(kind: string): boolean {
  return ABOUT_A_CALL.includes(kind)
}
