/**
 * A running copy for one file of tests: brought up by the command people use before
 * the first test, taken down after the last. What is asked of it is asked as people
 * do, by SIP and by the API with a supervisor's eyes; the database is touched only to set
 * what no screen sets yet. JAVOB_KEEP leaves its data for a look.
 */
import { randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Pool } from 'pg'
import { afterAll, beforeAll, expect } from 'vitest'
import type { z } from 'zod'
import { AlarmRow } from '#contract/alarms.ts'
import { CallCard, CallRow } from '#contract/calls.ts'
import type { CopyStatus } from '../../tools/cli/status.ts'
import { Citizen, type CitizenDial, passed } from '../../tools/callers/citizen.ts'
import { type DeskClient, signIn } from '../../tools/callers/desk-client.ts'
import {
  openDatabase,
  readRunningCopy,
  type RunningCopy,
  signInsOf,
} from '../../tools/callers/running-copy.ts'
import type { ProcessName, SignIn } from '../../tools/supervisor/copy-state.ts'
import { type TestCopy, testCopy } from '../ops/test-copy.ts'
import { publishShortMenu } from './short-menu.ts'

/** Rows are written through a journal, and machines that test are busy. */
const ROW_WITHIN_MS = 15_000
/** Legs are encoded after the call, behind everything else. */
const STORED_WITHIN_MS = 40_000
const READY_WITHIN_MS = 60_000
const REQUEST_TIMEOUT_MS = 10_000
const LOOK_EVERY_MS = 200

export type Caller = { citizen: Citizen; number: string }
export type Place = ReturnType<typeof runningCopy>

