import { IconArrowBackUp, IconPhoneOutgoing, IconUsers } from '@tabler/icons-react'
import type { Desk } from '#contract/calls.ts'
import { TALK_MOVES } from '#core/calls/talk-moves.ts'
import { t } from '../../i18n.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { useShortcuts } from '../../ui/shortcuts.ts'
import { useSecondPress } from '../../ui/use-second-press.ts'
import { useDeskActions } from './use-desk-actions.ts'

/** Somebody was asked in: back to the citizen, all three, or the citizen to him. */
export function ConsultControls({ call }: { call: NonNullable<Desk['call']> }) {
  const { send, doing } = useDeskActions()
  const can = TALK_MOVES[call.state]
  const name = call.other?.name ?? ''
  const notYet = call.state === 'calling' ? t('{{name}} has not answered yet.', { name }) : undefined

  const back = () => send({ do: 'endConsult' })
  const confer = () => send({ do: 'confer' })
  const handOver = () => send({ do: 'handOver' })
  const [isArmed, pressedOnce] = useSecondPress(handOver)
  useShortcuts({ B: back, C: can.confer && confer, X: can.handOver && pressedOnce })

  return (
    <>
      <ActionButton
        variant="default"
        icon={<IconArrowBackUp size={18} />}
        label={call.state === 'conference' ? t('Go on alone') : t('Back to the citizen')}
        shortcut="B"
        isBusy={doing === 'endConsult'}
        onPress={back}
      />
      {call.state !== 'conference' && (
        <ActionButton
          variant="default"
          icon={<IconUsers size={18} />}
          label={t('All three')}
          shortcut="C"
          whyDisabled={notYet}
          isBusy={doing === 'confer'}
          onPress={confer}
        />
      )}
      <ActionButton
        icon={<IconPhoneOutgoing size={18} />}
        label={isArmed ? t('Press X again') : t('Hand over')}
        shortcut="X X"
        whyDisabled={notYet}
        isBusy={doing === 'handOver'}
        onPress={handOver}
      />
    </>
  )
}
