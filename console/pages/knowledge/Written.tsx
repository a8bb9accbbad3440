import type { KnowledgeVersion } from '#contract/knowledge.ts'
import { KNOWLEDGE_LANGUAGES, type KnowledgeLanguage } from '#core/knowledge/knowledge-content.ts'
import { inMyScript } from '../../i18n.ts'
import { knowledgeLanguageText } from '../../knowledge-words.ts'
import { Difference } from '../../ui/Difference.tsx'
import css from './knowledge.module.css'

/** A version in each of its languages. It is text: whatever was pasted into it is read, never run. */
export function Written({ version }: { version: KnowledgeVersion }) {
  return KNOWLEDGE_LANGUAGES.map((language) => {
    const text = version.content[language]
    return (
      text && (
        <div key={language} className={css.written} lang={language}>
          <LanguageName language={language} />
          <h3 className={css.title} dir="auto">
            {inMyScript(text.title, language)}
          </h3>
          <p className={css.text} dir="auto">
            {inMyScript(text.text, language)}
          </p>
        </div>
      )
    )
  })
}

/** What was there and is no longer, what is there now and was not. */
export function Changed({ before, after }: { before: KnowledgeVersion; after: KnowledgeVersion }) {
  return KNOWLEDGE_LANGUAGES.map((language) => {
    const [then, now] = [before.content[language], after.content[language]]
    if (!then && !now) return null
    return (
      <div key={language} className={css.written} lang={language}>
        <LanguageName language={language} />
        <h3 className={`${css.title} ${css.text}`} dir="auto">
          <Difference before={then?.title ?? ''} after={now?.title ?? ''} written={language} />
        </h3>
        <p className={css.text} dir="auto">
          <Difference before={then?.text ?? ''} after={now?.text ?? ''} written={language} />
        </p>
      </div>
    )
  })
}

function LanguageName({ language }: { language: KnowledgeLanguage }) {
  return <div className={css.quiet}>{knowledgeLanguageText(language)}</div>
}
