import { Link } from '@tanstack/react-router'
import { timeOfDay } from '#core/text/uzbek-dates.ts'
import { inMyScript, t } from '../../i18n.ts'
import { useShownInCall } from '../../knowledge-api.ts'
import { paths } from '../../paths.ts'
import { Surface } from '../../ui/Surface.tsx'
import css from './calls.module.css'

/** What the agents of a call had on screen, each in the version they saw. */
export function ShownKnowledge({ call }: { call: string }) {
  const shown = useShownInCall(call).data ?? []
  if (shown.length === 0) return null
  return (
    <Surface title={t('On screen during the call')}>
      <ul className={css.list}>
        {shown.map(({ id, version, title, language, agentName, at }) => (
          <li key={`${id} ${version} ${agentName}`}>
            {timeOfDay(at)} ·{' '}
            <Link to={paths.knowledgeItem(String(id))} search={{ version }} lang={language}>
              <bdi>{inMyScript(title, language)}</bdi>
            </Link>{' '}
            ({t('version {{version}}', { version })}), {agentName}
          </li>
        ))}
      </ul>
    </Surface>
  )
}
