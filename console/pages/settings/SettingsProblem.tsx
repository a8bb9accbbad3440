import { Alert } from '@mantine/core'
import { problemText } from '../../problem-text.ts'
import { settingProblemsIn, settingProblemText } from '../../setting-words.ts'
import { queueNameIn } from '../queues/together.ts'
import { useQueues } from '../../queue-api.ts'
import { SaveProblem } from '../queues/SaveProblem.tsx'
import { RequestProblem } from '../../request.ts'

/** Why the server did not save, naming each row. What would be wrong with queues is told by their names. */
export function SettingsProblem({ error }: { error: unknown }) {
  if (!error) return null
  if (error instanceof RequestProblem && error.code === 'queuesHaveProblems')
    return <OfQueues error={error} />
  return (
    <Alert color="red" role="alert" title={problemText(error)}>
      <ul>
        {settingProblemsIn(error).map((problem) => (
          <li key={problem.message}>{`${problem.row}: ${settingProblemText(problem)}`}</li>
        ))}
      </ul>
    </Alert>
  )
}

function OfQueues({ error }: { error: unknown }) {
  return <SaveProblem error={error} queueName={queueNameIn(useQueues().data ?? [])} />
}
