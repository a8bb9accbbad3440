import { type ComboboxItem, MultiSelect } from '@mantine/core'
import { useMemo, useRef, useState } from 'react'
import { useTopics } from '../../api.ts'
import { myTextLanguage, t } from '../../i18n.ts'
import { classifier, type FoundTopic, topicText } from '../../topics.ts'
import { useShortcuts } from '../../ui/shortcuts.ts'

const TOPICS_MAX = 5
const SHOWN_MAX = 30

export function TopicPicker({ topics, choose }: { topics: string[]; choose: (topics: string[]) => void }) {
  const known = useTopics().data
  const found = useMemo(() => classifier(known ?? []), [known])
  const input = useRef<HTMLInputElement>(null)
  const [words, setWords] = useState('')
  useShortcuts({ T: () => input.current?.focus() })
  const nameOf = (code: string) => {
    const topic = found.find(code)
    return topic ? topicText(topic.names) : code
  }
  return (
    <MultiSelect
      ref={input}
      lang={myTextLanguage()}
      label={t('Topic')}
      description={t('Part of the name in either script, or the code. The first is the main one. Key T.')}
      placeholder={topics.length === 0 ? t('Search the classifier') : ''}
      data={allOf(known?.filter(({ retired }) => !retired) ?? [], topics, nameOf)}
      value={topics}
      onChange={choose}
      searchable
      searchValue={words}
      onSearchChange={setWords}
      // Words and Enter choose; Enter alone chooses nothing by mistake.
      selectFirstOptionOnChange={words.trim() !== ''}
      hidePickedOptions
      maxValues={TOPICS_MAX}
      limit={SHOWN_MAX}
      nothingFoundMessage={t('Nothing found')}
      filter={({ options, search, limit }) => {
        const byCode = new Map((options as ComboboxItem[]).map((option) => [option.value, option]))
        return found
          .search(search, TOPICS_MAX + limit)
          .flatMap(({ code }) => byCode.get(code) ?? [])
          .slice(0, limit)
      }}
      renderOption={({ option }) => (
        <TopicOption
          code={option.value}
          name={option.label}
          parents={parentNames(found.find(option.value))}
        />
      )}
      comboboxProps={{ transitionProps: { duration: 0 } }}
    />
  )
}

function TopicOption({ code, name, parents }: { code: string; name: string; parents: string }) {
  return (
    <span>
      <span style={{ color: 'var(--mantine-color-dimmed)', fontSize: '0.8rem' }}>
        {code} {parents}
      </span>
      <br />
      {name}
    </span>
  )
}

function parentNames(topic: FoundTopic | undefined): string {
  return topic?.parents.map(({ names }) => topicText(names)).join(' › ') ?? ''
}

/** A topic already chosen is shown by its code until the classifier has come. */
function allOf(
  known: { code: string }[],
  chosen: string[],
  nameOf: (code: string) => string,
): ComboboxItem[] {
  const codes = new Set([...known.map(({ code }) => code), ...chosen])
  return [...codes].map((value) => ({ value, label: nameOf(value) }))
}
