import { t } from '../../i18n.ts'

/** The kinds of alarm the server raises, in words. One that is new here is shown by its name. */
export function alarmText(kind: string): string {
  switch (kind) {
    case 'recordingFailed':
      return t('A recording could not be processed')
    case 'recordingShort':
      return t('A recording is shorter than the talk')
    case 'recordingOrphan':
      return t('A recording belongs to no known call')
    case 'messageLeft':
      return t('A citizen was served without the server; listen and call back')
    case 'diskFull':
      return t('The disk is nearly full')
    case 'eventRejected':
      return t('Something could not be written down')
    case 'engineLost':
      return t('The telephone engine was lost')
    default:
      return kind
  }
}
