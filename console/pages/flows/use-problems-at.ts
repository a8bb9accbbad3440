import type { NodeId } from '#core/ivr/flow.ts'
import { isOfWholeFlow } from '#core/ivr/flow-problems.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import { useEditing } from './flow-editing.ts'
import { flowProblemText } from './flow-words.ts'

/** What is wrong with a field of a node, or of the menu as a whole; in one language, where it is a text. */
export function useProblemsAt(node: NodeId | undefined) {
  const { problems } = useEditing()
  return (field: string, language?: CallLanguage): string | undefined => {
    const found = problems.filter(
      (problem) =>
        problem.field === field &&
        (node === undefined ? isOfWholeFlow(problem) : problem.node === node) &&
        (language === undefined || problem.params.language === language),
    )
    return found.length > 0 ? found.map(flowProblemText).join(' ') : undefined
  }
}
