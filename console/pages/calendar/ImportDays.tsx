import { Textarea } from '@mantine/core'
import { useState } from 'react'
import type { CalendarCard } from '#contract/calendar.ts'
import { SPECIAL_DAY_KINDS } from '#core/deadlines/calendar.ts'
import { readCalendarLines } from '#core/deadlines/calendar-form.ts'
import { t } from '../../i18n.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import css from './calendar.module.css'

type Days = CalendarCard['form']['days']

const EXAMPLE = '2027-01-01 holiday 5,6 Yangi yil'

/** A whole year at once, one day a line. */
export function ImportDays({ put }: { put: (days: Days) => void }) {
  const [text, setText] = useState('')
  const { days, wrong } = readCalendarLines(text)
  const why =
    days.length === 0
      ? t('No day has been read yet.')
      : wrong.length > 0
        ? t('Lines that say no day: {{lines}}', { lines: wrong.join(', ') })
        : undefined

  function take(): void {
    put(days.map((day) => ({ ...day, weeks: [...day.weeks] })))
    setText('')
  }

  return (
    <details className={css.import}>
      <summary>{t('Import a year')}</summary>
      <Textarea
        label={t('One day a line: day, what it is, for which weeks, name')}
        description={`${EXAMPLE} (${SPECIAL_DAY_KINDS.join(', ')})`}
        autosize
        minRows={4}
        maxRows={16}
        value={text}
        error={wrong.length > 0 && t('Lines that say no day: {{lines}}', { lines: wrong.join(', ') })}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <ActionButton
        label={t('Take over {{count}} days', { count: days.length })}
        variant="default"
        mt="sm"
        whyDisabled={why}
        onPress={take}
      />
    </details>
  )
}
