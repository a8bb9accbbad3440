import { Popover } from '@mantine/core'
import {
  IconDialpad,
  IconMicrophone,
  IconMicrophoneOff,
  IconPhoneOff,
  IconPlayerPause,
  IconPlayerPlay,
} from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { Desk } from '#contract/calls.ts'
import { t } from '../../i18n.ts'
import { muteLine } from '../../softphone/my-line.ts'
import { END_COLOUR } from '../../theme.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { useShortcuts } from '../../ui/shortcuts.ts'
import css from './desk.module.css'
import { Keypad } from './Keypad.tsx'
import { useDeskActions } from './use-desk-actions.ts'

/** A stray E must not hang up on a citizen: the key is pressed twice. */
const SECOND_PRESS_WITHIN_MS = 2_500

export function CallControls({ call }: { call: NonNullable<Desk['call']> }) {
  const { send, doing } = useDeskActions()
  const [keypadIsOpen, setKeypadIsOpen] = useState(false)

  const isHeld = call.state === 'onHold'
  const end = () => send({ do: 'endCall' })
  const hold = () => send({ do: isHeld ? 'resume' : 'hold' })
  const mute = () => {
    // At once here, whatever the network does; the server is told so that it stays so after a reload.
    void muteLine(!call.muted)
    send({ do: 'mute', muted: !call.muted })
  }
  const [isArmed, pressedOnce] = useSecondPress(end)
  useShortcuts({ H: hold, M: mute, E: pressedOnce, K: () => setKeypadIsOpen(!keypadIsOpen) })

  return (
    <>
      <ActionButton
        className={css.steady}
        variant={isHeld ? 'filled' : 'default'}
        icon={isHeld ? <IconPlayerPlay size={18} /> : <IconPlayerPause size={18} />}
        label={isHeld ? t('Resume') : t('Hold')}
        shortcut="H"
        isBusy={doing === 'hold' || doing === 'resume'}
        onPress={hold}
      />
      <ActionButton
        className={css.steady}
        variant={call.muted ? 'filled' : 'default'}
        icon={call.muted ? <IconMicrophoneOff size={18} /> : <IconMicrophone size={18} />}
        label={call.muted ? t('Unmute') : t('Mute')}
        shortcut="M"
        onPress={mute}
      />
      <Popover opened={keypadIsOpen} onChange={setKeypadIsOpen} trapFocus returnFocus>
        <Popover.Target>
          <ActionButton
            variant="default"
            icon={<IconDialpad size={18} />}
            label={t('Keypad')}
            shortcut="K"
            onPress={() => setKeypadIsOpen(!keypadIsOpen)}
          />
        </Popover.Target>
        <Popover.Dropdown aria-label={t('Keypad')}>
          <Keypad press={(digits) => send({ do: 'sendDigits', digits })} />
        </Popover.Dropdown>
      </Popover>
      <ActionButton
        className={css.steady}
        color={END_COLOUR}
        icon={<IconPhoneOff size={18} />}
        label={isArmed ? t('Press E again to end') : t('End the call')}
        shortcut="E E"
        isBusy={doing === 'endCall'}
        onPress={end}
      />
    </>
  )
}

function useSecondPress(run: () => void): [isArmed: boolean, press: () => void] {
  const [isArmed, setIsArmed] = useState(false)
  useEffect(() => {
    if (!isArmed) return
    const timer = setTimeout(() => setIsArmed(false), SECOND_PRESS_WITHIN_MS)
    return () => clearTimeout(timer)
  }, [isArmed])
  return [
    isArmed,
    () => {
      if (isArmed) run()
      setIsArmed(!isArmed)
    },
  ]
}
