import { Checkbox, Radio, Select } from '@mantine/core'
import { useMemo } from 'react'
import type { AppealCard, MoveDetails } from '#contract/appeals.ts'
import { APPEAL_KINDS } from '#core/appeals/appeal-kind.ts'
import type { AppealAction } from '#core/appeals/appeal-status.ts'
import { checklistOf } from '#core/appeals/checklist.ts'
import {
  EXECUTORS_MAX,
  executorsFault,
  LEAVING_GROUNDS,
  mediaOf,
  MOVE_FIELD_MAX_CHARACTERS,
  type MoveListField,
  REPLY_RESULTS,
} from '#core/appeals/move-fields.ts'
import type { MoveField } from '#core/appeals/move-rules.ts'
import { useTopics } from '../../api.ts'
import { useExecutors } from '../../appeal-office-api.ts'
import { kindText } from '../../appeal-words.ts'
import { inMyLanguage, myTextLanguage, t } from '../../i18n.ts'
import { JudgedArea, LimitedArea, LimitedInput } from '../../ui/LimitedText.tsx'
import { tooLongLine } from '../../ui/too-long.ts'
import { MergeTarget } from './MergeTarget.tsx'
import { checkText, groundText, moveFieldText, noticeText, resultText } from './move-words.ts'

const LONG: readonly MoveField[] = ['text', 'reason', 'conclusion', 'reply', 'addition']

type Props = {
  action: AppealAction
  field: MoveField
  details: MoveDetails
  change: (value: string | string[]) => void
  appeal: AppealCard
}
type OneProps = Props & { field: Exclude<MoveField, MoveListField>; value: string }

/** One thing a move is told: chosen, looked for or written. */
export function MoveFieldInput(props: Props) {
  const { details, field } = props
  if (field === 'checked') return <Checklist {...props} />
  if (field === 'executors') return <Executors {...props} />
  return <OneField {...props} field={field} value={details[field] ?? ''} />
}

function OneField(props: OneProps) {
  const { action, field, value, change } = props
  if (field === 'topic') return <TopicField {...props} />
  if (field === 'into') return <MergeTarget {...props} />
  const choices = choicesOf(field, action)
  if (choices) {
    return (
      <Radio.Group label={moveFieldText(field)} value={value} onChange={change}>
        {choices.map((choice) => (
          <Radio key={choice.value} mt={6} value={choice.value} label={choice.label} />
        ))}
      </Radio.Group>
    )
  }
  const common = {
    label: moveFieldText(field),
    required: true,
    most: MOVE_FIELD_MAX_CHARACTERS[field],
    value,
    autoComplete: 'off',
  }
  return LONG.includes(field) ? (
    <LimitedArea
      {...common}
      autosize
      minRows={field === 'reason' ? 2 : 5}
      maxRows={18}
      onChange={(event) => change(event.currentTarget.value)}
    />
  ) : (
    <LimitedInput {...common} onChange={(event) => change(event.currentTarget.value)} />
  )
}

/** What whoever approves has looked at, by the kind of the appeal. */
function Checklist({ appeal, change, details, field }: Props) {
  return (
    <Checkbox.Group label={moveFieldText(field)} value={details.checked ?? []} onChange={change}>
      {checklistOf(appeal.kind).map((check) => (
        <Checkbox key={check} mt={6} value={check} label={checkText(check)} />
      ))}
    </Checkbox.Group>
  )
}

/** One to a line, as they are written in a resolution; the first is in the lead. Chosen of those who are known, or written. */
function Executors({ change, details, field }: Props) {
  const named = details.executors ?? []
  const known = useExecutors().data ?? []
  return (
    <>
      <JudgedArea
        label={moveFieldText(field)}
        required
        autosize
        minRows={3}
        maxRows={10}
        problem={executorsProblem(named)}
        value={named.join('\n')}
        onChange={(event) => {
          const lines = event.currentTarget.value.split('\n')
          change(lines.some((line) => line.trim() !== '') ? lines : [])
        }}
      />
      <Select
        label={t('Add one who is known')}
        placeholder={t('People who work on appeals, and whoever carried one out')}
        data={known.filter((name) => !named.includes(name))}
        value={null}
        onChange={(name) => name && change([...named.filter((line) => line.trim() !== ''), name])}
        searchable
        limit={40}
        nothingFoundMessage={t('Nothing found')}
        comboboxProps={{ transitionProps: { duration: 0 } }}
      />
    </>
  )
}

function executorsProblem(named: readonly string[]): string | undefined {
  const fault = executorsFault(named)
  if (fault === 'tooMany') return t('No more than {{count}} can carry it out.', { count: EXECUTORS_MAX })
  return fault && tooLongLine(fault)
}

function choicesOf(field: MoveField, action: AppealAction): { value: string; label: string }[] | undefined {
  switch (field) {
    case 'kind':
      return APPEAL_KINDS.map((value) => ({ value, label: kindText(value) }))
    case 'ground':
      return LEAVING_GROUNDS.map((value) => ({ value, label: groundText(value) }))
    case 'result':
      return REPLY_RESULTS.map((value) => ({ value, label: resultText(value) }))
    case 'medium':
      return mediaOf(action).map((value) => ({ value, label: noticeText(value) }))
    default:
      return undefined
  }
}

function TopicField({ field, value, change }: OneProps) {
  const topics = useTopics().data
  const data = useMemo(
    () => (topics ?? []).map(({ code, names }) => ({ value: code, label: `${code} ${inMyLanguage(names)}` })),
    [topics],
  )
  return (
    <Select
      label={moveFieldText(field)}
      lang={myTextLanguage()}
      placeholder={t('Search the classifier')}
      data={data}
      value={value === '' ? null : value}
      onChange={(code) => change(code ?? '')}
      searchable
      limit={40}
      nothingFoundMessage={t('Nothing found')}
      comboboxProps={{ transitionProps: { duration: 0 } }}
    />
  )
}
