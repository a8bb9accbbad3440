import { Checkbox, NumberInput } from '@mantine/core'
import type { BreakReasonRow } from '#contract/agents.ts'
import { BREAK_LIMIT_MAX_MINUTES } from '#core/calls/break-reasons.ts'
import type { SettingProblem } from '#core/lib/setting-problems.ts'
import { inMyLanguage, t } from '../../i18n.ts'
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
      <NumberInput
        label={t('Limit, minutes')}
        placeholder={t('none')}
        min={1}
        max={BREAK_LIMIT_MAX_MINUTES}
        clampBehavior="none"
        allowDecimal={false}
        hideControls
        value={limitMinutes ?? ''}
        error={at('limitMinutes')}
        onChange={(typed) => change({ limitMinutes: typeof typed === 'number' ? typed : null })}
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
