/** The words of knowledge: kinds, statuses, languages, what can be done. */
import type { ContentProblem, KnowledgeKind, KnowledgeLanguage } from '#core/knowledge/knowledge-content.ts'
import type { ImportProblem } from '#core/knowledge/import-rows.ts'
import type { KnowledgeOrder, KnowledgeStatus } from '#core/knowledge/knowledge-status.ts'
import { language, t } from './i18n.ts'
import type { ToneName } from './ui/Tone.tsx'

export function knowledgeKindText(kind: KnowledgeKind): string {
  switch (kind) {
    case 'faq':
      return t('Question and answer')
    case 'article':
      return t('Article')
    case 'script':
      return t('Script')
    case 'law':
      return t('Act of law')
  }
}

export function knowledgeStatusText(status: KnowledgeStatus): string {
  switch (status) {
    case 'draft':
      return t('Draft')
    case 'approved':
      return t('Approved')
    case 'published':
      return t('Published')
    case 'replaced':
      return t('Replaced')
    case 'withdrawn':
      return t('Withdrawn')
  }
}

export function knowledgeStatusTone(status: KnowledgeStatus): ToneName {
  switch (status) {
    case 'published':
      return 'good'
    case 'approved':
      return 'accent'
    case 'draft':
      return 'warn'
    case 'replaced':
    case 'withdrawn':
      return 'quiet'
  }
}

export function knowledgeOrderText(order: KnowledgeOrder): string {
  switch (order) {
    case 'approve':
      return t('Approve')
    case 'sendBack':
      return t('Send back')
    case 'publish':
      return t('Publish')
    case 'withdraw':
      return t('Withdraw')
  }
}

export function knowledgeLanguageText(language: KnowledgeLanguage): string {
  switch (language) {
    case 'uz':
      return t('Uzbek')
    case 'ru':
      return t('Russian')
    case 'en':
      return t('English')
  }
}

export function contentProblemText(problem: ContentProblem): string {
  switch (problem) {
    case 'nothingWritten':
      return t('Write it in one language at least.')
    case 'titleMissing':
      return t('A language has a text but no title.')
    case 'textMissing':
      return t('A language has a title but no text.')
    case 'endsBeforeItBegins':
      return t('It would end before it begins.')
  }
}

export function importProblemText(problem: ImportProblem): string {
  switch (problem) {
    case 'topicMissing':
      return t('No topic is named.')
    case 'topicUnknown':
      return t('The classifier has no such topic.')
    case 'notADay':
      return t('A day is written 2026-05-31 or 31.05.2026.')
    case 'tooLong':
      return t('A question has more than 500 letters, or an answer more than 100,000.')
    case 'tooManyTopics':
      return t('It has more than 20 topics.')
    case 'knownAlready':
      return t('This question is there already.')
    case 'empty':
      return t('Nothing is written in the columns that are known.')
    default:
      return contentProblemText(problem)
  }
}

/** In which the reader is shown an item, where it is written in it. */
export function myKnowledgeLanguage(): KnowledgeLanguage {
  const mine = language()
  return mine === 'uz-Cyrl' ? 'uz' : mine
}
