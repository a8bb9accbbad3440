import { Button } from '@mantine/core'
import type { CourseCard, CourseForm } from '#contract/learning.ts'
import type { Day } from '#core/lib/time.ts'
import { shortDay, shortMoment } from '#core/text/uzbek-dates.ts'
import { inMyLanguage, t } from '../../i18n.ts'
import type { useCourseCommand } from '../../learning-api.ts'
import { listed } from '../../learning-words.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Surface } from '../../ui/Surface.tsx'
import css from './learning.module.css'

type Version = CourseCard['versions'][number]

/** What was saved before; an older one is taken up into the fields, to be looked at and saved anew. */
export function CourseVersions(props: {
  card: CourseCard
  command: ReturnType<typeof useCourseCommand>
  takeUp: (form: CourseForm) => void
}) {
  const { card, command, takeUp } = props
  const { course, queues, retired, versions } = card
  const names = listed(queues.map((queue) => inMyLanguage(queue.names)))
  const order = retired ? 'reopen' : 'retire'
  return (
    <Surface title={t('Versions')}>
      <ol className={css.list} reversed>
        {versions.map((version) => (
          <li key={version.version} className={css.item}>
            <span className={css.itemName}>{versionText(version)}</span>
            {version !== versions[0] && (
              <Button
                size="compact-xs"
                variant="default"
                aria-label={t('Take up version {{version}}', { version: version.version })}
                onClick={() => takeUp(version.form)}
              >
                {t('Take up')}
              </Button>
            )}
          </li>
        ))}
      </ol>
      <ActionButton
        size="xs"
        variant="subtle"
        color={retired ? 'blue' : 'red'}
        label={retired ? t('Take the course into use again') : t('Take the course out of use')}
        isBusy={command.isPending}
        whyDisabled={
          !retired && queues.length > 0 ? t('Queues require it: {{queues}}', { queues: names }) : undefined
        }
        onPress={() => command.mutate({ do: order, course })}
      />
    </Surface>
  )
}

function versionText({ againBy, published, savedAt, savedByName, version }: Version): string {
  return [
    t('Version {{version}}', { version }),
    published ? t('published') : t('draft'),
    shortMoment(savedAt),
    savedByName,
    againBy && t('earlier attestations end on {{day}}', { day: shortDay(againBy as Day) }),
  ]
    .filter(Boolean)
    .join(' · ')
}
