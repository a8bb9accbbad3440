import { Button } from '@mantine/core'
import type { ScriptRow } from '#contract/scripts.ts'
import { t } from '../../i18n.ts'
import { useScriptCommand } from '../../script-api.ts'
import { Surface } from '../../ui/Surface.tsx'
import { type Column, Table } from '../../ui/Table.tsx'
import { WhenAndWho } from '../../WhenAndWho.tsx'
import { SettingsProblem } from '../settings/SettingsProblem.tsx'

/** What was published, and the way back from a mistake. */
export function ScriptVersions({ rows }: { rows: readonly ScriptRow[] }) {
  const command = useScriptCommand()
  const published = rows.filter(({ publishedAt }) => publishedAt !== null)
  const columns: Column<ScriptRow>[] = [
    { header: t('Version'), isNumber: true, cell: ({ version }) => version },
    { header: t('Steps'), isNumber: true, cell: ({ steps }) => steps },
    { header: t('Published'), cell: (row) => <WhenAndWho at={row.publishedAt} by={row.publishedByName} /> },
    { header: t('State'), cell: (row) => stateText(row, row === published[0]) },
    {
      header: t('Bring back'),
      cell: (row) =>
        row !== published[0] && (
          <Button
            size="xs"
            variant="default"
            loading={command.isPending}
            onClick={() => command.mutate({ do: 'restore', version: row.version })}
          >
            {t('Bring back {{version}}', { version: row.version })}
          </Button>
        ),
    },
  ]
  return (
    <Surface title={t('Versions')}>
      <SettingsProblem error={command.error} />
      <Table
        caption={t('Versions')}
        columns={columns}
        rows={published}
        rowKey={({ version }) => version}
        empty={t('Nothing has been saved yet.')}
      />
    </Surface>
  )
}

function stateText({ restored }: ScriptRow, isNow: boolean): string {
  const state = isNow ? t('holds now') : t('of earlier times')
  return restored === null ? state : `${state}, ${t('brought back from {{version}}', { version: restored })}`
}
