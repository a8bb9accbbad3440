/**
 * Each process of a copy is stopped and killed in the middle of calls, at a moment
 * that a seed decides. Whatever it was, everybody is served in the end, nobody who
 * talked has heard it, and the books are whole.
 */
import { describe, expect, test } from 'vitest'
import { LINE_GRACE_MS } from '../../server/calls/line-side.ts'
import { passed } from '../../tools/callers/citizen.ts'
import { HOLE_MAX_MS } from '../sound.ts'
import {
  type CallerUnderFault,
  type Chance,
  chance,
  copyUnderFault,
  RUNS,
  USUAL_TALK_MS,
} from './copy-under-fault.ts'

const CALLERS = 6
const FAULT_WITHIN_MS = 3_000
/** What an engine has not written yet of a leg: 32 KiB of A-law. */
const UNWRITTEN_SECONDS = 4.1
/** What a dead engine sent may still be on its way; a new one needs longer to start. */
const LAST_WORDS_MS = 200
/** Ten minutes are the whole proof (JAVOB_FAULT_AWAY_SECONDS=600); a build makes it short. */
const DATABASE_AWAY_MS = 1_000 * Number(process.env.JAVOB_FAULT_AWAY_SECONDS ?? 15)
/** Whoever comes in this last part of it may not be through when the database is back. */
const LAST_CALLS_MS = 12_000
const CROWD_EVERY_MS = 5_000
const BACK_WITHIN_MS = 3_000
/** So long a leg may stand at the engine whose caller is gone. */
const ZOMBIE_MAX_MS = 5_000
/** What happened without a database is written and encoded after it: the longer, the more. */
const FAULT_MS = 2 * 60_000 + 2 * DATABASE_AWAY_MS
/** Longer than a test needs to do something to it. */
const LONG_TALK_MS = 60_000

type Place = ReturnType<typeof copyUnderFault>

/** Lets callers come, and does something in the middle of it. */
async function amid(place: Place, fault: (callers: CallerUnderFault[], by: Chance) => Promise<void>) {
  const by = chance()
  const since = Date.now()
  const callers: CallerUnderFault[] = []
  const coming = place.crowd(CALLERS, by, (caller) => callers.push(caller))
  await passed(by.ms(0, FAULT_WITHIN_MS))
  await fault(callers, by)
  await coming
  return { by, since, callers }
}

/** Each was answered and ended by an agent, or met the engine's own fall-back. */
async function expectServed(place: Place, callers: readonly CallerUnderFault[]): Promise<void> {
  const alone = new Set(callers.filter(({ wasAlone }) => wasAlone).map(({ number }) => number))
  const rows = await place.ends(callers)
  const odd = rows.filter(({ number, by, talked }) =>
    alone.has(number) ? by !== 'citizen' : !(talked && by === 'agent'),
  )
  expect(odd).toEqual([])
}

async function serverKilled(place: Place): Promise<void> {
  let talkers: ReturnType<typeof place.talkers> = []
  const { callers, since } = await amid(place, async (sofar) => {
    const pid = place.pidOf('server')
    talkers = place.talkers(sofar)
    process.kill(pid, 'SIGKILL')
    await place.back('server', pid)
    for (const { holes } of talkers) {
      expect(holes.stop().longestMs).toBeLessThanOrEqual(HOLE_MAX_MS)
    }
  })
  await expectDone(place, callers, since)
}

async function serverAsleep(place: Place): Promise<void> {
  const { callers, since } = await amid(place, async (sofar, by) => {
    const pid = place.pidOf('server')
    const talkers = place.talkers(sofar)
    process.kill(pid, 'SIGSTOP')
    await passed(by.ms(1_000, 6_000))
    process.kill(pid, 'SIGCONT')
    for (const { holes } of talkers) expect(holes.stop().longestMs).toBeLessThanOrEqual(HOLE_MAX_MS)
  })
  await expectDone(place, callers, since)
}

