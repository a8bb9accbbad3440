import { FileInput, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { CalendarCard } from '#contract/calendar.ts'
import { SPECIAL_DAY_KINDS } from '#core/deadlines/calendar.ts'
import { IMPORT_MAX_CHARACTERS, readCalendar, type RefusedRow } from '#core/deadlines/calendar-import.ts'
import { t } from '../../i18n.ts'
import { useTypedDraft } from '../../typed-draft.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import css from './calendar.module.css'
import { faultText } from './calendar-words.ts'

type Days = CalendarCard['form']['days']

const EXAMPLE = '2027-01-01 holiday 5,6 Yangi yil'

/** A whole year at once: from a file, or one day a line. What is refused is told row by row. */
export function ImportDays({ put }: { put: (days: Days) => void }) {
  const { typed: text, change, forget } = useTypedDraft('calendar-import', '')
  const [wasBegun] = useState(text !== '')
  const { days, refused } = text.trim() === '' ? { days: [], refused: [] } : readCalendar(text)
  const why =
    days.length === 0
      ? t('No day has been read yet.')
      : refused.length > 0
        ? t('Mend the rows that say no day, or take them out.')
        : undefined

  function take(): void {
    put(days.map((day) => ({ ...day, weeks: [...day.weeks] })))
    forget()
  }

  async function read(file: File | null): Promise<void> {
    if (file) change((await file.text()).slice(0, IMPORT_MAX_CHARACTERS))
  }

  return (
    <details className={css.import} open={wasBegun}>
      <summary>{t('Import a year')}</summary>
      <FileInput
        label={t('From a file')}
        placeholder={t('Choose a file')}
        accept=".csv,.txt,.json"
        value={null}
        onChange={(file) => void read(file)}
      />
      <Textarea
        label={t('One day a line: day, what it is, for which weeks, name')}
        description={`${EXAMPLE} (${SPECIAL_DAY_KINDS.join(', ')})`}
        autosize
        minRows={4}
        maxRows={16}
        mt="sm"
        value={text}
        onChange={(event) => change(event.currentTarget.value)}
      />
      {refused.length > 0 && (
        <ul role="alert" aria-label={t('Rows that say no day')}>
          {refused.map(({ row, why: because }) => (
            <li key={row}>{t('Row {{row}}: {{why}}', { row, why: refusedText(because) })}</li>
          ))}
        </ul>
      )}
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

function refusedText(why: RefusedRow['why']): string {
  if (why === 'noKind') return t('what it is has no such word')
  return why === 'notReadable' ? t('this cannot be read') : faultText(why)
}
