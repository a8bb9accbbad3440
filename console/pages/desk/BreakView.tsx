import { IconHeadset } from '@tabler/icons-react'
import type { Desk } from '#contract/calls.ts'
import { duration, timeOfDay } from '#core/text/uzbek-dates.ts'
import { t } from '../../i18n.ts'
import { useServerNow } from '../../server-clock.ts'
import type { LineView } from '../../softphone/line-keeper.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Digits } from '../../ui/Digits.tsx'
import { useShortcuts } from '../../ui/shortcuts.ts'
import { Tone } from '../../ui/Tone.tsx'
import { useBreakNames } from '../../use-break-names.ts'
import { BreakButtons } from './BreakButtons.tsx'
import { CallsToClassify } from './CallsToClassify.tsx'
import { ClosedQueues } from './ClosedQueues.tsx'
import css from './desk.module.css'
import { mayBecomeAvailable } from './desk-rules.ts'
import { NextNotice } from './NextNotice.tsx'
import { ToRead } from './ToRead.tsx'
import { useDeskActions } from './use-desk-actions.ts'

export function BreakView({ desk, line }: { desk: Desk; line: LineView['state'] }) {
  const { send, doing } = useDeskActions()
  const goOn = () => send({ do: 'becomeAvailable' })
  useShortcuts({ F2: goOn })
  const needsAttention = ['missedOffer', 'declinedOffer', 'lineLost'].includes(desk.breakReason ?? '')
  return (
    <div className={css.calm}>
      <div role={needsAttention ? 'alert' : undefined}>
        <h1>{useHeading(desk.breakReason)}</h1>
      </div>
      <p>{adviceText(desk.breakReason)}</p>
      {desk.limitAt !== null && <BreakLeft until={desk.limitAt} />}
      <ActionButton
        size="lg"
        icon={<IconHeadset />}
        label={t('Become available')}
        shortcut="F2"
        isBusy={doing === 'becomeAvailable'}
        whyDisabled={mayBecomeAvailable(desk, line) ? undefined : t('Your line is not connected yet.')}
        onPress={goOn}
      />
      <NextNotice desk={desk} />
      <BreakButtons desk={desk} />
      <CallsToClassify />
      <ClosedQueues />
      <ToRead />
    </div>
  )
}

/** Until when the break is meant to last; afterwards, by how much it is longer. */
function BreakLeft({ until }: { until: number }) {
  const leftMs = until - useServerNow()
  const time = duration(Math.abs(leftMs) / 1000)
  return (
    <p>
      {leftMs >= 0 ? (
        <Digits>{t('Until {{moment}}, {{time}} left', { moment: timeOfDay(until), time })}</Digits>
      ) : (
        <Tone tone="bad">
          <Digits>{t('Longer than planned by {{time}}', { time })}</Digits>
        </Tone>
      )}
    </p>
  )
}

function useHeading(reason: string | null): string {
  const breakName = useBreakNames()
  switch (reason) {
    case 'justSignedIn':
      return t('Your line is ready')
    case 'missedOffer':
      return t('You missed a call')
    case 'declinedOffer':
      return t('You declined a call')
    case 'lineLost':
      return t('Your line was lost and is back')
    case null:
      return t('You are on a break')
    default:
      return breakName(reason)
  }
}

function adviceText(reason: string | null): string {
  switch (reason) {
    case 'justSignedIn':
      return t('The sound has been checked. Calls come once you are available.')
    case 'missedOffer':
    case 'declinedOffer':
      return t('The caller was offered to a colleague. No calls come to you until you are available again.')
    case 'lineLost':
      return t('No calls come to you until you are available again.')
    default:
      return t('No calls come to you during a break.')
  }
}
