import { Loader } from '@mantine/core'
import { IconCheck, IconPlugConnected, IconPointFilled } from '@tabler/icons-react'
import { t } from '../../i18n.ts'
import type { LineView } from '../../softphone/line-keeper.ts'
import { startLine } from '../../softphone/my-line.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { useShortcuts } from '../../ui/shortcuts.ts'
import css from './desk.module.css'

/** Until the line is proven: what is happening, and what the agent can do if it does not. */
export function LineComingView({ view }: { view: LineView }) {
  const waits = view.state === 'elsewhere' || view.state === 'noMicrophone' || view.state === 'off'
  const start = () => void startLine()
  useShortcuts({ F2: waits ? start : undefined })
  return (
    <div className={css.calm}>
      <h1>{headingText(view)}</h1>
      <p>{adviceText(view)}</p>
      {waits ? (
        <ActionButton
          size="lg"
          icon={<IconPlugConnected />}
          label={view.state === 'elsewhere' ? t('Use this window') : t('Try again')}
          shortcut="F2"
          onPress={start}
        />
      ) : (
        <Steps view={view} />
      )}
    </div>
  )
}

function Steps({ view }: { view: LineView }) {
  const isUp = view.state === 'checking' || view.state === 'proven'
  return (
    <ul className={css.steps}>
      <Step text={t('Connecting to the telephone engine')} state={isUp ? 'done' : 'now'} />
      <Step text={t('Checking the sound in both directions')} state={isUp ? 'now' : 'later'} />
    </ul>
  )
}

function Step({ text, state }: { text: string; state: 'done' | 'now' | 'later' }) {
  return (
    <li>
      {state === 'done' && <IconCheck size={20} color="var(--javob-good)" aria-hidden />}
      {state === 'now' && <Loader size={20} aria-hidden />}
      {state === 'later' && <IconPointFilled size={20} aria-hidden />}
      {text}
    </li>
  )
}

function headingText(view: LineView): string {
  switch (view.state) {
    case 'redialling':
      return t('The line was lost')
    case 'elsewhere':
      return t('Your line is in another window')
    case 'noMicrophone':
      return t('The microphone cannot be used')
    case 'checking':
      return view.isSilent ? t('No sound comes over the line') : t('Your line is being connected')
    default:
      return t('Your line is being connected')
  }
}

function adviceText(view: LineView): string {
  switch (view.state) {
    case 'redialling':
      return t('It is being dialled again, attempt {{attempt}}. You need to do nothing.', {
        attempt: view.attempt,
      })
    case 'elsewhere':
      return t('The newest window has the line, and calls ring there. You can bring them here.')
    case 'noMicrophone':
      if (!window.isSecureContext)
        return t('Browsers give the microphone only to pages opened over https. Tell your administrator.')
      return t(
        'Plug in the headset, allow this page to use the microphone in the browser’s address bar, and try again.',
      )
    case 'checking':
      if (view.isSilent)
        return t('The line is up but nothing is heard. Check the headset and the network; checking goes on.')
      return t('This takes a few seconds.')
    default:
      return t('This takes a few seconds.')
  }
}
