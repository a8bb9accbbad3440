/**
 * Routing as a script: lines `second what happens`, played on an engine, and the
 * commands written down, one line each. For tests, which are read more often than
 * written.
 *
 *   0  dilnoza is available for admission,tech in uz,ru:40
 *   1  c1 arrives at admission in ru with priority 2
 *   9  dilnoza answers c1
 *
 * Timers ring by themselves when their second comes, unless the script rings them.
 */
import type { AgentId, CallId, OfferId, QueueId, SkillId, TimerId } from '#core/lib/ids.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import { QueueEngine } from './queue-engine.ts'
import { defaultQueueSettings, type QueueSettings } from './queue-settings.ts'
import type { AgentServes, RoutingCommand, RoutingEvent } from './routing-events.ts'
import { SKILL_LEVEL_MAX, type SkillLevels } from './skill-rules.ts'

export const call = (name: string) => name as CallId
export const agent = (name: string) => name as AgentId
export const queue = (name: string) => name as QueueId

/** Settings of the queue `admission` (or another one) that differ from the ordinary. */
export function queueWith(settings: Partial<QueueSettings>, name = 'admission'): QueueSettings {
  return { ...defaultQueueSettings(queue(name)), ...settings }
}

export function serves(name: string, queues: string, skills: string): AgentServes {
  const levels = skills.split(',').map((skill) => {
    const [id = '', level] = skill.split(':')
    return [id as SkillId, level ? Number(level) : SKILL_LEVEL_MAX] as const
  })
  return {
    agent: agent(name),
    queues: queues.split(',').map(queue),
    skills: Object.fromEntries(levels) as SkillLevels,
  }
}

/** Keeps the time, the timers and the offers of one engine between scripts. */
export class RoutingScript {
  readonly engine: QueueEngine
  readonly #offers = new Map<string, OfferId>()
  #timers: { timer: TimerId; atMs: number }[] = []

  constructor(...queues: QueueSettings[]) {
    this.engine = new QueueEngine(queues)
  }

  /** What was done, `second command call agent …`; timers are left out. */
  play(script: string): string[] {
    return script
      .trim()
      .split('\n')
      .flatMap((line) => {
        const [, second = '', what = ''] = /^\s*(\d+)\s+(.+?)\s*$/.exec(line) ?? []
        const rung = this.#ringUntil(Number(second) * 1000)
        return what === 'time passes'
          ? rung
          : [...rung, ...this.tell(this.#eventOf(what), Number(second) * 1000)]
      })
  }

  tell(event: RoutingEvent, now: number): string[] {
    const commands = this.engine.handle(event, now)
    for (const command of commands) {
      if (command.do === 'startTimer') this.#timers.push(command)
      if (command.do === 'offer') {
        this.#offers.set(command.call, command.offer)
        this.#offers.set(`${command.call} ${command.agent}`, command.offer)
      }
    }
    const second = String(Math.floor(now / 1000)).padStart(2)
    return commands
      .filter(({ do: done }) => done !== 'startTimer')
      .map((command) => `${second} ${inWords(command)}`)
  }

  /** The timer of a kind that would ring next, to be rung by the test. */
  firstTimer(kind: string): RoutingEvent {
    const ofKind = this.#timers.filter(({ timer }) => timer.startsWith(`${kind} `))
    const [first] = ofKind.sort((a, b) => a.atMs - b.atMs)
    if (!first) throw new Error(`No timer ${kind}`)
    return { type: 'timerRang', timer: first.timer }
  }

  #ringUntil(now: number): string[] {
    const said: string[] = []
    for (;;) {
      const due = this.#timers.toSorted((a, b) => a.atMs - b.atMs).find(({ atMs }) => atMs <= now)
      if (!due) return said
      this.#timers = this.#timers.filter((timer) => timer !== due)
      said.push(...this.tell({ type: 'timerRang', timer: due.timer }, due.atMs))
    }
  }

  #offerOf(name: string, who: string): OfferId {
    const offer = this.#offers.get(`${name} ${who}`) ?? this.#offers.get(name)
    return offer ?? (`none for ${name}` as OfferId)
  }

  #eventOf(what: string): RoutingEvent {
    const words = what.split(/\s+/)
    const [a = '', b = '', c = '', d = '', e = '', , g = ''] = words
    const after = (word: string) => words[words.indexOf(word) + 1] ?? ''
    const offer = this.#offerOf(c, a)
    if (b === 'arrives') return arrival(a, d, words)
    if (b === 'hangs') return { type: 'callerHungUp', call: call(a) }
    if (what.endsWith('wants to be called back'))
      return { type: 'callerLeft', call: call(a), reason: 'calledBack' }
    if (what.endsWith('leaves a message')) return { type: 'callerLeft', call: call(a), reason: 'messageLeft' }
    if (b === 'is') return { type: 'agentBecameAvailable', ...serves(a, e, g) }
    if (what.includes('signs on')) return { type: 'agentSignedOn', ...serves(a, after('for'), after('in')) }
    if (what.endsWith('signs off')) return { type: 'agentSignedOff', agent: agent(a) }
    if (b === 'leaves') return { type: 'agentLeft', agent: agent(a) }
    if (b === 'answers') return { type: 'agentAnswered', agent: agent(a), offer }
    if (b === 'misses') return { type: 'agentMissedOffer', agent: agent(a), offer }
    if (b === 'declines') return { type: 'agentDeclinedOffer', agent: agent(a), offer }
    if (b === 'line')
      return { type: 'offerFailed', agent: agent(d), offer: this.#offerOf(g, d), cause: 'lineLost' }
    throw new Error(`Not an event: ${what}`)
  }
}

function arrival(name: string, where: string, words: readonly string[]): RoutingEvent {
  const after = (word: string) => (words.includes(word) ? words[words.indexOf(word) + 1] : undefined)
  const [priority, since, lastAgent, only] = [after('priority'), after('since'), after('last'), after('only')]
  return {
    type: 'callArrived',
    call: call(name),
    queue: queue(where),
    language: after('in') as CallLanguage,
    ...(priority && { priority: Number(priority) }),
    ...(since && { since: Number(since) * 1000 }),
    ...(lastAgent && { lastAgent: agent(lastAgent) }),
    ...(only && { only: agent(only) }),
    ...(words.includes('back') && { isBack: true }),
    ...(words.includes('callback') && { kind: 'callback' as const }),
  }
}

function inWords(command: RoutingCommand): string {
  const { do: done, ...rest } = command
  if (command.do === 'holdInQueue')
    return [done, command.call, command.position, command.only && `only ${command.only}`]
      .filter(Boolean)
      .join(' ')
  if (command.do === 'logIgnored') return `${done} ${command.event} ${command.because}`
  if (command.do === 'leaveQueue')
    return [done, command.call, command.queue, command.reason, command.then].filter(Boolean).join(' ')
  const { call = '', agent = '', cause = '' } = rest as { call?: string; agent?: string; cause?: string }
  return [done, call, agent, cause].filter(Boolean).join(' ')
}
