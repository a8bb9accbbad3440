/** How a flow sounds: the sentences of each node, in the order they are spoken. */
import type { CallLanguage, Texts } from '#core/lib/languages.ts'
import type { ChooseLanguageNode, Flow, MenuNode } from './flow.ts'

/** One text spoken in one language: the unit that is turned into sound and cached. */
export type Say = { readonly language: CallLanguage; readonly text: string }

/** „Roʻyxatdan oʻtish uchun 1 ni bosing." The digit stays a digit: the voice reads it as a word in its own language. */
export function spokenChoice(language: CallLanguage, label: string, key: string): string {
  return language === 'uz' ? `${label} uchun ${key} ni bosing.` : `${label} — нажмите ${key}.`
}

export function inLanguages(texts: Texts, languages: readonly CallLanguage[]): Say[] {
  return languages.map((language) => ({ language, text: texts[language] }))
}

export function spokenMenu(menu: MenuNode, languages: readonly CallLanguage[]): Say[] {
  return languages.flatMap((language) => [
    ...(menu.texts ? inLanguages(menu.texts, [language]) : []),
    ...menu.choices.map(({ key, label }) => ({
      language,
      text: spokenChoice(language, label[language], key),
    })),
    ...(menu.closing ? inLanguages(menu.closing, [language]) : []),
  ])
}

export function spokenLanguages(node: ChooseLanguageNode): Say[] {
  return node.choices.map(({ language, text }) => ({ language, text }))
}

/** Everything the flow can ever say, each once: what is turned into sound before it is published. */
export function promptsOf(flow: Flow): Say[] {
  const all = [...inLanguages(flow.wrongKey, flow.languages)]
  for (const node of Object.values(flow.nodes)) {
    if (node.kind === 'menu') all.push(...spokenMenu(node, flow.languages))
    else if (node.kind === 'chooseLanguage') all.push(...spokenLanguages(node))
    else if ('texts' in node) all.push(...inLanguages(node.texts, flow.languages))
  }
  return [...new Map(all.map((say) => [`${say.language} ${say.text}`, say])).values()]
}
