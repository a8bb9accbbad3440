import { Alert } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { MyCourseCard, QuizResult, QuizToAnswer } from '#contract/learning.ts'
import { writtenIn } from '#core/knowledge/knowledge-content.ts'
import { isAttested } from '#core/learning/attestation.ts'
import { Asked } from '../../Asked.tsx'
import { inMyLanguage, inMyScript, language, t } from '../../i18n.ts'
import { useBeginQuiz, useHasRead, useMyCourse } from '../../learning-api.ts'
import { listed, standingText, standingTone } from '../../learning-words.ts'
import { paths } from '../../paths.ts'
import { problemText } from '../../problem-text.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { Tone } from '../../ui/Tone.tsx'
import css from './learning.module.css'
import { QuizForm } from './QuizForm.tsx'
import { QuizResultView } from './QuizResultView.tsx'

/** One course of an agent's: read, answer, learn what was wrong. */
export function MyCoursePage({ id }: { id: string }) {
  return <Asked query={useMyCourse(id)}>{(card) => <Course card={card} />}</Asked>
}

function Course({ card }: { card: MyCourseCard }) {
  const [quiz, setQuiz] = useState<QuizToAnswer>()
  const [result, setResult] = useState<QuizResult>()
  const begin = useBeginQuiz(String(card.course))
  const done = (marked: QuizResult) => {
    setQuiz(undefined)
    setResult(marked)
  }
  const start = () => begin.mutate(undefined, { onSuccess: setQuiz })
  const shown = result ?? card.lastResult
  return (
    <Page title={inMyLanguage(card.names)} aside={<Link to={paths.myCourses()}>{t('All my courses')}</Link>}>
      <div className={css.page}>
        <Stands card={card} />
        {quiz ? (
          <QuizForm key={quiz.attempt} quiz={quiz} done={done} leave={() => setQuiz(undefined)} />
        ) : (
          <>
            {result && <QuizResultView result={result} isNew />}
            <Articles card={card} />
            <Surface title={t('Quiz')}>
              <p className={css.quiet}>{conditionsText(card)}</p>
              <div className={css.actions} style={{ marginTop: '0.6rem' }}>
                <ActionButton
                  label={card.lastResult ? t('Answer the quiz again') : t('Answer the quiz')}
                  isBusy={begin.isPending}
                  whyDisabled={whyNot(card)}
                  onPress={start}
                />
                {begin.isError && <span role="alert">{problemText(begin.error)}</span>}
              </div>
            </Surface>
            {!result && shown && <QuizResultView result={shown} />}
          </>
        )}
      </div>
    </Page>
  )
}

function Stands({ card }: { card: MyCourseCard }) {
  const closed = card.closedQueues.map(({ names }) => inMyLanguage(names))
  return (
    <div role="status">
      <Tone tone={standingTone(card)}>{standingText(card)}</Tone>
      {closed.length > 0 && (
        <Alert color="yellow" mt="sm">
          {t('You are not offered calls of {{queues}} until you have passed this course.', {
            queues: listed(closed),
          })}
        </Alert>
      )}
    </div>
  )
}

function conditionsText({ questions, passPercent, triesLeft, validMonths }: MyCourseCard): string {
  return [
    t('questions: {{count}}, passed from {{percent}} % on', { count: questions, percent: passPercent }),
    validMonths === null ? t('holds for good') : t('holds for months: {{months}}', { months: validMonths }),
    triesLeft === null ? undefined : t('tries left: {{tries}}', { tries: triesLeft }),
  ]
    .filter((part) => part !== undefined)
    .join(' · ')
}

function whyNot({ items, triesLeft }: MyCourseCard): string | undefined {
  if (items.some(({ isRead }) => !isRead)) return t('First read everything, and say so.')
  return triesLeft === 0 ? t('No try is left: ask your supervisor.') : undefined
}

function Articles({ card }: { card: MyCourseCard }) {
  const unread = card.items.find(({ isRead }) => !isRead)?.item
  return (
    <Surface title={t('To be read')}>
      <ol className={css.list}>
        {card.items.map((item) => (
          <li key={item.item}>
            {/* What is next stands open, unless he has passed and only looks something up. */}
            <Article item={item} isOpen={item.item === unread && !isAttested(card.standing)} />
          </li>
        ))}
      </ol>
    </Surface>
  )
}

function Article({ item, isOpen }: { item: MyCourseCard['items'][number]; isOpen: boolean }) {
  const read = useHasRead()
  const written = writtenIn(item.content, language() === 'ru' ? 'ru' : 'uz')
  if (!written) return null
  return (
    <details className={css.article} open={isOpen}>
      <summary lang={written.language}>
        <bdi>{inMyScript(written.title, written.language)}</bdi>{' '}
        <Tone tone={item.isRead ? 'good' : 'warn'}>{item.isRead ? t('read') : t('not read yet')}</Tone>
      </summary>
      <p className={css.text} lang={written.language} dir="auto">
        {inMyScript(written.text, written.language)}
      </p>
      <div className={css.actions} style={{ margin: '0.6rem 0' }}>
        {!item.isRead && (
          <ActionButton
            label={t('I have read it')}
            size="xs"
            isBusy={read.isPending}
            onPress={() => read.mutate(item)}
          />
        )}
        {read.isError && <span role="alert">{problemText(read.error)}</span>}
      </div>
    </details>
  )
}
