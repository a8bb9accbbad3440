import { IconCheck, IconMinus } from '@tabler/icons-react'
import type { CallCard } from '#contract/calls.ts'
import { timeOfDay } from '#core/text/uzbek-dates.ts'
import { inMyLanguage, myTextLanguage, t } from '../../i18n.ts'
import { Digits } from '../../ui/Digits.tsx'
import { Surface } from '../../ui/Surface.tsx'
import css from './calls.module.css'

type Leg = CallCard['legs'][number]

/** What each agent did of the guided script, and what he left out on the way that the talk took. */
export function ScriptParts({ legs }: { legs: Leg[] }) {
  return legs.map(
    (leg) => leg.script && <ScriptPart key={leg.startedAt} name={leg.name} script={leg.script} />,
  )
}

function ScriptPart({ name, script }: { name: string; script: NonNullable<Leg['script']> }) {
  const { names, version, steps } = script
  const done = steps.filter(({ isDone }) => isDone).length
  return (
    <Surface title={t('Call script')}>
      <p style={{ margin: '0 0 0.4rem' }}>
        {name} · <span lang={myTextLanguage()}>{inMyLanguage(names)}</span> ·{' '}
        {t('version {{version}}, {{done}} of {{all}} steps', { version, done, all: steps.length })}
      </p>
      <ul className={css.list} lang={myTextLanguage()}>
        {steps.map(({ at, title, isDone, branch }) => (
          <li key={title.uz}>
            {isDone ? (
              <IconCheck size={16} role="img" aria-label={t('Done')} />
            ) : (
              <IconMinus size={16} role="img" aria-label={t('Left out')} />
            )}{' '}
            {inMyLanguage(title)}
            {branch && `: ${inMyLanguage(branch)}`}
            {at !== null && (
              <>
                {' '}
                <Digits>{timeOfDay(at)}</Digits>
              </>
            )}
          </li>
        ))}
      </ul>
    </Surface>
  )
}
