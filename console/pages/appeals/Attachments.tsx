import { Alert, Button } from '@mantine/core'
import { IconDownload, IconPaperclip } from '@tabler/icons-react'
import type { AppealCard } from '#contract/appeals.ts'
import type { AttachmentRow } from '#contract/attachments.ts'
import { attachesTo, removesFrom } from '#core/attachments/attaching.ts'
import { ATTACHMENT_TYPE_NAMES, type AttachmentType, ruleOfType } from '#core/attachments/attachment-types.ts'
import { shortMoment } from '#core/text/uzbek-dates.ts'
import { Asked } from '../../Asked.tsx'
import { sizeText } from '../../format.ts'
import { t } from '../../i18n.ts'
import { useSignedIn } from '../../me.ts'
import { useAttachmentCommand, useAttachments } from '../../papers-api.ts'
import { problemText } from '../../problem-text.ts'
import { save } from '../../save.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { FileChoice } from '../../ui/FileChoice.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { useSecondPress } from '../../ui/use-second-press.ts'
import css from './appeals.module.css'

/** What the citizen sent with his appeal and the body with its reply; each is only ever saved, never shown. */
export function Attachments({ appeal }: { appeal: AppealCard }) {
  const { id: me, role } = useSignedIn()
  const command = useAttachmentCommand(appeal.id)
  const attachesNow = attachesTo(appeal, role)
  const isAdding = command.isPending && command.variables.do === 'add'
  return (
    <Surface
      title={t('Attachments')}
      aside={
        attachesNow && (
          <FileChoice
            accept={ACCEPTED}
            onChange={(file) => file && command.mutate({ do: 'add', requestKey: crypto.randomUUID(), file })}
          >
            {(props) => (
              <Button
                {...props}
                size="xs"
                variant="default"
                leftSection={<IconPaperclip size={16} />}
                loading={isAdding}
              >
                {attachesNow === 'reply' ? t('Attach to the reply') : t('Attach a file')}
              </Button>
            )}
          </FileChoice>
        )
      }
    >
      {command.error && (
        <Alert color="red" role="alert">
          {problemText(command.error)}
        </Alert>
      )}
      <Asked query={useAttachments(appeal.id)}>
        {(rows) =>
          rows.length === 0 ? (
            <p className={css.why}>{t('Nothing is attached.')}</p>
          ) : (
            <ul className={css.links}>
              {rows.map((row) => (
                <Row
                  key={row.id}
                  row={row}
                  command={command}
                  mayRemove={row.part === removesFrom(appeal, role, { isOwn: row.addedBy === me })}
                />
              ))}
            </ul>
          )
        }
      </Asked>
    </Surface>
  )
}

type RowProps = {
  row: AttachmentRow
  command: ReturnType<typeof useAttachmentCommand>
  mayRemove: boolean
}

function Row({ row, command, mayRemove }: RowProps) {
  const { id, name } = row
  const open = () =>
    command.mutate({ do: 'open', id }, { onSuccess: ({ address }) => address && save(address) })
  const [isArmed, press] = useSecondPress(() => command.mutate({ do: 'remove', id }))
  if (name === null) return <Removed row={row} />
  return (
    <li>
      <div>
        <b className={css.fileName}>{name}</b> · {row.type.toUpperCase()} · {sizeText(row.bytes)}
        {row.part === 'reply' && <> · {t('to the reply')}</>}
        <span className={css.told}>
          {t('by {{name}}, {{time}}', { name: senderOf(row), time: shortMoment(row.addedAt) })}
        </span>
        <Opened row={row} />
      </div>
      <div className={css.moves}>
        <ActionButton
          size="xs"
          variant="default"
          icon={<IconDownload size={16} />}
          label={t('Save {{name}}', { name })}
          onPress={open}
        />
        {mayRemove && (
          <ActionButton
            size="xs"
            variant="subtle"
            color="red"
            label={isArmed ? t('Press again to remove {{name}}', { name }) : t('Remove {{name}}', { name })}
            onPress={press}
          />
        )}
      </div>
    </li>
  )
}

function Opened({ row: { opened } }: { row: AttachmentRow }) {
  if (!opened) return null
  const { count, lastAt, lastByName } = opened
  return (
    <span className={css.told}>
      {t('saved {{count}} times, last by {{name}}, {{time}}', {
        count,
        name: lastByName,
        time: shortMoment(lastAt),
      })}
    </span>
  )
}

function Removed({ row }: { row: AttachmentRow }) {
  return (
    <li className={css.why}>
      {t('A file was removed: by {{name}}, {{time}}', {
        name: row.removedByName ?? '',
        time: shortMoment(row.removedAt ?? row.addedAt),
      })}
    </li>
  )
}

function senderOf({ addedByName }: AttachmentRow): string {
  return addedByName ?? t('the citizen')
}

/** What the picker offers first; what is taken is decided by the content. */
const ACCEPTED = ATTACHMENT_TYPE_NAMES.flatMap((type: AttachmentType) =>
  ruleOfType(type).extensions.map((extension) => `.${extension}`),
).join(',')
