import { Button, Menu, VisuallyHidden } from '@mantine/core'
import { IconChevronDown, IconDoorExit } from '@tabler/icons-react'
import type { Desk } from '#contract/calls.ts'
import { duration } from '#core/text/uzbek-dates.ts'
import { agentStatusText, agentStatusTone, breakText } from '../call-words.ts'
import { t } from '../i18n.ts'
import { BREAKS, mayBecomeAvailable, mayEndShift, mayTakeBreak } from '../pages/desk/desk-rules.ts'
import { useDeskActions } from '../pages/desk/use-desk-actions.ts'
import { useServerNow } from '../server-clock.ts'
import type { LineView } from '../softphone/line-keeper.ts'
import { Digits } from '../ui/Digits.tsx'
import { Said } from '../ui/Said.tsx'
import { Dot } from '../ui/Tone.tsx'
import css from './Shell.module.css'

/** The agent's own status, since when, and what can be made of it. */
export function StatusMenu({ desk, line }: { desk: Desk; line: LineView['state'] }) {
  const { send, leaveShift } = useDeskActions()
  const text = agentStatusText(desk.status, desk.breakReason)
  return (
    <>
      {/* Said once when it changes; the running seconds are for the eye only. */}
      <Said>{text}</Said>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={16} />}>
            <span className={css.status}>
              <Dot tone={agentStatusTone(desk.status)} />
              <VisuallyHidden>{t('My status:')}</VisuallyHidden> {text}
              <span aria-hidden>
                <Since at={desk.statusSince} />
              </span>
            </span>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            disabled={!mayBecomeAvailable(desk, line)}
            onClick={() => send({ do: 'becomeAvailable' })}
          >
            {t('Become available')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Label>{t('Take a break')}</Menu.Label>
          {BREAKS.map((reason) => (
            <Menu.Item
              key={reason}
              disabled={!mayTakeBreak(desk)}
              onClick={() => send({ do: 'takeBreak', reason })}
            >
              {breakText(reason)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconDoorExit size={16} />}
            disabled={!mayEndShift(desk)}
            onClick={leaveShift}
          >
            {t('End the shift')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  )
}

function Since({ at }: { at: number }) {
  const now = useServerNow()
  return <Digits>{duration((now - at) / 1000)}</Digits>
}
