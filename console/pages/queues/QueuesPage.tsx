import { Link } from '@tanstack/react-router'
import type { QueueRow } from '#contract/queues.ts'
import { overflowsOf } from '#core/routing/check-overflow.ts'
import { shortMoment } from '#core/text/uzbek-dates.ts'
import { Asked } from '../../Asked.tsx'
import { inMyLanguage, t } from '../../i18n.ts'
import { paths } from '../../paths.ts'
import { orderText, queueProblemText } from '../../queue-words.ts'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { type Column, Table } from '../../ui/Table.tsx'
import { Tone } from '../../ui/Tone.tsx'
import { AddQueue } from './AddQueue.tsx'
import { OverflowPicture } from './OverflowPicture.tsx'
import { Ways } from './Ways.tsx'
import css from './queues.module.css'
import { RetiredQueues } from './RetiredQueues.tsx'
import { queueNameIn, type Settings, useSettings } from './together.ts'

/** How every queue is served, and where its callers go who cannot wait in it. */
export function QueuesPage() {
  return (
    <Page title={t('Queues')}>
      <Asked query={useSettings()}>{(settings) => <Queues settings={settings} />}</Asked>
    </Page>
  )
}

function Queues({ settings }: { settings: Settings }) {
  const { rows, together } = settings
  const queueName = queueNameIn(rows)
  const isAnythingPassedOn = together.queues.some((queue) => overflowsOf(queue).length > 0)
  const columns: Column<QueueRow>[] = [
    { header: t('Queue'), cell: (row) => <Name row={row} /> },
    { header: t('Who is asked first'), cell: ({ form }) => orderText(form.order) },
    { header: t('Rules of skills'), cell: ({ form }) => <pre className={css.rules}>{form.rules}</pre> },
    { header: t('When callers cannot wait'), cell: ({ form }) => <Ways form={form} queueName={queueName} /> },
    { header: t('Saved'), cell: (row) => <SavedBy row={row} /> },
  ]
  return (
    <div className={css.page}>
      {isAnythingPassedOn && (
        <Surface title={t('Where callers go')}>
          <OverflowPicture queues={together.queues} queueName={queueName} />
        </Surface>
      )}
      <Surface title={t('Settings of queues')}>
        <Table
          caption={t('Settings of queues')}
          columns={columns}
          rows={rows}
          rowKey={({ queue }) => queue}
          empty={t('There are no queues.')}
        />
      </Surface>
      <AddQueue rows={rows} />
      <RetiredQueues />
    </div>
  )
}

function Name({ row }: { row: QueueRow }) {
  return (
    <>
      <Link to={paths.queue(row.queue)}>{inMyLanguage(row.names)}</Link>
      {row.problems.length > 0 && (
        <div>
          <Tone tone="bad">{t('faults: {{count}}', { count: row.problems.length })}</Tone>
        </div>
      )}
      {row.warnings.map((warning) => (
        <div key={warning.message}>
          <Tone tone="warn">{queueProblemText(warning, String)}</Tone>
        </div>
      ))}
    </>
  )
}

function SavedBy({ row }: { row: QueueRow }) {
  if (row.savedAt === null) return t('never')
  return (
    <>
      {shortMoment(row.savedAt)}
      {row.savedByName && <div className={css.quiet}>{row.savedByName}</div>}
    </>
  )
}
