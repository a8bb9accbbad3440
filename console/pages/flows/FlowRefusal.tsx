import { Alert } from '@mantine/core'
import { problemText } from '../../problem-text.ts'
import { RequestProblem } from '../../request.ts'
import { fieldText, flowProblemText } from './flow-words.ts'

/** Why the server refused, with every fault it found. */
export function FlowRefusal({ error }: { error: unknown }) {
  if (!error) return null
  const problems = error instanceof RequestProblem ? (error.problems ?? []) : []
  return (
    <Alert color="red" role="alert" title={problemText(error)}>
      <ul>
        {problems.map(
          (problem) =>
            'node' in problem && (
              <li key={`${problem.node} ${problem.message}`}>
                {`${problem.node}, ${fieldText(problem.field)}: ${flowProblemText(problem)}`}
              </li>
            ),
        )}
      </ul>
    </Alert>
  )
}
