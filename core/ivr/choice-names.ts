/**
 * What the choices were called that a caller made on his way through the menu. The way is kept in signs
 * (`menu:1.2`, flow-run.ts), so that it says the same in every language; the names are those of the version he walked.
 */
import type { Texts } from '#core/lib/languages.ts'
import type { Flow, MenuChoice, NodeId } from './flow.ts'
import { linksOf } from './flow-links.ts'

export type ChoiceNames = Readonly<Record<string, Texts>>

/** By step of the path; a step that this flow does not know has no name. */
export function choiceNames(flow: Flow, path: readonly string[]): ChoiceNames {
  const named = path.flatMap((step): [string, Texts][] => {
    const chosen = /^menu:([1-9](?:\.[1-9])*)$/.exec(step)?.[1]
    const choice = chosen && choiceAt(flow, chosen.split('.'))
    return choice ? [[step, choice.label]] : []
  })
  return Object.fromEntries(named)
}

function choiceAt(flow: Flow, keys: readonly string[]): MenuChoice | undefined {
  let at: NodeId = flow.start
  let choice: MenuChoice | undefined
  for (const key of keys) {
    choice = menusFrom(flow, at).find((one) => one.key === key)
    if (!choice) return undefined
    at = choice.next
  }
  return choice
}

/** The choices of the menus that are come to without choosing in another, the nearest first. */
function menusFrom(flow: Flow, start: NodeId): MenuChoice[] {
  const seen = new Set([start])
  const choices: MenuChoice[] = []
  for (const id of seen) {
    const node = Object.hasOwn(flow.nodes, id) ? flow.nodes[id] : undefined
    if (!node) continue
    if (node.kind === 'menu') choices.push(...node.choices)
    for (const { slot, to } of linksOf(node)) if (!slot.startsWith('choices.')) seen.add(to)
  }
  return choices
}
