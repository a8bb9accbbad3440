import { Link } from '@tanstack/react-router'
import { tashkentDay } from '#core/lib/time.ts'
import { timeOfDay } from '#core/text/uzbek-dates.ts'
import { useCallsToClassify } from '../../desk-api.ts'
import { nearDay } from '../../format.ts'
import { t } from '../../i18n.ts'
import { paths } from '../../paths.ts'
import { serverNow } from '../../server-clock.ts'
import { Surface } from '../../ui/Surface.tsx'
import css from './desk.module.css'

/** So many are named; the rest follow when these are done. */
const SHOWN = 5

/** Calls that went from the desk before they were classified. */
export function CallsToClassify() {
  const calls = useCallsToClassify().data ?? []
  if (calls.length === 0) return null
  const now = serverNow()
  return (
    <Surface title={`${t('Calls to classify')}: ${calls.length}`} className={css.toClassify}>
      <ul className={css.list}>
        {calls.slice(0, SHOWN).map((call) => (
          <li key={call.id}>
            <Link to={paths.classify(call.id)}>
              {nearDay(tashkentDay(call.connectedAt), now)}, {timeOfDay(call.connectedAt)} ·{' '}
              {call.number || t('Number hidden')}
            </Link>
            {call.hasDraft && ` · ${t('begun')}`}
          </li>
        ))}
      </ul>
    </Surface>
  )
}
