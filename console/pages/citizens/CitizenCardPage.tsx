import { Alert, Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { CitizenCard } from '#contract/citizens.ts'
import { clockRuns } from '#core/appeals/appeal-status.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import type { Day } from '#core/lib/time.ts'
import { shortDay, shortMoment } from '#core/text/uzbek-dates.ts'
import { useCitizen } from '../../api.ts'
import { appealStatusText, kindText } from '../../appeal-words.ts'
import { Asked } from '../../Asked.tsx'
import { callLanguageText } from '../../call-words.ts'
import { citizenEventText, citizenKindText, consentText, fieldText, regionText } from '../../citizen-words.ts'
import { t } from '../../i18n.ts'
import { useMay } from '../../me.ts'
import { paths } from '../../paths.ts'
import { Column, Columns } from '../../ui/Columns.tsx'
import { Digits } from '../../ui/Digits.tsx'
import { type Fact, Facts } from '../../ui/Facts.tsx'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { Timeline } from '../../ui/Timeline.tsx'
import { Tone } from '../../ui/Tone.tsx'
import { useOutcomeNames } from '../../use-outcome-names.ts'
import { useTopicNames } from '../../use-topic-names.ts'
import { CardEditor } from './CardEditor.tsx'
import { useCardDraft } from './card-draft.ts'
import css from './citizens.module.css'
import { DocumentValue } from './DocumentValue.tsx'
import { MergePanel } from './MergePanel.tsx'
import { ContactsPanel } from './ContactsPanel.tsx'
import { NumbersPanel } from './NumbersPanel.tsx'

export function CitizenCardPage({ id }: { id: string }) {
  return <Asked query={useCitizen(id)}>{(card) => <Card card={card} />}</Asked>
}

function Card({ card }: { card: CitizenCard }) {
  return (
    <Page title={card.names.latin} aside={<Link to={paths.citizens()}>{t('All citizens')}</Link>}>
      {card.mergedInto && (
        <Alert color="yellow" mb="md">
          {t('This card was merged into another:')}{' '}
          <Link to={paths.citizen(card.mergedInto.id)}>{card.mergedInto.name}</Link>
        </Alert>
      )}
      <Columns>
        <Column>
          <WhoHeIs card={card} />
          <Calls card={card} />
          <Surface title={t('What happened')}>
            <Timeline
              moments={card.timeline.map(({ at, type, actorName, detail }) => ({
                at,
                time: shortMoment(at),
                text: citizenEventText(type, detail),
                by: actorName ?? undefined,
              }))}
            />
          </Surface>
        </Column>
        <Column>
          <NumbersPanel card={card} />
          <ContactsPanel card={card} />
          <Appeals card={card} />
          <MergePanel card={card} />
        </Column>
      </Columns>
    </Page>
  )
}

function WhoHeIs({ card }: { card: CitizenCard }) {
  const mayChange = useMay('changeCitizens') && card.status === 'current'
  const { isChanged } = useCardDraft(card)
  // What was typed before a reload is there again.
  const [isEdited, setEdited] = useState(isChanged)
  return (
    <Surface
      title={t('Card')}
      aside={
        mayChange &&
        !isEdited && (
          <Button size="compact-sm" variant="default" onClick={() => setEdited(true)}>
            {t('Edit the card')}
          </Button>
        )
      }
    >
      {isEdited && mayChange ? (
        <CardEditor card={card} close={() => setEdited(false)} />
      ) : (
        <CardFacts card={card} />
      )}
    </Surface>
  )
}

export function CardFacts({ card }: { card: CitizenCard }) {
  const { fields, names } = card
  const facts: Fact[] = [
    { name: fieldText('kind'), value: citizenKindText(fields.kind) },
    { name: fieldText('name'), value: names.latin },
    { name: fieldText('nameCyrillic'), value: <span lang="uz-Cyrl">{names.cyrillic}</span> },
    {
      name: fieldText('birthDay'),
      value: fields.birthDay !== '' && <Digits>{shortDay(fields.birthDay as Day)}</Digits>,
    },
    { name: fieldText('isMinor'), value: card.isMinor && <Tone tone="warn">{t('Yes')}</Tone> },
    { name: fieldText('pinfl'), value: fields.pinfl && <DocumentValue card={card} document="pinfl" /> },
    {
      name: fieldText('passport'),
      value: fields.passport && <DocumentValue card={card} document="passport" />,
    },
    { name: fieldText('stir'), value: fields.stir },
    { name: fieldText('region'), value: regionText(fields.region) },
    { name: fieldText('address'), value: fields.address },
    {
      name: fieldText('language'),
      value: fields.language && callLanguageText(fields.language as CallLanguage),
    },
    { name: fieldText('representative'), value: fields.representative },
    {
      name: fieldText('consent'),
      value: [consentText(fields.consent), card.consentAt && shortMoment(card.consentAt)]
        .filter(Boolean)
        .join(', '),
    },
    {
      name: fieldText('note'),
      value: fields.note && (
        <p className={css.note} dir="auto">
          {fields.note}
        </p>
      ),
    },
  ]
  return <Facts facts={facts.map((fact) => ({ ...fact, value: fact.value || null }))} />
}

function Calls({ card }: { card: CitizenCard }) {
  const topicName = useTopicNames()
  const outcomeName = useOutcomeNames()
  const [seesOwn, seesAll] = [useMay('seeOwnCalls'), useMay('seeAllCalls')]
  return (
    <Surface title={t('Calls')}>
      {card.calls.length === 0 && <p style={{ margin: 0 }}>{t('No call was said to be from him.')}</p>}
      <ul className={css.plain}>
        {card.calls.map(({ id, arrivedAt, number, outcome, topic, agentName }) => (
          <li key={id}>
            {seesOwn || seesAll ? (
              <Link to={paths.call(id)}>{shortMoment(arrivedAt)}</Link>
            ) : (
              shortMoment(arrivedAt)
            )}{' '}
            {[number, outcome && outcomeName(outcome), topic && topicName(topic), agentName]
              .filter(Boolean)
              .join(' · ')}
          </li>
        ))}
      </ul>
    </Surface>
  )
}

function Appeals({ card }: { card: CitizenCard }) {
  const seesAppeals = useMay('seeAppeals')
  return (
    <Surface title={t('Appeals')}>
      {card.appeals.length === 0 && <p style={{ margin: 0 }}>{t('There are no appeals yet.')}</p>}
      <ul className={css.plain}>
        {card.appeals.map(({ id, number, kind, status, dueOn }) => (
          <li key={id}>
            {seesAppeals ? <Link to={paths.appeal(id)}>{number}</Link> : number}{' '}
            {[
              kindText(kind),
              appealStatusText(status),
              dueOn && clockRuns(status) && t('reply due by {{day}}', { day: shortDay(dueOn as Day) }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </li>
        ))}
      </ul>
    </Surface>
  )
}
