import type { ScriptRow } from '#contract/scripts.ts'
import { Asked } from '../../Asked.tsx'
import { t } from '../../i18n.ts'
import { useScriptCard, useScriptVersions } from '../../script-api.ts'
import { Page } from '../../ui/Page.tsx'
import { ScriptEditor } from './ScriptEditor.tsx'
import css from './scripts.module.css'
import { ScriptVersions } from './ScriptVersions.tsx'

/** What agents say in a call, step by step: the draft that is worked on, and what was published. */
export function ScriptPage() {
  return (
    <Page title={t('Call script')}>
      <Asked query={useScriptVersions()}>
        {(rows) => (
          <div className={css.page}>
            <Draft rows={rows} />
            <ScriptVersions rows={rows} />
          </div>
        )}
      </Asked>
    </Page>
  )
}

/** Where there is no draft, one begins from what is published. */
function Draft({ rows }: { rows: readonly ScriptRow[] }) {
  const draft = rows.find(({ publishedAt }) => publishedAt === null)
  const card = useScriptCard(draft ?? rows[0])
  return <Asked query={card}>{({ body }) => <ScriptEditor saved={body} draft={draft} />}</Asked>
}
