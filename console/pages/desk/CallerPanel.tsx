import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import type { CallerCard } from '#contract/calls.ts'
import { shortMoment } from '#core/text/uzbek-dates.ts'
import { t } from '../../i18n.ts'
import { useOutcomeNames } from '../../use-outcome-names.ts'
import { useTopicNames } from '../../use-topic-names.ts'
import { pathText } from '../../menu-path.ts'
import { paths } from '../../paths.ts'
import { Facts } from '../../ui/Facts.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { CallerNow } from './CallerNow.tsx'
import { RepeatBadge } from './CallerHeadline.tsx'
import { ChosenCitizen } from './ChosenCitizen.tsx'
import { CALL_PARTS } from './CallParts.tsx'
import css from './desk.module.css'
import { candidateText, WhoIsCalling } from './WhoIsCalling.tsx'

type Props = {
  caller: CallerCard
  citizen: string | null
  choose: (citizen: string | null) => void
}

/** Who it is comes first, and what he is owed; the rest was seen as it rang. Not drawn anew for each letter of a note. */
export const CallerPanel = memo(function CallerPanel(props: Props) {
  const { caller, citizen, choose } = props
  return (
    <div className={css.column} id={CALL_PARTS.caller}>
      <Surface title={t('Caller')} aside={<Repeats caller={caller} />}>
        <CallerNow caller={caller} citizen={citizen} />
        <WhoIsCalling caller={caller} citizen={citizen} choose={choose} isToldToAsk />
        <EarlierCalls caller={caller} limit={4} />
        <div className={css.sent}>
          <Facts
            facts={[
              { name: t('Name sent by the network'), value: caller.callerName },
              { name: t('Way through the menu'), value: pathText(caller.path, caller.choiceNames) },
            ]}
          />
        </div>
      </Surface>
      {citizen && <ChosenCitizen key={citizen} id={citizen} caller={caller} />}
    </div>
  )
})

const Repeats = ({ caller }: { caller: CallerCard }) => (
  <span className={css.repeatsAside}>
    <RepeatBadge caller={caller} />
  </span>
)

/** The same people while it rings, when nothing can be chosen yet. */
export function CandidateList({ caller }: { caller: CallerCard }) {
  if (caller.candidates.length === 0) return null
  return (
    <div>
      <p className={css.label} style={{ margin: 0 }}>
        {t('Known with this number')}
      </p>
      <ul className={css.list}>
        {caller.candidates.map((candidate) => (
          <li key={candidate.id}>
            {candidate.name} · {candidateText(candidate)}
            {candidate.note !== '' && <span className={css.candidateNote}>{candidate.note}</span>}
          </li>
        ))}
      </ul>
    </div>
  )
}

export function EarlierCalls({ caller, limit }: { caller: CallerCard; limit: number }) {
  const topicName = useTopicNames()
  const outcomeName = useOutcomeNames()
  if (caller.earlier.length === 0) return null
  return (
    <div style={{ marginTop: '0.8rem' }}>
      <p className={css.label} style={{ margin: 0 }}>
        {t('Earlier calls of this number')}
      </p>
      <ul className={`${css.list} ${css.earlier}`}>
        {caller.earlier.slice(0, limit).map((call) => (
          <li key={call.id}>
            <Link to={paths.call(call.id)}>{shortMoment(call.arrivedAt)}</Link>{' '}
            {[call.outcome && outcomeName(call.outcome), call.topic && topicName(call.topic), call.agentName]
              .filter(Boolean)
              .join(' · ')}
          </li>
        ))}
      </ul>
    </div>
  )
}
