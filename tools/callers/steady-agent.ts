/**
 * An agent who does his work whatever happens to the machine: keeps his line up,
 * becomes available, accepts what rings, talks, ends, wraps up. He looks at his desk
 * again and again instead of being told, because whoever tells may be dead just now.
 */
import type { Desk } from '#contract/calls.ts'
import { openLine, proveLine } from './agent-phone.ts'
import { repeating } from './audio-port.ts'
import { passed } from './citizen.ts'
import { type DeskClient, signIn } from './desk-client.ts'
import type { RunningCopy } from './running-copy.ts'
import type { SipCall } from './sip-call.ts'
import { AGENT_TONE_HZ, toneFrame } from './tone.ts'
import type { SignIn } from '../supervisor/copy-state.ts'

const LOOK_EVERY_MS = 150

type SteadyOptions = { talkMs: number; lookEveryMs?: number }

export class SteadyAgent {
  readonly login: string
  /** As it was last seen; nothing before the first look. */
  desk: Desk | undefined
  line: SipCall | undefined
  /** Talks that the agent has ended; he is done with one before he takes the next. */
  ended = 0
  talkMs: number
  /** Brings a line up whenever he has none. */
  keepsLine = true
  readonly #copy: RunningCopy
  readonly #client: DeskClient
  readonly #working: Promise<void>
  readonly #lookEveryMs: number
  #isOver = false
  #talkingSince: { call: string; at: number } | undefined

  private constructor(copy: RunningCopy, login: string, client: DeskClient, options: SteadyOptions) {
    this.#copy = copy
    this.login = login
    this.#client = client
    this.talkMs = options.talkMs
    this.#lookEveryMs = options.lookEveryMs ?? LOOK_EVERY_MS
    this.#working = this.#work()
  }

  static async open(copy: RunningCopy, who: SignIn, options: SteadyOptions): Promise<SteadyAgent> {
    return new SteadyAgent(copy, who.login, await signIn(copy.web, who), options)
  }

  async leave(): Promise<void> {
    this.#isOver = true
    await this.#working
    await Promise.allSettled([this.#client.signOff(), this.line?.hangUp()])
    await Promise.allSettled([this.#client.signOut()])
    this.#client.close()
  }

  /** His line goes; it comes up again when he is told to keep it. */
  async loseLine(): Promise<void> {
    this.keepsLine = false
    await this.line?.hangUp()
  }

  async #work(): Promise<void> {
    while (!this.#isOver) {
      try {
        await this.#look()
      } catch {
        // The server is away, or what was asked has just become impossible: looked at again.
      }
      await passed(this.#lookEveryMs)
    }
  }

  async #look(): Promise<void> {
    const desk = await this.#client.desk()
    this.desk = desk
    if (this.keepsLine && (!this.line || this.line.isOver || desk.line === 'down')) await this.#openLine()
    if (desk.offer) await this.#client.accept(desk.offer.id)
    if (desk.status === 'talking' && desk.call) await this.#talk(desk.call.id)
    if (desk.status === 'wrapUp')
      await this.#client.wrapUp({ outcome: 'explained', topics: ['01.01'], note: '' })
    if (desk.status === 'onBreak' && desk.line !== 'down') await this.#client.becomeAvailable()
  }

  async #talk(call: string): Promise<void> {
    if (this.#talkingSince?.call !== call) this.#talkingSince = { call, at: performance.now() }
    if (performance.now() - this.#talkingSince.at < this.talkMs) return
    await this.#client.end()
    this.ended++
  }

  async #openLine(): Promise<void> {
    this.line?.vanish()
    this.line = await openLine(this.#copy, await this.#client.openPhone())
    this.line.audio.speak(repeating(toneFrame(AGENT_TONE_HZ)))
    await proveLine(this.#client, this.line)
  }
}
