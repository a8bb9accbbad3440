import css from './LanguageChoice.module.css'
import { type InterfaceLanguage, LANGUAGE_NAMES, LANGUAGES, language, t } from './i18n.ts'

/** The four languages side by side: who cannot read this one must find his own at a glance. */
export function LanguageChoice({ choose }: { choose: (language: InterfaceLanguage) => void }) {
  return (
    <div className={css.choice} role="group" aria-label={t('Language')}>
      {LANGUAGES.map((one) => (
        <button
          key={one}
          type="button"
          lang={one}
          aria-pressed={one === language()}
          className={css.language}
          onClick={() => choose(one)}
        >
          {LANGUAGE_NAMES[one]}
        </button>
      ))}
    </div>
  )
}
