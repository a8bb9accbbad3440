import { NativeSelect, Radio } from '@mantine/core'
import type { CalendarCard } from '#contract/calendar.ts'
import { WEEK_TYPES, type WeekType } from '#core/deadlines/calendar.ts'
import { ROLLS, type Roll } from '#core/deadlines/due-day.ts'
import { t } from '../../i18n.ts'
import { MinuteField } from '../../ui/DayField.tsx'
import css from './calendar.module.css'
import { rollText, weekText } from './calendar-words.ts'

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
      <MinuteField
        label={t('Works from')}
        minute={form.fromMinute}
        change={(fromMinute) => change({ fromMinute })}
      />
      <MinuteField
        label={t('Works until')}
        minute={form.toMinute}
        change={(toMinute) => change({ toMinute })}
      />
      <NativeSelect
        label={t('A due day that is not worked')}
        data={ROLLS.map((value) => ({ value, label: rollText(value) }))}
        value={form.roll}
        onChange={(event) => change({ roll: event.currentTarget.value as Roll })}
      />
    </div>
  )
}
