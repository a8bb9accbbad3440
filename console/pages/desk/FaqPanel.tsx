import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import type { FaqEntry } from '#contract/knowledge.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import { useFaq } from '../../api.ts'
import { Asked } from '../../Asked.tsx'
import { t } from '../../i18n.ts'
import { useShortcuts } from '../../ui/shortcuts.ts'
import { Surface } from '../../ui/Surface.tsx'
import css from './desk.module.css'

const TYPING_ENDS_MS = 250

/** Answers to read out, in the language the citizen chose; of the main topic until something is searched. */
export function FaqPanel({ topic, language }: { topic: string | undefined; language: CallLanguage }) {
  const [search, setSearch] = useState('')
  const [asked] = useDebouncedValue(search.trim(), TYPING_ENDS_MS)
  const faq = useFaq({ topic: asked === '' ? topic : undefined, search: asked })
  const input = useRef<HTMLInputElement>(null)
  useShortcuts({ F: () => input.current?.focus() })
  return (
    <Surface title={t('Questions and answers')}>
      <TextInput
        ref={input}
        type="search"
        aria-label={t('Search questions and answers')}
        placeholder={t('Search, key F')}
        leftSection={<IconSearch size={16} />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        mb="xs"
      />
      <Asked query={faq}>{(entries) => <Entries entries={entries} language={language} />}</Asked>
    </Surface>
  )
}

function Entries({ entries, language }: { entries: FaqEntry[]; language: CallLanguage }) {
  if (entries.length === 0) return <p style={{ margin: 0 }}>{t('Nothing found')}</p>
  return (
    <div className={css.faq} lang={language}>
      {entries.map(({ id, questions, answers }, place) => (
        <details key={id} open={place === 0 && entries.length === 1}>
          <summary>{questions[language]}</summary>
          <p className={css.answer}>{answers[language]}</p>
        </details>
      ))}
    </div>
  )
}
