import type { Desk } from '#contract/calls.ts'
import { duration } from '#core/text/uzbek-dates.ts'
import { inMyLanguage, t } from '../../i18n.ts'
import { useServerNow } from '../../server-clock.ts'
import { Digits } from '../../ui/Digits.tsx'
import { Said } from '../../ui/Said.tsx'
import { CallControls } from './CallControls.tsx'
import { CallerHeadline } from './CallerHeadline.tsx'
import css from './desk.module.css'
import type { Draft } from './draft.ts'
import { FinishButtons } from './FinishButtons.tsx'
import { SoundLevels } from './SoundLevels.tsx'
import { ShortTimeSaid, WrapUpLeft } from './WrapUpTime.tsx'

/** What stays in sight during a call: how it stands, who it is, and the next thing to press. */
export function CallStrip({
  desk,
  call,
  draft,
}: {
  desk: Desk
  call: NonNullable<Desk['call']>
  draft: Draft
}) {
  const { caller } = desk
  const isOver = call.endedAt !== null
  return (
    <section className={css.strip} aria-label={t('Call')} {...(isOver && { 'data-ended': true })}>
      <Said>{call.other ? `${stateText(call)} ${call.other.name}` : stateText(call)}</Said>
      {isOver && desk.limitAt !== null && <ShortTimeSaid until={desk.limitAt} />}
      <h1>
        {stateText(call)}
        <span aria-hidden className={css.timer}>
          <Timer from={call.connectedAt} to={call.endedAt} />
          {!isOver && <SoundLevels />}
          {isOver && desk.limitAt !== null && <WrapUpLeft until={desk.limitAt} />}
        </span>
        {call.other && !isOver && (
          <span className={css.other} title={call.other.name}>
            {call.other.name}
          </span>
        )}
      </h1>
      {caller && <CallerHeadline caller={caller} isSmall />}
      <div className={css.stripEnd}>
        {isOver ? (
          <FinishButtons desk={desk} call={call.id} draft={draft} />
        ) : (
          <CallControls call={call} cameFrom={cameFrom(desk)} />
        )}
      </div>
    </section>
  )
}

function cameFrom({ caller }: Desk): string | undefined {
  return caller?.queueNames ? inMyLanguage(caller.queueNames) : undefined
}

function stateText(call: NonNullable<Desk['call']>): string {
  const state = wordOf(call)
  if (!call.muted || call.endedAt !== null || call.state === 'onHold') return state
  return call.state === 'talking' ? t('Talking, muted') : t('{{state}}, muted', { state })
}

function wordOf({ endedAt, state }: NonNullable<Desk['call']>): string {
  if (endedAt !== null) return t('Call ended')
  switch (state) {
    case 'onHold':
    case 'adrift':
      return t('On hold')
    case 'calling':
      return t('Calling')
    case 'consulting':
      return t('Consulting')
    case 'conference':
      return t('All three')
    case 'helping':
      return t('Helping')
    default:
      return t('Talking')
  }
}

function Timer({ from, to }: { from: number; to: number | null }) {
  const now = useServerNow()
  return <Digits>{duration(((to ?? now) - from) / 1000)}</Digits>
}
