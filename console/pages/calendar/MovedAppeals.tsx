import { Alert } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { SavedCalendar } from '#contract/calendar.ts'
import type { Day } from '#core/lib/time.ts'
import { shortDay } from '#core/text/uzbek-dates.ts'
import { dutyText } from '../../appeal-words.ts'
import { t } from '../../i18n.ts'
import { useMay } from '../../me.ts'
import { paths } from '../../paths.ts'

/** What a change has moved. */
export function MovedAppeals({ saved: { moved, movedCount } }: { saved: SavedCalendar }) {
  const seesAppeals = useMay('seeAppeals')
  return (
    <Alert
      color="blue"
      role="status"
      mb="md"
      title={t('Saved. Appeals that moved: {{count}}', { count: movedCount })}
    >
      {moved.length > 0 && (
        <ul>
          {moved.map((appeal) => (
            <li key={appeal.id}>
              {seesAppeals ? <Link to={paths.appeal(appeal.id)}>{appeal.number}</Link> : appeal.number}:{' '}
              {t('due {{from}} → {{to}}', { from: dayText(appeal.dueFrom), to: dayText(appeal.dueTo) })},{' '}
              {t('working day by then {{from}} → {{to}}', {
                from: dayText(appeal.controlFrom),
                to: dayText(appeal.controlTo),
              })}
              {appeal.others.map(({ duty, from, to }) => (
                <span key={duty}>
                  , {dutyText(duty)} {dayText(from)} → {dayText(to)}
                </span>
              ))}
            </li>
          ))}
        </ul>
      )}
      {moved.length < movedCount && t('and {{count}} more', { count: movedCount - moved.length })}
    </Alert>
  )
}

function dayText(day: string | null): string {
  return day === null ? '–' : shortDay(day as Day)
}
