import { Button, NativeSelect, TextInput } from '@mantine/core'
import { CALL_OUTCOMES, type CallOutcome } from '#core/calls/call.ts'
import { changeStep, newBranch } from '#core/scripts/edit-script.ts'
import { type Branch, BRANCHES_MAX, type ScriptStep } from '#core/scripts/script.ts'
import { t } from '../../i18n.ts'
import { settingProblemText } from '../../setting-words.ts'
import { useOutcomeNames } from '../../use-outcome-names.ts'
import { RemoveCross } from './RemoveCross.tsx'
import type { EditorPart } from './editor-part.ts'
import css from './scripts.module.css'
import { stepChoices } from './step-choices.ts'

type Props = EditorPart & { step: ScriptStep; branches: readonly Branch[] }

/** Where the talk can turn, each with a key of its own in the call, and what the wrap-up then says. */
export function BranchesField(props: Props) {
  const { branches, script, set, step } = props
  const put = (changed: readonly Branch[]) => set(changeStep(script, { ...step, branches: changed }))
  const elsewhere = stepChoices(script, step.id)[0]?.value ?? script.start
  return (
    <div className={css.column} role="group" aria-label={t('Where the talk can turn')}>
      {branches.map((branch, place) => (
        <BranchFields
          key={branch.id}
          {...props}
          branch={branch}
          number={place + 1}
          change={(part) => put(branches.with(place, { ...branch, ...part }))}
          remove={() => put(branches.toSpliced(place, 1))}
        />
      ))}
      <div>
        <Button
          size="compact-sm"
          variant="default"
          disabled={branches.length >= BRANCHES_MAX}
          onClick={() => put([...branches, newBranch(branches, elsewhere)])}
        >
          {t('Add a branch')}
        </Button>
      </div>
    </div>
  )
}

function BranchFields(
  props: Props & {
    branch: Branch
    number: number
    change: (part: Partial<Branch>) => void
    remove: () => void
  },
) {
  const { branch, change, number, problems, remove, script, step } = props
  const outcomeName = useOutcomeNames()
  const at = (field: string) => {
    const problem = problems.find((one) => one.row === step.id && one.field === field)
    return problem && settingProblemText(problem)
  }
  const label = (language: 'uz' | 'ru', name: string) => (
    <TextInput
      label={name}
      lang={language}
      dir="auto"
      error={at(`branch${number}.${language}`)}
      value={branch.label[language]}
      onChange={(event) => change({ label: { ...branch.label, [language]: event.currentTarget.value } })}
    />
  )
  return (
    <div className={css.branch}>
      {label('uz', t('Branch {{number}}, in Uzbek', { number }))}
      {label('ru', t('Branch {{number}}, in Russian', { number }))}
      <NativeSelect
        label={t('Branch {{number}} leads to', { number })}
        data={[
          ...(at(`branch${number}`) ? [{ value: branch.to, label: '—' }] : []),
          ...stepChoices(script, step.id),
        ]}
        error={at(`branch${number}`)}
        value={branch.to}
        onChange={(event) => change({ to: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('Branch {{number}}: outcome', { number })}
        data={[
          { value: '', label: t('says nothing') },
          ...CALL_OUTCOMES.map((outcome) => ({ value: outcome, label: outcomeName(outcome) })),
        ]}
        value={branch.outcome ?? ''}
        onChange={(event) =>
          change({ outcome: (event.currentTarget.value || undefined) as CallOutcome | undefined })
        }
      />
      <RemoveCross name={t('Remove branch {{number}}', { number })} remove={remove} />
    </div>
  )
}
