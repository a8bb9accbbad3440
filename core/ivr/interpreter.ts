/**
 * Walks one caller through a flow.
 *
 * Nothing is played, timed or awaited here: startFlow and stepFlow return the
 * next FlowRun and the commands that server/calls carries out. They expect a
 * flow in which checkFlow found nothing.
 *
 * A run that has not ended always waits for exactly one thing, prompts or a
 * key, and every wait has an end. So no path ends in silence: it ends by
 * enterQueue, takeMessage, or hangUp after a farewell.
 */
import { assert, unreachable } from '#core/lib/assert.ts'
import { BACK_KEY, type Flow, type FlowNode, type NodeId, OPERATOR_KEY, REPEAT_KEY } from './flow.ts'
import type { FlowCommand, FlowEvent, FlowRun } from './flow-run.ts'
import { inLanguages, type Say, spokenLanguages, spokenMenu } from './spoken.ts'
import { arriveAt, placeBefore } from './trail.ts'

/** Whoever presses more than this is a machine or lost: a person takes over, and further keys do nothing. */
export const MAX_KEYS = 100

type Step = [FlowRun, FlowCommand[]]

export function startFlow(flow: Flow): Step {
  const run: FlowRun = {
    node: flow.start,
    language: flow.languages[0] ?? 'uz',
    languageChosen: false,
    answered: false,
    ended: false,
    awaited: { for: 'nothing' },
    attempts: 0,
    trail: [],
    chosen: '',
    topic: undefined,
    path: [],
    keys: '',
    pressed: 0,
    lastPlayback: 0,
    lastTimer: 0,
    secret: { ahead: '', typing: '', collected: {} },
  }
  return new Walk(flow, run).enter(flow.start).done()
}

export function stepFlow(flow: Flow, run: FlowRun, event: FlowEvent): Step {
  if (run.ended) return [run, []]
  const walk = new Walk(flow, run)
  switch (event.type) {
    case 'digit':
      return walk.digit(event.digit).done()
    case 'promptsPlayed':
      return run.awaited.for === 'prompts' && run.awaited.playback === event.playback
        ? walk.promptsPlayed().done()
        : [run, []]
    case 'waitedLongEnough':
      return run.awaited.for === 'key' && run.awaited.timer === event.timer
        ? walk.noInput().done()
        : [run, []]
    default:
      return unreachable(event)
  }
}

/** One step's work: the run as it changes and the commands so far. Lives no longer than the step. */
class Walk {
  readonly #flow: Flow
  readonly #commands: FlowCommand[] = []
  #run: FlowRun

  constructor(flow: Flow, run: FlowRun) {
    this.#flow = flow
    this.#run = run
  }

