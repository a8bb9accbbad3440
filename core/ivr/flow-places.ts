/** Every text of a flow with the place it stands at, and the sentences that are heard because of it. */
import type { CallLanguage, Texts } from '#core/lib/languages.ts'
import type { Flow, FlowNode, NodeId } from './flow.ts'
import { type Say, spokenChoice } from './spoken.ts'

export type TextPlace = {
  readonly node: NodeId
  readonly field: string
  readonly language: CallLanguage
  /** As it was written; empty where it is missing. */
  readonly text: string
  /** As it is heard: a choice becomes a sentence with its key. */
  readonly heard: Say
}

export function placesOf(flow: Flow): TextPlace[] {
  const ofFlow = inEach(flow, flow.wrongKey).map(
    ([language, text]): TextPlace => place({ node: flow.start, field: 'wrongKey' }, { language, text }),
  )
  return [...ofFlow, ...Object.entries(flow.nodes).flatMap(([id, node]) => placesOfNode(flow, id, node))]
}

export function placesOfNode(flow: Flow, id: NodeId, node: FlowNode): TextPlace[] {
  if (node.kind === 'chooseLanguage') {
    return node.choices.map(({ language, text }, at) =>
      place({ node: id, field: `choices.${at}.text` }, { language, text }),
    )
  }
  const whole = (field: string, texts: Texts | undefined) =>
    texts === undefined
      ? []
      : inEach(flow, texts).map(([language, text]) => place({ node: id, field }, { language, text }))
  if (node.kind !== 'menu') return 'texts' in node ? whole('texts', node.texts) : []
  const labels = node.choices.flatMap(({ key, label }, at) =>
    inEach(flow, label).map(([language, text]) => ({
      ...place({ node: id, field: `choices.${at}.label` }, { language, text }),
      heard: { language, text: spokenChoice(language, text, key) },
    })),
  )
  return [...whole('texts', node.texts), ...labels, ...whole('closing', node.closing)]
}

function place(at: Pick<TextPlace, 'node' | 'field'>, heard: Say): TextPlace {
  return { ...at, language: heard.language, text: heard.text, heard }
}

/** A flow from a file may lack a language. */
function inEach(flow: Flow, texts: Partial<Texts>): [CallLanguage, string][] {
  return flow.languages.map((language) => [language, texts[language] ?? ''])
}
