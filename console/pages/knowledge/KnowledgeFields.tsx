import { Checkbox, MultiSelect, NativeSelect } from '@mantine/core'
import {
  BASIS_MAX_CHARACTERS,
  type KnowledgeForm,
  TEXT_MAX_CHARACTERS,
  TITLE_MAX_CHARACTERS,
} from '#contract/knowledge.ts'
import {
  KNOWLEDGE_LANGUAGES,
  KNOWLEDGE_TOPICS_MAX,
  type KnowledgeLanguage,
  type KnowledgeText,
} from '#core/knowledge/knowledge-content.ts'
import { useTopics } from '../../api.ts'
import { t } from '../../i18n.ts'
import { useKnowledgeOwners } from '../../knowledge-api.ts'
import { knowledgeLanguageText } from '../../knowledge-words.ts'
import { classifier, topicText } from '../../topics.ts'
import { LimitedArea, LimitedInput } from '../../ui/LimitedText.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { DayField } from '../../ui/DayField.tsx'
import css from './knowledge.module.css'

const ROWS_MIN = 6
const ROWS_MAX = 24
const TOPICS_SHOWN_MAX = 40

type Fields = { form: KnowledgeForm; change: (part: Partial<KnowledgeForm>) => void }

export function KnowledgeFields({ form, change }: Fields) {
  return (
    <>
      {KNOWLEDGE_LANGUAGES.map((language) => (
        <LanguageFields
          key={language}
          language={language}
          written={form.content[language] ?? { title: '', text: '' }}
          change={(text) => change({ content: { ...form.content, [language]: text } })}
        />
      ))}
      <Surface title={t('Where it belongs')}>
        <div className={css.fields}>
          <TopicsField form={form} change={change} />
          <LimitedInput
            label={t('Basis')}
            description={t('The act of law, order or source it rests on.')}
            most={BASIS_MAX_CHARACTERS}
            value={form.basis}
            onChange={(event) => change({ basis: event.currentTarget.value })}
          />
          <OwnerField form={form} change={change} />
          <div className={css.days}>
            <DayField
              label={t('In force from')}
              value={form.validFrom ?? ''}
              change={(day) => change({ validFrom: orNone(day) })}
            />
            <DayField
              label={t('In force until')}
              value={form.validUntil ?? ''}
              change={(day) => change({ validUntil: orNone(day) })}
            />
          </div>
          <Checkbox
            label={t('Every agent has to say that he has read it')}
            checked={form.mustRead}
            onChange={(event) => change({ mustRead: event.currentTarget.checked })}
          />
        </div>
      </Surface>
    </>
  )
}

function LanguageFields(props: {
  language: KnowledgeLanguage
  written: KnowledgeText
  change: (text: KnowledgeText) => void
}) {
  const { change, language, written } = props
  const name = knowledgeLanguageText(language)
  return (
    <Surface title={name}>
      <div className={css.fields} lang={language}>
        <LimitedInput
          label={t('Title or question, {{language}}', { language: name })}
          most={TITLE_MAX_CHARACTERS}
          dir="auto"
          value={written.title}
          onChange={(event) => change({ ...written, title: event.currentTarget.value })}
        />
        <LimitedArea
          label={t('Text or answer, {{language}}', { language: name })}
          description={language === 'uz' ? t('In Latin letters; Cyrillic is made from it.') : undefined}
          autosize
          minRows={ROWS_MIN}
          maxRows={ROWS_MAX}
          most={TEXT_MAX_CHARACTERS}
          dir="auto"
          value={written.text}
          onChange={(event) => change({ ...written, text: event.currentTarget.value })}
        />
      </div>
    </Surface>
  )
}

function TopicsField({ form, change }: Fields) {
  const known = useTopics().data ?? []
  const found = classifier(known)
  const codes = [...new Set([...known.map(({ code }) => code), ...form.topics])]
  const nameOf = (code: string) => {
    const topic = found.find(code)
    return topic ? `${code} ${topicText(topic.names)}` : code
  }
  return (
    <MultiSelect
      label={t('Topics')}
      data={codes.map((value) => ({ value, label: nameOf(value) }))}
      value={form.topics}
      onChange={(topics) => change({ topics })}
      searchable
      hidePickedOptions
      maxValues={KNOWLEDGE_TOPICS_MAX}
      limit={TOPICS_SHOWN_MAX}
      nothingFoundMessage={t('Nothing found')}
      filter={({ options, search, limit }) => {
        const wanted = new Set(found.search(search, known.length).map(({ code }) => code))
        return options.filter((option) => 'value' in option && wanted.has(option.value)).slice(0, limit)
      }}
      comboboxProps={{ transitionProps: { duration: 0 } }}
    />
  )
}

/** Who answers for it; an owner who works here no more stays to be seen until somebody else is chosen. */
function OwnerField({ form, change }: Fields) {
  const owners = useKnowledgeOwners().data ?? []
  const isGone = form.owner !== null && owners.every(({ id }) => id !== form.owner)
  return (
    <NativeSelect
      label={t('Who answers for it')}
      value={form.owner ?? ''}
      data={[
        { value: '', label: t('Whoever saves it') },
        ...(isGone ? [{ value: form.owner ?? '', label: t('As before') }] : []),
        ...owners.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onChange={(event) => change({ owner: event.currentTarget.value || null })}
    />
  )
}

/** What is no day stays in the form, where it is marked until it is put right. */
function orNone(day: string): KnowledgeForm['validFrom'] {
  return day === '' ? null : (day as KnowledgeForm['validFrom'])
}
