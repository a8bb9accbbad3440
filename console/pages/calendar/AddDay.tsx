import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { CalendarCard } from '#contract/calendar.ts'
import {
  SPECIAL_DAY_KINDS,
  type SpecialDayKind,
  WEEK_TYPES,
  type WeekType,
} from '#core/deadlines/calendar.ts'
import { DAY_NAME_MAX_CHARACTERS } from '#core/deadlines/calendar-form.ts'
import { isDay } from '#core/lib/time.ts'
import { t } from '../../i18n.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import css from './calendar.module.css'
import { dayKindText, weekText } from './calendar-words.ts'

type SpecialDay = CalendarCard['form']['days'][number]

const BOTH = 'both'

/** One day more; what was known of that day is replaced. */
export function AddDay({ add }: { add: (day: SpecialDay) => void }) {
  const [day, setDay] = useState('')
  const [kind, setKind] = useState<SpecialDayKind>('holiday')
  const [whose, setWhose] = useState<string>(BOTH)
  const [name, setName] = useState('')
  const why = !isDay(day)
    ? t('Choose a day first.')
    : name.trim() === ''
      ? t('Give the day a name first.')
      : undefined

  function put(): void {
    if (!isDay(day)) return
    const weeks = whose === BOTH ? [...WEEK_TYPES] : [Number(whose) as WeekType]
    add({ day, kind, weeks, name: name.trim() })
    setName('')
  }

  return (
    <div className={css.rules} role="group" aria-label={t('Add a day')}>
      <TextInput type="date" label={t('Day')} value={day} onChange={(e) => setDay(e.currentTarget.value)} />
      <NativeSelect
        label={t('What it is')}
        data={SPECIAL_DAY_KINDS.map((value) => ({ value, label: dayKindText(value) }))}
        value={kind}
        onChange={(e) => setKind(e.currentTarget.value as SpecialDayKind)}
      />
      <NativeSelect
        label={t('For whom')}
        data={[
          { value: BOTH, label: t('For both weeks') },
          ...WEEK_TYPES.map((week) => ({ value: String(week), label: weekText(week) })),
        ]}
        value={whose}
        onChange={(e) => setWhose(e.currentTarget.value)}
      />
      <TextInput
        label={t('Name')}
        maxLength={DAY_NAME_MAX_CHARACTERS}
        value={name}
        onChange={(e) => setName(e.currentTarget.value)}
      />
      <ActionButton label={t('Add the day')} variant="default" whyDisabled={why} onPress={put} />
    </div>
  )
}
