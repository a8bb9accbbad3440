import { Alert, Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { ScriptRow } from '#contract/scripts.ts'
import type { SettingProblem } from '#core/lib/setting-problems.ts'
import { checkScript } from '#core/scripts/check-script.ts'
import { addAside, addStepAfter } from '#core/scripts/edit-script.ts'
import { STEPS_MAX, type Script } from '#core/scripts/script.ts'
import { t } from '../../i18n.ts'
import { useScriptCommand } from '../../script-api.ts'
import { useTypedDraft } from '../../typed-draft.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { useSecondPress } from '../../ui/use-second-press.ts'
import { RowProblems } from '../settings/RowProblems.tsx'
import { SettingsProblem } from '../settings/SettingsProblem.tsx'
import type { EditorPart } from './editor-part.ts'
import { RulesField } from './RulesField.tsx'
import { ScriptPreview } from './ScriptPreview.tsx'
import css from './scripts.module.css'
import { StepFields } from './StepFields.tsx'
import { TextsFields } from './TextsFields.tsx'

type Typed = { script: Script; basedOn: number | null }

/** The script while it is written: left its steps, right what an agent will see. */
export function ScriptEditor({ saved, draft }: { saved: Script; draft: ScriptRow | undefined }) {
  const savedAt = draft?.savedAt ?? null
  const { typed, change, forget } = useTypedDraft<Typed>('script', { script: saved, basedOn: savedAt })
  const command = useScriptCommand()
  const { script } = typed
  const problems = checkScript(script)
  const set = (next: Script) => change({ ...typed, script: next })
  const save = () =>
    command.mutate({ do: 'save', basedOn: typed.basedOn, body: script }, { onSuccess: forget })
  const isOld = typed.basedOn !== savedAt
  const isSame = JSON.stringify(script) === JSON.stringify(saved)
  return (
    <>
      {isOld && <ChangedMeanwhile take={forget} />}
      <div className={css.both}>
        <div className={css.column}>
          <Whole script={script} problems={problems} set={set} />
          <Steps script={script} problems={problems} set={set} />
          <RulesField script={script} problems={problems} set={set} />
          <Surface title={t('Save')}>
            <Buttons {...{ command, isSame, isOld, problems }} draft={draft} save={save} forget={forget} />
            <RowProblems problems={problems.filter(({ row }) => row === '*')} />
            <SettingsProblem error={command.error} />
          </Surface>
        </div>
        <div className={css.preview}>
          <ScriptPreview script={script} />
        </div>
      </div>
    </>
  )
}

function Whole({ script, problems, set }: EditorPart) {
  return (
    <Surface
      title={t('The script')}
      aside={<span>{t('faults: {{count}}', { count: problems.length })}</span>}
    >
      <TextsFields
        label={t('Name')}
        field="names"
        row="*"
        value={script.names}
        problems={problems}
        change={(names) => set({ ...script, names })}
      />
      <p className={css.quiet} style={{ marginTop: '0.5rem' }}>
        {t(
          'Filled in while it is read: {{values}}. What stands in square brackets is left out while a value in it is unknown.',
          { values: '{agent}, {citizen}, {appeal}, {due}' },
        )}
      </p>
    </Surface>
  )
}

function Steps({ script, problems, set }: EditorPart) {
  const isFull = script.steps.length + script.asides.length >= STEPS_MAX
  const add = (label: string, next: () => Script) => (
    <Button
      variant="default"
      size="xs"
      leftSection={<IconPlus size={16} />}
      disabled={isFull}
      onClick={() => set(next())}
    >
      {label}
    </Button>
  )
  return (
    <>
      <Surface
        title={t('Steps')}
        aside={<span>{t('steps: {{count}}', { count: script.steps.length })}</span>}
      >
        <div className={css.column}>
          {script.steps.map((step, place) => (
            <StepFields
              key={step.id}
              step={step}
              number={place + 1}
              isFull={isFull}
              {...{ script, problems, set }}
            />
          ))}
          <div>
            {add(t('Add a step at the end'), () => addStepAfter(script, script.steps.at(-1)?.id ?? ''))}
          </div>
        </div>
      </Surface>
      <Surface title={t('At any moment')}>
        <div className={css.column}>
          {script.asides.map((step, place) => (
            <StepFields
              key={step.id}
              step={step}
              number={place + 1}
              isFull={isFull}
              isAside
              {...{ script, problems, set }}
            />
          ))}
          <div>{add(t('Add what may happen at any moment'), () => addAside(script))}</div>
        </div>
      </Surface>
    </>
  )
}

function Buttons(props: {
  draft: ScriptRow | undefined
  command: ReturnType<typeof useScriptCommand>
  problems: readonly SettingProblem[]
  isSame: boolean
  isOld: boolean
  save: () => void
  forget: () => void
}) {
  const { command, draft, forget, isOld, isSame, problems, save } = props
  const [isPublishAsked, pressPublish] = useSecondPress(
    () => draft && command.mutate({ do: 'publish', basedOn: draft.savedAt }, { onSuccess: forget }),
  )
  const [isDiscardAsked, pressDiscard] = useSecondPress(() =>
    command.mutate({ do: 'discard' }, { onSuccess: forget }),
  )
  const changedText = isOld ? t('Somebody changed this meanwhile. Look at it again, please.') : undefined
  const nothing = isSame ? t('Nothing has been changed.') : undefined
  return (
    <div className={css.actions}>
      <ActionButton
        label={t('Save the draft')}
        isBusy={command.isPending}
        whyDisabled={changedText ?? nothing}
        onPress={save}
      />
      <ActionButton
        variant="default"
        label={isPublishAsked ? t('Press again: calls that begin from now on have it') : t('Publish')}
        whyDisabled={changedText ?? whyNotPublished({ draft, isSame, problems: problems.length })}
        onPress={pressPublish}
      />
      {!isSame && <ActionButton variant="subtle" label={t('Throw my changes away')} onPress={forget} />}
      {draft && (
        <ActionButton
          variant="subtle"
          color="red"
          label={isDiscardAsked ? t('Press again to throw the draft away') : t('Throw the draft away')}
          onPress={pressDiscard}
        />
      )}
      {command.isSuccess && isSame && <span role="status">{t('Saved.')}</span>}
    </div>
  )
}

function whyNotPublished(of: { draft: ScriptRow | undefined; isSame: boolean; problems: number }) {
  if (of.problems > 0) return t('First put right what is marked.')
  return of.draft && of.isSame ? undefined : t('First save the draft.')
}

function ChangedMeanwhile({ take }: { take: () => void }) {
  return (
    <Alert role="alert" title={t('Somebody changed this meanwhile. Look at it again, please.')}>
      <Button variant="default" size="xs" onClick={take}>
        {t('Show what was saved')}
      </Button>
    </Alert>
  )
}
