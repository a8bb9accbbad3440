import { shortDay, shortMoment } from '#core/text/uzbek-dates.ts'
import type { QuizResult } from '#contract/learning.ts'
import type { Day } from '#core/lib/time.ts'
import { t } from '../../i18n.ts'
import { myWords } from '../../learning-words.ts'
import { Surface } from '../../ui/Surface.tsx'
import { Tone } from '../../ui/Tone.tsx'
import css from './learning.module.css'

type Asked = QuizResult['questions'][number]

/** What came of it; of what was wrong, what would have been right and why. */
export function QuizResultView({ result, isNew }: { result: QuizResult; isNew?: boolean }) {
  const { isPassed, of, passPercent, percent, questions, right, validUntil } = result
  const wrong = questions
    .map((question, place) => ({ question, number: place + 1 }))
    .filter(({ question }) => !question.isRight)
  return (
    <Surface
      title={
        isNew ? t('Result') : t('Your last result, {{moment}}', { moment: shortMoment(result.answeredAt) })
      }
    >
      <p role={isNew ? 'status' : undefined}>
        <Tone tone={isPassed ? 'good' : 'bad'}>{isPassed ? t('Passed') : t('Not passed')}</Tone>{' '}
        {t('right: {{right}} of {{of}}, {{percent}} %; needed: {{passPercent}} %', {
          right,
          of,
          percent,
          passPercent,
        })}
        {isPassed && validUntil && (
          <> · {t('attested until {{day}}', { day: shortDay(validUntil as Day) })}</>
        )}
      </p>
      {wrong.length > 0 && (
        <ul className={css.list} aria-label={t('Questions answered wrongly')}>
          {wrong.map(({ number, question }) => (
            <li key={number}>
              <Wrong number={number} question={question} />
            </li>
          ))}
        </ul>
      )}
    </Surface>
  )
}

function Wrong({ number, question }: { number: number; question: Asked }) {
  const asked = myWords(question.text)
  const why = myWords(question.explanation)
  return (
    <div className={css.question}>
      <strong>{t('Question {{number}}', { number })}</strong>
      <p className={css.text} lang={asked.lang} dir="auto">
        {asked.text}
      </p>
      <ul className={css.answers}>
        {question.options.map((option, place) => {
          const words = myWords(option.text)
          return (
            <li key={place}>
              <bdi lang={words.lang}>{words.text}</bdi>
              {option.isRight && (
                <>
                  {' — '}
                  <Tone tone="good">{t('right')}</Tone>
                </>
              )}
              {option.isChosen && (
                <>
                  {' — '}
                  <Tone tone={option.isRight ? 'good' : 'bad'}>{t('your answer')}</Tone>
                </>
              )}
            </li>
          )
        })}
      </ul>
      {why.text !== '' && (
        <p className={`${css.text} ${css.explanation}`} lang={why.lang} dir="auto">
          {why.text}
        </p>
      )}
    </div>
  )
}
