import { Checkbox, Textarea } from '@mantine/core'
import type { ReadyMessageSettings } from '#contract/messages.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import type { SettingProblem } from '#core/lib/setting-problems.ts'
import { checkReadyMessages, readyText } from '#core/messages/ready-messages.ts'
import { Asked } from '../../Asked.tsx'
import { inMyLanguage, t } from '../../i18n.ts'
import { useReadyMessages, useSaveReadyMessages } from '../../message-api.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { CodeAndNames, isNewRow, TakeOutOfUse } from './RowFields.tsx'
import { problemAt, RowProblems } from './RowProblems.tsx'
import { SaveSetting } from './SaveSetting.tsx'
import css from './settings.module.css'
import { type ShownSetting, useSettingForm } from './use-setting-form.ts'

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
  const form = useSettingForm('readyMessages', shownOf(settings))
  const rows = form.value
  const save = useSaveReadyMessages()
  const problems = checkReadyMessages(rows)
  const press = () =>
    save.mutate(
      { basedOn: form.basedOn, messages: rows },
      { onSuccess: (saved) => form.adopt(shownOf(saved)) },
    )
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
          isNew={isNewRow(rows, place, settings.messages)}
          portal={settings.portal ?? undefined}
          problems={problems}
          change={(part) => form.set(rows.with(place, { ...row, ...part }))}
          remove={() => form.set(rows.toSpliced(place, 1))}
        />
      ))}
      <RowProblems problems={problems.filter(({ row }) => row === '*')} />
      <SaveSetting form={form} problems={problems.length} save={save} press={press}>
        <ActionButton
          label={t('Add a message')}
          variant="default"
          onPress={() => form.set([...rows, NEW_MESSAGE])}
        />
      </SaveSetting>
    </Surface>
  )
}

function shownOf({ changedAt, messages }: ReadyMessageSettings): ShownSetting<Row[]> {
  return { changedAt, value: messages }
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
      <CodeAndNames code={code} names={names} isNew={isNew} at={at} change={change} />
      <Checkbox
        label={t('Offered to agents')}
        checked={message.isOffered}
        onChange={(event) => change({ isOffered: event.currentTarget.checked })}
      />
      <TakeOutOfUse name={name} remove={remove} />
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
