import { TextInput } from '@mantine/core'
import type { CourseForm } from '#contract/learning.ts'
import { COURSE_RANGES } from '#core/learning/check-course.ts'
import type { SettingProblem } from '#core/lib/setting-problems.ts'
import { t } from '../../i18n.ts'
import { MaybeNumber } from '../../ui/MaybeNumber.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { WholeNumber } from '../../ui/WholeNumber.tsx'
import { problemAt } from '../settings/RowProblems.tsx'
import css from './learning.module.css'

export type FormFields = {
  form: CourseForm
  problems: readonly SettingProblem[]
  change: (part: Partial<CourseForm>) => void
}

/** What it is called, and what it takes to pass. */
export function CourseFields({ change, form, problems }: FormFields) {
  const name = (language: 'uz' | 'ru', label: string) => (
    <TextInput
      label={label}
      lang={language}
      value={form.names[language]}
      error={problemAt(problems, '*', language)}
      onChange={(event) => change({ names: { ...form.names, [language]: event.currentTarget.value } })}
    />
  )
  return (
    <Surface title={t('The course')}>
      <div className={css.fields}>
        {name('uz', t('Name in Uzbek'))}
        {name('ru', t('Name in Russian'))}
        <WholeNumber
          label={t('Passed from, % of the questions')}
          range={COURSE_RANGES.passPercent}
          value={form.passPercent}
          problem={problemAt(problems, '*', 'passPercent')}
          change={(passPercent) => change({ passPercent })}
        />
        <MaybeNumber
          label={t('Holds for, months')}
          none={t('for good')}
          value={form.validMonths}
          problem={problemAt(problems, '*', 'validMonths')}
          change={(validMonths) => change({ validMonths })}
        />
        <MaybeNumber
          label={t('Tries')}
          none={t('as many as needed')}
          value={form.triesMax}
          problem={problemAt(problems, '*', 'triesMax')}
          change={(triesMax) => change({ triesMax })}
        />
      </div>
    </Surface>
  )
}
