import { NativeSelect } from '@mantine/core'
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
import { useTypedDraft } from '../../typed-draft.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { LimitedInput } from '../../ui/LimitedText.tsx'
import { tooLong } from '../../ui/too-long.ts'
import { DayField } from '../../ui/DayField.tsx'
import css from './calendar.module.css'
import { dayKindText, weekText } from './calendar-words.ts'

type SpecialDay = CalendarCard['form']['days'][number]

const BOTH = 'both'
const NOTHING = { day: '', kind: 'holiday' as SpecialDayKind, whose: BOTH, name: '' }

/** One day more; what was known of that day is replaced. */
export function AddDay({ add }: { add: (day: SpecialDay) => void }) {
  const { typed, change } = useTypedDraft('calendar-day', NOTHING)
  const { day, kind, name, whose } = typed
  const set = (part: Partial<typeof NOTHING>) => change({ ...typed, ...part })
  const why = !isDay(day)
    ? t('Choose a day first.')
    : name.trim() === ''
      ? t('Give the day a name first.')
      : tooLong(name, DAY_NAME_MAX_CHARACTERS)

  function put(): void {
    if (!isDay(day)) return
    const weeks = whose === BOTH ? [...WEEK_TYPES] : [Number(whose) as WeekType]
    add({ day, kind, weeks, name: name.trim() })
    set({ name: '' })
  }

  return (
    <div className={css.rules} role="group" aria-label={t('Add a day')}>
      <DayField label={t('Day')} value={day} change={(chosen) => set({ day: chosen })} />
      <NativeSelect
        label={t('What it is')}
        data={SPECIAL_DAY_KINDS.map((value) => ({ value, label: dayKindText(value) }))}
        value={kind}
        onChange={(e) => set({ kind: e.currentTarget.value as SpecialDayKind })}
      />
      <NativeSelect
        label={t('For whom')}
        data={[
          { value: BOTH, label: t('For both weeks') },
          ...WEEK_TYPES.map((week) => ({ value: String(week), label: weekText(week) })),
        ]}
        value={whose}
        onChange={(e) => set({ whose: e.currentTarget.value })}
      />
      <LimitedInput
        label={t('Name')}
        most={DAY_NAME_MAX_CHARACTERS}
        value={name}
        onChange={(e) => set({ name: e.currentTarget.value })}
      />
      <ActionButton label={t('Add the day')} variant="default" whyDisabled={why} onPress={put} />
    </div>
  )
}
