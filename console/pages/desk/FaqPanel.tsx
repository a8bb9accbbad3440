import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { memo, useEffect, useRef, useState } from 'react'
import type { Answer } from '#contract/knowledge.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import { Asked } from '../../Asked.tsx'
import { t } from '../../i18n.ts'
import { useAnswers, useAnswersOnTheirWay, useTellMiss } from '../../knowledge-api.ts'
import { useShortcuts } from '../../ui/shortcuts.ts'
import { Surface } from '../../ui/Surface.tsx'
import css from './desk.module.css'
import { FoundAnswer } from './FoundAnswer.tsx'

/** The answer to half a word is not waited for before the whole is asked; a server that is slow is asked no more than this. */
const ASKED_AT_ONCE_MAX = 2
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
  const { language } = shown
  const onTheirWay = useAnswersOnTheirWay()
  const answers = useAnswers({ topic: asked === '' ? topic : undefined, search: asked, language })
  // Letters gather while so many answers are on their way, and the next question has them all.
  if (typed !== asked && onTheirWay < ASKED_AT_ONCE_MAX) ask(typed)
  const input = useRef<HTMLInputElement>(null)
  useShortcuts({ F: () => input.current?.focus() })
  const isMissed = asked !== '' && !answers.isPlaceholderData && answers.data?.answers.length === 0
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
        <Asked query={answers}>
          {(found) => (
            // What was found for other words takes the place of the list: no line of it slides under the eye.
            <Found key={found.search} answers={found.answers} {...shown} />
          )}
        </Asked>
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
