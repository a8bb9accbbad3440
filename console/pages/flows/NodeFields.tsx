/** The fields of a step, which come from its kind. */
import { Checkbox, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { withNode } from '#core/ivr/edit-flow.ts'
import { type AskDigitsNode, type FlowNode, PRIORITY_MAX, type QueueNode } from '#core/ivr/flow.ts'
import { MAX_DIGITS, MAX_REPEATS, MAX_WAIT_SECONDS } from '#core/ivr/check-flow.ts'
import type { QueueId, TopicCode } from '#core/lib/ids.ts'
import type { CallLanguage, Texts } from '#core/lib/languages.ts'
import { inMyLanguage, t } from '../../i18n.ts'
import { LanguageChoiceFields, MenuChoiceFields } from './ChoiceFields.tsx'
import css from './editor.module.css'
import { type FieldsProps, useEditing } from './flow-editing.ts'
import { TextFields } from './TextFields.tsx'
import { useProblemsAt } from './use-problems-at.ts'
import { TopicField } from './TopicField.tsx'
import { Way } from './WayField.tsx'

export function NodeFields({ id, node }: FieldsProps) {
  switch (node.kind) {
    case 'announce':
      return (
        <>
          <Words id={id} node={node} field="texts" label={t('What is said')} />
          <Tick id={id} node={node} field="mustBeHeard" label={t('Keys do not cut it short')} />
          <Way id={id} node={node} slot="next" label={t('Leads to')} />
        </>
      )
    case 'answer':
      return <Way id={id} node={node} slot="next" label={t('Leads to')} />
    case 'chooseLanguage':
      return (
        <>
          <LanguageChoiceFields id={id} node={node} />
          <Way id={id} node={node} slot="next" label={t('Leads to')} />
          <Waits id={id} node={node} />
        </>
      )
    case 'menu':
      return (
        <>
          <Words id={id} node={node} field="texts" label={t('Said before the choices')} />
          <MenuChoiceFields id={id} node={node} />
          <Words id={id} node={node} field="closing" label={t('Said after the choices')} />
          <Waits id={id} node={node} />
        </>
      )
    case 'askDigits':
      return (
        <>
          <Words id={id} node={node} field="texts" label={t('What is said')} />
          <NumberAsked id={id} node={node} />
          <Way id={id} node={node} slot="next" label={t('Leads to')} />
          <Waits id={id} node={node} />
        </>
      )
    case 'queue':
      return <QueueFields id={id} node={node} />
    case 'takeMessage':
    case 'hangUp':
      return <Words id={id} node={node} field="texts" label={t('What is said')} />
  }
}

const NO_TEXTS: Texts = { uz: '', ru: '' }

/** What need not be said is left out when it is empty. */
function Words({ id, node, field, label }: FieldsProps & { field: 'texts' | 'closing'; label: string }) {
  const { change, flow } = useEditing()
  const problemAt = useProblemsAt(id)
  const texts = (node as { texts?: Texts; closing?: Texts })[field] ?? NO_TEXTS
  function put(next: Texts, language: CallLanguage): void {
    const { [field]: _, ...rest } = node as FlowNode & Record<typeof field, unknown>
    const isLeftOut = node.kind === 'menu' && next.uz === '' && next.ru === ''
    const changed = (isLeftOut ? rest : { ...node, [field]: next }) as FlowNode
    change(withNode(flow, id, changed), `${id} ${field} ${language}`)
  }
  return (
    <TextFields label={label} texts={texts} problem={(language) => problemAt(field, language)} change={put} />
  )
}

type Numeric = 'waitSeconds' | 'repeats' | 'minDigits' | 'maxDigits'

function NumberField(props: FieldsProps & { field: Numeric; label: string; most: number }) {
  const { field, id, label, most, node } = props
  const { change, flow } = useEditing()
  const problemAt = useProblemsAt(id)
  return (
    <NumberInput
      label={label}
      value={(node as Partial<Record<Numeric, number>>)[field] ?? 0}
      max={most}
      clampBehavior="none"
      allowDecimal={false}
      allowNegative={false}
      error={problemAt(field)}
      onChange={(value) =>
        change(withNode(flow, id, { ...node, [field]: Number(value) } as FlowNode), `${id} ${field}`)
      }
    />
  )
}

function Tick({
  id,
  node,
  field,
  label,
}: FieldsProps & { field: 'mustBeHeard' | 'personal'; label: string }) {
  const { change, flow } = useEditing()
  const isTicked = (node as Partial<Record<typeof field, boolean>>)[field] ?? false
  return (
    <Checkbox
      label={label}
      checked={isTicked}
      onChange={() => change(withNode(flow, id, { ...node, [field]: !isTicked } as FlowNode))}
    />
  )
}

function Waits({ id, node }: FieldsProps) {
  return (
    <>
      <div className={css.pair}>
        <NumberField
          id={id}
          node={node}
          field="waitSeconds"
          label={t('Waits for a key, seconds')}
          most={MAX_WAIT_SECONDS}
        />
        <NumberField id={id} node={node} field="repeats" label={t('Said again, times')} most={MAX_REPEATS} />
      </div>
      <Way id={id} node={node} slot="onNoInput" label={t('When nothing is pressed')} />
      <Way id={id} node={node} slot="onWrongKey" label={t('After wrong keys')} />
    </>
  )
}

function NumberAsked({ id, node }: FieldsProps<AskDigitsNode>) {
  const { change, flow } = useEditing()
  return (
    <>
      <TextInput
        label={t('Name of the number')}
        value={node.name}
        onChange={(event) =>
          change(withNode(flow, id, { ...node, name: event.currentTarget.value }), `${id} name`)
        }
      />
      <div className={css.pair}>
        <NumberField id={id} node={node} field="minDigits" label={t('Digits at least')} most={MAX_DIGITS} />
        <NumberField id={id} node={node} field="maxDigits" label={t('Digits at most')} most={MAX_DIGITS} />
      </div>
      <Tick id={id} node={node} field="personal" label={t('Personal: shown as dots')} />
    </>
  )
}

function QueueFields({ id, node }: FieldsProps<QueueNode>) {
  const { change, flow, queues } = useEditing()
  const problemAt = useProblemsAt(id)
  const isKnown = queues.some((row) => row.queue === node.queue)
  const put = (part: Partial<QueueNode>) => change(withNode(flow, id, pruned({ ...node, ...part })))
  return (
    <>
      <NativeSelect
        label={t('Queue')}
        value={node.queue}
        error={problemAt('queue')}
        data={[
          ...(isKnown ? [] : [{ value: String(node.queue), label: String(node.queue) || '—' }]),
          ...queues.map((row) => ({ value: String(row.queue), label: inMyLanguage(row.names) })),
        ]}
        onChange={(event) => put({ queue: event.currentTarget.value as QueueId })}
      />
      <TopicField
        label={t('Topic, whatever was chosen before')}
        topic={node.topic}
        problem={problemAt('topic')}
        change={(topic) => put({ topic: topic as TopicCode })}
      />
      <NativeSelect
        label={t('Head start before others, steps')}
        value={String(node.priority ?? 0)}
        error={problemAt('priority')}
        data={Array.from({ length: PRIORITY_MAX + 1 }, (_, steps) => ({
          value: String(steps),
          label: steps === 0 ? t('none') : String(steps),
        }))}
        onChange={(event) => put({ priority: Number(event.currentTarget.value) })}
      />
    </>
  )
}

/** What is empty is left out: a flow from a file has it so. */
function pruned({ topic, priority, ...node }: QueueNode): QueueNode {
  return { ...node, ...(topic && { topic }), ...(priority && { priority }) }
}
