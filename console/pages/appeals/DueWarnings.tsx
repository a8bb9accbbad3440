import { Link } from '@tanstack/react-router'
import type { DueWarning } from '#core/deadlines/warnings.ts'
import { useDueWarnings } from '../../appeal-office-api.ts'
import { appealStatusText, dutyText } from '../../appeal-words.ts'
import { t } from '../../i18n.ts'
import { paths } from '../../paths.ts'
import { serverNow } from '../../server-clock.ts'
import { Surface } from '../../ui/Surface.tsx'
import css from './appeals.module.css'
import { DaysLeft } from './DaysLeft.tsx'

/** Which due days come or have passed, of what is mine or what I answer for. Nothing where there is none. */
export function DueWarnings() {
  const warnings = useDueWarnings().data ?? []
  if (warnings.length === 0) return null
  const overdue = warnings.filter(({ warning }) => warning === 'overdue').length
  return (
    <div className={css.above}>
      <Surface
        title={t('Due days to mind: {{count}}, overdue: {{overdue}}', { count: warnings.length, overdue })}
      >
        <details>
          <summary>{t('Show them')}</summary>
          <ul className={css.links}>
            {warnings.map(({ appeal, citizenName, dueOn, duty, editorName, status, warning }) => (
              <li key={`${appeal.id} ${duty}`}>
                <Link to={paths.appeal(appeal.id)}>{appeal.number}</Link> · {citizenName} ·{' '}
                {appealStatusText(status)}
                {editorName !== null && ` · ${editorName}`} · {dutyText(duty)}: {warningText(warning)}{' '}
                <DaysLeft dueOn={dueOn} now={serverNow()} />
              </li>
            ))}
          </ul>
        </details>
      </Surface>
    </div>
  )
}

export function warningText(warning: DueWarning): string {
  switch (warning) {
    case 'threeDaysLeft':
      return t('three working days or fewer are left')
    case 'oneDayLeft':
      return t('the last working day is near')
    case 'overdue':
      return t('the due day has passed')
  }
}