/** `menu: 'short'` greets with a few words; else callers hear what the demo organisation says. */
export function runningCopy({ menu = 'demo' }: { menu?: 'demo' | 'short' } = {}) {
  let copy: TestCopy
  let running: RunningCopy
  let pool: Pool
  let supervisor: DeskClient
  const citizens: Citizen[] = []

  beforeAll(async () => {
    copy = await testCopy()
    const started = await copy.up()
    if (started.code !== 0) throw new Error(started.err)
    running = readRunningCopy(copy.data)
    pool = openDatabase(running)
    supervisor = await signIn(running.web, who('supervisor1'))
    if (menu === 'short') await shortenMenu()
  })
  afterAll(async () => {
    await Promise.all(citizens.map(({ call }) => call.hangUp()))
    supervisor?.close()
    await pool?.end()
    const story = running ? readFileSync(join(running.data.log, 'supervisor.log'), 'utf8') : ''
    if (process.env.JAVOB_KEEP) await copy.down()
    else await copy?.remove()
    // What the tests killed ended by a signal; what fell over by itself ended with a code.
    expect(story).not.toMatch(/ended with code [1-9]/)
  })

  function who(login: string): SignIn {
    const found = running.signIns.find((signIn) => signIn.login === login)
    if (!found) throw new Error(`The copy has no ${login}`)
    return found
  }

  const shortenMenu = () => publishShortMenu(running.web, who('administrator'))

  async function get<Type extends z.ZodType>(schema: Type, path: string): Promise<z.infer<Type>> {
    const response = await fetch(`${running.web}/api${path}`, {
      headers: { cookie: supervisor.cookie },
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    })
    if (!response.ok) throw new Error(`GET ${path}: ${response.status}`)
    return schema.parse(await response.json())
  }

  const rows = (number: string) => get(CallRow.array(), `/calls?search=${encodeURIComponent(number)}`)

  /** The card of the one call that came from this number. */
  async function card(number: string): Promise<CallCard> {
    const found = await rows(number)
    expect(found, `calls of ${number}`).toHaveLength(1)
    return await get(CallCard, `/calls/${found[0]?.id}`)
  }

  async function cardWhen(
    number: string,
    holds: (card: CallCard) => boolean,
    withinMs = ROW_WITHIN_MS,
  ): Promise<CallCard> {
    return await eventually(`the call of ${number}`, () => card(number), { holds, withinMs })
  }

  /** Channels at the engine, each by the account or trunk it belongs to. */
  async function channels(): Promise<string[]> {
    const { ariPassword } = JSON.parse(readFileSync(running.data.secrets, 'utf8')) as { ariPassword: string }
    const authorization = `Basic ${Buffer.from(`javob:${ariPassword}`).toString('base64')}`
    const answer = await fetch(`http://127.0.0.1:${running.ports.engineHttp}/ari/channels`, {
      headers: { authorization },
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    })
    return ((await answer.json()) as { name: string }[]).map(({ name }) => name)
  }

  return {
    get running() {
      return running
    },
    get pool() {
      return pool
    },
    get supervisor() {
      return supervisor
    },
    who,
    shortenMenu,
    agent: (count: number) => signInsOf(running, 'agent', count),
    alarms: () => get(AlarmRow.array(), '/alarms'),
    get,
    rows,
    card,
    cardWhen,
    arrived: (number: string) => cardWhen(number, () => true),
    /** Sound is heard before anybody has answered: the greeting has begun. */
    greeted: ({ citizen }: Caller) =>
      eventually('the greeting', () => citizen.call.audio.firstPacketAt, {
        holds: (at) => at !== undefined,
        withinMs: ROW_WITHIN_MS,
      }),
    ended: (number: string) => cardWhen(number, ({ endedAt }) => endedAt !== null),
    stored: (number: string) =>
      cardWhen(number, ({ recordingCard }) => recordingCard?.status === 'stored', STORED_WITHIN_MS),
    /** And what the agent said of it is written, which may come after the recording. */
    wrappedUp: (number: string) =>
      cardWhen(
        number,
        ({ outcome, recordingCard }) => outcome !== null && recordingCard?.status === 'stored',
        STORED_WITHIN_MS,
      ),
    queued: (number: string) => cardWhen(number, ({ queuedAt }) => queuedAt !== null),
    channels,
    pidOf: (name: ProcessName | 'supervisor') => copy.pidOf(name),
    /** A process that replaced the one with this number serves. */
    async readyAfter(name: ProcessName, pid: number): Promise<void> {
      const isReplaced = ({ ready, processes }: CopyStatus) => {
        const now = processes.find((each) => each.name === name)
        return ready && now !== undefined && now.pid !== pid
      }
      await eventually(`${name} again`, () => copy.status(), {
        holds: isReplaced,
        withinMs: READY_WITHIN_MS,
      })
    },

    async dial(extra: Partial<CitizenDial> = {}): Promise<Caller> {
      const number = extra.from ?? newNumber()
      const where = { host: running.host, port: running.ports.sip, to: '1195', userAgent: 'Phone' }
      const citizen = await Citizen.dial({ ...where, ...extra, from: number })
      citizens.push(citizen)
      return { citizen, number }
    },
  }
}

/** A number nobody has called from. */
export function newNumber(): string {
  return `+99890${randomInt(1_000_000, 10_000_000)}`
}

/**
 * Looks again and again until it holds, and says what was seen last if it never does. A look
 * that fails is one more look: while the server is away nobody answers. (Tests that run side
 * by side cannot use expect.poll, which belongs to one test at a time.)
 */
export async function eventually<Seen>(
  what: string,
  look: () => Promise<Seen> | Seen,
  { holds, withinMs }: { holds: (seen: Seen) => boolean; withinMs: number },
): Promise<Seen> {
  const until = performance.now() + withinMs
  for (;;) {
    let last: unknown
    try {
      const seen = await look()
      if (holds(seen)) return seen
      last = seen
    } catch (error) {
      last = String(error)
    }
    if (performance.now() > until)
      throw new Error(`${what}, ${withinMs / 1000} s later: ${JSON.stringify(last)}`)
    await passed(LOOK_EVERY_MS)
  }
}
