import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import type { Answer } from '#contract/knowledge.ts'
import { type KnowledgeLanguage, writtenIn } from '#core/knowledge/knowledge-content.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import { Asked } from '../../Asked.tsx'
import { inMyScript, t } from '../../i18n.ts'
import { useAnswers } from '../../knowledge-api.ts'
import { useShortcuts } from '../../ui/shortcuts.ts'
import { Surface } from '../../ui/Surface.tsx'
import css from './desk.module.css'

const TYPING_ENDS_MS = 250

/** Answers to read out, in the language the citizen chose; of the main topic until something is searched. */
export function FaqPanel({ topic, language }: { topic: string | undefined; language: CallLanguage }) {
  const [search, setSearch] = useState('')
  const [asked] = useDebouncedValue(search.trim(), TYPING_ENDS_MS)
  const answers = useAnswers({ topic: asked === '' ? topic : undefined, search: asked })
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
      <Asked query={answers}>{(found) => <Answers answers={found} language={language} />}</Asked>
    </Surface>
  )
}

function Answers({ answers, language }: { answers: Answer[]; language: CallLanguage }) {
  if (answers.length === 0) return <p style={{ margin: 0 }}>{t('Nothing found')}</p>
  return (
    <div className={css.faq}>
      {answers.map((answer, place) => (
        <OneAnswer
          key={answer.id}
          answer={answer}
          language={language}
          isAlone={place === 0 && answers.length === 1}
        />
      ))}
    </div>
  )
}

function OneAnswer(props: { answer: Answer; language: KnowledgeLanguage; isAlone: boolean }) {
  const { answer, isAlone, language } = props
  const written = writtenIn(answer.content, language)
  if (!written) return null
  return (
    <details open={isAlone} lang={written.language}>
      <summary>{inMyScript(written.title, written.language)}</summary>
      <p className={css.answer}>{inMyScript(written.text, written.language)}</p>
    </details>
  )
}
