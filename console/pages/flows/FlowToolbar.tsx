import { Button, Menu } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { FlowRow } from '#contract/flows.ts'
import { addNode, NODE_KINDS } from '#core/ivr/edit-flow.ts'
import type { Flow } from '#core/ivr/flow.ts'
import { shortMoment } from '#core/text/uzbek-dates.ts'
import { useFlowCommand } from '../../flow-api.ts'
import { t } from '../../i18n.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { useShortcuts } from '../../ui/shortcuts.ts'
import { useSecondPress } from '../../ui/use-second-press.ts'
import css from './editor.module.css'
import { useEditing } from './flow-editing.ts'
import { FlowRefusal } from './FlowRefusal.tsx'
import { kindText } from './flow-words.ts'
import { PublishDialog } from './PublishDialog.tsx'
import type { FlowDraft } from './use-flow-draft.ts'

type ToolbarProps = {
  name: string
  draft: FlowDraft
  row: FlowRow | undefined
  now: Flow | undefined
  hasScheduled: boolean
}

export function FlowToolbar(props: ToolbarProps) {
  const { draft, name, now, row } = props
  const { problems } = useEditing()
  const command = useFlowCommand(name)
  const [isPublishing, setIsPublishing] = useState(false)
  const [isDiscardAsked, pressDiscard] = useSecondPress(() => {
    if (row) command.mutate({ do: 'discard', basedOn: row.savedAt }, { onSuccess: draft.reset })
    else draft.reset()
  })
  function save(): void {
    if (!draft.isChanged || draft.isOvertaken || command.isPending) return
    const { basedOn, flow: sent } = draft
    const onSuccess = (card: Awaited<ReturnType<typeof command.mutateAsync>>) =>
      card && draft.saved(sent, { basedOn: card.savedAt, body: card.body })
    command.mutate({ do: 'save', basedOn, body: sent }, { onSuccess })
  }
  useShortcuts({ 'mod+S': save, 'mod+Z': draft.undo, 'mod+shift+Z': draft.redo })
  return (
    <>
      <div className={css.actions}>
        <Steps draft={draft} />
        <ActionButton
          label={t('Save the draft')}
          shortcut="Ctrl+S"
          isBusy={command.isPending}
          whyDisabled={whyNotSaved(draft)}
          onPress={save}
        />
        <ActionButton
          label={t('Publish …')}
          variant="default"
          whyDisabled={whyNotPublished({ ...props, problems: problems.length })}
          onPress={() => setIsPublishing(true)}
        />
        {(row || draft.isChanged) && (
          <ActionButton
            label={isDiscardAsked ? t('Press again to throw the draft away') : t('Throw the draft away')}
            color="red"
            variant="light"
            onPress={pressDiscard}
          />
        )}
        <span className={css.quiet}>{savedText(draft, row)}</span>
      </div>
      {!isPublishing && <FlowRefusal error={command.error} />}
      {isPublishing && row && (
        <PublishDialog
          flow={name}
          version={row.version}
          title={t('Publish version {{version}}', { version: row.version })}
          now={now}
          next={draft.flow}
          hasScheduled={props.hasScheduled}
          isBusy={command.isPending}
          error={command.error}
          close={() => setIsPublishing(false)}
          publish={(from, done) =>
            command.mutate({ do: 'publish', basedOn: row.savedAt, from }, { onSuccess: done })
          }
        />
      )}
    </>
  )
}

function Steps({ draft: { change, flow, redo, undo } }: { draft: FlowDraft }) {
  const { queues, show } = useEditing()
  const nothing = t('There is nothing to take back.')
  return (
    <>
      <Menu>
        <Menu.Target>
          <Button variant="default" leftSection={<IconPlus size={16} />}>
            {t('Add a step')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {NODE_KINDS.map((kind) => (
            <Menu.Item
              key={kind}
              onClick={() => {
                const next = addNode(
                  flow,
                  kind,
                  queues.map(({ queue }) => queue as never),
                )
                change(next.flow)
                show(next.added)
              }}
            >
              {kindText(kind)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <ActionButton
        label={t('Undo')}
        icon={<IconArrowBackUp size={16} />}
        variant="default"
        whyDisabled={undo ? undefined : nothing}
        onPress={() => undo?.()}
      />
      <ActionButton
        label={t('Redo')}
        icon={<IconArrowForwardUp size={16} />}
        variant="default"
        whyDisabled={redo ? undefined : t('There is nothing to do again.')}
        onPress={() => redo?.()}
      />
    </>
  )
}

function whyNotSaved({ isChanged, isOvertaken }: FlowDraft): string | undefined {
  if (isOvertaken) return t('First choose what to do with what was saved meanwhile.')
  return isChanged ? undefined : t('Nothing has been changed.')
}

function whyNotPublished(of: ToolbarProps & { problems: number }): string | undefined {
  if (of.problems > 0) return t('First put right what is marked.')
  if (!of.row || of.draft.isChanged) return t('First save the draft.')
  return undefined
}

function savedText({ isChanged }: FlowDraft, row: FlowRow | undefined): string {
  if (isChanged) return t('Not saved yet; kept in this tab.')
  return row
    ? t('Saved {{moment}}, {{name}}', { moment: shortMoment(row.savedAt), name: row.savedByName ?? '—' })
    : ''
}
