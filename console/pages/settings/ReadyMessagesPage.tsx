import { Button, Checkbox, Textarea, TextInput } from '@mantine/core'
import type { ReadyMessageSettings } from '#contract/messages.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import type { SettingProblem } from '#core/lib/setting-problems.ts'
import { checkReadyMessages, readyText } from '#core/messages/ready-messages.ts'
import { Asked } from '../../Asked.tsx'
import { inMyLanguage, t } from '../../i18n.ts'
import { useReadyMessages, useSaveReadyMessages } from '../../message-api.ts'
import { useTypedDraft } from '../../typed-draft.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { whyNot } from './BreaksPage.tsx'
import { problemAt, RowProblems } from './RowProblems.tsx'
import css from './settings.module.css'
import { SettingsProblem } from './SettingsProblem.tsx'

type Row = ReadyMessageSettings['messages'][number]

const NEW_MESSAGE: Row = { code: '', names: { uz: '', ru: '' }, texts: { uz: '', ru: '' }, isOffered: true }

/** What agents send to whoever calls. Checked with every key by the rules the server checks it by. */
export function ReadyMessagesPage() {
  return (
    <Page title={t('SMS to callers')}>
      <Asked query={useReadyMessages()}>{(settings) => <Editor settings={settings} />}</Asked>
    </Page>
  )
}

function Editor({ settings }: { settings: ReadyMessageSettings }) {
  const saved = { basedOn: settings.changedAt, messages: settings.messages }
  const { typed, change, forget } = useTypedDraft('readyMessages', saved)
  const rows = typed.messages
  const setRows = (messages: Row[]) => change({ ...typed, messages })
  const save = useSaveReadyMessages()
  const problems = checkReadyMessages(rows)
  const isSame = JSON.stringify(rows) === JSON.stringify(settings.messages)
  return (
    <Surface title={t('In the order in which they are shown')}>
      <p className={css.quiet}>
        {t(
          '{{portal}} in a text becomes the address of the portal. Providers send only texts they have approved.',
          {
            portal: '{portal}',
          },
        )}
      </p>
      {rows.map((row, place) => (
        <MessageRow
          // A row has no name of its own while its code is being typed.
          key={place}
          message={row}
          row={row.code.trim() || String(place + 1)}
          isNew={!settings.messages.some(({ code }) => code === row.code)}
          portal={settings.portal ?? undefined}
          problems={problems}
          change={(part) => setRows(rows.with(place, { ...row, ...part }))}
          remove={() => setRows(rows.toSpliced(place, 1))}
        />
      ))}
      <RowProblems problems={problems.filter(({ row }) => row === '*')} />
      <div className={css.actions} style={{ marginTop: '0.75rem' }}>
        <ActionButton
          label={t('Add a message')}
          variant="default"
          onPress={() => setRows([...rows, NEW_MESSAGE])}
        />
        <ActionButton
          label={t('Save')}
          isBusy={save.isPending}
          whyDisabled={whyNot(problems.length, isSame)}
          onPress={() => save.mutate(typed, { onSuccess: forget })}
        />
        {!isSame && <ActionButton label={t('Show what was saved')} variant="default" onPress={forget} />}
        {save.isSuccess && isSame && <span role="status">{t('Saved: it holds from now on.')}</span>}
      </div>
      <SettingsProblem error={save.error} />
    </Surface>
  )
}

/** One message. What calls were sent is known by its code: it is typed once and stays. */
function MessageRow(props: {
  message: Row
  row: string
  isNew: boolean
  portal: string | undefined
  problems: readonly SettingProblem[]
  change: (part: Partial<Row>) => void
  remove: () => void
}) {
  const { change, isNew, message, portal, remove, row } = props
  const { code, names, texts } = message
  const at = (field: string) => problemAt(props.problems, row, field)
  const name = inMyLanguage(names) || row
  const parts = (language: CallLanguage) => readyText(message, language, portal)?.parts
  return (
    <fieldset className={css.row} aria-label={t('Message: {{name}}', { name })}>
      <TextInput
        label={t('Code')}
        disabled={!isNew}
        value={code}
        error={at('code')}
        onChange={(event) => change({ code: event.currentTarget.value })}
      />
      <TextInput
        label={t('Name in Uzbek')}
        value={names.uz}
        error={at('uz')}
        onChange={(event) => change({ names: { ...names, uz: event.currentTarget.value } })}
      />
      <TextInput
        label={t('Name in Russian')}
        value={names.ru}
        error={at('ru')}
        onChange={(event) => change({ names: { ...names, ru: event.currentTarget.value } })}
      />
      <Checkbox
        label={t('Offered to agents')}
        checked={message.isOffered}
        onChange={(event) => change({ isOffered: event.currentTarget.checked })}
      />
      <Button
        size="xs"
        variant="subtle"
        aria-label={t('Take out of use: {{name}}', { name })}
        onClick={remove}
      >
        {t('Take out of use')}
      </Button>
      <TextOf
        label={t('Text in Uzbek')}
        text={texts.uz}
        parts={parts('uz')}
        problem={at('uzText')}
        change={(uz) => change({ texts: { ...texts, uz } })}
      />
      <TextOf
        label={t('Text in Russian')}
        text={texts.ru}
        parts={parts('ru')}
        problem={at('ruText')}
        change={(ru) => change({ texts: { ...texts, ru } })}
      />
    </fieldset>
  )
}

function TextOf(props: {
  label: string
  text: string
  /** Nothing while nobody has said where the portal is. */
  parts: number | undefined
  problem: string | undefined
  change: (text: string) => void
}) {
  const { change, label, parts, problem, text } = props
  return (
    <Textarea
      style={{ gridColumn: '1 / -1' }}
      label={label}
      description={
        parts === undefined
          ? t('It cannot be sent until somebody has said where the portal is.')
          : t('SMS parts: {{parts}}', { parts })
      }
      autosize
      minRows={2}
      maxRows={5}
      value={text}
      error={problem}
      onChange={(event) => change(event.currentTarget.value)}
    />
  )
}
