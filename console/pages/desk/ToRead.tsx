import { Alert } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Answer } from '#contract/knowledge.ts'
import { writtenIn } from '#core/knowledge/knowledge-content.ts'
import { inMyScript, t } from '../../i18n.ts'
import { useAcknowledge, useToRead } from '../../knowledge-api.ts'
import { myKnowledgeLanguage } from '../../knowledge-words.ts'
import { paths } from '../../paths.ts'
import { problemText } from '../../problem-text.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import css from './desk.module.css'

/** What every agent has to read, between two calls. Nothing is in the way when there is nothing. */
export function ToRead() {
  const notices = useToRead().data ?? []
  if (notices.length === 0) return null
  return (
    <Alert className={css.toRead} title={t('To be read: {{count}}', { count: notices.length })}>
      <div className={css.faq}>
        {notices.map((notice) => (
          <Notice key={`${notice.id} ${notice.version}`} notice={notice} />
        ))}
      </div>
    </Alert>
  )
}

function Notice({ notice }: { notice: Answer }) {
  const read = useAcknowledge()
  const written = writtenIn(notice.content, myKnowledgeLanguage())
  if (!written) return null
  return (
    <details>
      <summary lang={written.language}>
        <bdi>{inMyScript(written.title, written.language)}</bdi>
      </summary>
      <p className={css.answer} lang={written.language} dir="auto">
        {inMyScript(written.text, written.language)}
      </p>
      <div className={css.afterAnswer}>
        <ActionButton
          label={t('I have read it')}
          size="xs"
          isBusy={read.isPending}
          onPress={() => read.mutate({ id: notice.id, version: notice.version })}
        />
        {!notice.isWhole && (
          <Link to={paths.knowledgeItem(String(notice.id))} target="_blank">
            {t('Read the rest')}
          </Link>
        )}
        {read.isError && <span role="alert">{problemText(read.error)}</span>}
      </div>
    </details>
  )
}
