/** Agents and callers around a server that is killed: who talks, who waits, who calls meanwhile, and what they hear. */
import type { Wallboard } from '#contract/live.ts'
import { type AudioPort, repeating } from '../../tools/callers/audio-port.ts'
import { passed } from '../../tools/callers/citizen.ts'
import { clearDesk } from '../../tools/callers/clear-desk.ts'
import { type DeskClient, signIn } from '../../tools/callers/desk-client.ts'
import { type RunningCopy, signInsOf } from '../../tools/callers/running-copy.ts'
import { SipCall } from '../../tools/callers/sip-call.ts'
import { SteadyAgent } from '../../tools/callers/steady-agent.ts'
import { AGENT_TONE_HZ, CITIZEN_TONE_HZ, hasTone, toneFrame } from '../../tools/callers/tone.ts'
import { pidOf } from '../../tools/supervisor/copy-state.ts'
import { CallerCrowd, type CrowdCall } from './caller-crowd.ts'
import { QUEUE_NUMBER } from './our-queue.ts'
import { PacketLoss } from './packet-loss.ts'

const SIGN_INS_AT_ONCE = 4
const AGENTS_LOOK_EVERY_MS = 400
const LONG_TALK_MS = 10 * 60_000
const SHORT_TALK_MS = 300
const CALLS_PER_SECOND = 20
const HAPPENS_WITHIN_MS = 90_000
const LOOK_EVERY_MS = 20
const BRIEF_CALL_MS = 1_000

export type Heard = { lost: number; longestHoleMs: number }

export class RestartStage {
  readonly copy: RunningCopy
  readonly numbers: string[] = []
  readonly #agents: SteadyAgent[]
  readonly #supervisor: DeskClient
  readonly #calls = new Set<SipCall>()
  readonly #crowd: CallerCrowd
  #next = Math.floor(Math.random() * 9_000_000)

  private constructor(
    copy: RunningCopy,
    parts: { agents: SteadyAgent[]; supervisor: DeskClient; crowd: CallerCrowd },
  ) {
    this.copy = copy
    this.#agents = parts.agents
    this.#supervisor = parts.supervisor
    this.#crowd = parts.crowd
  }

  static async open(copy: RunningCopy, count: number): Promise<RestartStage> {
    const [supervisor] = signInsOf(copy, 'supervisor', 1)
    if (!supervisor) throw new Error('The copy has no supervisor')
    const agents: SteadyAgent[] = []
    const signIns = signInsOf(copy, 'agent', count)
    // A few at a time: proving a password is made to take a while.
    for (let n = 0; n < signIns.length; n += SIGN_INS_AT_ONCE) {
      const next = signIns.slice(n, n + SIGN_INS_AT_ONCE)
      const options = { talkMs: LONG_TALK_MS, lookEveryMs: AGENTS_LOOK_EVERY_MS }
      agents.push(
        ...(await Promise.all(
          next.map(async (who) => {
            await clearDesk(copy.web, who)
            return await SteadyAgent.open(copy, who, options)
          }),
        )),
      )
    }
    const crowd = await CallerCrowd.open({ port: copy.ports.sip, number: QUEUE_NUMBER })
    return new RestartStage(copy, { agents, supervisor: await signIn(copy.web, supervisor), crowd })
  }

