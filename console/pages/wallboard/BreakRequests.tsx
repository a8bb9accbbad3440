import { Button } from '@mantine/core'
import type { Wallboard } from '#contract/live.ts'
import { duration } from '#core/text/uzbek-dates.ts'
import { useManageAgent } from '../../api.ts'
import { t } from '../../i18n.ts'
import { useMay } from '../../me.ts'
import { showProblem } from '../../notify.ts'
import { useServerNow } from '../../server-clock.ts'
import { Digits } from '../../ui/Digits.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { useBreakNames } from '../../use-break-names.ts'
import css from './wallboard.module.css'

/** Agents who ask for a break that somebody has to agree to. */
export function BreakRequests({ agents }: { agents: Wallboard['agents'] }) {
  const breakName = useBreakNames()
  const manage = useManageAgent()
  const mayDecide = useMay('manageAgents')
  const now = useServerNow()
  const asking = agents.flatMap(({ id, name, asks }) => (asks ? [{ id, name, asks }] : []))
  return (
    <div role="status">
      {asking.length > 0 && (
        <Surface title={t('Breaks to agree to')} className={css.requests}>
          <ul className={css.people}>
            {asking.map(({ id, name, asks }) => (
              <li key={id}>
                <span>
                  <b>{name}</b> · {breakName(asks.reason)} ·{' '}
                  <Digits>{t('asked {{time}} ago', { time: duration((now - asks.since) / 1000) })}</Digits>
                </span>
                {mayDecide && (
                  <span className={css.answers}>
                    {(['approve', 'refuse'] as const).map((answer) => (
                      <Button
                        key={answer}
                        size="xs"
                        variant={answer === 'approve' ? 'filled' : 'default'}
                        aria-label={`${answerText(answer)}: ${name}`}
                        onClick={() =>
                          manage.mutate({ agent: id, do: `break/${answer}` }, { onError: showProblem })
                        }
                      >
                        {answerText(answer)}
                      </Button>
                    ))}
                  </span>
                )}
              </li>
            ))}
          </ul>
        </Surface>
      )}
    </div>
  )
}

function answerText(answer: 'approve' | 'refuse'): string {
  return answer === 'approve' ? t('Agree') : t('Do not agree')
}
