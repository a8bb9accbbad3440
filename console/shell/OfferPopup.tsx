import { useLocation, useNavigate } from '@tanstack/react-router'
import type { Desk } from '#contract/calls.ts'
import { CallerHeadline, RepeatBadge } from '../pages/desk/CallerHeadline.tsx'
import { OfferButtons } from '../pages/desk/OfferButtons.tsx'
import { offerTitle } from '../pages/desk/OfferView.tsx'
import { paths } from '../paths.ts'
import css from './Shell.module.css'

/** An offer while the agent looks at another page. It takes no focus, so that nothing typed there lands on a button here. */
export function OfferPopup({ desk }: { desk: Desk }) {
  const navigate = useNavigate()
  const isAtDesk = useLocation().pathname === paths.desk()
  if (!desk.offer || isAtDesk) return null
  return (
    <section className={css.offer} aria-label={offerTitle(desk.offer)}>
      <p role="alert" style={{ margin: 0, fontWeight: 600 }}>
        {offerTitle(desk.offer)}
      </p>
      {desk.caller && <CallerHeadline caller={desk.caller} />}
      <OfferButtons
        offer={desk.offer}
        isOnPhone={desk.phoneMode === 'perCall'}
        accepted={() => void navigate({ to: paths.desk() })}
      />
      {desk.caller && <RepeatBadge caller={desk.caller} />}
    </section>
  )
}
