import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { KnowledgeCard, KnowledgeVersion } from '#contract/knowledge.ts'
import { writtenIn } from '#core/knowledge/knowledge-content.ts'
import { ordersFor } from '#core/knowledge/knowledge-status.ts'
import { shortMoment } from '#core/text/uzbek-dates.ts'
import { Asked } from '../../Asked.tsx'
import { inMyScript, t } from '../../i18n.ts'
import { useKnowledgeItem, useOrderKnowledge } from '../../knowledge-api.ts'
import {
  knowledgeKindText,
  knowledgeOrderText,
  knowledgeStatusText,
  knowledgeStatusTone,
  myKnowledgeLanguage,
} from '../../knowledge-words.ts'
import { useMay, useSignedIn } from '../../me.ts'
import { paths } from '../../paths.ts'
import { problemText } from '../../problem-text.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Column, Columns } from '../../ui/Columns.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { Tone } from '../../ui/Tone.tsx'
import { useTopicNames } from '../../use-topic-names.ts'
import css from './knowledge.module.css'
import { inForceText } from './KnowledgePage.tsx'
import { Reception } from './Reception.tsx'
import { Changed, Written } from './Written.tsx'

export function KnowledgeItemPage({ id }: { id: string }) {
  return <Asked query={useKnowledgeItem(id)}>{(card) => <Card card={card} />}</Asked>
}

/** One version at a time; which one is seen first is the newest, unless the address names another. */
function Card({ card }: { card: KnowledgeCard }) {
  const asked = useSearch({ strict: false }) as { version?: number }
  const [chosen, choose] = useState(asked.version)
  const [showsChanges, showChanges] = useState(false)
  const mayEdit = useMay('editKnowledge')
  const version = card.versions.find((one) => one.version === chosen) ?? card.versions[0]
  if (!version) return null
  const earlier = card.versions.find((one) => one.version < version.version)
  const written = writtenIn(version.content, myKnowledgeLanguage())
  return (
    <Page
      title={written ? inMyScript(written.title, written.language) : String(card.id)}
      aside={<Link to={paths.knowledge()}>{t('All knowledge')}</Link>}
    >
      <Columns first={1.6}>
        <Column>
          <Surface title={t('Version {{version}}', { version: version.version })}>
            {showsChanges && earlier ? (
              <Changed before={earlier} after={version} />
            ) : (
              <Written version={version} />
            )}
          </Surface>
        </Column>
        <Column>
          <Surface title={t('Facts')}>
            <VersionFacts card={card} version={version} />
          </Surface>
          <Orders card={card} version={version} mayEdit={mayEdit} />
          <Reception id={card.id} />
          <Surface title={t('Versions')}>
            <Versions card={card} chosen={version} choose={choose} />
            {earlier && (
              <ActionButton
                label={t('Show what changed since version {{version}}', { version: earlier.version })}
                variant="default"
                isPressed={showsChanges}
                onPress={() => showChanges(!showsChanges)}
              />
            )}
          </Surface>
        </Column>
      </Columns>
    </Page>
  )
}

function VersionFacts({ card, version }: { card: KnowledgeCard; version: KnowledgeVersion }) {
  const topicName = useTopicNames()
  return (
    <Facts
      facts={[
        { name: '№', value: card.id },
        { name: t('Kind'), value: knowledgeKindText(card.kind) },
        {
          name: t('Status'),
          value: (
            <Tone tone={knowledgeStatusTone(version.status)}>{knowledgeStatusText(version.status)}</Tone>
          ),
        },
        { name: t('Topics'), value: version.topics.map(topicName).join('; ') },
        { name: t('Basis'), value: version.basis && <bdi>{version.basis}</bdi> },
        { name: t('In force'), value: inForceText(version) },
        { name: t('Answers for it'), value: version.owner?.name },
        { name: t('Must be read'), value: version.mustRead && t('by every agent') },
        { name: t('Saved'), value: doneText(version.saved) },
        { name: t('Approved'), value: doneText(version.approved) },
        { name: t('Published'), value: doneText(version.published) },
        { name: t('Ended'), value: doneText(version.ended) },
      ].map((fact) => ({ ...fact, value: fact.value || null }))}
    />
  )
}

function doneText(done: KnowledgeVersion['saved']): string | null {
  return done && [shortMoment(done.at), done.by].filter(Boolean).join(', ')
}

function Orders(props: { card: KnowledgeCard; version: KnowledgeVersion; mayEdit: boolean }) {
  const { card, version, mayEdit } = props
  const { role } = useSignedIn()
  const order = useOrderKnowledge(card.id)
  const orders = ordersFor(role, version.status)
  const isNewest = version === card.versions[0]
  if (orders.length === 0 && !mayEdit) return null
  return (
    <Surface title={t('What can be done')}>
      <div className={css.buttons}>
        {orders.map((one) => (
          <ActionButton
            key={one}
            label={knowledgeOrderText(one)}
            variant={one === 'approve' || one === 'publish' ? 'filled' : 'default'}
            isBusy={order.isPending}
            onPress={() => order.mutate({ version: version.version, order: one })}
          />
        ))}
        {mayEdit && isNewest && (
          <Link to={paths.editKnowledge(String(card.id))}>{t('Write the next version')}</Link>
        )}
      </div>
      {order.isError && <p role="alert">{problemText(order.error)}</p>}
    </Surface>
  )
}

function Versions(props: {
  card: KnowledgeCard
  chosen: KnowledgeVersion
  choose: (version: number) => void
}) {
  const { card, chosen, choose } = props
  return (
    <ul className={css.versions}>
      {card.versions.map((version) => (
        <li key={version.version}>
          <ActionButton
            label={t('Version {{version}}', { version: version.version })}
            size="compact-sm"
            variant={version === chosen ? 'light' : 'subtle'}
            isPressed={version === chosen}
            onPress={() => choose(version.version)}
          />{' '}
          <Tone tone={knowledgeStatusTone(version.status)}>{knowledgeStatusText(version.status)}</Tone>{' '}
          <span className={css.quiet}>{doneText(version.saved)}</span>
        </li>
      ))}
    </ul>
  )
}
