import { Radio } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { CallerCard, Candidate } from '#contract/calls.ts'
import { shortMoment } from '#core/text/uzbek-dates.ts'
import { outcomeText } from '../../call-words.ts'
import { t } from '../../i18n.ts'
import { useTopicNames } from '../../use-topic-names.ts'
import { pathText } from '../../menu-path.ts'
import { paths } from '../../paths.ts'
import { Facts } from '../../ui/Facts.tsx'
import { Surface } from '../../ui/Surface.tsx'
import css from './desk.module.css'

export function CallerPanel(props: {
  caller: CallerCard
  citizen: string | null
  choose: (citizen: string | null) => void
}) {
  const { caller, citizen, choose } = props
  return (
    <Surface title={t('Caller')}>
      <Facts
        facts={[
          { name: t('Name sent by the network'), value: caller.callerName },
          { name: t('Way through the menu'), value: pathText(caller.path) },
        ]}
      />
      <CandidateChoice candidates={caller.candidates} citizen={citizen} choose={choose} />
      <EarlierCalls caller={caller} limit={4} />
    </Surface>
  )
}

/** Numbers are shared and can be forged, so it is the agent who says who is calling. */
function CandidateChoice(props: {
  candidates: Candidate[]
  citizen: string | null
  choose: (citizen: string | null) => void
}) {
  if (props.candidates.length === 0) return null
  return (
    <Radio.Group
      mt="sm"
      label={t('Who is calling?')}
      description={t('Known with this number. Ask before choosing.')}
      value={props.citizen ?? ''}
      onChange={(value) => props.choose(value === '' ? null : value)}
    >
      {props.candidates.map((candidate) => (
        <Radio
          key={candidate.id}
          value={candidate.id}
          label={candidate.name}
          description={candidateText(candidate)}
          mt="xs"
        />
      ))}
      <Radio value="" label={t('Somebody else, or not asked')} mt="xs" />
    </Radio.Group>
  )
}

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
          </li>
        ))}
      </ul>
    </div>
  )
}

export function EarlierCalls({ caller, limit }: { caller: CallerCard; limit: number }) {
  const topicName = useTopicNames()
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
            {[call.outcome && outcomeText(call.outcome), call.topic && topicName(call.topic), call.agentName]
              .filter(Boolean)
              .join(' · ')}
          </li>
        ))}
      </ul>
    </div>
  )
}

function candidateText({ calls, openAppeals }: Candidate): string {
  return openAppeals > 0
    ? t('Calls: {{calls}}, open appeals: {{appeals}}', { calls, appeals: openAppeals })
    : t('Calls: {{calls}}', { calls })
}
