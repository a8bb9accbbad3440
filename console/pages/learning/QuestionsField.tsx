import { Button, Checkbox, Textarea, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { OPTIONS_MAX, QUESTIONS_MAX } from '#core/learning/check-course.ts'
import type { SettingProblem } from '#core/lib/setting-problems.ts'
import { t } from '../../i18n.ts'
import { RemoveButton, UpButton } from '../../ListButtons.tsx'
import { settingProblemText } from '../../setting-words.ts'
import { Surface } from '../../ui/Surface.tsx'
import { changedAt, newQuestion, type Question, raisedAt, withoutAt } from './course-draft.ts'
import type { FormFields } from './CourseFields.tsx'
import css from './learning.module.css'

/** The quiz: what is asked, what can be answered, what of it is right and why. One language of the two is enough. */
export function QuestionsField({ change, form, problems }: FormFields) {
  const { questions } = form
  const put = (changed: Question[]) => change({ questions: changed })
  return (
    <Surface
      title={t('Questions')}
      aside={<span>{t('questions: {{count}}', { count: questions.length })}</span>}
    >
      <div className={css.page}>
        {questions.map((question, place) => (
          <QuestionFields
            key={place}
            number={place + 1}
            question={question}
            problems={problems.filter(({ row }) => row === `q${place + 1}`)}
            change={(changed) => put(changedAt(questions, place, changed))}
            raise={place === 0 ? undefined : () => put(raisedAt(questions, place))}
            remove={() => put(withoutAt(questions, place))}
          />
        ))}
        <div>
          <Button
            variant="default"
            leftSection={<IconPlus size={16} />}
            disabled={questions.length >= QUESTIONS_MAX}
            onClick={() => put([...questions, newQuestion()])}
          >
            {t('Add a question')}
          </Button>
        </div>
      </div>
    </Surface>
  )
}

type RowProps = {
  number: number
  question: Question
  problems: readonly SettingProblem[]
  change: (question: Question) => void
  raise: (() => void) | undefined
  remove: () => void
}

function QuestionFields(props: RowProps) {
  const { change, number, problems, question, raise, remove } = props
  const at = (field: string) => {
    const problem = problems.find((one) => one.field === field)
    return problem && settingProblemText(problem)
  }
  const text = (field: 'text' | 'explanation', language: 'uz' | 'ru', label: string) => (
    <Textarea
      label={label}
      lang={language}
      dir="auto"
      autosize
      minRows={field === 'text' ? 2 : 1}
      maxRows={8}
      error={language === 'uz' && at(field)}
      value={question[field][language]}
      onChange={(event) =>
        change({ ...question, [field]: { ...question[field], [language]: event.currentTarget.value } })
      }
    />
  )
  return (
    <fieldset className={css.question}>
      <legend>{t('Question {{number}}', { number })}</legend>
      <div className={css.pair}>
        {text('text', 'uz', t('What is asked, in Uzbek'))}
        {text('text', 'ru', t('What is asked, in Russian'))}
      </div>
      {question.options.map((option, place) => (
        <OptionFields
          key={place}
          number={place + 1}
          option={option}
          problem={at(`option${place + 1}`)}
          change={(changed) => change({ ...question, options: changedAt(question.options, place, changed) })}
          remove={() => change({ ...question, options: withoutAt(question.options, place) })}
        />
      ))}
      <div role="status">{at('options') && <span className={css.problems}>{at('options')}</span>}</div>
      <div className={css.pair}>
        {text('explanation', 'uz', t('Why, in Uzbek'))}
        {text('explanation', 'ru', t('Why, in Russian'))}
      </div>
      <div className={css.actions}>
        <Button
          size="compact-sm"
          variant="default"
          disabled={question.options.length >= OPTIONS_MAX}
          onClick={() =>
            change({
              ...question,
              options: [...question.options, { text: { uz: '', ru: '' }, isRight: false }],
            })
          }
        >
          {t('Add an answer')}
        </Button>
        <UpButton label={t('Move question {{number}} up', { number })} raise={raise} />
        <RemoveButton label={t('Remove question {{number}}', { number })} remove={remove} />
      </div>
    </fieldset>
  )
}

function OptionFields(props: {
  number: number
  option: Question['options'][number]
  problem: string | undefined
  change: (option: Question['options'][number]) => void
  remove: () => void
}) {
  const { change, number, option, problem, remove } = props
  const text = (language: 'uz' | 'ru', label: string) => (
    <TextInput
      aria-label={label}
      placeholder={label}
      lang={language}
      dir="auto"
      error={language === 'uz' && problem}
      value={option.text[language]}
      onChange={(event) =>
        change({ ...option, text: { ...option.text, [language]: event.currentTarget.value } })
      }
    />
  )
  return (
    <div className={css.option} role="group" aria-label={t('Answer {{number}}', { number })}>
      <Checkbox
        label={t('right')}
        checked={option.isRight}
        onChange={(event) => change({ ...option, isRight: event.currentTarget.checked })}
      />
      {text('uz', t('Answer {{number}}, in Uzbek', { number }))}
      {text('ru', t('Answer {{number}}, in Russian', { number }))}
      <RemoveButton size="compact-xs" label={t('Remove answer {{number}}', { number })} remove={remove} />
    </div>
  )
}
