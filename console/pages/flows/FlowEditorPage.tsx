import type { FlowRow } from '#contract/flows.ts'
import { useFlow, useFlows } from '../../api.ts'
import { Asked } from '../../Asked.tsx'
import { t } from '../../i18n.ts'
import { Page } from '../../ui/Page.tsx'
import { FlowEditor } from './FlowEditor.tsx'
import { FlowVersions } from './FlowVersions.tsx'
import css from './editor.module.css'
import { Scheduled } from './Scheduled.tsx'

/** One voice menu: what it will be, what it is, and what it was. */
export function FlowEditorPage({ id }: { id: string }) {
  return (
    <Page title={t('Voice menu {{flow}}', { flow: id })}>
      <Asked query={useFlows()}>
        {(rows) => <Versions name={id} rows={rows.filter(({ flow }) => flow === id)} />}
      </Asked>
    </Page>
  )
}

function Versions({ name, rows }: { name: string; rows: readonly FlowRow[] }) {
  const of = (status: FlowRow['status']) => rows.find((row) => row.status === status)
  const [draft, published, scheduled] = [of('draft'), of('published'), of('scheduled')]
  const base = draft ?? published ?? rows[0]
  const card = useFlow(base)
  const now = useFlow(published).data?.body
  if (!base) return <p>{t('This does not exist, or no longer does.')}</p>
  return (
    <div className={css.page}>
      {scheduled && <Scheduled row={scheduled} now={now} />}
      <Asked query={card}>
        {(kept) => (
          <FlowEditor
            name={name}
            card={kept}
            draft={draft}
            now={now}
            hasScheduled={scheduled !== undefined}
          />
        )}
      </Asked>
      <FlowVersions rows={rows} now={now} />
    </div>
  )
}
