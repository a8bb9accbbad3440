import type { KnowledgeUse } from '#contract/knowledge.ts'
import { shortMoment } from '#core/text/uzbek-dates.ts'
import { t } from '../../i18n.ts'
import { useAcknowledge, useKnowledgeUse } from '../../knowledge-api.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Surface } from '../../ui/Surface.tsx'
import css from './knowledge.module.css'

/** Whether it helps, and who has read what must be read. */
export function Reception({ id }: { id: number }) {
  const use = useKnowledgeUse(id).data
  const read = useAcknowledge()
  if (!use) return null
  return (
    <Surface title={t('How it is received, version {{version}}', { version: use.version })}>
      <Facts
        facts={[
          { name: t('It helped'), value: use.useful },
          { name: t('It did not help'), value: use.notUseful },
          { name: t('On screen in calls'), value: use.calls },
        ]}
      />
      {use.mustRead && !use.hasRead && (
        <ActionButton
          label={t('I have read it')}
          size="xs"
          mt="sm"
          isBusy={read.isPending}
          onPress={() => read.mutate({ id, version: use.version })}
        />
      )}
      {use.readers && <Readers readers={use.readers} />}
    </Surface>
  )
}

function Readers({ readers }: { readers: NonNullable<KnowledgeUse['readers']> }) {
  const read = readers.filter(({ at }) => at !== null).length
  return (
    <details style={{ marginTop: '0.6rem' }}>
      <summary>{t('Read by {{read}} of {{all}} agents', { read, all: readers.length })}</summary>
      <ul className={css.versions}>
        {readers.map(({ name, at }) => (
          <li key={name}>
            {name} <span className={css.quiet}>{at === null ? t('not yet') : shortMoment(at)}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
