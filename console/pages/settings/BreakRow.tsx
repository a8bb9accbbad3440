import { Checkbox } from '@mantine/core'
import type { BreakReasonRow } from '#contract/agents.ts'
import type { SettingProblem } from '#core/lib/setting-problems.ts'
import { inMyLanguage, t } from '../../i18n.ts'
import { MaybeNumber } from '../../ui/MaybeNumber.tsx'
import { problemAt } from './RowProblems.tsx'
import { CodeAndNames, TakeOutOfUse } from './RowFields.tsx'
import css from './settings.module.css'

/** One break. Its code is what days of the past are counted by: it is typed once and stays. */
export function BreakRow(props: {
  rule: BreakReasonRow
  row: string
  isNew: boolean
  problems: readonly SettingProblem[]
  change: (part: Partial<BreakReasonRow>) => void
  remove: () => void
}) {
  const { change, isNew, remove, row, rule } = props
  const { code, names, limitMinutes } = rule
  const at = (field: string) => problemAt(props.problems, row, field)
  const name = inMyLanguage(names) || row
  return (
    <fieldset className={css.row} aria-label={t('Break: {{name}}', { name })}>
      <CodeAndNames code={code} names={names} isNew={isNew} at={at} change={change} />
      <MaybeNumber
        label={t('Limit, minutes')}
        none={t('none')}
        value={limitMinutes}
        problem={at('limitMinutes')}
        change={(minutes) => change({ limitMinutes: minutes })}
      />
      <Checkbox
        label={t('Paid')}
        checked={rule.paid}
        onChange={(event) => change({ paid: event.currentTarget.checked })}
      />
      <Checkbox
        label={t('A supervisor agrees first')}
        checked={rule.needsApproval}
        onChange={(event) => change({ needsApproval: event.currentTarget.checked })}
      />
      <TakeOutOfUse name={name} remove={remove} />
    </fieldset>
  )
}
