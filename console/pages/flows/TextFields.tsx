import { Textarea } from '@mantine/core'
import { CALL_LANGUAGES, type CallLanguage, type Texts } from '#core/lib/languages.ts'
import type { Say } from '#core/ivr/spoken.ts'
import { usePrompts } from '../../api.ts'
import { callLanguageText } from '../../call-words.ts'
import { useMay } from '../../me.ts'
import css from './editor.module.css'
import { SayButton, promptOf } from './PlayButton.tsx'
import { Replace, Source } from './PromptList.tsx'

/** A text in each language, each heard as callers would hear it. */
export function TextFields(props: {
  label: string
  texts: Texts
  /** What is heard because of a text, if it is not the text itself. */
  heard?: (language: CallLanguage, text: string) => string
  problem: (language: CallLanguage) => string | undefined
  change: (texts: Texts, language: CallLanguage) => void
}) {
  const { change, heard = (_language, text) => text, label, problem, texts } = props
  return CALL_LANGUAGES.map((language) => (
    <TextField
      key={language}
      label={`${label}, ${callLanguageText(language)}`}
      text={texts[language]}
      say={{ language, text: texts[language].trim() === '' ? '' : heard(language, texts[language]) }}
      problem={problem(language)}
      change={(text) => change({ ...texts, [language]: text }, language)}
    />
  ))
}

const LINES_MAX = 6

export function TextField(props: {
  label: string
  text: string
  say: Say
  problem: string | undefined
  change: (text: string) => void
}) {
  const { change, label, problem, say, text } = props
  return (
    <div>
      <Textarea
        label={label}
        lang={say.language}
        autosize
        maxRows={LINES_MAX}
        value={text}
        error={problem}
        onChange={(event) => change(event.currentTarget.value)}
      />
      <Sound say={say} />
    </div>
  )
}

/** The sound that is there, and how it can be replaced. A text that was not saved yet has none to replace. */
function Sound({ say }: { say: Say }) {
  const prompt = promptOf(usePrompts().data, say)
  const mayReplace = useMay('changePrompts')
  if (!mayReplace || say.text === '') return null
  return (
    <div className={css.sound}>
      <SayButton say={[say]} />
      {prompt && (
        <>
          <span className={css.quiet}>
            <Source prompt={prompt} />
          </span>
          <Replace prompt={prompt} />
        </>
      )}
    </div>
  )
}
