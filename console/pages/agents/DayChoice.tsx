import { ActionIcon } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { addDays, type Day, isDay, tashkentDay } from '#core/lib/time.ts'
import { t } from '../../i18n.ts'
import { serverNow } from '../../server-clock.ts'
import { DayField } from '../../ui/DayField.tsx'
import css from './agents.module.css'

/** The day stands in the address, so that „back" and a sent link find it again. Without one it is today. */
export function useChosenDay(): Day {
  const { day } = useSearch({ strict: false }) as { day?: string }
  return day !== undefined && /^\d{4}-\d\d-\d\d$/.test(day) ? (day as Day) : tashkentDay(serverNow())
}

export function DayChoice({ page, day }: { page: string; day: Day }) {
  const navigate = useNavigate()
  const today = tashkentDay(serverNow())
  const choose = (next: string) =>
    void navigate({ to: page, search: next === today ? {} : { day: next }, replace: true })
  return (
    <div className={css.day} role="group" aria-label={t('Day')}>
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={t('The day before')}
        onClick={() => choose(addDays(day, -1))}
      >
        <IconChevronLeft size={18} />
      </ActionIcon>
      <DayField
        label={t('Day')}
        isLabelHidden
        w="10rem"
        latest={today}
        value={day}
        change={(value) => isDay(value) && choose(value)}
      />
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={t('The day after')}
        disabled={day >= today}
        onClick={() => choose(addDays(day, 1))}
      >
        <IconChevronRight size={18} />
      </ActionIcon>
    </div>
  )
}
