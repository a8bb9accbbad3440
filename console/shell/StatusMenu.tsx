import { Button, Menu, VisuallyHidden } from '@mantine/core'
import { IconArrowBackUp, IconChevronDown, IconClockPlay, IconDoorExit } from '@tabler/icons-react'
import type { Desk } from '#contract/calls.ts'
import type { PhoneMode } from '#core/calls/call.ts'
import { breakBegins } from '#core/calls/agent-time.ts'
import { duration } from '#core/text/uzbek-dates.ts'
import { useAgentTime } from '../api.ts'
import { agentStatusText, agentStatusTone } from '../call-words.ts'
import { inMyLanguage, t } from '../i18n.ts'
import { showProblem } from '../notify.ts'
import { breakHint } from '../pages/desk/BreakButtons.tsx'
import { mayBecomeAvailable, mayEndShift } from '../pages/desk/desk-rules.ts'
import { useNextText } from '../pages/desk/NextNotice.tsx'
import { useDeskActions } from '../pages/desk/use-desk-actions.ts'
import { useServerNow } from '../server-clock.ts'
import type { LineView } from '../softphone/line-keeper.ts'
import { startLine } from '../softphone/my-line.ts'
import { chooseDeskPhone } from '../softphone/my-phone.ts'
import { Digits } from '../ui/Digits.tsx'
import { Said } from '../ui/Said.tsx'
import { Dot } from '../ui/Tone.tsx'
import { useBreakNames } from '../use-break-names.ts'
import css from './Shell.module.css'

/** The agent's own status, since when, and what can be made of it. */
export function StatusMenu({ desk, line }: { desk: Desk; line: LineView['state'] }) {
  const { send, leaveShift } = useDeskActions()
  const breakName = useBreakNames()
  const next = useNextText(desk)
  const text = desk.status === 'onBreak' ? breakName(desk.breakReason) : agentStatusText(desk.status)
  return (
    <>
      {/* Said once when it changes; the running seconds are for the eye only. */}
      <Said>{next ? `${text}. ${next}` : text}</Said>
      <Menu position="bottom-end" width={280}>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={16} />}>
            <span className={css.status}>
              <Dot tone={agentStatusTone(desk.status)} />
              <VisuallyHidden>{t('My status:')}</VisuallyHidden> {text}
              <span aria-hidden>
                <Since at={desk.statusSince} />
              </span>
              {next && <IconClockPlay size={18} role="img" aria-label={next} title={next} />}
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
          <BreakItems desk={desk} />
          <Menu.Divider />
          <PhoneItems desk={desk} />
          <Menu.Divider />
          {next && <Menu.Label>{next}</Menu.Label>}
          {next && (
            <Menu.Item
              leftSection={<IconArrowBackUp size={16} />}
              onClick={() => send({ do: 'withdrawNext' })}
            >
              {t('Take back')}
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={<IconDoorExit size={16} />}
            disabled={!mayEndShift(desk)}
            onClick={leaveShift}
          >
            {desk.call ? t('End the shift after this call') : t('End the shift')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  )
}

/** By what the agent hears callers. Not changed while somebody is on it. */
function PhoneItems({ desk: { phoneMode, status } }: { desk: Desk }) {
  const isBusy = status === 'ringing' || status === 'talking'
  return (
    <>
      <Menu.Label>{t('I hear callers by')}</Menu.Label>
      <Menu.RadioGroup value={phoneMode} onChange={(mode) => choosePhone(mode as PhoneMode)}>
        <Menu.RadioItem value="alwaysOn" closeMenuOnClick disabled={isBusy}>
          {t('This browser')}
        </Menu.RadioItem>
        <Menu.RadioItem value="perCall" closeMenuOnClick disabled={isBusy}>
          {t('A desk phone')}
        </Menu.RadioItem>
      </Menu.RadioGroup>
    </>
  )
}

function choosePhone(mode: PhoneMode): void {
  const chosen = mode === 'perCall' ? chooseDeskPhone() : startLine()
  void chosen.catch(showProblem)
}

function BreakItems({ desk }: { desk: Desk }) {
  const { send } = useDeskActions()
  const breaks = useAgentTime().data?.breaks ?? []
  const begins = breakBegins(desk.status)
  return (
    <>
      <Menu.Label>{begins === 'betweenCalls' ? t('A break after this call') : t('Take a break')}</Menu.Label>
      {breaks.map((rule) => (
        <Menu.Item
          key={rule.code}
          disabled={begins === undefined || rule.code === desk.breakReason}
          rightSection={<span className={css.itemHint}>{breakHint(rule)}</span>}
          onClick={() => send({ do: 'takeBreak', reason: rule.code })}
        >
          {inMyLanguage(rule.names)}
        </Menu.Item>
      ))}
    </>
  )
}

function Since({ at }: { at: number }) {
  const now = useServerNow()
  return <Digits>{duration((now - at) / 1000)}</Digits>
}
