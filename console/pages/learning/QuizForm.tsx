import { Checkbox, Radio } from '@mantine/core'
import { useState } from 'react'
import type { QuizResult, QuizToAnswer } from '#contract/learning.ts'
import { t } from '../../i18n.ts'
import { useAnswerQuiz } from '../../learning-api.ts'
import { myWords } from '../../learning-words.ts'
import { problemText } from '../../problem-text.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Surface } from '../../ui/Surface.tsx'
import css from './learning.module.css'
import { forgetAnswers, keepAnswers, keptAnswers } from './quiz-draft.ts'

/** The questions. What is chosen survives a reload: a call may come in the middle of a quiz. */
export function QuizForm(props: {
  quiz: QuizToAnswer
  done: (result: QuizResult) => void
  leave: () => void
}) {
  const { done, leave, quiz } = props
  const [answers, setAnswers] = useState(() => keptAnswers(quiz))
  const send = useAnswerQuiz()
  const left = answers.filter((chosen) => chosen.length === 0).length
  const choose = (place: number, chosen: number[]) => {
    const changed = answers.map((one, at) => (at === place ? chosen : one))
    keepAnswers(quiz.attempt, changed)
    setAnswers(changed)
  }
  const finish = () =>
    send.mutate(
      { attempt: quiz.attempt, answers },
      {
        onSuccess: (result) => {
          forgetAnswers(quiz.attempt)
          done(result)
        },
      },
    )
  return (
    <Surface title={t('Quiz')}>
      <div className={css.page}>
        {quiz.questions.map((question, place) => (
          <Question
            key={place}
            number={place + 1}
            question={question}
            chosen={answers[place] ?? []}
            choose={(chosen) => choose(place, chosen)}
          />
        ))}
        <div className={css.actions}>
          <ActionButton
            label={t('Done')}
            isBusy={send.isPending}
            whyDisabled={left > 0 ? t('Questions without an answer: {{count}}', { count: left }) : undefined}
            onPress={finish}
          />
          <ActionButton variant="default" label={t('Answer later')} onPress={leave} />
          {left > 0 && (
            <span className={css.quiet}>{t('Questions without an answer: {{count}}', { count: left })}</span>
          )}
          {send.isError && <span role="alert">{problemText(send.error)}</span>}
        </div>
      </div>
    </Surface>
  )
}

function Question(props: {
  number: number
  question: QuizToAnswer['questions'][number]
  chosen: number[]
  choose: (chosen: number[]) => void
}) {
  const { choose, chosen, number, question } = props
  const asked = myWords(question.text)
  const { severalRight } = question
  const toggle = (place: number) =>
    choose(chosen.includes(place) ? chosen.filter((one) => one !== place) : [...chosen, place])
  return (
    <fieldset className={css.question}>
      <legend>
        {t('Question {{number}}', { number })}{' '}
        <span className={css.quiet}>
          {severalRight ? t('several answers are right') : t('one answer is right')}
        </span>
      </legend>
      <p className={css.text} lang={asked.lang} dir="auto">
        {asked.text}
      </p>
      {question.options.map((option, place) => {
        const words = myWords(option)
        const label = (
          <bdi lang={words.lang} className={css.text}>
            {words.text}
          </bdi>
        )
        const key = `${number} ${place}`
        return severalRight ? (
          <Checkbox key={key} label={label} checked={chosen.includes(place)} onChange={() => toggle(place)} />
        ) : (
          <Radio
            key={key}
            name={`question ${number}`}
            label={label}
            checked={chosen.includes(place)}
            onChange={() => choose([place])}
          />
        )
      })}
    </fieldset>
  )
}
