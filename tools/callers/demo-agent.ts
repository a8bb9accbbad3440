/**
 * A simulated agent: a desk signed in over HTTP and a SIP phone on the always-on
 * line. Picks up what is offered, talks, ends, wraps up, sometimes registers an
 * appeal, and comes back from breaks that he was sent on.
 */
import { randomUUID } from 'node:crypto'
import type { Desk } from '#contract/calls.ts'
import { APPEAL_KINDS } from '#core/appeals/appeal-kind.ts'
import { CALL_OUTCOMES } from '#core/calls/call.ts'
import type { SignIn } from '../supervisor/copy-state.ts'
import { openLine, proveLine } from './agent-phone.ts'
import { repeating } from './audio-port.ts'
import { passed } from './citizen.ts'
import { clearDesk } from './clear-desk.ts'
import { type DeskClient, Refused, signIn } from './desk-client.ts'
import { pick } from './menu-walk.ts'
import type { RunningCopy } from './running-copy.ts'
import type { SipCall } from './sip-call.ts'
import { AGENT_TONE_HZ, toneFrame } from './tone.ts'

const PICKS_UP_MIN_MS = 300
const PICKS_UP_MAX_MS = 1_500
const WRAPS_UP_MIN_MS = 500
const WRAPS_UP_MAX_MS = 1_500
const REGISTERS_APPEAL = 0.2
const LEAVES_WITHIN_MS = 15_000
/** What failed for a reason of the engine's or the network's is tried again, as a person would. */
const TRIES_AGAIN_MS = 1_000
const REDIALS_MAX = 20

export type Habits = { talkSeconds: number; random: () => number; warn: (problem: string) => void }

export class DemoAgent {
  readonly #client: DeskClient
  readonly #copy: RunningCopy
  readonly #habits: Habits
  readonly #topics: string[]
  readonly #timers = new Set<NodeJS.Timeout>()
  #line: SipCall
  #redials = 0
  #desk: Desk
  #offer: string | undefined
  #talk: string | undefined
  #wrapped: string | undefined
  #isLeaving = false
  #changed = Promise.withResolvers<void>()

  private constructor(
    copy: RunningCopy,
    client: DeskClient,
    habits: Habits,
    start: { line: SipCall; desk: Desk; topics: string[] },
  ) {
    this.#copy = copy
    this.#client = client
    this.#habits = habits
    this.#line = start.line
    this.#desk = start.desk
    this.#topics = start.topics
  }

  /** Signs in, brings the line up and becomes available. */
  static async open(copy: RunningCopy, who: SignIn, habits: Habits): Promise<DemoAgent> {
    await clearDesk(copy.web, who)
    const client = await signIn(copy.web, who)
    const topics = (await client.topics()).filter((topic) => topic.level > 1).map((topic) => topic.code)
    const line = await openLine(copy, await client.openPhone())
    const agent = new DemoAgent(copy, client, habits, { line, desk: await client.desk(), topics })
    try {
      await agent.#useLine(line)
      client
        .follow((message) => message.type === 'desk' && agent.#see(message.desk))
        .catch((error: unknown) => habits.warn(String(error)))
      await client.becomeAvailable()
    } catch (error) {
      await agent.leave()
      throw error
    }
    return agent
  }

  get status(): Desk['status'] {
    return this.#desk.status
  }

  /** Finishes the call at hand, signs off and hangs up the line. */
  async leave(): Promise<void> {
    this.#isLeaving = true
    const until = performance.now() + LEAVES_WITHIN_MS
    while (['ringing', 'talking', 'wrapUp'].includes(this.#desk.status) && performance.now() < until) {
      await Promise.race([this.#changed.promise, passed(until - performance.now())])
    }
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
    await this.#try(() => this.#client.signOff())
    await this.#line.hangUp()
    await this.#try(() => this.#client.signOut())
    this.#client.close()
  }

  async #useLine(line: SipCall): Promise<void> {
    this.#line = line
    line.audio.speak(repeating(toneFrame(AGENT_TONE_HZ)))
    void line.over.then(() => this.#after(TRIES_AGAIN_MS, () => this.#redial()))
    await proveLine(this.#client, line)
  }

  async #redial(): Promise<void> {
    if (this.#isLeaving || this.#redials++ >= REDIALS_MAX) return
    this.#habits.warn('the line was lost and is dialled again')
    let line: SipCall
    try {
      line = await openLine(this.#copy, await this.#client.openPhone())
    } catch (error) {
      this.#after(TRIES_AGAIN_MS, () => this.#redial())
      throw error
    }
    await this.#useLine(line)
  }

  #see(desk: Desk): void {
    this.#desk = desk
    this.#changed.resolve()
    this.#changed = Promise.withResolvers()
    const { offer, call } = desk
    if (offer && offer.id !== this.#offer) {
      this.#offer = offer.id
      this.#after(this.#between(PICKS_UP_MIN_MS, PICKS_UP_MAX_MS), () => this.#client.accept(offer.id))
    }
    if (call && call.endedAt === null && call.id !== this.#talk) {
      this.#talk = call.id
      this.#after(this.#habits.talkSeconds * 1000, () => this.#endIfStill(call.id))
    }
    if (call && desk.status === 'wrapUp' && call.id !== this.#wrapped) {
      this.#wrapped = call.id
      this.#after(this.#between(WRAPS_UP_MIN_MS, WRAPS_UP_MAX_MS), () => this.#wrapUp(call.id))
    }
    if (
      desk.status === 'onBreak' &&
      desk.line === 'proven' &&
      desk.breakReason !== 'justSignedIn' &&
      !this.#isLeaving
    ) {
      this.#after(this.#between(PICKS_UP_MIN_MS, PICKS_UP_MAX_MS), () => this.#client.becomeAvailable())
    }
  }

  async #endIfStill(call: string): Promise<void> {
    if (this.#desk.call?.id !== call || this.#desk.call.endedAt !== null) return
    this.#after(TRIES_AGAIN_MS, () => this.#endIfStill(call))
    await this.#client.end()
  }

  async #wrapUp(call: string): Promise<void> {
    const { random } = this.#habits
    const topic = this.#desk.caller?.topic ?? pick(this.#topics, random)
    if (random() < REGISTERS_APPEAL) {
      await this.#client.registerAppeal({
        requestKey: randomUUID(),
        kind: pick(APPEAL_KINDS, random),
        text: 'Sinov murojaati. Проверочное обращение.',
        topic,
        call,
        citizen: { name: 'Sinov Fuqaro' },
      })
    }
    await this.#client.wrapUp({ outcome: pick(CALL_OUTCOMES, random), topics: [topic], note: 'Sinov' })
  }

  #between(min: number, max: number): number {
    return min + (max - min) * this.#habits.random()
  }

  #after(ms: number, act: () => Promise<void>): void {
    if (this.#isLeaving && !['ringing', 'talking', 'wrapUp'].includes(this.#desk.status)) return
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      void this.#try(act)
    }, ms)
    this.#timers.add(timer)
  }

  /** Crossing messages are ordinary on a telephone: a refusal is told, not thrown. */
  async #try(act: () => Promise<unknown>): Promise<void> {
    try {
      await act()
    } catch (error) {
      const isCrossing =
        error instanceof Refused && ['offerGone', 'callGone', 'wrongStatus'].includes(error.code ?? '')
      if (!isCrossing) this.#habits.warn(error instanceof Error ? error.message : String(error))
    }
  }
}
