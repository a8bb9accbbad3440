import { Button, NativeSelect } from '@mantine/core'
import type { AppealCard } from '#contract/appeals.ts'
import type { DocumentRow } from '#contract/documents.ts'
import { DOCUMENT_LANGUAGES, type DocumentLanguage } from '#core/documents/document-fields.ts'
import { shortMoment } from '#core/text/uzbek-dates.ts'
import { Asked } from '../../Asked.tsx'
import { documentLanguageText } from '../../document-words.ts'
import { sizeText } from '../../format.ts'
import { t } from '../../i18n.ts'
import { useMay } from '../../me.ts'
import { showProblem } from '../../notify.ts'
import { documentAddress, useDocuments, useMakeDocument } from '../../papers-api.ts'
import { save } from '../../save.ts'
import { useTypedDraft } from '../../typed-draft.ts'
import { Surface } from '../../ui/Surface.tsx'
import css from './appeals.module.css'

/** The official documents that were made of the appeal, by version; the one that was sent is marked. */
export function Documents({ appeal }: { appeal: AppealCard }) {
  const makes = [useMay('editAppeals'), useMay('approveAppeals'), useMay('answerAppeals')]
  return (
    <Surface title={t('Official document')}>
      <Asked query={useDocuments(appeal.id)}>
        {(rows) =>
          rows.length === 0 ? (
            <p className={css.why}>{t('None has been made yet. It is made when the appeal is sent.')}</p>
          ) : (
            <ul className={css.links}>
              {rows.map((row) => (
                <Version key={row.id} row={row} number={appeal.number} />
              ))}
            </ul>
          )
        }
      </Asked>
      {makes.includes(true) && <Make key={appeal.id} appeal={appeal.id} />}
    </Surface>
  )
}

function Version({ row, number }: { row: DocumentRow; number: string }) {
  const { docxBytes, id, language, madeAt, madeByName, pdfBytes, pdfSha256, version, wasSent } = row
  const name = t('version {{version}}', { version })
  return (
    <li>
      <div>
        <b>
          {number}, {name}
        </b>{' '}
        · {documentLanguageText(language)}
        {wasSent && <> · {t('sent to the chancellery')}</>}
        <span className={css.told}>
          {t('by {{name}}, {{time}}', { name: madeByName ?? t('the system'), time: shortMoment(madeAt) })}
        </span>
        <span className={css.hash}>SHA-256 {pdfSha256.slice(0, 16)}…</span>
      </div>
      <div className={css.moves}>
        <Button size="xs" variant="default" onClick={() => save(documentAddress(id, 'pdf'))}>
          {t('PDF of {{name}}, {{size}}', { name, size: sizeText(pdfBytes) })}
        </Button>
        <Button size="xs" variant="default" onClick={() => save(documentAddress(id, 'docx'))}>
          {t('DOCX of {{name}}, {{size}}', { name, size: sizeText(docxBytes) })}
        </Button>
      </div>
    </li>
  )
}

function Make({ appeal }: { appeal: string }) {
  // Kept when it was made: the next version is seldom in another one.
  const { typed: language, change } = useTypedDraft<DocumentLanguage>(`document.${appeal}.language`, 'uz')
  const make = useMakeDocument(appeal)
  return (
    <div className={css.moves}>
      <NativeSelect
        size="xs"
        aria-label={t('Language of the document')}
        data={DOCUMENT_LANGUAGES.map((value) => ({ value, label: documentLanguageText(value) }))}
        value={language}
        onChange={(event) => change(event.currentTarget.value as DocumentLanguage)}
      />
      <Button
        size="xs"
        variant="default"
        loading={make.isPending}
        onClick={() => make.mutate(language, { onError: showProblem })}
      >
        {t('Make the document')}
      </Button>
    </div>
  )
}
