import { Button, Checkbox, NativeSelect } from '@mantine/core'
import type { SettingProblem } from '#core/lib/setting-problems.ts'
import {
  addStepAfter,
  changeStep,
  goStraight,
  raiseStep,
  removeStep,
  turnHere,
} from '#core/scripts/edit-script.ts'
import { SENTENCES_MAX, type ScriptStep } from '#core/scripts/script.ts'
import { inMyLanguage, t } from '../../i18n.ts'
import { RemoveButton, UpButton } from '../../ListButtons.tsx'
import { settingProblemText } from '../../setting-words.ts'
import { BranchesField } from './BranchesField.tsx'
import { RemoveCross } from './RemoveCross.tsx'
import type { EditorPart } from './editor-part.ts'
import css from './scripts.module.css'
import { stepChoices } from './step-choices.ts'
import { TextsFields } from './TextsFields.tsx'

type Props = EditorPart & { step: ScriptStep; number: number; isFull: boolean; isAside?: boolean }

const NOTHING = { uz: '', ru: '' }

/** One step: what is said, what is done meanwhile, and where the talk goes on. */
export function StepFields(props: Props) {
  const { isAside, number, problems, script, set, step } = props
  const change = (part: Partial<ScriptStep>) => set(changeStep(script, { ...step, ...part }))
  const texts = { row: step.id, problems }
  return (
    <fieldset className={css.step}>
      <legend>
        {number}. {inMyLanguage(step.title) || t('untitled')}
      </legend>
      <TextsFields
        {...texts}
        label={t('Title')}
        field="title"
        value={step.title}
        change={(title) => change({ title })}
      />
      {step.say.map((sentence, place) => (
        <TextsFields
          key={place}
          {...texts}
          label={t('Said {{number}}', { number: place + 1 })}
          field={`say${place + 1}`}
          value={sentence}
          change={(changed) => change({ say: step.say.with(place, changed) })}
        >
          <RemoveCross
            name={t('Remove sentence {{number}}', { number: place + 1 })}
            remove={() => change({ say: step.say.toSpliced(place, 1) })}
          />
        </TextsFields>
      ))}
      {step.toDo && (
        <TextsFields
          {...texts}
          label={t('To do')}
          field="toDo"
          value={step.toDo}
          change={(toDo) => change({ toDo })}
        >
          <RemoveCross name={t('Remove what is to do')} remove={() => change({ toDo: undefined })} />
        </TextsFields>
      )}
      {!isAside && <WayOn {...props} />}
      <Faults
        problems={problems.filter(
          ({ row, field }) => row === step.id && ['id', 'branches', 'say'].includes(field),
        )}
      />
      <StepButtons {...props} change={change} />
    </fieldset>
  )
}

/** The next step, or where the talk can turn. */
function WayOn({ problems, script, set, step }: Props) {
  const problem = problems.find(({ row, field }) => row === step.id && field === 'next')
  if (step.branches) return <BranchesField {...{ problems, script, set, step }} branches={step.branches} />
  return (
    <NativeSelect
      label={t('Then comes')}
      data={[{ value: '', label: t('the end of the script') }, ...stepChoices(script, step.id)]}
      error={problem && settingProblemText(problem)}
      value={step.next ?? ''}
      onChange={(event) => set(changeStep(script, { ...step, next: event.currentTarget.value || null }))}
      maw={360}
    />
  )
}

function Faults({ problems }: { problems: readonly SettingProblem[] }) {
  return (
    <div role="status">
      {problems.map((problem) => (
        <p key={problem.message} className={css.problems}>
          {settingProblemText(problem)}
        </p>
      ))}
    </div>
  )
}

function StepButtons(props: Props & { change: (part: Partial<ScriptStep>) => void }) {
  const { change, isAside, isFull, number, script, set, step } = props
  const name = inMyLanguage(step.title) || String(number)
  const small = { size: 'compact-sm', variant: 'default' } as const
  return (
    <div className={css.actions}>
      <Button
        {...small}
        disabled={step.say.length >= SENTENCES_MAX}
        onClick={() => change({ say: [...step.say, NOTHING] })}
      >
        {t('Add a sentence')}
      </Button>
      {!step.toDo && (
        <Button {...small} onClick={() => change({ toDo: NOTHING })}>
          {t('Add something to do')}
        </Button>
      )}
      {!isAside && (
        <>
          <Button
            {...small}
            onClick={() =>
              set(changeStep(script, step.branches ? goStraight(step) : turnHere(step, script.start)))
            }
          >
            {step.branches ? t('Go straight on') : t('Let the talk turn here')}
          </Button>
          <Button {...small} disabled={isFull} onClick={() => set(addStepAfter(script, step.id))}>
            {t('Add a step after it')}
          </Button>
          <Checkbox
            label={t('asks the citizen’s name')}
            checked={step.asksName ?? false}
            onChange={(event) => change({ asksName: event.currentTarget.checked || undefined })}
          />
        </>
      )}
      <UpButton
        label={t('Move {{name}} up', { name })}
        raise={number === 1 ? undefined : () => set(raiseStep(script, step.id))}
      />
      <RemoveButton label={t('Remove {{name}}', { name })} remove={() => set(removeStep(script, step.id))} />
    </div>
  )
}