  done(): Step {
    assert(
      this.#run.ended === (this.#run.awaited.for === 'nothing'),
      'a run that goes on waits for something',
    )
    return [this.#run, this.#commands]
  }

  /** Goes to a node and on from there until something has to be waited for. */
  enter(id: NodeId): this {
    this.#change({ node: id, attempts: 0, awaited: { for: 'nothing' } })
    this.#typing('')
    const node = this.#node()
    if (node.kind === 'answer') {
      this.#answer()
      return this.enter(node.next)
    }
    if (node.kind === 'queue') return this.#enterQueue(node)
    if (node.kind === 'chooseLanguage' || node.kind === 'menu') this.#change(arriveAt(this.#run, id))
    return this.#takesKeys() && this.#run.secret.ahead ? this.#takeAhead() : this.#say()
  }

  digit(digit: string): this {
    if (this.#run.pressed >= MAX_KEYS || !/^[0-9*#]$/.test(digit)) return this
    this.#change({ pressed: this.#run.pressed + 1 })
    if (this.#run.pressed === MAX_KEYS) return this.#step('tooManyKeys').#leaveFor(this.#flow.operator)
    const node = this.#node()
    if (node.kind === 'announce' && node.mustBeHeard) return this.#ahead(this.#run.secret.ahead + digit)
    return this.#press(digit)
  }

  promptsPlayed(): this {
    const node = this.#node()
    switch (node.kind) {
      case 'announce':
        return this.enter(node.next)
      case 'takeMessage':
        this.#answer()
        this.#commands.push({ do: 'takeMessage', language: this.#run.language })
        return this.#end()
      case 'hangUp':
        this.#commands.push({ do: 'hangUp' })
        return this.#end()
      case 'chooseLanguage':
      case 'menu':
      case 'askDigits':
        return this.#startTimer(node.waitSeconds)
      default:
        throw new Error(`Nothing is played at ${node.kind}`)
    }
  }

  noInput(): this {
    const node = this.#node()
    assert(
      node.kind === 'chooseLanguage' || node.kind === 'menu' || node.kind === 'askDigits',
      'only keys are timed',
    )
    if (node.kind === 'askDigits' && this.#run.secret.typing.length >= node.minDigits)
      return this.#numberTyped()
    return this.#step('noInput').#tryAgain(node.onNoInput, [])
  }

  #press(digit: string): this {
    const node = this.#node()
    if (node.kind === 'askDigits') return this.#pressInNumber(digit)
    if (digit === OPERATOR_KEY) return this.#count(digit).#step('operator').#leaveFor(this.#flow.operator)
    if (digit === REPEAT_KEY) return this.#count(digit).#step('repeat').#say()
    if (digit === BACK_KEY) return this.#count(digit).#step('back').#back()
    switch (node.kind) {
      case 'announce':
        this.#ahead(digit + this.#run.secret.ahead)
        return this.#leaveFor(node.next)
      case 'chooseLanguage': {
        const choice = node.choices.find(({ key }) => key === digit)
        if (!choice) return this.#wrongKey(digit, node.onWrongKey)
        return this.#count(digit).#choose(choice.language).#leaveFor(node.next)
      }
      case 'menu': {
        const choice = node.choices.find(({ key }) => key === digit)
        if (!choice) return this.#wrongKey(digit, node.onWrongKey)
        const chosen = this.#run.chosen ? `${this.#run.chosen}.${digit}` : digit
        this.#change({ chosen, topic: choice.topic ?? this.#run.topic })
        return this.#count(digit).#step(`menu:${chosen}`).#leaveFor(choice.next)
      }
      case 'takeMessage':
        this.#stopPlaying()
        return this.promptsPlayed()
      default:
        // A farewell is heard to its end.
        return this
    }
  }

  #pressInNumber(digit: string): this {
    const node = this.#node('askDigits')
    const typed = this.#run.secret.typing
    if (digit === REPEAT_KEY) {
      this.#typing('')
      return this.#count(digit).#step('repeat').#say()
    }
    if (digit === BACK_KEY) {
      this.#count(digit)
      if (typed.length >= node.minDigits) return this.#numberTyped()
      return typed ? this.#wrongNumber() : this.#step('back').#back()
    }
    this.#count(node.personal ? '•' : digit).#typing(typed + digit)
    if (typed.length + 1 >= node.maxDigits) return this.#numberTyped()
    this.#stopPlaying()
    return this.#startTimer(node.waitSeconds)
  }

  #numberTyped(): this {
    const node = this.#node('askDigits')
    const typed = this.#run.secret.typing
    const { secret } = this.#run
    this.#change({ secret: { ...secret, collected: { ...secret.collected, [node.name]: typed } } })
    return this.#step(`digits:${node.name}:${node.personal ? '•'.repeat(typed.length) : typed}`).#leaveFor(
      node.next,
    )
  }

