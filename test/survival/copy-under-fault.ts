/**
 * A running copy whose processes are stopped and killed under calls, and what is
 * looked at afterwards. Callers come to a queue at once, without a menu, so that a
 * few seconds hold every stage of a call.
 */
import { CallbackRow, CallbackSettings } from '#contract/callbacks.ts'
import type { Flow } from '#core/ivr/flow.ts'
import type { QueueId } from '#core/lib/ids.ts'
import { seededRandom } from '#core/lib/seeded-random.ts'
import { afterAll, beforeAll, expect } from 'vitest'
import { brokenInvariants } from '../../bench/lib/conservation.ts'
import { repeating } from '../../tools/callers/audio-port.ts'
import { passed } from '../../tools/callers/citizen.ts'
import { signIn } from '../../tools/callers/desk-client.ts'
import { SteadyAgent } from '../../tools/callers/steady-agent.ts'
import { AGENT_TONE_HZ, CITIZEN_TONE_HZ, hasTone, toneFrame } from '../../tools/callers/tone.ts'
import { pidOf, type ProcessName, readReadiness } from '../../tools/supervisor/copy-state.ts'
import { LOST_MAX_SECONDS } from '../sound.ts'
import { Holes } from '../calls/hearing.ts'
import { type Caller, eventually, runningCopy } from '../calls/running-copy.ts'

/** The whole proof is 20 runs of each fault; a build makes a few. */
export const RUNS = Number(process.env.JAVOB_FAULT_RUNS ?? 1)
const QUEUE = 'general' as QueueId
const AGENTS = 3
export const USUAL_TALK_MS = 900
const ARRIVE_WITHIN_MS = 1_500
const SERVED_WITHIN_MS = 60_000
/** Heard this lately is heard now. */
const NOW_MS = 100
/** Whoever has no row by then is served by the engine alone. */
const ALONE_AFTER_MS = 8_000
const READY_WITHIN_MS = 30_000
const CALLED_BACK_AFTER_SECONDS = 600

const QUEUE_ONLY: Flow = {
  start: 'answer',
  languages: ['uz', 'ru'],
  operator: 'queue',
  wrongKey: { uz: 'Bunday tanlov yoʻq.', ru: 'Такого выбора нет.' },
  nodes: { answer: { kind: 'answer', next: 'queue' }, queue: { kind: 'queue', queue: QUEUE } },
}

export type Chance = { seed: number; random: () => number; ms(from: number, to: number): number }

export function chance(): Chance {
  const seed = Number(process.env.JAVOB_FAULT_SEED ?? Math.floor(Math.random() * 2 ** 31))
  const random = seededRandom(seed)
  process.stdout.write(`seed ${seed}\n`)
  return { seed, random, ms: (from, to) => Math.round(from + random() * (to - from)) }
}

export type CallerUnderFault = Caller & {
  /** The first moment after this one at which he heard an agent. */
  heardAgentFrom(moment: number): number | undefined
  hearsAgentNow(): boolean
  /** The engine took him without the server, so he hung up instead of leaving a message. */
  wasAlone: boolean
}

