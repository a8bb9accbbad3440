/** What is wrong with the menu as it is typed: by the very rules of the server, and with the sounds it could not make. */
import { useDeferredValue, useMemo } from 'react'
import type { FlowCard } from '#contract/flows.ts'
import type { Topic } from '#contract/knowledge.ts'
import type { QueueRow } from '#contract/queues.ts'
import { checkFlow } from '#core/ivr/check-flow.ts'
import { checkSounds } from '#core/ivr/check-sounds.ts'
import type { Flow } from '#core/ivr/flow.ts'
import { placesOf } from '#core/ivr/flow-places.ts'
import type { FlowProblem } from '#core/ivr/flow-problems.ts'
import type { Say } from '#core/ivr/spoken.ts'
import type { QueueId, TopicCode } from '#core/lib/ids.ts'
import { CALL_LANGUAGES } from '#core/lib/languages.ts'

type Lists = { queues: readonly QueueRow[]; topics: readonly Topic[] }

export function useFlowProblems(flow: Flow, card: FlowCard, { queues, topics }: Lists): FlowProblem[] {
  const soundless = useMemo(() => soundlessIn(card), [card])
  const checked = useDeferredValue(flow)
  return useMemo(() => {
    // Until the lists have come, nothing can be said of names.
    const known = topics.filter(({ retired }) => !retired).map(({ code }) => code as TopicCode)
    const found = checkFlow(checked, {
      queues: queues.map(({ queue }) => queue as QueueId),
      languages: CALL_LANGUAGES,
      ...(known.length > 0 && { topics: new Set(known) }),
    }).filter(({ code }) => queues.length > 0 || code !== 'unknownQueue')
    return [...found, ...checkSounds(checked, (say) => !soundless.has(nameOf(say)))]
  }, [checked, queues, topics, soundless])
}

/** The texts of what is saved that have no sound; a text that was typed since gets its own when it is saved. */
function soundlessIn({ body, problems }: FlowCard): Set<string> {
  const missing = problems.filter(({ code }) => code === 'soundMissing')
  const isMissing = (at: { node: string; field: string; language: string }) =>
    missing.some(
      ({ field, node, params }) => node === at.node && field === at.field && params.language === at.language,
    )
  return new Set(
    placesOf(body)
      .filter(isMissing)
      .map(({ heard }) => nameOf(heard)),
  )
}

const nameOf = ({ language, text }: Say) => `${language} ${text}`
