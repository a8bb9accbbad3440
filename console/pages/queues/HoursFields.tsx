import { Button, Checkbox, NativeSelect, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { QueueForm } from '#contract/queues.ts'
import type { Day } from '#core/lib/time.ts'
import { readDay } from '#core/text/typed-day.ts'
import { t } from '../../i18n.ts'
import { MinuteField, writtenDay } from '../../ui/DayField.tsx'
import css from './queues.module.css'

type Hours = NonNullable<QueueForm['hours']>
type Opening = Hours['open']['week'][number]

const DAYS = [1, 2, 3, 4, 5, 6, 7]
const NEW_OPENING: Opening = { days: [6], fromMinute: 9 * 60, toMinute: 13 * 60 }

export function HoursFields({ hours, change }: { hours: Hours; change: (hours: Hours) => void }) {
  const { closedOn, week } = hours.open
  const setWeek = (next: readonly Opening[]) => change({ ...hours, open: { closedOn, week: next } })
  return (
    <div className={css.week}>
      {week.map((opening, place) => (
        <OpeningFields
          // Rows have no name but their place; one that is removed takes what was typed in it along.
          key={`${place} of ${week.length}`}
          number={place + 1}
          opening={opening}
          change={(next) => setWeek(week.with(place, next))}
          remove={() => setWeek(week.toSpliced(place, 1))}
        />
      ))}
      <div>
        <Button variant="default" size="xs" onClick={() => setWeek([...week, NEW_OPENING])}>
          {t('Add an opening time')}
        </Button>
      </div>
      <ClosedDays days={closedOn} change={(days) => change({ ...hours, open: { week, closedOn: days } })} />
      <NativeSelect
        label={t('Who still waits at closing time')}
        data={[
          { value: 'serve', label: t('is served') },
          { value: 'sendAway', label: t('is sent on as well') },
        ]}
        value={hours.atClosing}
        onChange={(event) =>
          change({ ...hours, atClosing: event.currentTarget.value === 'serve' ? 'serve' : 'sendAway' })
        }
      />
    </div>
  )
}

function OpeningFields(props: {
  number: number
  opening: Opening
  change: (opening: Opening) => void
  remove: () => void
}) {
  const { change, number, opening, remove } = props
  const { days } = opening
  const toggle = (day: number) => {
    const next = days.includes(day) ? days.filter((one) => one !== day) : [...days, day]
    change({ ...opening, days: next.toSorted((a, b) => a - b) })
  }
  return (
    <fieldset className={css.opening}>
      <legend>{t('Opening time {{line}}', { line: number })}</legend>
      <div className={css.days}>
        {DAYS.map((day) => (
          <Checkbox
            key={day}
            label={dayText(day)}
            checked={days.includes(day)}
            onChange={() => toggle(day)}
          />
        ))}
      </div>
      <MinuteField
        label={t('from')}
        minute={opening.fromMinute}
        change={(fromMinute) => change({ ...opening, fromMinute })}
      />
      <MinuteField
        label={t('to')}
        minute={opening.toMinute}
        change={(toMinute) => change({ ...opening, toMinute })}
      />
      <Button variant="subtle" size="xs" onClick={remove}>
        {t('Remove')}
      </Button>
    </fieldset>
  )
}

function ClosedDays({ days, change }: { days: readonly Day[]; change: (days: Day[]) => void }) {
  const [text, setText] = useState(days.map(writtenDay).join('\n'))
  return (
    <Textarea
      label={t('Days on which it is closed')}
      description={t('One a line, such as {{example}}', { example: '01.01.2027' })}
      autosize
      minRows={1}
      maxRows={8}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value)
        const typed = event.currentTarget.value.split(/\s+/).filter((day) => day !== '')
        // What is no day is told as one that is not there.
        change(typed.map((day) => (readDay(day) ?? day) as Day))
      }}
    />
  )
}

function dayText(day: number): string {
  switch (day) {
    case 1:
      return t('Mon')
    case 2:
      return t('Tue')
    case 3:
      return t('Wed')
    case 4:
      return t('Thu')
    case 5:
      return t('Fri')
    case 6:
      return t('Sat')
    default:
      return t('Sun')
  }
}
