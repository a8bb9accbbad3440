import type { ClassifierRow } from '#contract/classifier.ts'
import { Asked } from '../../Asked.tsx'
import { t } from '../../i18n.ts'
import { useClassifier, useClassifierCommand, useClassifiers } from '../../settings-api.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { type Column, Table } from '../../ui/Table.tsx'
import { useSecondPress } from '../../ui/use-second-press.ts'
import { WhenAndWho } from '../../WhenAndWho.tsx'
import { ClassifierEditor } from './ClassifierEditor.tsx'
import css from './settings.module.css'
import { SettingsProblem } from './SettingsProblem.tsx'

/** What calls are about: the draft that is worked on, and the versions that were published. */
export function ClassifierPage() {
  return (
    <Page title={t('Classifier')}>
      <Asked query={useClassifiers()}>
        {(rows) => (
          <div className={css.page}>
            <Draft rows={rows} />
            <Versions rows={rows} />
          </div>
        )}
      </Asked>
    </Page>
  )
}

/** Where there is no draft, one begins from what is published. */
function Draft({ rows }: { rows: readonly ClassifierRow[] }) {
  const draft = rows.find(({ status }) => status === 'draft')
  const published = rows.find(({ status }) => status === 'published')
  const base = draft ?? published
  const card = useClassifier(base)
  if (!base) return <ClassifierEditor nodes={[]} draft={undefined} />
  return (
    <Asked query={card}>
      {({ nodes, version, savedAt }) => (
        <ClassifierEditor key={`${version} ${savedAt}`} nodes={nodes} draft={draft} />
      )}
    </Asked>
  )
}

function Versions({ rows }: { rows: readonly ClassifierRow[] }) {
  const command = useClassifierCommand()
  const columns: Column<ClassifierRow>[] = [
    { header: t('Version'), isNumber: true, cell: ({ version }) => version },
    { header: t('Topics'), isNumber: true, cell: ({ topics }) => topics },
    { header: t('Saved'), cell: (row) => <WhenAndWho at={row.savedAt} by={row.savedByName} /> },
    { header: t('Published'), cell: (row) => <WhenAndWho at={row.publishedAt} by={row.publishedByName} /> },
    { header: t('State'), cell: (row) => stateText(row) },
    {
      header: t('Bring back'),
      cell: ({ version, status }) =>
        status === 'retired' && (
          <BringBack
            version={version}
            isBusy={command.isPending}
            press={() => command.mutate({ do: 'restore', version })}
          />
        ),
    },
  ]
  return (
    <Surface title={t('Versions')}>
      <SettingsProblem error={command.error} />
      <Table
        caption={t('Versions')}
        columns={columns}
        rows={rows}
        rowKey={({ version }) => version}
        empty={t('Nothing has been saved yet.')}
      />
    </Surface>
  )
}

/** As publishing, it holds for everybody at once. */
function BringBack({ version, isBusy, press }: { version: number; isBusy: boolean; press: () => void }) {
  const [isAsked, ask] = useSecondPress(press)
  return (
    <ActionButton
      size="xs"
      variant="default"
      label={
        isAsked
          ? t('Press again: topics are chosen from it from now on')
          : t('Bring back {{version}}', { version })
      }
      isBusy={isBusy}
      onPress={ask}
    />
  )
}

function stateText({ restored, status }: ClassifierRow): string {
  const state =
    status === 'draft' ? t('draft') : status === 'published' ? t('holds now') : t('of earlier times')
  return restored === null ? state : `${state}, ${t('brought back from {{version}}', { version: restored })}`
}
