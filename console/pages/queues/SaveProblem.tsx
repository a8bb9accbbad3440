import { Alert } from '@mantine/core'
import type { QueueFormProblem } from '#contract/queues.ts'
import { problemText } from '../../problem-text.ts'
import { fieldText } from '../../queue-words.ts'
import { RequestProblem } from '../../request.ts'
import { Problems } from './Problems.tsx'

/** Why the server did not save: it checks again, with what others have changed meanwhile. */
export function SaveProblem({ error, queueName }: { error: unknown; queueName: (queue: string) => string }) {
  if (!error) return null
  return (
    <Alert color="red" role="alert" mt="sm" title={problemText(error)}>
      <Problems
        problems={problemsIn(error)}
        queueName={queueName}
        place={({ queue, field }) => `${queueName(queue)}, ${fieldText(field)}`}
      />
    </Alert>
  )
}

function problemsIn(error: unknown): QueueFormProblem[] {
  const problems = error instanceof RequestProblem ? (error.problems ?? []) : []
  return problems.filter((problem) => 'queue' in problem)
}
