import type { Desk } from '#contract/calls.ts'
import { t } from '../i18n.ts'
import type { LineView } from '../softphone/line-keeper.ts'
import { Dot, type ToneName } from '../ui/Tone.tsx'
import css from './Shell.module.css'

export function LineIndicator({ view }: { view: LineView }) {
  return (
    <span className={css.line} role="status" aria-label={t('Line')} title={lineText(view)}>
      <Dot tone={lineTone(view)} />
      <span className={view.state === 'proven' ? css.roomPermitting : undefined}>{lineText(view)}</span>
    </span>
  )
}

/** Of an ordinary phone: whether it has registered when the server last looked. */
export function PhoneIndicator({ desk: { line, status } }: { desk: Desk }) {
  const isOff = status === 'signedOut'
  const isThere = line === 'proven'
  return (
    <span className={css.line} role="status" aria-label={t('Line')}>
      <Dot tone={isOff ? 'quiet' : isThere ? 'good' : 'warn'} />
      {isOff ? t('Line off') : isThere ? t('Desk phone registered') : t('Desk phone not registered')}
    </span>
  )
}

export function lineText(view: LineView): string {
  switch (view.state) {
    case 'off':
      return t('Line off')
    case 'connecting':
      return t('Connecting the line…')
    case 'checking':
      return view.isSilent ? t('No sound on the line') : t('Checking the sound…')
    case 'proven':
      return t('Line ready')
    case 'redialling':
      return t('Line lost, dialling again…')
    case 'elsewhere':
      return t('Line in another window')
    case 'noMicrophone':
      return t('No microphone')
  }
}

function lineTone({ state }: LineView): ToneName {
  if (state === 'proven') return 'good'
  if (state === 'off') return 'quiet'
  return state === 'connecting' || state === 'checking' ? 'warn' : 'bad'
}
