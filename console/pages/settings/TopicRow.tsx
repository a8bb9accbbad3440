import { Button, NativeSelect, TextInput } from '@mantine/core'
import type { TopicNodeIn } from '#contract/classifier.ts'
import { APPEAL_TRACKS, type AppealTrack } from '#core/appeals/appeal-track.ts'
import type { QueueRow } from '#contract/queues.ts'
import { levelOf, parentOf, TOPIC_KINDS, type TopicKind } from '#core/knowledge/classifier.ts'
import type { QueueId, TopicCode } from '#core/lib/ids.ts'
import type { SettingProblem } from '#core/lib/setting-problems.ts'
import { inMyLanguage, t } from '../../i18n.ts'
import { topicKindText, trackText } from '../../appeal-words.ts'
import { RemoveButton } from '../../ListButtons.tsx'
import { settingProblemText } from '../../setting-words.ts'
import { topicText } from '../../topics.ts'
import css from './settings.module.css'

const LEVELS_MAX = 3

type RowProps = {
  node: TopicNodeIn
  isOpen: boolean
  problems: readonly SettingProblem[]
  queues: readonly QueueRow[]
  /** Of each topic, with those that it has from the one above. */
  tracks: ReadonlyMap<TopicCode, AppealTrack>
  toggle: () => void
  change: (node: TopicNodeIn) => void
  addBelow: () => void
  remove: () => void
}

/** One topic: to be read, and to be filled in once it is opened. */
export function TopicRow(props: RowProps) {
  const { addBelow, isOpen, node, problems, queues, remove, toggle, tracks } = props
  const name = topicText(node.names) || node.code
  const track = tracks.get(node.code) ?? 'general'
  const queue = queues.find((one) => one.queue === node.queue)
  return (
    <li className={css.topic} data-level={levelOf(node.code)}>
      <div className={css.actions}>
        <span className={css.topicName}>
          <code>{node.code}</code> {topicText(node.names)}
        </span>
        <span className={css.quiet}>
          {[
            node.kind && topicKindText(node.kind),
            track !== 'general' && trackText(track),
            queue && inMyLanguage(queue.names),
          ]
            .filter(Boolean)
            .join(' → ')}
        </span>
        <Button
          size="compact-xs"
          variant="subtle"
          aria-expanded={isOpen}
          aria-label={isOpen ? t('Close {{name}}', { name }) : t('Change {{name}}', { name })}
          onClick={toggle}
        >
          {isOpen ? t('Close') : t('Change')}
        </Button>
        {levelOf(node.code) < LEVELS_MAX && (
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label={t('Add below {{name}}', { name })}
            onClick={addBelow}
          >
            {t('Add below')}
          </Button>
        )}
        <RemoveButton size="compact-xs" label={t('Remove {{name}}', { name })} remove={remove} />
      </div>
      {isOpen && <TopicFields {...props} />}
      {!isOpen && problems.length > 0 && (
        <ul className={css.problems}>
          {problems.map((problem) => (
            <li key={problem.message}>{settingProblemText(problem)}</li>
          ))}
        </ul>
      )}
    </li>
  )
}

function TopicFields({ node, problems, queues, tracks, change }: RowProps) {
  const { code, names, kind } = node
  const at = (field: string) => {
    const problem = problems.find((one) => one.field === field)
    return problem && settingProblemText(problem)
  }
  const name = (language: keyof TopicNodeIn['names'], label: string, placeholder?: string) => (
    <TextInput
      label={label}
      placeholder={placeholder}
      error={at(language)}
      value={names[language] ?? ''}
      onChange={(event) => change({ ...node, names: { ...names, [language]: event.currentTarget.value } })}
    />
  )
  return (
    <div className={css.row}>
      <TextInput
        label={t('Code')}
        error={at('code')}
        value={code}
        onChange={(event) => change({ ...node, code: event.currentTarget.value as TopicCode })}
      />
      {name('uz', t('Name in Uzbek'))}
      {name('ru', t('Name in Russian'))}
      {name('cyrillic', t('Name in Cyrillic'), t('written from the Latin'))}
      {name('en', t('Name in English'), t('as in Uzbek'))}
      <NativeSelect
        label={t('Kind')}
        error={at('kind')}
        data={[
          { value: '', label: t('none') },
          ...TOPIC_KINDS.map((one) => ({ value: one, label: topicKindText(one) })),
        ]}
        value={kind ?? ''}
        onChange={(event) =>
          change({ ...node, kind: (event.currentTarget.value || null) as TopicKind | null })
        }
      />
      <NativeSelect
        label={t('Queue')}
        error={at('queue')}
        data={[
          { value: '', label: t('as the menu says') },
          ...queues.map((one) => ({ value: String(one.queue), label: inMyLanguage(one.names) })),
        ]}
        value={node.queue ?? ''}
        onChange={(event) =>
          change({ ...node, queue: (event.currentTarget.value || null) as QueueId | null })
        }
      />
      <NativeSelect
        label={t('Procedure')}
        data={[
          { value: '', label: inheritedText(code, tracks) },
          ...APPEAL_TRACKS.map((one) => ({ value: one, label: trackText(one) })),
        ]}
        value={node.track ?? ''}
        onChange={(event) =>
          change({ ...node, track: (event.currentTarget.value || null) as AppealTrack | null })
        }
      />
    </div>
  )
}

function inheritedText(code: TopicCode, tracks: RowProps['tracks']): string {
  const parent = parentOf(code)
  const track = trackText((parent === null ? undefined : tracks.get(parent)) ?? 'general')
  return parent === null ? t('not set: {{track}}', { track }) : t('as the topic above: {{track}}', { track })
}
