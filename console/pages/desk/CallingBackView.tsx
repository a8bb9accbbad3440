import { IconPhoneOff } from '@tabler/icons-react'
import type { CallerCard, Desk } from '#contract/calls.ts'
import { duration } from '#core/text/uzbek-dates.ts'
import { t } from '../../i18n.ts'
import { useServerNow } from '../../server-clock.ts'
import { END_COLOUR } from '../../theme.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Digits } from '../../ui/Digits.tsx'
import { Said } from '../../ui/Said.tsx'
import { CallerHeadline, RepeatBadge } from './CallerHeadline.tsx'
import { CandidateList, EarlierCalls } from './CallerPanel.tsx'
import { useShortcuts } from '../../ui/shortcuts.ts'
import { useSecondPress } from '../../ui/use-second-press.ts'
import css from './desk.module.css'
import { useDeskActions } from './use-desk-actions.ts'

/** The citizen's phone rings; the agent hears the ring-back tone and can read up on him meanwhile. */
export function CallingBackView(props: {
  callingBack: NonNullable<Desk['callingBack']>
  caller: CallerCard | null
}) {
  const { callingBack, caller } = props
  const { send, doing } = useDeskActions()
  const now = useServerNow()
  const stop = () => send({ do: 'endCall' })
  const [isArmed, pressedOnce] = useSecondPress(stop)
  useShortcuts({ E: pressedOnce })
  return (
    <div className={`${css.calm} ${css.fromTop}`}>
      <section className={css.offer} aria-label={t('Calling back')}>
        <Said>{t('Calling back')}</Said>
        <h1 style={{ fontSize: '1.3rem', marginBottom: '0.5rem' }}>
          {t('Calling back')} <Digits>{duration((now - callingBack.since) / 1000)}</Digits>
        </h1>
        {caller && <CallerHeadline caller={caller} />}
        <div className={css.row} style={{ justifyContent: 'flex-start', marginBlock: '0.8rem' }}>
          <ActionButton
            size="lg"
            color={END_COLOUR}
            icon={<IconPhoneOff />}
            label={isArmed ? t('Press E again to end') : t('Stop calling')}
            shortcut="E E"
            isBusy={doing === 'endCall'}
            onPress={stop}
          />
        </div>
        {caller && <RepeatBadge caller={caller} />}
        {caller && <CandidateList caller={caller} />}
        {caller && <EarlierCalls caller={caller} limit={3} />}
      </section>
    </div>
  )
}
