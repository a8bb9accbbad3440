import { IconPhone, IconPhoneOff } from '@tabler/icons-react'
import { type Ref, useState } from 'react'
import type { Desk } from '#contract/calls.ts'
import { t } from '../../i18n.ts'
import { serverNow, useServerNow } from '../../server-clock.ts'
import { ACCEPT_COLOUR } from '../../theme.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Digits } from '../../ui/Digits.tsx'
import { useShortcuts } from '../../ui/shortcuts.ts'
import css from './desk.module.css'
import { useDeskActions } from './use-desk-actions.ts'

export function OfferButtons(props: {
  offer: NonNullable<Desk['offer']>
  /** It is accepted by picking up the phone that rings. */
  isOnPhone: boolean
  accepted?: () => void
  acceptButton?: Ref<HTMLButtonElement>
}) {
  const { isOnPhone, offer } = props
  const { send, doing } = useDeskActions()
  const accept = () => send({ do: 'accept', offer: offer.id }, props.accepted)
  const decline = () => send({ do: 'decline', offer: offer.id })
  useShortcuts({ F2: isOnPhone ? undefined : accept, Escape: decline })
  return (
    <>
      <Countdown offer={offer} />
      <div className={css.row} style={{ justifyContent: 'flex-start', marginBlock: '0.8rem' }}>
        {isOnPhone ? (
          <p>{t('Pick up your phone to take this call.')}</p>
        ) : (
          <ActionButton
            size="lg"
            color={ACCEPT_COLOUR}
            icon={<IconPhone />}
            label={t('Accept')}
            shortcut="F2"
            isBusy={doing === 'accept'}
            onPress={accept}
            {...(props.acceptButton && { ref: props.acceptButton })}
          />
        )}
        <ActionButton
          size="lg"
          variant="default"
          icon={<IconPhoneOff />}
          label={t('Decline')}
          shortcut="Esc"
          isBusy={doing === 'decline'}
          onPress={decline}
        />
      </div>
    </>
  )
}

/** Seconds until the call goes to a colleague, or the colleague who asks gives up. */
function Countdown({ offer: { askedBy, ringsUntil } }: { offer: NonNullable<Desk['offer']> }) {
  const [ringsMs] = useState(() => Math.max(1, ringsUntil - serverNow()))
  const leftMs = Math.max(0, ringsUntil - useServerNow())
  const seconds = Math.ceil(leftMs / 1000)
  return (
    <div style={{ marginTop: '0.9rem' }}>
      <div className={css.countdown} aria-hidden>
        <span style={{ transform: `scaleX(${Math.min(1, leftMs / ringsMs)})` }} />
      </div>
      <p style={{ margin: '0.3rem 0 0', fontSize: '0.9rem' }}>
        <Digits>
          {askedBy === undefined
            ? t('Goes to a colleague in {{seconds}} s', { seconds })
            : t('Rings for {{seconds}} s more', { seconds })}
        </Digits>
      </p>
    </div>
  )
}
