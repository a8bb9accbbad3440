import { useEffect, useRef } from 'react'
import type { CallerCard, Desk } from '#contract/calls.ts'
import { t } from '../../i18n.ts'
import { CallerHeadline, RepeatBadge } from './CallerHeadline.tsx'
import { CandidateList, EarlierCalls } from './CallerPanel.tsx'
import { duration } from '#core/text/uzbek-dates.ts'
import { pathText } from '../../menu-path.ts'
import { useServerNow } from '../../server-clock.ts'
import { Digits } from '../../ui/Digits.tsx'
import { Facts } from '../../ui/Facts.tsx'
import css from './desk.module.css'
import { OfferButtons } from './OfferButtons.tsx'
import { OpenAppeals } from './OpenAppeals.tsx'

/** Nobody is on the line for a callback yet. */
export function offerTitle({ askedBy, callback }: NonNullable<Desk['offer']>): string {
  if (askedBy !== undefined) return t('{{name}} asks for your help', { name: askedBy })
  return callback ? t('Callback') : t('Incoming call')
}

export function OfferView({
  offer,
  caller,
  isOnPhone,
}: {
  offer: NonNullable<Desk['offer']>
  caller: CallerCard | null
  isOnPhone: boolean
}) {
  const accept = useRef<HTMLButtonElement>(null)
  // Enter accepts, unless the agent is typing somewhere: then nothing is taken from him.
  useEffect(() => {
    if (document.activeElement === document.body || document.activeElement === null) accept.current?.focus()
  }, [])
  return (
    <div className={`${css.calm} ${css.fromTop}`}>
      <section className={css.offer} aria-label={offerTitle(offer)}>
        <div role="alert">
          <h1 style={{ fontSize: '1.3rem', marginBottom: '0.5rem' }}>{offerTitle(offer)}</h1>
        </div>
        {offer.askedBy !== undefined && (
          <p>{t('You speak with your colleague first; the citizen hears music.')}</p>
        )}
        {offer.callback && <p>{t('The citizen is called as soon as you accept.')}</p>}
        {caller && <CallerHeadline caller={caller} />}
        <OfferButtons offer={offer} isOnPhone={isOnPhone} acceptButton={accept} />
        {caller && <WaitsAndPath caller={caller} />}
        {caller && (
          <p className={css.repeats}>
            <RepeatBadge caller={caller} />
          </p>
        )}
        {caller && <CandidateList caller={caller} />}
        {caller && <OpenAppeals appeals={caller.openAppeals} />}
        {caller && <EarlierCalls caller={caller} limit={3} />}
      </section>
    </div>
  )
}

function WaitsAndPath({ caller }: { caller: CallerCard }) {
  const waitedSeconds = Math.max(0, useServerNow() - caller.queuedAt) / 1000
  return (
    <Facts
      facts={[
        { name: t('Waits for'), value: <Digits>{duration(waitedSeconds)}</Digits> },
        { name: t('Way through the menu'), value: pathText(caller.path, caller.choiceNames) },
        { name: t('Name sent by the network'), value: caller.callerName },
      ]}
    />
  )
}
