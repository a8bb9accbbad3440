import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { memo, useEffect, useRef, useState } from 'react'
import type { Answer } from '#contract/knowledge.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import { Asked } from '../../Asked.tsx'
import { t } from '../../i18n.ts'
import { useAnswers, useTellMiss } from '../../knowledge-api.ts'
import { useShortcuts } from '../../ui/shortcuts.ts'
import { Surface } from '../../ui/Surface.tsx'
import css from './desk.module.css'
import { FoundAnswer } from './FoundAnswer.tsx'

/** Whoever has not gone on typing for so long has searched for this, and not found it. */
const MISSED_AFTER_MS = 2_000

/** `opened`: an answer, about this topic. */
type Shown = { call: string; language: CallLanguage; opened: (topic: string) => void }

/**
 * Answers to read out, and articles, scripts and acts of law, in the language the citizen chose; of the main topic
 * until something is searched. Not drawn anew for each letter of a note.
 */
export const FaqPanel = memo(function FaqPanel({ topic, ...shown }: Shown & { topic: string | undefined }) {
  const [search, setSearch] = useState('')
  const typed = search.trim()
  const [asked, ask] = useState('')
  const answers = useAnswers({ topic: asked === '' ? topic : undefined, search: asked })
  // One question at a time: letters gather while an answer is on its way, and the next question has them all.
  if (typed !== asked && !answers.isFetching) ask(typed)
  const input = useRef<HTMLInputElement>(null)
  useShortcuts({ F: () => input.current?.focus() })
  const isMissed = asked !== '' && !answers.isPlaceholderData && answers.data?.length === 0
  useMissed(isMissed ? asked : undefined)
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
      <div aria-busy={typed !== asked || answers.isPlaceholderData}>
        <Asked query={answers}>{(found) => <Found answers={found} {...shown} />}</Asked>
      </div>
    </Surface>
  )
})

/** Tells those who write what was searched for in vain. */
function useMissed(search: string | undefined): void {
  const { mutate: tell } = useTellMiss()
  useEffect(() => {
    if (search === undefined) return
    const timer = setTimeout(() => tell(search), MISSED_AFTER_MS)
    return () => clearTimeout(timer)
  }, [search, tell])
}

function Found({ answers, ...shown }: Shown & { answers: Answer[] }) {
  if (answers.length === 0) return <p style={{ margin: 0 }}>{t('Nothing found')}</p>
  return (
    <div className={css.faq}>
      {answers.map((answer) => (
        <FoundAnswer
          key={`${answer.id} ${answer.version}`}
          answer={answer}
          {...shown}
          isAlone={answers.length === 1}
        />
      ))}
    </div>
  )
}
