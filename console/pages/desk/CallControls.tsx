import { Popover } from '@mantine/core'
import {
  IconDialpad,
  IconDoorExit,
  IconMicrophone,
  IconMicrophoneOff,
  IconPhoneOff,
  IconPlayerPause,
  IconPlayerPlay,
} from '@tabler/icons-react'
import { useState } from 'react'
import type { Desk } from '#contract/calls.ts'
import { TALK_MOVES } from '#core/calls/talk-moves.ts'
import { t } from '../../i18n.ts'
import { muteLine } from '../../softphone/my-line.ts'
import { END_COLOUR } from '../../theme.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { useShortcuts } from '../../ui/shortcuts.ts'
import { useSecondPress } from '../../ui/use-second-press.ts'
import { ConsultControls } from './ConsultControls.tsx'
import css from './desk.module.css'
import { HandOverButton } from './HandOverButton.tsx'
import { Keypad } from './Keypad.tsx'
import { useDeskActions } from './use-desk-actions.ts'

type Call = NonNullable<Desk['call']>

/** What the agent can do with the call as it stands: the table of moves decides, as it does on the server. */
export function CallControls({ call, cameFrom }: { call: Call; cameFrom: string | undefined }) {
  const can = TALK_MOVES[call.state]
  return (
    <>
      {can.consult && <TalkControls call={call} cameFrom={cameFrom} />}
      {can.endConsult && <ConsultControls call={call} />}
      <MuteButton call={call} />
      {can.stopHelping && <LeaveButton command="stopHelping" />}
      {can.end && <LeaveButton command="endCall" />}
    </>
  )
}

function TalkControls({ call, cameFrom }: { call: Call; cameFrom: string | undefined }) {
  const { send, doing } = useDeskActions()
  const [opened, open] = useState<'keypad' | 'handOver'>()
  const isHeld = call.state === 'onHold'
  const hold = () => send({ do: isHeld ? 'resume' : 'hold' })
  const toggle = (what: 'keypad' | 'handOver') => open(opened === what ? undefined : what)
  useShortcuts({ H: hold, K: () => toggle('keypad'), X: () => toggle('handOver') })
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
      <HandOverButton
        isOpen={opened === 'handOver'}
        open={(isOpen) => open(isOpen ? 'handOver' : undefined)}
        cameFrom={cameFrom}
      />
      <Popover
        opened={opened === 'keypad'}
        onChange={(isOpen) => open(isOpen ? 'keypad' : undefined)}
        trapFocus
        returnFocus
      >
        <Popover.Target>
          <ActionButton
            variant="default"
            icon={<IconDialpad size={18} />}
            label={t('Keypad')}
            shortcut="K"
            onPress={() => toggle('keypad')}
          />
        </Popover.Target>
        <Popover.Dropdown aria-label={t('Keypad')}>
          <Keypad press={(digits) => send({ do: 'sendDigits', digits })} />
        </Popover.Dropdown>
      </Popover>
    </>
  )
}

function MuteButton({ call: { muted } }: { call: Call }) {
  const { send } = useDeskActions()
  const mute = () => {
    // At once here, whatever the network does; the server is told so that it stays so after a reload.
    void muteLine(!muted)
    send({ do: 'mute', muted: !muted })
  }
  useShortcuts({ M: mute })
  return (
    <ActionButton
      className={css.steady}
      variant={muted ? 'filled' : 'default'}
      icon={muted ? <IconMicrophoneOff size={18} /> : <IconMicrophone size={18} />}
      label={muted ? t('Unmute') : t('Mute')}
      shortcut="M"
      onPress={mute}
    />
  )
}

/** Who has the call ends it for everybody; who helps leaves it to the others. */
function LeaveButton({ command }: { command: 'endCall' | 'stopHelping' }) {
  const { send, doing } = useDeskActions()
  const leave = () => send({ do: command })
  const [isArmed, pressedOnce] = useSecondPress(leave)
  useShortcuts({ E: pressedOnce })
  const isEnd = command === 'endCall'
  const name = isEnd ? t('End the call') : t('Leave the call')
  const armed = isEnd ? t('Press E again to end') : t('Press E again to leave')
  return (
    <ActionButton
      className={css.steady}
      color={END_COLOUR}
      icon={isEnd ? <IconPhoneOff size={18} /> : <IconDoorExit size={18} />}
      label={isArmed ? armed : name}
      shortcut="E E"
      isBusy={doing === command}
      onPress={leave}
    />
  )
}