async function databaseAway(place: Place): Promise<void> {
  let backAt = 0
  const { by, callers, since } = await amid(place, async () => {
    const [supervisor, pid] = [place.copy.pidOf('supervisor'), place.pidOf('postgres')]
    // Nobody is to start it again before everybody has been served.
    process.kill(supervisor, 'SIGSTOP')
    process.kill(pid, 'SIGKILL')
    backAt = performance.now() + DATABASE_AWAY_MS
    void passed(DATABASE_AWAY_MS).then(() => process.kill(supervisor, 'SIGCONT'))
  })
  while (performance.now() < backAt - LAST_CALLS_MS) {
    await place.crowd(CALLERS, by, (caller) => callers.push(caller))
    await passed(CROWD_EVERY_MS)
  }
  await passed(backAt - performance.now() - 1_000)
  expect(callers.filter(({ citizen }) => !citizen.call.isOver).map(({ number }) => number)).toEqual([])
  await place.allAvailable()
  await place.expectWhole(callers, since)
  await expectServed(place, callers)
}

async function engineDead(place: Place): Promise<void> {
  let diedAt = 0
  const { callers, since } = await amid(place, async () => {
    const pid = place.pidOf('asterisk')
    process.kill(pid, 'SIGKILL')
    diedAt = performance.now()
    await place.back('asterisk', pid)
  })
  const calls = callers.map(({ citizen }) => citizen.call)
  // No telephone is told that an engine has died.
  const wasCut = (at: number | undefined) => at !== undefined && at < diedAt + LAST_WORDS_MS
  for (const call of calls) if (wasCut(call.firstAnswerAt)) call.vanish()
  // Whoever called while there was no engine asks again and again, ever more seldom.
  await place.answered(callers.filter(({ citizen: { call } }) => !wasCut(call.firstAnswerAt)))
  const accepted = callers.filter(({ citizen }) => citizen.call.answers.some(({ code }) => code > 100))
  await place.allAvailable()
  await place.served(accepted)
  await place.noCitizenLeft(ZOMBIE_MAX_MS)
  await place.expectWhole(accepted, since, UNWRITTEN_SECONDS)
  const cut = (await place.ends(accepted)).filter(({ by }) => by === 'engine')
  expect(await place.owed(since)).toBe(cut.length)
  expect(await place.unexplainedGaps(since)).toBe(0)
  await place.cancelCallbacks()
}

async function lineBack(place: Place): Promise<void> {
  const by = chance()
  const since = Date.now()
  place.talkFor(LONG_TALK_MS)
  const caller = await place.call()
  const agent = await place.agentOf(caller)
  await agent.loseLine()
  await passed(by.ms(0, LINE_GRACE_MS / 2))
  agent.keepsLine = true
  const backAt = await place.lineOf(agent)
  const heardAt = await place.hearsAgent(caller, backAt)
  expect(heardAt - backAt).toBeLessThan(BACK_WITHIN_MS)
  await expectDone(place, [caller], since)
}

async function lineGone(place: Place): Promise<void> {
  const since = Date.now()
  place.talkFor(LONG_TALK_MS)
  const caller = await place.call()
  const agent = await place.agentOf(caller)
  const others = [await place.call(), await place.call()]
  const [other] = await Promise.all(others.map((each) => place.agentOf(each)))
  const later = await place.call()
  const lostAt = performance.now()
  await agent.loseLine()
  await passed(LINE_GRACE_MS)
  if (other) other.talkMs = 0
  await place.hearsAgent(caller, lostAt + LINE_GRACE_MS)
  expect(later.heardAgentFrom(0)).toBeUndefined()
  agent.keepsLine = true
  await expectDone(place, [caller, ...others, later], since)
}

async function expectDone(place: Place, callers: readonly CallerUnderFault[], since: number): Promise<void> {
  place.talkFor(USUAL_TALK_MS)
  await place.served(callers)
  await place.noCitizenLeft(ZOMBIE_MAX_MS)
  await place.allAvailable()
  await place.expectWhole(callers, since)
  await expectServed(place, callers)
}

/** In this order: no process dies often enough for its supervisor to wait before he starts it again. */
const FAULTS: readonly [string, (place: Place) => Promise<void>][] = [
  ['the server is killed, and nobody hears it', serverKilled],
  ['the server sleeps for a few seconds, and goes on', serverAsleep],
  ['the database is away, and calls are answered, ended and wrapped up all the same', databaseAway],
  ['the engine dies: whoever it cut off is owed a call, and everybody else is served', engineDead],
  ['an agent’s line is lost in mid-call: his caller hears music, and has him back', lineBack],
  ['an agent who does not come back loses his caller to the next, ahead of whoever came later', lineGone],
]

describe.each(Array.from({ length: RUNS }, (_, n) => n + 1))('run %i', () => {
  const place = copyUnderFault()
  test.each(FAULTS)('%s', async (_, fault) => await fault(place), FAULT_MS)
})
