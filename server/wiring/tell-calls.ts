/** What others change, and the calls in progress and the open consoles hear of. */
import { may } from '#core/staff/permissions.ts'
import type { CallService } from '../calls/service.ts'
import type { FlowService } from '../ivr/service.ts'
import type { Memory } from './memory.ts'

export function tellCalls(
  memory: Memory,
  { service, flows }: { service: CallService; flows: FlowService },
): void {
  const { citizens, classifier, knowledge, learning, people, queues, readyMessages, recordings, staff } =
    memory
  staff.onSignedOut(({ staff: id, signIn, because, isLast }) => {
    service.hub.closeSignIn(signIn, because === 'expired' ? 'signedOut' : because)
    if (isLast) service.agents.signOff(id, because === 'signedOut' ? undefined : { cause: 'signInEnded' })
  })
  queues.onQueuesChanged((settings) => {
    service.queuesChanged(settings)
    void learning.queuesChanged()
  })
  queues.onAgentsChanged((agents) => service.agentsChanged(agents.map(learning.qualified)))
  learning.onChanged((agent) => {
    void (agent ? service.agentChanged(agent) : service.allAgentsChanged())
    service.hub.tell(({ id, role }) => {
      const isHis = agent === undefined || agent === id
      return (isHis && may(role, 'takeCalls')) || may(role, 'editCourses')
        ? { type: 'learningChanged' }
        : undefined
    })
  })
  queues.keptBecause(async (queue) => [
    ...(flows.leadsTo(queue) ? (['flowLeadsHere'] as const) : []),
    ...(knowledge.topics().some((topic) => topic.queue === queue) ? (['topicsLeadHere'] as const) : []),
    ...(service.hasWaiting(queue) ? (['callersWaitHere'] as const) : []),
  ])
  classifier.givenBy(flows.topics)
  classifier.onPublished(() => service.hub.toEverybody({ type: 'choicesChanged', of: 'topics' }))
  people.onChanged((id) => void service.agentChanged(id))
  citizens.onChanged((citizen) => service.hub.toThoseWhoSeeCitizens({ type: 'citizenChanged', citizen }))
  readyMessages.onMoved((call) => service.callChanged(call))
  recordings.onFinished((call) => service.callChanged(call))
}
