import { Alert, Button, List, NativeSelect } from '@mantine/core'
import type {
  CheckedTemplate,
  DocumentSettings,
  ShownDocumentSettings,
  TemplateRow,
} from '#contract/documents.ts'
import {
  DOCUMENT_CONDITIONS,
  DOCUMENT_FIELDS,
  DOCUMENT_LANGUAGES,
  DOCUMENT_LISTS,
  type DocumentLanguage,
} from '#core/documents/document-fields.ts'
import { shortMoment } from '#core/text/uzbek-dates.ts'
import { Asked } from '../../Asked.tsx'
import { documentLanguageText, notShownText, templateProblemText } from '../../document-words.ts'
import { t } from '../../i18n.ts'
import {
  templateFileAddress,
  useDocumentSettings,
  useSaveDocumentSettings,
  useTemplateCommand,
  useTemplates,
} from '../../papers-api.ts'
import { save, saveBytes } from '../../save.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { FileChoice } from '../../ui/FileChoice.tsx'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { useSecondPress } from '../../ui/use-second-press.ts'
import { SaveSetting } from './SaveSetting.tsx'
import css from './settings.module.css'
import { SettingsProblem } from './SettingsProblem.tsx'
import { useSettingForm } from './use-setting-form.ts'

/** The letters in which appeals go to the chancellery: one template for each language, changed in Word. */
export function DocumentTemplatesPage() {
  return (
    <Page title={t('Document templates')}>
      <div className={css.page}>
        <Asked query={useDocumentSettings()}>{(shown) => <Sending shown={shown} />}</Asked>
        <Asked query={useTemplates()}>
          {(rows) => rows.map((row) => <Template key={row.language} row={row} />)}
        </Asked>
        <Places />
      </div>
    </Page>
  )
}

function Sending({ shown: { changedAt, settings } }: { shown: ShownDocumentSettings }) {
  const form = useSettingForm<DocumentSettings>('documents', { changedAt, value: settings })
  const save = useSaveDocumentSettings()
  const press = () =>
    save.mutate(
      { basedOn: form.basedOn, settings: form.value },
      { onSuccess: (saved) => form.adopt({ changedAt: saved.changedAt, value: saved.settings }) },
    )
  return (
    <Surface title={t('What is sent')}>
      <div className={css.fields}>
        <NativeSelect
          label={t('Language of documents that are sent')}
          data={DOCUMENT_LANGUAGES.map((value) => ({ value, label: documentLanguageText(value) }))}
          value={form.value.language}
          onChange={(event) => form.change({ language: event.currentTarget.value as DocumentLanguage })}
        />
        <p className={css.quiet}>
          {t(
            'The QR code leads to the status page of the portal, whose address is set on the page Citizens’ portal.',
          )}
        </p>
      </div>
      <SaveSetting form={form} problems={0} save={save} press={press} />
    </Surface>
  )
}

function Template({ row }: { row: TemplateRow }) {
  const { isStandard, language, version, versions } = row
  const command = useTemplateCommand()
  const name = documentLanguageText(language)
  const [last] = versions
  const [isArmed, reset] = useSecondPress(() => command.mutate({ do: 'reset', language, basedOn: version }))
  const replace = (file: File | null) =>
    file && command.mutate({ do: 'replace', language, basedOn: version, file })
  const showPreview = () =>
    command.mutate({ do: 'preview', language }, { onSuccess: (checked) => savePreview(checked, language) })
  const checked = command.variables?.do === 'replace' ? command.data : undefined
  return (
    <Surface title={name}>
      <p className={css.quiet}>
        {isStandard || !last
          ? t('The template that comes with the system.')
          : t('Version {{version}}: {{name}}, {{time}}', {
              version,
              name: last.savedByName,
              time: shortMoment(last.savedAt),
            })}
      </p>
      <div className={css.actions}>
        <Button variant="default" onClick={() => save(templateFileAddress(language))}>
          {t('Save the template')}
        </Button>
        <ActionButton
          label={t('Preview')}
          variant="default"
          isBusy={command.isPending && command.variables.do === 'preview'}
          onPress={showPreview}
        />
        <FileChoice accept=".docx" onChange={replace}>
          {(props) => (
            <Button
              {...props}
              variant="default"
              loading={command.isPending && command.variables.do === 'replace'}
            >
              {t('Replace by a DOCX')}
            </Button>
          )}
        </FileChoice>
        {!isStandard && (
          <ActionButton
            label={isArmed ? t('Press again: back to the first template') : t('Back to the first template')}
            variant="subtle"
            onPress={reset}
          />
        )}
      </div>
      {checked && <Checked checked={checked} language={language} />}
      <SettingsProblem error={command.error} />
    </Surface>
  )
}

function Checked({ checked, language }: { checked: CheckedTemplate; language: DocumentLanguage }) {
  const { notShown, preview, problems } = checked
  const isSaved = problems.length === 0
  return (
    <Alert color={isSaved ? 'green' : 'red'} role={isSaved ? 'status' : 'alert'} mt="sm">
      {isSaved ? (
        t('Saved: it holds from now on.')
      ) : (
        <>
          {t('Nothing was saved:')}
          <List size="sm">
            {problems.map((problem) => (
              <List.Item key={`${problem.code} ${problem.name}`}>{templateProblemText(problem)}</List.Item>
            ))}
          </List>
        </>
      )}
      {notShown.length > 0 && (
        <p>
          {t('Word shows and the PDF does not: {{what}}', { what: notShown.map(notShownText).join(', ') })}
        </p>
      )}
      {preview && (
        <Button size="xs" variant="default" onClick={() => savePreview(checked, language)}>
          {t('Save how it looks')}
        </Button>
      )}
    </Alert>
  )
}

function savePreview(checked: CheckedTemplate | undefined, language: DocumentLanguage): void {
  if (checked?.preview) saveBytes(checked.preview, `preview-${language}.pdf`)
}

/** What may stand in a template, for whoever changes one. */
function Places() {
  return (
    <Surface title={t('Places that are filled in')}>
      <p>
        <code>{DOCUMENT_FIELDS.map((field) => `{${field}}`).join(' ')}</code>
      </p>
      <p>
        {t('Repeated for each attachment, and for each who signed too:')}{' '}
        {Object.entries(DOCUMENT_LISTS).map(([list, fields]) => (
          <code key={list}>{`{#${list}} ${fields.map((field) => `{${field}}`).join(' ')} {/${list}} `}</code>
        ))}
      </p>
      <p>
        {t('Left out where there is none:')}{' '}
        <code>{DOCUMENT_CONDITIONS.map((one) => `{#${one}} … {/${one}}`).join(' ')}</code>
      </p>
    </Surface>
  )
}
