import { Checkbox, NativeSelect } from '@mantine/core'
import type { ReactNode } from 'react'
import type { QueueForm, QueueFormProblem, QueueRow } from '#contract/queues.ts'
import { OVERFLOW_FIELDS, type OverflowField } from '#core/routing/check-overflow.ts'
import { QUEUE_RANGES } from '#core/routing/check-queues.ts'
import type { QueueId } from '#core/lib/ids.ts'
import { t } from '../../i18n.ts'
import { overflowText } from '../../queue-words.ts'
import { Surface } from '../../ui/Surface.tsx'
import { WholeNumber } from '../../ui/WholeNumber.tsx'
import { HoursFields } from './HoursFields.tsx'
import { Problems } from './Problems.tsx'
import css from './queues.module.css'

type Otherwise = NonNullable<QueueForm['nobodyOnDuty']>['then']
const TAKE_MESSAGE: Otherwise = { do: 'takeMessage' }

/** What a rule says when it is switched on. */
const FIRST: { readonly [Field in OverflowField]: NonNullable<QueueForm[Field]> } = {
  full: { waitingMax: 50, then: TAKE_MESSAGE },
  tooLong: { waitSecondsMax: 600, then: TAKE_MESSAGE },
  nobodyOnDuty: { then: TAKE_MESSAGE },
  hours: {
    open: { week: [{ days: [1, 2, 3, 4, 5], fromMinute: 9 * 60, toMinute: 18 * 60 }], closedOn: [] },
    then: TAKE_MESSAGE,
    atClosing: 'serve',
  },
}

type Fields = {
  form: QueueForm
  change: (part: Partial<QueueForm>) => void
  replace: (form: QueueForm) => void
  problems: readonly QueueFormProblem[]
  queueName: (queue: string) => string
  rows: readonly QueueRow[]
  queue: string
}

/** The rules by which the queue does not keep a caller; one that is switched off does not exist. */
export function WayFields(fields: Fields) {
  return (
    <Surface title={t('When callers cannot wait')}>
      {OVERFLOW_FIELDS.map((field) => (
        <Way key={field} field={field} fields={fields} />
      ))}
    </Surface>
  )
}

function Way({ field, fields }: { field: OverflowField; fields: Fields }) {
  const { change, form, queueName, replace } = fields
  const problems = fields.problems.filter((problem) => problem.field === field)
  const isOn = form[field] !== undefined
  const toggle = () => {
    if (!isOn) return change({ [field]: FIRST[field] })
    const { [field]: _off, ...others } = form
    replace(others)
  }
  return (
    <div className={css.way} role="group" aria-label={overflowText(field)}>
      <Checkbox label={overflowText(field)} checked={isOn} onChange={toggle} />
      {isOn && <Detail field={field} fields={fields} />}
      <Problems
        problems={problems}
        queueName={queueName}
        place={({ line }) => (line === undefined ? undefined : t('Opening time {{line}}', { line }))}
      />
    </div>
  )
}

function Detail({ field, fields }: { field: OverflowField; fields: Fields }): ReactNode {
  const { change, form } = fields
  const { full, hours, nobodyOnDuty, tooLong } = form
  const then = (value: Otherwise, set: (next: Otherwise) => void) => (
    <Then value={value} change={set} fields={fields} />
  )
  switch (field) {
    case 'full':
      return (
        full && (
          <div className={css.fields}>
            <WholeNumber
              label={t('Callers who may wait')}
              range={QUEUE_RANGES.waitingMax}
              value={full.waitingMax}
              problem={undefined}
              change={(waitingMax) => change({ full: { ...full, waitingMax } })}
            />
            {then(full.then, (next) => change({ full: { ...full, then: next } }))}
          </div>
        )
      )
    case 'tooLong':
      return (
        tooLong && (
          <div className={css.fields}>
            <WholeNumber
              label={t('Longest wait, seconds')}
              range={QUEUE_RANGES.waitSecondsMax}
              value={tooLong.waitSecondsMax}
              problem={undefined}
              change={(waitSecondsMax) => change({ tooLong: { ...tooLong, waitSecondsMax } })}
            />
            {then(tooLong.then, (next) => change({ tooLong: { ...tooLong, then: next } }))}
          </div>
        )
      )
    case 'nobodyOnDuty':
      return (
        nobodyOnDuty && (
          <div className={css.fields}>
            {then(nobodyOnDuty.then, (next) => change({ nobodyOnDuty: { then: next } }))}
          </div>
        )
      )
    case 'hours':
      return (
        hours && (
          <>
            <HoursFields hours={hours} change={(next) => change({ hours: next })} />
            <div className={css.fields}>
              {then(hours.then, (next) => change({ hours: { ...hours, then: next } }))}
            </div>
          </>
        )
      )
  }
}

const OVERFLOW = 'overflow '

function Then(props: { value: Otherwise; change: (next: Otherwise) => void; fields: Fields }) {
  const { change, value } = props
  const { queue, queueName, rows } = props.fields
  const others = rows.filter((row) => row.queue !== queue)
  return (
    <NativeSelect
      label={t('Then')}
      data={[
        { value: 'takeMessage', label: t('Take a message') },
        { value: 'hangUp', label: t('Say goodbye and end the call') },
        ...others.map((row) => ({
          value: `${OVERFLOW}${row.queue}`,
          label: t('Pass on to {{queue}}', { queue: queueName(row.queue) }),
        })),
      ]}
      value={value.do === 'overflow' ? `${OVERFLOW}${value.to}` : value.do}
      onChange={(event) => change(otherwiseOf(event.currentTarget.value))}
    />
  )
}

function otherwiseOf(value: string): Otherwise {
  if (value.startsWith(OVERFLOW)) return { do: 'overflow', to: value.slice(OVERFLOW.length) as QueueId }
  return { do: value === 'hangUp' ? 'hangUp' : 'takeMessage' }
}