  async close(): Promise<void> {
    await Promise.all([...this.#calls].map((call) => call.hangUp()))
    await Promise.all(this.#agents.map((agent) => agent.leave()))
    this.#crowd.close()
    // Where something failed, the server may still be away.
    await Promise.allSettled([this.#supervisor.signOut()])
    this.#supervisor.close()
  }

  /** So many callers who each hear an agent. */
  async talk(count: number): Promise<SipCall[]> {
    for (const agent of this.#agents) agent.talkMs = LONG_TALK_MS
    await this.#when(
      'all agents are free',
      ({ agents }) => numberOf(agents, 'available') === this.#agents.length,
    )
    const calls = await this.#dialAll(count)
    await Promise.all(calls.map(hearsAgent))
    return calls
  }

  /** Who only waits needs no ears: what is sent to him costs this machine nothing. */
  async wait(count: number): Promise<readonly CrowdCall[]> {
    const before = this.#crowd.calls.length
    for (let n = 0; n < count; n++) {
      void this.#crowd.dial(this.#nextNumber())
      await passed(1_000 / CALLS_PER_SECOND)
    }
    await this.#when('all wait', ({ waiting }) => waitingIn(waiting) === count)
    return this.#crowd.calls.slice(before)
  }

  /** What does not come from now on. */
  listen(audio: AudioPort): { stop(): Heard } {
    const sound = new PacketLoss()
    let longestHoleMs = 0
    let lastAt: number | undefined
    const stop = audio.listen((frame) => {
      sound.hear(frame)
      if (lastAt !== undefined) longestHoleMs = Math.max(longestHoleMs, frame.at - lastAt)
      lastAt = frame.at
    })
    return {
      stop() {
        stop()
        return { lost: sound.lost, longestHoleMs }
      },
    }
  }

  listenAtAgents(): { stop(): Heard }[] {
    return this.#agents.flatMap(({ line }) => (line ? [this.listen(line.audio)] : []))
  }

  /** Somebody calls again and again until stopped; then the milliseconds until each heard anything. They do not stay for more. */
  callEvery(ms: number): { stop(): Promise<number[]> } {
    const firstSounds: Promise<number>[] = []
    const call = () => firstSounds.push(this.#callBriefly())
    const timer = setInterval(call, ms)
    call()
    return {
      stop: async () => {
        clearInterval(timer)
        return await Promise.all(firstSounds)
      },
    }
  }

  /** When another process than this one began to serve. */
  async replaced(former: number): Promise<number> {
    await until('the supervisor starts the server', () => {
      const now = this.#serverPid()
      return now !== undefined && now !== former
    })
    return performance.now()
  }

  /** When the new server knew all these calls again. */
  async adopted(expected: { talking: number; waiting: number }): Promise<number> {
    await this.#when(
      'all are adopted',
      ({ agents, waiting }) =>
        numberOf(agents, 'talking') === expected.talking && waitingIn(waiting) >= expected.waiting,
    )
    return performance.now()
  }

  /** Whoever waits is served, and everybody goes home. */
  async serveAll(): Promise<void> {
    for (const agent of this.#agents) agent.talkMs = SHORT_TALK_MS
    const isOver = () =>
      [...this.#calls].every((call) => call.isOver) &&
      this.#crowd.calls.every(({ endedAt }) => endedAt !== undefined)
    await until('everybody is served', isOver)
    this.#calls.clear()
  }

  async #dialAll(count: number): Promise<SipCall[]> {
    const calls: SipCall[] = []
    for (let n = 0; n < count; n++) {
      calls.push(await this.#dial())
      await passed(1_000 / CALLS_PER_SECOND)
    }
    return calls
  }

  async #callBriefly(): Promise<number> {
    const call = await this.#dial()
    const ms = await firstSoundMs(call)
    await passed(BRIEF_CALL_MS)
    await call.hangUp()
    return ms
  }

  async #dial(): Promise<SipCall> {
    const from = this.#nextNumber()
    const { host, ports } = this.copy
    const to = `sip:${QUEUE_NUMBER}@${host}`
    const call = await SipCall.dial({ host, port: ports.sip, to, from, userAgent: 'Javob bench' })
    call.audio.speak(repeating(toneFrame(CITIZEN_TONE_HZ)))
    this.#calls.add(call)
    return call
  }

  #nextNumber(): string {
    const number = `+99890${String(this.#next++).padStart(7, '0')}`
    this.numbers.push(number)
    return number
  }

  #serverPid(): number | undefined {
    try {
      return pidOf(this.copy.data, 'server')
    } catch {
      return undefined // The file is being replaced.
    }
  }

  /** Asked anew each time: the first thing the live stream tells is how everything is now. */
  async #when(what: string, holds: (wallboard: Wallboard) => boolean): Promise<void> {
    let last = 'nothing'
    const look = async () => {
      const wallboard = await this.#supervisor.wallboard().catch(() => undefined)
      if (wallboard) last = summaryOf(wallboard)
      return wallboard !== undefined && holds(wallboard)
    }
    await until(what, look, () => last)
  }
}

function summaryOf({ agents, waiting, callsInProgress }: Wallboard): string {
  const statuses = Object.entries(Object.groupBy(agents, ({ status }) => status))
  const counts = statuses.map(([status, group]) => `${group?.length} ${status}`)
  return `${counts.join(', ')}; ${waitingIn(waiting)} waiting, ${callsInProgress} calls`
}

function numberOf(agents: Wallboard['agents'], status: string): number {
  return agents.filter((agent) => agent.status === status).length
}

function waitingIn(waiting: Wallboard['waiting']): number {
  return waiting.reduce((sum, { count }) => sum + count, 0)
}

async function hearsAgent(call: SipCall): Promise<void> {
  const heard = Promise.withResolvers<void>()
  const stop = call.audio.listen(({ payload }) => {
    if (hasTone(payload, AGENT_TONE_HZ)) heard.resolve()
  })
  await heard.promise
  stop()
}

async function firstSoundMs(call: SipCall): Promise<number> {
  await until('a new caller hears something', () => call.audio.firstPacketAt !== undefined || call.isOver)
  return (call.audio.firstPacketAt ?? Number.POSITIVE_INFINITY) - call.invitedAt
}

async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  seen: () => string = () => 'not yet',
): Promise<void> {
  const limit = performance.now() + HAPPENS_WITHIN_MS
  while (!(await holds())) {
    if (performance.now() > limit)
      throw new Error(`Not within ${HAPPENS_WITHIN_MS / 1000} s: ${what} (${seen()})`)
    await passed(LOOK_EVERY_MS)
  }
}
