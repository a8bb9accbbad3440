import type { Flow } from '#core/ivr/flow.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import { usePrompts } from '../../api.ts'
import { inMyLanguage, t } from '../../i18n.ts'
import { useMay } from '../../me.ts'
import { Key } from '../../ui/Key.tsx'
import { kindText } from './flow-words.ts'
import { flowTree, type TreeLine } from './flow-tree.ts'
import css from './flows.module.css'
import { PlayButton } from './PlayButton.tsx'

export function FlowTree({ flow, language }: { flow: Flow; language: CallLanguage }) {
  return (
    <>
      <Lines lines={flowTree(flow, language)} language={language} />
      <p className={css.quiet}>{t('Everywhere: 0 a person, * says it again, # one step back.')}</p>
    </>
  )
}

function Lines({ lines, language }: { lines: TreeLine[]; language: CallLanguage }) {
  return (
    <ul className={css.tree}>
      {lines.map((line, place) => (
        // The same node may stand below several keys.
        <li key={`${line.node} ${place}`}>
          <Line line={line} language={language} />
          {line.children.length > 0 && <Lines lines={line.children} language={language} />}
        </li>
      ))}
    </ul>
  )
}

function Line({ line, language }: { line: TreeLine; language: CallLanguage }) {
  return (
    <div className={css.line}>
      <div>
        {line.key && (
          <>
            <Key>{line.key}</Key> <b>{line.label && inMyLanguage(line.label)}</b>
            {' → '}
          </>
        )}
        {line.kind === 'answer'
          ? t('The call is answered; until here it costs the caller nothing')
          : kindText(line.kind)}
        {line.queue && ` „${line.queue}“`}
        {line.priority !== undefined && `, ${t('priority {{steps}}', { steps: line.priority })}`}
        {line.isToldAbove && <span className={css.quiet}> ({t('see above')})</span>}
      </div>
      {line.says.length > 0 && <Says says={line.says} language={language} />}
    </div>
  )
}

function Says({ says, language }: { says: string[]; language: CallLanguage }) {
  const mayHear = useMay('changePrompts')
  const prompts = usePrompts().data
  return (
    <ul className={css.says}>
      {says.map((text) => {
        // Where a caller has not chosen a language yet, each choice is said in its own.
        const prompt =
          prompts?.find((one) => one.text === text && one.language === language) ??
          prompts?.find((one) => one.text === text)
        return (
          <li key={text} lang={prompt?.language ?? language}>
            {mayHear && prompt && <PlayButton prompt={prompt} />}
            <span>{text}</span>
          </li>
        )
      })}
    </ul>
  )
}
