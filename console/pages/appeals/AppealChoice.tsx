import { NativeSelect, SegmentedControl } from '@mantine/core'
import { APPEAL_LISTS, type AppealList } from '#contract/appeals.ts'
import { APPEAL_KINDS, type AppealKind } from '#core/appeals/appeal-kind.ts'
import { APPEAL_STATUSES, type AppealStatus } from '#core/appeals/appeal-status.ts'
import { isDay } from '#core/lib/time.ts'
import { type AppealsAsked, useTopics } from '../../api.ts'
import { useEditors } from '../../appeal-office-api.ts'
import { appealStatusText, kindText } from '../../appeal-words.ts'
import { t } from '../../i18n.ts'
import { DayField } from '../../ui/DayField.tsx'
import { useTopicNames } from '../../use-topic-names.ts'
import css from './appeals.module.css'

type Choosing = { asked: AppealsAsked; ask: (change: Partial<AppealsAsked>) => void }

/** Which appeals: a work list, a status, and more where it is wanted. */
export function AppealChoice({ asked, ask }: Choosing) {
  const isNarrowed = [asked.kind, asked.topic, asked.editor, asked.registeredFrom, asked.registeredTo].some(
    Boolean,
  )
  return (
    <>
      <div className={css.choice}>
        <SegmentedControl
          aria-label={t('Work list')}
          data={APPEAL_LISTS.map((value) => ({ value, label: listText(value) }))}
          value={asked.list}
          onChange={(list) => ask({ list: list as AppealList })}
        />
        <NativeSelect
          aria-label={t('Status')}
          data={[
            { value: '', label: t('In any status') },
            ...APPEAL_STATUSES.filter((status) => status !== 'draft').map((value) => ({
              value,
              label: appealStatusText(value),
            })),
          ]}
          value={asked.status ?? ''}
          onChange={({ currentTarget: { value } }) =>
            ask({ status: value === '' ? undefined : (value as AppealStatus) })
          }
        />
      </div>
      <details className={css.choice} open={isNarrowed}>
        <summary>{t('Narrow the list')}</summary>
        <Narrowing asked={asked} ask={ask} />
      </details>
    </>
  )
}

function Narrowing({ asked, ask }: Choosing) {
  const topics = useTopics().data ?? []
  const topicName = useTopicNames()
  const editors = useEditors().data ?? []
  const orNone = (value: string) => (value === '' ? undefined : value)
  return (
    <div className={css.choice} style={{ marginTop: '0.5rem' }}>
      <NativeSelect
        label={t('Kind')}
        value={asked.kind ?? ''}
        data={[
          { value: '', label: t('Any') },
          ...APPEAL_KINDS.map((value) => ({ value, label: kindText(value) })),
        ]}
        onChange={({ currentTarget: { value } }) => ask({ kind: orNone(value) as AppealKind | undefined })}
      />
      <NativeSelect
        label={t('Topic')}
        value={asked.topic ?? ''}
        data={[
          { value: '', label: t('Any') },
          ...topics.map(({ code }) => ({ value: code, label: `${code} ${topicName(code)}` })),
        ]}
        maw="20rem"
        onChange={({ currentTarget: { value } }) => ask({ topic: orNone(value) })}
      />
      <NativeSelect
        label={t('Editor')}
        value={asked.editor ?? ''}
        data={[
          { value: '', label: t('Any') },
          ...editors.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={({ currentTarget: { value } }) => ask({ editor: orNone(value) })}
      />
      <DayField
        label={t('Registered from')}
        value={asked.registeredFrom ?? ''}
        change={(day) => isDayOrNone(day) && ask({ registeredFrom: orNone(day) })}
      />
      <DayField
        label={t('Registered until')}
        value={asked.registeredTo ?? ''}
        change={(day) => isDayOrNone(day) && ask({ registeredTo: orNone(day) })}
      />
    </div>
  )
}

/** What is half typed asks for nothing yet. */
function isDayOrNone(typed: string): boolean {
  return typed === '' || isDay(typed)
}

function listText(list: AppealList): string {
  switch (list) {
    case 'all':
      return t('All')
    case 'dueToday':
      return t('Due today')
    case 'soon':
      return t('Due soon')
    case 'overdue':
      return t('Overdue')
    case 'mine':
      return t('Mine')
    case 'control':
      return t('Under control')
  }
}
