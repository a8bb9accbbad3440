/** Whether the wait that callers are told is the wait they have: a busy hour in virtual time, with the very same engine. */
import { expect, test } from 'vitest'
import type { AgentId, CallId, OfferId, QueueId } from '#core/lib/ids.ts'
import { CALL_LANGUAGES } from '#core/lib/languages.ts'
import { seededRandom } from '#core/lib/seeded-random.ts'
import { QueueEngine } from '#core/routing/queue-engine.ts'
import { defaultQueueSettings } from '#core/routing/queue-settings.ts'
import type { RoutingCommand, RoutingEvent } from '#core/routing/routing-events.ts'
import { fluentIn } from '#core/routing/skill-rules.ts'
import { LAST_TOLD_MINUTES, toldMinutes } from './waiting.ts'

const HOUR_MS = 3_600_000
const TELL_EVERY_MS = 80_000
const HANDLE_SECONDS = 180
const PATIENCE_SECONDS = 900
/** The middle one of those who were told a number of minutes waited no more than this share longer or shorter. */
const MEDIAN_ERROR_MAX = 0.3

type Telling = { at: number; minutes: number; call: CallId }
type Day = { queues: readonly string[]; agents: number; load: number; bilingual: number }

test.each<[string, Day]>([
  [
    'one queue, everybody speaks both languages',
    { queues: ['general'], agents: 20, load: 1.15, bilingual: 1 },
  ],
  ['three queues', { queues: ['general', 'results', 'cert'], agents: 30, load: 1.2, bilingual: 1 }],
  [
    'half of the agents speak one language only',
    { queues: ['general'], agents: 20, load: 1.15, bilingual: 0.5 },
  ],
])('in a busy hour what callers are told about their wait is true: %s', (_name, day) => {
  const errors: number[] = []
  for (const seed of [1, 2, 3]) errors.push(...busyHour(day, seed))
  expect(errors.length, 'so many were told a number').toBeGreaterThan(100)
  const median = errors.sort((a, b) => a - b)[errors.length >> 1] ?? 1
  expect(median).toBeLessThan(MEDIAN_ERROR_MAX)
})

/** The relative error of each telling of a number of minutes to somebody who was answered in the end. */
function busyHour({ queues, agents, load, bilingual }: Day, seed: number): number[] {
  const random = seededRandom(seed)
  const engine = new QueueEngine(queues.map((queue) => defaultQueueSettings(queue as QueueId)))
  const agenda: { at: number; what: () => void }[] = []
  const later = (at: number, what: () => void) => void agenda.push({ at, what })
  const exponential = (mean: number) => -Math.log(1 - random()) * mean * 1000
  const tellings: Telling[] = []
  const answeredAt = new Map<CallId, number>()
  let now = 0

  const handle = (event: RoutingEvent) => {
    for (const command of engine.handle(event, now)) obey(command)
  }
  function obey(command: RoutingCommand): void {
    if (command.do === 'startTimer')
      later(command.atMs, () => handle({ type: 'timerRang', timer: command.timer }))
    // A moment to press the key, and the call itself.
    if (command.do === 'offer') later(now + 3000, () => accept(command))
    if (command.do === 'connect') {
      answeredAt.set(command.call, now)
      later(now + exponential(HANDLE_SECONDS), () =>
        handle({ type: 'agentBecameAvailable', ...serves(command.agent) }),
      )
    }
  }
  const accept = ({ agent, offer }: { agent: AgentId; offer: OfferId }) =>
    handle({ type: 'agentAnswered', agent, offer })
  const serves = (agent: AgentId) => {
    const languages =
      Number(agent) < agents * bilingual ? CALL_LANGUAGES : ([Number(agent) % 2 ? 'uz' : 'ru'] as const)
    return { agent, queues: queues as readonly QueueId[], skills: fluentIn(languages) }
  }
  function tell(call: CallId): void {
    const expected = engine.expectedWaitMs(call, now)
    if (expected === undefined || !engine.positionOf(call)) return
    tellings.push({ at: now, minutes: toldMinutes(expected), call })
    later(now + TELL_EVERY_MS, () => tell(call))
  }
  function arrive(index: number): void {
    const call = `${index}` as CallId
    const queue = queues[Math.floor(random() * queues.length)] as QueueId
    handle({ type: 'callArrived', call, queue, language: random() < 0.5 ? 'uz' : 'ru' })
    tell(call)
    later(now + exponential(PATIENCE_SECONDS), () => {
      if (!answeredAt.has(call)) handle({ type: 'callerHungUp', call })
    })
    const next = now + exponential(HANDLE_SECONDS / (agents * load))
    if (next < HOUR_MS) later(next, () => arrive(index + 1))
  }

  for (let agent = 0; agent < agents; agent++)
    handle({ type: 'agentBecameAvailable', ...serves(String(agent) as AgentId) })
  arrive(0)
  while (agenda.length > 0) {
    agenda.sort((a, b) => b.at - a.at)
    const next = agenda.pop()
    if (!next) break
    now = Math.max(now, next.at)
    next.what()
  }
  return tellings.flatMap(({ at, minutes, call }) => {
    const waited = answeredAt.get(call)
    if (waited === undefined || minutes < 1 || minutes > LAST_TOLD_MINUTES) return []
    return [Math.abs(minutes * 60_000 - (waited - at)) / Math.max(60_000, waited - at)]
  })
}
