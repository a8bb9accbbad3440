import { agentStatusText } from '../../call-words.ts'
import { t } from '../../i18n.ts'
import css from './agents.module.css'
import { DRAWN, OverLimitSwatch, Swatch } from './DayBar.tsx'

export function Legend() {
  return (
    <ul className={css.legend} aria-label={t('Legend')}>
      {DRAWN.map((status) => (
        <li key={status}>
          <Swatch status={status} />
          {agentStatusText(status)}
        </li>
      ))}
      <li>
        <OverLimitSwatch />
        {t('A break beyond its limit')}
      </li>
    </ul>
  )
}
