/** What the buttons of the classifier's editor do to the tree. */
import type { TopicNodeIn } from '#contract/classifier.ts'
import type { TopicCode } from '#core/lib/ids.ts'
import { parentOf } from '#core/knowledge/classifier.ts'

const NUMBER_MAX = 99

/**
 * The next free code below a topic, with everything else still to be filled in. A code that a topic had before stays its:
 * appeals, answers and courses of that time would be about something else from then on.
 */
export function newTopic(
  nodes: readonly TopicNodeIn[],
  parent: string | null,
  before: readonly string[] = [],
): TopicNodeIn {
  const taken = [...nodes.map(({ code }) => code), ...before]
    .filter((code) => parentOf(code) === parent)
    .map((code) => Number(code.slice(code.lastIndexOf('.') + 1)))
  const next = Math.min(Math.max(0, ...taken.filter(Number.isInteger)) + 1, NUMBER_MAX)
  const own = String(next).padStart(2, '0')
  const code = (parent === null ? own : `${parent}.${own}`) as TopicCode
  return { code, names: { uz: '', ru: '' }, kind: 'consultation', queue: null, track: null }
}

/** Without it and everything below it: what is left would hang in the air. */
export function withoutTopic(nodes: readonly TopicNodeIn[], gone: TopicNodeIn): TopicNodeIn[] {
  return nodes.filter((node) => node !== gone && !(gone.code !== '' && node.code.startsWith(`${gone.code}.`)))
}
