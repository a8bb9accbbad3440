import { Link } from '@tanstack/react-router'
import type { CallerCard } from '#contract/calls.ts'
import type { Day } from '#core/lib/time.ts'
import { shortDay } from '#core/text/uzbek-dates.ts'
import { kindText } from '../../appeal-words.ts'
import { t } from '../../i18n.ts'
import { paths } from '../../paths.ts'
import css from './desk.module.css'

type OpenAppeal = Pick<CallerCard['openAppeals'][number], 'id' | 'number' | 'kind' | 'dueOn'>

/** What they are still owed a reply to. */
export function OpenAppeals({ appeals }: { appeals: readonly OpenAppeal[] }) {
  if (appeals.length === 0) return null
  return (
    <div className={css.owed}>
      <p className={css.label} style={{ margin: 0 }}>
        {t('Open appeals')}
      </p>
      <ul className={`${css.list} ${css.earlier}`}>
        {appeals.map(({ id, number, kind, dueOn }) => (
          <li key={id}>
            <Link to={paths.appeal(id)}>{number}</Link> {kindText(kind)}
            {dueOn && ` · ${t('reply due by {{day}}', { day: shortDay(dueOn as Day) })}`}
          </li>
        ))}
      </ul>
    </div>
  )
}