  #wrongNumber(): this {
    this.#typing('')
    return this.#step('tooFewDigits').#tryAgain(this.#node('askDigits').onWrongKey, this.#wrongKeySaid())
  }

  #wrongKey(digit: string, onWrongKey: NodeId): this {
    return this.#count(digit).#step(`wrongKey:${digit}`).#tryAgain(onWrongKey, this.#wrongKeySaid())
  }

  /** Says the node again, or sends the caller on when that has been done often enough. */
  #tryAgain(otherwise: NodeId, first: Say[]): this {
    const node = this.#node()
    assert('repeats' in node, 'only nodes that take keys are tried again')
    if (this.#run.attempts < node.repeats) {
      this.#change({ attempts: this.#run.attempts + 1 })
      this.#typing('')
      return this.#say(first)
    }
    if (node.kind === 'chooseLanguage' && !this.#run.languageChosen) this.#choose(node.defaultLanguage)
    return this.#leaveFor(otherwise)
  }

  #leaveFor(id: NodeId): this {
    this.#stopPlaying()
    return this.enter(id)
  }

  /** To the last language or menu node before this one; said again where there is none. */
  #back(): this {
    const before = placeBefore(this.#run)
    return before ? this.#leaveFor(before.node) : this.#say()
  }

  #say(first: Say[] = []): this {
    this.#stopPlaying()
    const playback = this.#run.lastPlayback + 1
    this.#change({ lastPlayback: playback, awaited: { for: 'prompts', playback } })
    this.#commands.push({ do: 'play', playback, say: [...first, ...this.#prompts()] })
    return this
  }

  #prompts(): Say[] {
    const node = this.#node()
    if (node.kind === 'chooseLanguage') return spokenLanguages(node)
    if (node.kind === 'menu') return spokenMenu(node, this.#heardLanguages())
    assert('texts' in node, `${node.kind} has something to say`)
    return inLanguages(node.texts, this.#heardLanguages())
  }

  #wrongKeySaid(): Say[] {
    return inLanguages(this.#flow.wrongKey, this.#heardLanguages())
  }

  /** Until the caller has chosen, everything is said in every language. */
  #heardLanguages() {
    return this.#run.languageChosen ? [this.#run.language] : this.#flow.languages
  }

  #choose(language: FlowRun['language']): this {
    this.#change({ language, languageChosen: true })
    return this.#step(`language:${language}`)
  }

  #enterQueue(node: Extract<FlowNode, { kind: 'queue' }>): this {
    this.#answer()
    const topic = node.topic ?? this.#run.topic
    const { language } = this.#run
    const { queue, priority } = node
    this.#commands.push({
      do: 'enterQueue',
      queue,
      language,
      ...(topic && { topic }),
      ...(priority && { priority }),
    })
    return this.#end()
  }

  /** A call that reaches a person or the tone has been answered, whatever way it came. */
  #answer(): void {
    if (this.#run.answered) return
    this.#change({ answered: true })
    this.#commands.push({ do: 'answer' })
  }

  #startTimer(seconds: number): this {
    const timer = this.#run.lastTimer + 1
    this.#change({ lastTimer: timer, awaited: { for: 'key', timer } })
    this.#commands.push({ do: 'startTimer', timer, seconds })
    return this
  }

  #stopPlaying(): void {
    if (this.#run.awaited.for !== 'prompts') return
    this.#commands.push({ do: 'stopPlaying' })
    this.#change({ awaited: { for: 'nothing' } })
  }

  #end(): this {
    this.#change({
      ended: true,
      awaited: { for: 'nothing' },
      secret: { ...this.#run.secret, ahead: '', typing: '' },
    })
    return this
  }

  #takesKeys(): boolean {
    const node = this.#node()
    return (node.kind === 'announce' && !node.mustBeHeard) || 'repeats' in node
  }

  /** Takes the keys pressed while something had to be heard, as if they were pressed now. */
  #takeAhead(): this {
    while (this.#run.secret.ahead && !this.#run.ended && this.#takesKeys()) {
      const { ahead } = this.#run.secret
      this.#ahead(ahead.slice(1)).#press(ahead.charAt(0))
    }
    return this
  }

  #ahead(ahead: string): this {
    this.#change({ secret: { ...this.#run.secret, ahead } })
    return this
  }

  #typing(typing: string): void {
    this.#change({ secret: { ...this.#run.secret, typing } })
  }

  #count(key: string): this {
    this.#change({ keys: this.#run.keys + key })
    return this
  }

  #step(step: string): this {
    this.#change({ path: [...this.#run.path, step] })
    return this
  }

  #change(change: Partial<FlowRun>): void {
    this.#run = { ...this.#run, ...change }
  }

  #node(): FlowNode
  #node<Kind extends FlowNode['kind']>(kind: Kind): Extract<FlowNode, { kind: Kind }>
  #node(kind?: FlowNode['kind']): FlowNode {
    const node = this.#flow.nodes[this.#run.node]
    assert(node && (!kind || node.kind === kind), `the flow has a node ${this.#run.node}`)
    return node
  }
}
