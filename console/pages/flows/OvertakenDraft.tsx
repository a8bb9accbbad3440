import type { FlowRow } from '#contract/flows.ts'
import type { Flow } from '#core/ivr/flow.ts'
import { t } from '../../i18n.ts'
import { Overtaken } from '../../Overtaken.tsx'
import { ChangeList } from './ChangeList.tsx'
import css from './editor.module.css'
import type { FlowDraft } from './use-flow-draft.ts'

/** Somebody else has saved meanwhile: what is different is seen before anything is written over. */
export function OvertakenDraft(props: { draft: FlowDraft; theirs: Flow; row: FlowRow | undefined }) {
  const { draft, row, theirs } = props
  return (
    <Overtaken
      title={
        row
          ? t('{{name}} has saved this menu meanwhile.', { name: row.savedByName ?? '—' })
          : t('The draft you began from was published or thrown away meanwhile.')
      }
      takeTheirs={draft.reset}
      keepMine={draft.insist}
    >
      <p className={css.small}>{t('From what is saved to what you have here:')}</p>
      <div className={css.compared}>
        <ChangeList before={theirs} after={draft.flow} />
      </div>
    </Overtaken>
  )
}
