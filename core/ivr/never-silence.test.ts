/** No path ends in silence: shown for every state of the demo, and by chance for any flow that may be published. */
import { expect, test } from 'vitest'
import type { QueueId } from '#core/lib/ids.ts'
import { CALL_LANGUAGES } from '#core/lib/languages.ts'
import { seededRandom } from '#core/lib/seeded-random.ts'
import { checkFlow } from './check-flow.ts'
import { demoFlow } from './demo-flow.ts'
import type { Flow, FlowNode, NodeId } from './flow.ts'
import type { FlowCommand, FlowEvent, FlowRun } from './flow-run.ts'
import { startFlow, stepFlow } from './interpreter.ts'
import { aSmallFlow } from './small-flow.ts'

const KEYS = '0123456789*#'.split('')
/** Greeting, languages, two menus and a farewell, each said twice, are far fewer. */
const MOST_SILENT_STEPS = 400

test.each([
  ['the demo', demoFlow()],
  ['the small flow', aSmallFlow()],
])('in every state of %s, silence leads to an end', (_, flow) => {
  const [first, commands] = startFlow(flow)
  checkStep(first, first, commands)
  const states = new Map([[stateOf(first), first]])
  for (const run of states.values()) {
    const end = stayingSilent(flow, run)
    expect(['enterQueue', 'takeMessage', 'hangUp'], stateOf(run)).toContain(end.do)
    for (const event of possibleEvents(run)) {
      const [next, commands] = stepFlow(flow, run, event)
      checkStep(run, next, commands)
      // Keys waiting to be taken are told apart up to two; more of them only repeat the same.
      if (next.secret.ahead.length <= 2 && next.pressed < 60)
        if (!states.has(stateOf(next))) states.set(stateOf(next), next)
    }
  }
  expect(states.size).toBeGreaterThan(50)
})

test('in any order of events, a caller of any sound flow hears something until the end', () => {
  let sound = 0
  for (let seed = 1; seed <= 4_000; seed++) {
    const random = seededRandom(seed)
    const flow = anyFlow(random)
    if (checkFlow(flow, { queues: ['general' as QueueId], languages: CALL_LANGUAGES }).length > 0) continue
    sound++
    for (let walk = 0; walk < 5; walk++) walkAtRandom(flow, random, `seed ${seed}`)
  }
  expect(sound).toBeGreaterThan(200)
})

test('numbers of playbacks and timers only grow, and each is used once', () => {
  const random = seededRandom(7)
  for (let walk = 0; walk < 300; walk++) {
    const numbers = { play: [0], startTimer: [0] }
    for (const command of walkAtRandom(demoFlow(), random, `walk ${walk}`)) {
      if (command.do === 'play') numbers.play.push(command.playback)
      if (command.do === 'startTimer') numbers.startTimer.push(command.timer)
    }
    for (const used of Object.values(numbers)) expect(used).toEqual(used.map((_, index) => index))
  }
})

/** Events in any order, some of them out of date, until the run ends; a caller who never ends it falls silent at last. */
function walkAtRandom(flow: Flow, random: () => number, where: string): FlowCommand[] {
  let [run, commands] = startFlow(flow)
  const all = [...commands]
  checkStep(run, run, commands)
  for (let step = 0; step < 150 && !run.ended; step++) {
    const events = possibleEvents(run)
    const event = events[Math.floor(random() * events.length)] ?? { type: 'digit', digit: '0' }
    const before = run
    ;[run, commands] = stepFlow(flow, run, event)
    checkStep(before, run, commands)
    all.push(...commands)
  }
  expect(['enterQueue', 'takeMessage', 'hangUp'], where).toContain(
    (run.ended ? all.at(-1) : stayingSilent(flow, run))?.do,
  )
  return all
}

function stayingSilent(flow: Flow, start: FlowRun): FlowCommand {
  let run = start
  let last: FlowCommand = { do: 'hangUp' }
  for (let step = 0; step < MOST_SILENT_STEPS; step++) {
    if (run.ended) return last
    const event = passing(run)
    const [next, commands] = stepFlow(flow, run, event)
    last = commands.at(-1) ?? last
    run = next
  }
  return { do: 'stopPlaying' }
}

