import { Link } from '@tanstack/react-router'
import { memo, useEffect, useState } from 'react'
import type { Answer } from '#contract/knowledge.ts'
import { type KnowledgeLanguage, writtenIn } from '#core/knowledge/knowledge-content.ts'
import { inMyScript, t } from '../../i18n.ts'
import { useTellShown, useVote } from '../../knowledge-api.ts'
import { knowledgeKindText } from '../../knowledge-words.ts'
import { paths } from '../../paths.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import css from './desk.module.css'

/** What comes and goes while words are typed was read by nobody. */
const SHOWN_AFTER_MS = 700

type Props = {
  answer: Answer
  call: string
  language: KnowledgeLanguage
  isAlone: boolean
  /** The agent opened it; it is about this topic. */
  opened: (topic: string) => void
}

/**
 * Opened, it is on screen: the call keeps which version that was. While letters are typed many come and go, so only
 * what is open is drawn whole.
 */
export const FoundAnswer = memo(function FoundAnswer(props: Props) {
  const { answer, call, language, isAlone, opened } = props
  const { id, version } = answer
  const [topic] = answer.topics
  const [toggled, toggle] = useState<boolean>()
  // What alone is left of a search is what was looked for.
  const isOpen = toggled ?? isAlone
  const { mutate: tellShown } = useTellShown()
  useEffect(() => {
    if (!isOpen) return
    const timer = setTimeout(() => tellShown({ id, version, call }), SHOWN_AFTER_MS)
    return () => clearTimeout(timer)
  }, [isOpen, id, version, call, tellShown])
  const written = writtenIn(answer.content, language)
  if (!written) return null
  return (
    <details open={isOpen} onToggle={(event) => toggle(event.currentTarget.open)}>
      <summary lang={written.language} onClick={() => topic !== undefined && opened(topic)}>
        <bdi>{inMyScript(written.title, written.language)}</bdi>
        {answer.kind !== 'faq' && <span className={css.kind}> {knowledgeKindText(answer.kind)}</span>}
      </summary>
      {isOpen && (
        <>
          <p className={css.answer} lang={written.language} dir="auto">
            {inMyScript(written.text, written.language)}
          </p>
          <div className={css.afterAnswer}>
            <Votes id={id} version={version} />
            {!answer.isWhole && (
              <Link to={paths.knowledgeItem(String(id))} target="_blank">
                {t('Read the rest')}
              </Link>
            )}
          </div>
        </>
      )}
    </details>
  )
})

function Votes({ id, version }: { id: number; version: number }) {
  const vote = useVote()
  const given = vote.isError ? undefined : vote.variables?.useful
  const button = (label: string, useful: boolean) => (
    <ActionButton
      label={label}
      size="compact-xs"
      variant={given === useful ? 'light' : 'subtle'}
      isPressed={given === useful}
      onPress={() => vote.mutate({ id, version, useful })}
    />
  )
  return (
    <>
      {button(t('It helped'), true)}
      {button(t('It did not help'), false)}
    </>
  )
}
