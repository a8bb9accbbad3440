import { Button } from '@mantine/core'
import type { QueueRow, QueueVersion } from '#contract/queues.ts'
import { shortMoment } from '#core/text/uzbek-dates.ts'
import { useQueueVersions, useSaveQueue } from '../../queue-api.ts'
import { Asked } from '../../Asked.tsx'
import { t } from '../../i18n.ts'
import { orderText } from '../../queue-words.ts'
import { Surface } from '../../ui/Surface.tsx'
import { type Column, Table } from '../../ui/Table.tsx'
import css from './queues.module.css'
import { SaveProblem } from './SaveProblem.tsx'
import { Ways } from './Ways.tsx'

/** What was saved before, and the way back to it: the older settings become the newest version. */
export function Versions(props: {
  row: QueueRow
  restored: (row: QueueRow) => void
  queueName: (queue: string) => string
}) {
  const { queueName, restored, row } = props
  const save = useSaveQueue()
  const restore = ({ version }: QueueVersion) =>
    save.mutate({ queue: row.queue, basedOn: row.version, restore: version }, { onSuccess: restored })
  const columns: Column<QueueVersion>[] = [
    { header: t('Version'), isNumber: true, cell: ({ version }) => version },
    { header: t('Saved'), cell: (version) => <Saved version={version} /> },
    { header: t('Who is asked first'), cell: ({ form }) => orderText(form.order) },
    { header: t('Rules of skills'), cell: ({ form }) => <pre className={css.rules}>{form.rules}</pre> },
    { header: t('When callers cannot wait'), cell: ({ form }) => <Ways form={form} queueName={queueName} /> },
    {
      header: t('Bring back'),
      cell: (version) =>
        version.version === row.version ? (
          t('holds now')
        ) : (
          <Button size="xs" variant="default" loading={save.isPending} onClick={() => restore(version)}>
            {t('Bring back {{version}}', { version: version.version })}
          </Button>
        ),
    },
  ]
  return (
    <Surface title={t('Versions')}>
      <SaveProblem error={save.error} queueName={queueName} />
      <Asked query={useQueueVersions(row.queue)}>
        {(versions) => (
          <Table
            caption={t('Versions')}
            columns={columns}
            rows={versions}
            rowKey={({ version }) => version}
            empty={t('Nothing has been saved yet.')}
          />
        )}
      </Asked>
    </Surface>
  )
}

function Saved({ version: { restored, savedAt, savedByName } }: { version: QueueVersion }) {
  return (
    <>
      {shortMoment(savedAt)}
      {savedByName && <div className={css.quiet}>{savedByName}</div>}
      {restored !== null && (
        <div className={css.quiet}>{t('brought back from {{version}}', { version: restored })}</div>
      )}
    </>
  )
}
