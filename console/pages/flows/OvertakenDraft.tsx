import { Alert } from '@mantine/core'
import type { FlowRow } from '#contract/flows.ts'
import type { Flow } from '#core/ivr/flow.ts'
import { t } from '../../i18n.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { ChangeList } from './ChangeList.tsx'
import css from './editor.module.css'
import type { FlowDraft } from './use-flow-draft.ts'

/** Somebody else has saved meanwhile: what is different is seen before anything is written over. */
export function OvertakenDraft(props: { draft: FlowDraft; theirs: Flow; row: FlowRow | undefined }) {
  const { draft, row, theirs } = props
  return (
    <Alert
      color="yellow"
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
      role="alert"
      title={
        row
          ? t('{{name}} has saved this menu meanwhile.', { name: row.savedByName ?? '—' })
          : t('The draft you began from was published or thrown away meanwhile.')
      }
    >
      <p className={css.small}>{t('From what is saved to what you have here:')}</p>
      <div className={css.compared}>
        <ChangeList before={theirs} after={draft.flow} />
      </div>
      <div className={css.actions}>
        <ActionButton
          label={t('Take what is saved, drop mine')}
          size="xs"
          variant="default"
          onPress={draft.reset}
        />
        <ActionButton
          label={t('Go on with mine; saving replaces what is saved')}
          size="xs"
          variant="default"
          onPress={draft.insist}
        />
      </div>
    </Alert>
  )
}
