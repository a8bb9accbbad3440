/** What the agents did with their time between two moments. */
import type { AgentId } from '#core/lib/ids.ts'
import type { Instant } from '#core/lib/time.ts'

/** `ringing` and `free` are available time: an agent who is asked is not yet at work on a call. */
export const AGENT_ACTIVITIES = ['free', 'ringing', 'talking', 'wrapUp', 'away'] as const
export type AgentActivity = (typeof AGENT_ACTIVITIES)[number]

export type AgentTimes = { readonly agent: AgentId; readonly calls: number } & Readonly<
  Record<AgentActivity, number>
>

type Clock = { does: AgentActivity; since: Instant; calls: number; ms: Record<AgentActivity, number> }

export class AgentHours {
  readonly #clocks = new Map<AgentId, Clock>()
  #isOpen = false

  /** Time is counted from now on. */
  open(now: Instant): void {
    this.#isOpen = true
    for (const clock of this.#clocks.values()) clock.since = now
  }

  /** Time is counted until now. */
  close(now: Instant): void {
    for (const clock of this.#clocks.values()) this.#count(clock, now)
    this.#isOpen = false
  }

  begins(agent: AgentId, does: AgentActivity, now: Instant): void {
    const clock = this.#clocks.get(agent)
    if (!clock) {
      const ms = { free: 0, ringing: 0, talking: 0, wrapUp: 0, away: 0 }
      this.#clocks.set(agent, { does, since: now, calls: 0, ms })
      return
    }
    this.#count(clock, now)
    clock.does = does
    if (this.#isOpen && does === 'talking') clock.calls++
  }

  times(): AgentTimes[] {
    return [...this.#clocks].map(([agent, { calls, ms }]) => ({ agent, calls, ...ms }))
  }

  #count(clock: Clock, now: Instant): void {
    if (this.#isOpen) clock.ms[clock.does] += now - clock.since
    clock.since = now
  }
}
