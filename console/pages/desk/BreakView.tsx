import { IconHeadset } from '@tabler/icons-react'
import type { Desk } from '#contract/calls.ts'
import type { BreakReason } from '#core/calls/call.ts'
import { breakText } from '../../call-words.ts'
import { t } from '../../i18n.ts'
import type { LineView } from '../../softphone/line-keeper.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { useShortcuts } from '../../ui/shortcuts.ts'
import css from './desk.module.css'
import { BREAKS, mayBecomeAvailable } from './desk-rules.ts'
import { useDeskActions } from './use-desk-actions.ts'

export function BreakView({ desk, line }: { desk: Desk; line: LineView['state'] }) {
  const { send, doing } = useDeskActions()
  const goOn = () => send({ do: 'becomeAvailable' })
  useShortcuts({ F2: goOn })
  const needsAttention = ['missedOffer', 'declinedOffer', 'lineLost'].includes(desk.breakReason ?? '')
  return (
    <div className={css.calm}>
      <div role={needsAttention ? 'alert' : undefined}>
        <h1>{headingText(desk.breakReason)}</h1>
      </div>
      <p>{adviceText(desk.breakReason)}</p>
      <ActionButton
        size="lg"
        icon={<IconHeadset />}
        label={t('Become available')}
        shortcut="F2"
        isBusy={doing === 'becomeAvailable'}
        whyDisabled={mayBecomeAvailable(desk, line) ? undefined : t('Your line is not connected yet.')}
        onPress={goOn}
      />
      <div className={css.row}>
        {BREAKS.filter((reason) => reason !== desk.breakReason).map((reason) => (
          <ActionButton
            key={reason}
            variant="default"
            label={breakText(reason)}
            onPress={() => send({ do: 'takeBreak', reason })}
          />
        ))}
      </div>
    </div>
  )
}

function headingText(reason: BreakReason | null): string {
  switch (reason) {
    case 'justSignedIn':
      return t('Your line is ready')
    case 'missedOffer':
      return t('You missed a call')
    case 'declinedOffer':
      return t('You declined a call')
    case 'lineLost':
      return t('Your line was lost and is back')
    case 'lunch':
      return t('Lunch')
    case 'training':
      return t('Training')
    default:
      return t('You are on a break')
  }
}

function adviceText(reason: BreakReason | null): string {
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
