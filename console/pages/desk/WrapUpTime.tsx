import { IconHourglass } from '@tabler/icons-react'
import type { Desk } from '#contract/calls.ts'
import { extensionsLeft } from '#core/calls/agent-time.ts'
import { duration } from '#core/text/uzbek-dates.ts'
import { useAgentTime } from '../../api.ts'
import { t } from '../../i18n.ts'
import { useServerNow } from '../../server-clock.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Digits } from '../../ui/Digits.tsx'
import { Said } from '../../ui/Said.tsx'
import { useShortcuts } from '../../ui/shortcuts.ts'
import { Tone } from '../../ui/Tone.tsx'
import css from './desk.module.css'
import { useDeskActions } from './use-desk-actions.ts'

/** From here on the time is shown as short, and said once. */
const SHORT_SECONDS = 15

const secondsLeft = (until: number, now: number) => Math.max(0, Math.ceil((until - now) / 1000))

/** How long the wrap-up may still last, for the eye. */
export function WrapUpLeft({ until }: { until: number }) {
  const seconds = secondsLeft(until, useServerNow())
  return (
    <span title={t('Time left for the wrap-up')} className={css.left}>
      <Tone tone={seconds <= SHORT_SECONDS ? 'bad' : 'warn'}>
        <IconHourglass size={18} /> <Digits>{duration(seconds)}</Digits>
      </Tone>
    </span>
  )
}

/** Said once, when it becomes short. */
export function ShortTimeSaid({ until }: { until: number }) {
  const isShort = secondsLeft(until, useServerNow()) <= SHORT_SECONDS
  return (
    <Said>
      {isShort ? t('{{seconds}} seconds are left for the wrap-up.', { seconds: SHORT_SECONDS }) : ''}
    </Said>
  )
}

export function MoreTimeButton({ desk }: { desk: Desk }) {
  const { send, doing } = useDeskActions()
  const rules = useAgentTime().data
  const left = rules ? extensionsLeft(rules, desk.extensions) : 0
  const more = left > 0 ? () => send({ do: 'moreTime' }) : undefined
  useShortcuts({ F4: more })
  if (desk.limitAt === null) return null
  return (
    <ActionButton
      variant="default"
      label={`${t('More time')} (${left})`}
      shortcut="F4"
      isBusy={doing === 'moreTime'}
      whyDisabled={more ? undefined : t('This wrap-up cannot be prolonged any more.')}
      onPress={() => more?.()}
    />
  )
}
