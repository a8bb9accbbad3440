import { NativeSelect, Radio, TextInput } from '@mantine/core'
import type { CalendarCard } from '#contract/calendar.ts'
import { WEEK_TYPES, type WeekType } from '#core/deadlines/calendar.ts'
import { ROLLS, type Roll } from '#core/deadlines/due-day.ts'
import { timeOfMinute } from '../../format.ts'
import { t } from '../../i18n.ts'
import css from './calendar.module.css'
import { minuteOf, rollText, weekText } from './calendar-words.ts'

type Form = CalendarCard['form']

/** The week, the hours, and what becomes of a due day that is not worked. */
export function OfficeRules({ form, change }: { form: Form; change: (part: Partial<Form>) => void }) {
  return (
    <div className={css.rules}>
      <Radio.Group
        label={t('Working days a week')}
        value={String(form.week)}
        onChange={(week) => change({ week: Number(week) as WeekType })}
      >
        {WEEK_TYPES.map((week) => (
          <Radio key={week} mt={6} value={String(week)} label={weekText(week)} />
        ))}
      </Radio.Group>
      <Hour
        label={t('Works from')}
        minute={form.fromMinute}
        choose={(fromMinute) => change({ fromMinute })}
      />
      <Hour label={t('Works until')} minute={form.toMinute} choose={(toMinute) => change({ toMinute })} />
      <NativeSelect
        label={t('A due day that is not worked')}
        data={ROLLS.map((value) => ({ value, label: rollText(value) }))}
        value={form.roll}
        onChange={(event) => change({ roll: event.currentTarget.value as Roll })}
      />
    </div>
  )
}

function Hour(props: { label: string; minute: number; choose: (minute: number) => void }) {
  const { choose, label, minute } = props
  return (
    <TextInput
      type="time"
      label={label}
      value={timeOfMinute(minute)}
      onChange={({ currentTarget: { value } }) => {
        const chosen = minuteOf(value)
        if (chosen !== undefined) choose(chosen)
      }}
    />
  )
}
