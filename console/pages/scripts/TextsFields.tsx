import { Textarea } from '@mantine/core'
import type { Texts } from '#core/lib/languages.ts'
import type { SettingProblem } from '#core/lib/setting-problems.ts'
import { settingProblemText } from '../../setting-words.ts'
import { t } from '../../i18n.ts'
import css from './scripts.module.css'

/** One text in both languages of calls, each with what is wrong with it. */
export function TextsFields(props: {
  label: string
  row: string
  field: string
  value: Texts
  problems: readonly SettingProblem[]
  change: (value: Texts) => void
  children?: React.ReactNode
}) {
  const { change, children, field, label, problems, row, value } = props
  const input = (language: keyof Texts, name: string) => {
    const problem = problems.find((one) => one.row === row && one.field === `${field}.${language}`)
    return (
      <Textarea
        label={name}
        lang={language}
        dir="auto"
        size="sm"
        autosize
        minRows={1}
        maxRows={6}
        error={problem && settingProblemText(problem)}
        value={value[language]}
        onChange={(event) => change({ ...value, [language]: event.currentTarget.value })}
      />
    )
  }
  return (
    <div className={css.pair}>
      {input('uz', t('{{what}}, in Uzbek', { what: label }))}
      {input('ru', t('{{what}}, in Russian', { what: label }))}
      {children}
    </div>
  )
}