export function copyUnderFault() {
  const copy = runningCopy()
  const agents: SteadyAgent[] = []

  beforeAll(async () => {
    const administrator = copy.who('administrator')
    const client = await signIn(copy.running.web, administrator)
    await client.publishFlow('main', QUEUE_ONLY)
    await callNobodyBackSoon(client)
    await client.signOut()
    client.close()
    await copy.pool.query("update staff_members set languages = '{uz,ru}' where role = 'agent'")
    await copy.pool.query(
      `insert into agent_queues (staff_id, queue_id) select id, $1 from staff_members where role = 'agent' on conflict do nothing`,
      [QUEUE],
    )
    for (const who of copy.agent(AGENTS))
      agents.push(await SteadyAgent.open(copy.running, who, { talkMs: USUAL_TALK_MS }))
    await allAvailable()
  })
  afterAll(async () => {
    await Promise.all(agents.map((agent) => agent.leave()))
  })

  /** The call of who is owed one would be taken for one that stands. */
  async function callNobodyBackSoon({ cookie }: { cookie: string }): Promise<void> {
    const address = `${copy.running.web}/api/callback-settings`
    const headers = { cookie, 'x-javob': '1' }
    const { changedAt, rules } = CallbackSettings.parse(await (await fetch(address, { headers })).json())
    const { ok, status } = await fetch(address, {
      method: 'PUT',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({
        basedOn: changedAt,
        rules: { ...rules, firstAfterSeconds: CALLED_BACK_AFTER_SECONDS },
      }),
    })
    if (!ok) throw new Error(`The settings of callbacks were refused: ${status}`)
  }

  const allAvailable = () =>
    eventually('all agents are available', () => agents.map(({ desk }) => desk?.status), {
      holds: (statuses) => statuses.every((status) => status === 'available'),
      withinMs: SERVED_WITHIN_MS,
    })

  async function call(): Promise<CallerUnderFault> {
    const caller = await copy.dial()
    const { audio } = caller.citizen.call
    const heard: number[] = []
    audio.listen(({ at, payload }) => {
      if (hasTone(payload, AGENT_TONE_HZ)) heard.push(at)
    })
    void caller.citizen.speakOnceAnswered(repeating(toneFrame(CITIZEN_TONE_HZ)))
    return {
      ...caller,
      heardAgentFrom: (moment) => heard.find((at) => at > moment),
      hearsAgentNow: () => performance.now() - (heard.at(-1) ?? 0) < NOW_MS,
      wasAlone: false,
    }
  }

  async function count(sql: string, since: number): Promise<number> {
    const { rows } = await copy.pool.query<{ count: string }>(sql, [new Date(since)])
    return Number(rows[0]?.count)
  }

  /** When he next heard an agent after this moment. */
  async function hearsAgent({ heardAgentFrom }: CallerUnderFault, from: number): Promise<number> {
    const heard = await eventually('the caller hears an agent', () => heardAgentFrom(from), {
      holds: (at) => at !== undefined,
      withinMs: SERVED_WITHIN_MS,
    })
    return heard ?? 0
  }

  /** How the calls of these callers ended, as the rows say. */
  async function ends(callers: readonly CallerUnderFault[]) {
    const { rows } = await copy.pool.query<{
      number: string
      by: string
      lost: string | null
      talked: boolean
    }>(
      `select caller_e164 as number, ended_by as by, lost_reason as lost, connected_at is not null as talked
         from calls where caller_e164 = any ($1) order by arrived_at`,
      [callers.map(({ number }) => number)],
    )
    return rows
  }

  return {
    copy,
    agents,
    allAvailable,
    call,
    pidOf: (name: ProcessName) => pidOf(copy.running.data, name),

    /** Callers who come one after another within a second or so, and are over when an agent has ended their talk. */
    async crowd(count: number, { ms }: Chance, came: (caller: CallerUnderFault) => void): Promise<void> {
      const calls = Array.from({ length: count }, async () => {
        await passed(ms(0, ARRIVE_WITHIN_MS))
        came(await call())
      })
      await Promise.all(calls)
    },

    talkFor(ms: number): void {
      for (const agent of agents) agent.talkMs = ms
    },

    /** Who has this caller, once they hear each other. */
    async agentOf(caller: CallerUnderFault): Promise<SteadyAgent> {
      await hearsAgent(caller, 0)
      const has = ({ desk }: SteadyAgent) =>
        desk?.call !== null && plain(desk?.caller?.number ?? '') === caller.number
      const agent = await eventually('who talks with him', () => agents.find(has), {
        holds: (found) => found !== undefined,
        withinMs: READY_WITHIN_MS,
      })
      if (!agent) throw new Error('Nobody has him')
      return agent
    },

    /** When the line came up. */
    async lineOf(agent: SteadyAgent): Promise<number> {
      const line = await eventually('the line is back', () => agent.line, {
        holds: (now) => now !== undefined && !now.isOver && now.answeredAt !== undefined,
        withinMs: SERVED_WITHIN_MS,
      })
      return line?.answeredAt ?? 0
    },

    hearsAgent,

    /** Citizens whom we cut off and owe a call, since then. */
    owed: (since: number) =>
      count("select count(*) from events where type = 'citizenLostByUs' and at >= $1", since),

    /** Nobody is called by a test that comes later. */
    async cancelCallbacks(): Promise<void> {
      const owed = await copy.get(CallbackRow.array(), '/callbacks')
      const headers = { cookie: copy.supervisor.cookie, 'x-javob': '1' }
      for (const { id } of owed)
        await fetch(`${copy.running.web}/api/callbacks/${id}/cancel`, { method: 'POST', headers })
    },

    /** Recordings that lack something of which no alarm tells. */
    unexplainedGaps: (since: number) =>
      count(
        `select count(*) from recordings join calls on calls.id = call where arrived_at >= $1 and abs(gap_seconds) > 0.2
           and not exists (select from alarms where subject = call::text and kind like 'recording%')`,
        since,
      ),

    /** Who hears an agent right now, and from now on the holes in what he hears. */
    talkers: (callers: readonly CallerUnderFault[]) =>
      callers
        .filter(({ citizen, hearsAgentNow }) => !citizen.call.isOver && hearsAgentNow())
        .map(({ citizen }) => ({ holes: new Holes(citizen.call.audio) })),

    /** Waits until the engine has taken each call, or it is over. */
    async answered(callers: readonly CallerUnderFault[]): Promise<void> {
      const isTaken = ({ citizen: { call } }: CallerUnderFault) =>
        call.isOver || call.answers.some(({ code }) => code > 100)
      await eventually('everybody is answered', () => callers.filter((caller) => !isTaken(caller)).length, {
        holds: (left) => left === 0,
        withinMs: SERVED_WITHIN_MS,
      })
    },

    /** Waits until each call has been ended by whoever served it. Whom the engine serves alone hangs up. */
    async served(callers: readonly CallerUnderFault[]): Promise<void> {
      const look = async () => {
        const left = callers.filter(({ citizen }) => !citizen.call.isOver)
        const known = new Set((await ends(left)).map(({ number }) => number))
        for (const caller of left.filter(({ number }) => !known.has(number))) {
          // Its row comes with its message; before that nobody but the engine knows it.
          if (performance.now() - caller.citizen.call.invitedAt < ALONE_AFTER_MS) continue
          caller.wasAlone = true
          await caller.citizen.call.hangUp()
        }
        return left.map(({ number }) => number)
      }
      await eventually('everybody is served', look, {
        holds: (left) => left.length === 0,
        withinMs: SERVED_WITHIN_MS,
      })
    },

    async noCitizenLeft(withinMs: number): Promise<void> {
      await eventually('no leg is left of whoever has gone', copy.channels, {
        holds: (channels) => !channels.some((name) => name.startsWith('PJSIP/trunk-')),
        withinMs,
      })
    },

    /** Another process than this one serves. */
    async back(name: ProcessName, former: number): Promise<void> {
      const { data } = copy.running
      await eventually(`${name} is back`, () => pidOf(data, name), {
        holds: (now) => now !== former && readReadiness(data) !== undefined,
        withinMs: READY_WITHIN_MS,
      })
    },

    /** I1 to I6, once everything is written and recorded. */
    async expectWhole(
      callers: readonly CallerUnderFault[],
      since: number,
      unwrittenSeconds?: number,
    ): Promise<void> {
      const numbers = callers.map(({ number }) => number)
      const placed = {
        numbers,
        since,
        lostMaxSeconds: LOST_MAX_SECONDS,
        ...(unwrittenSeconds !== undefined && { unwrittenSeconds }),
      }
      expect((await brokenInvariants(copy.running, placed)).join('\n')).toBe('')
    },

    ends,
  }
}

/** As it is dialled. */
function plain(shown: string): string {
  return shown.replaceAll(' ', '')
}