function passing({ awaited }: FlowRun): FlowEvent {
  if (awaited.for === 'prompts') return { type: 'promptsPlayed', playback: awaited.playback }
  if (awaited.for === 'key') return { type: 'waitedLongEnough', timer: awaited.timer }
  throw new Error('A run that goes on waits for nothing')
}

function possibleEvents(run: FlowRun): FlowEvent[] {
  if (run.ended) return []
  return [
    passing(run),
    passing(run),
    { type: 'promptsPlayed', playback: run.lastPlayback - 1 },
    { type: 'waitedLongEnough', timer: run.lastTimer - 1 },
    ...KEYS.map((digit): FlowEvent => ({ type: 'digit', digit })),
  ]
}

/** What must hold after each step, whatever happened. */
function checkStep(before: FlowRun, run: FlowRun, commands: FlowCommand[]): void {
  const where = `${stateOf(before)} → ${stateOf(run)}`
  const last = commands.at(-1)
  const ends = last?.do === 'enterQueue' || last?.do === 'takeMessage' || last?.do === 'hangUp'
  if (run.ended !== (ends || before.ended)) expect.fail(`${where}: an end and only an end ends the run`)
  if (last?.do === 'enterQueue' && !run.answered) expect.fail(`${where}: a queue on an unanswered call`)
  if (last?.do === 'stopPlaying') expect.fail(`${where}: prompts are stopped and nothing follows`)
  if (commands.some((command) => command.do === 'play' && command.say.some(({ text }) => text === '')))
    expect.fail(`${where}: an empty prompt`)
  // A wait for a key has always its own timer, also when the run has changed in another way.
  if (run !== before && run.awaited.for === 'key' && last?.do !== 'startTimer')
    expect.fail(`${where}: a wait without a timer`)
}

/** The part of a run that decides what can happen; the rest is numbers and history. */
function stateOf({
  node,
  language,
  languageChosen,
  answered,
  awaited,
  attempts,
  trail,
  secret,
}: FlowRun): string {
  return JSON.stringify([
    node,
    language,
    languageChosen,
    answered,
    awaited.for,
    attempts,
    trail.map((visit) => visit.node),
    secret.ahead,
    secret.typing.length,
  ])
}

/** A flow of a few nodes linked at random; many of them are unsound. */
function anyFlow(random: () => number): Flow {
  const ids = Array.from({ length: 3 + Math.floor(random() * 5) }, (_, n) => `n${n}`)
  const any = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const waits = () => ({
    waitSeconds: 5,
    repeats: Math.floor(random() * 3),
    onNoInput: any(ids),
    onWrongKey: any(ids),
  })
  const texts = { uz: 'a', ru: 'b' }
  const anyNode = (): FlowNode => {
    const kind = random()
    if (kind < 0.25) return { kind: 'announce', texts, next: any(ids), mustBeHeard: random() < 0.5 }
    if (kind < 0.35)
      return {
        ...waits(),
        kind: 'chooseLanguage',
        choices: [{ key: '2', language: 'ru', text: 'b' }],
        defaultLanguage: 'uz',
        next: any(ids),
      }
    if (kind < 0.6)
      return {
        ...waits(),
        kind: 'menu',
        choices: [
          { key: '1', label: texts, next: any(ids) },
          { key: '2', label: texts, next: any(ids) },
        ],
      }
    if (kind < 0.7)
      return {
        ...waits(),
        kind: 'askDigits',
        name: 'n',
        texts,
        minDigits: 2,
        maxDigits: 3,
        personal: true,
        next: any(ids),
      }
    if (kind < 0.8) return { kind: 'takeMessage', texts }
    return { kind: 'hangUp', texts }
  }
  const nodes: [NodeId, FlowNode][] = ids.map((id) => [id, anyNode()])
  return {
    start: 'start',
    languages: CALL_LANGUAGES,
    operator: 'operator',
    wrongKey: texts,
    nodes: {
      ...Object.fromEntries(nodes),
      start: { kind: 'announce', texts, next: 'answer', mustBeHeard: random() < 0.5 },
      answer: { kind: 'answer', next: 'n0' },
      operator: { kind: 'queue', queue: 'general' as QueueId },
    },
  }
}
