/**
 * Chance: callers, keys, hang-ups, agents and lost lines in any order. What must
 * hold after every step is written once, in `mustHold`.
 */
import { expect, test } from 'vitest'
import { seededRandom } from '#core/lib/seeded-random.ts'
import type { AgentId, CallId, OfferId } from '#core/lib/ids.ts'
import { AGENT_MOVES } from '#core/calls/agent-status.ts'
import { type TestStage, testStage } from './test-stage.ts'

const RUNS = 25
const STEPS = 250

test('in any order of events every call ends once, is nowhere twice, and no agent holds two', async () => {
  for (let seed = 1; seed <= RUNS; seed++) {
    const random = seededRandom(seed)
    const t = testStage()
    const agents = await Promise.all(['a1', 'a2', 'a3'].map((name) => t.agent(name)))
    const live: CallId[] = []
    for (let step = 0; step < STEPS; step++) {
      await somethingHappens(t, { random, agents, live, step })
      mustHold(t, `seed ${seed}, step ${step}`)
    }
    for (const call of live) await t.hangUp(call)
    expect(t.of('callEnded').length, `seed ${seed}`).toBe(t.of('callArrived').length)
    expect(t.stage.calls.size, `seed ${seed}`).toBe(0)
    for (const { from, to } of t.of('agentStatusChanged'))
      expect(Object.values(AGENT_MOVES[from]), `seed ${seed}`).toContain(to)
    expect(t.stage.engine.snapshot().waiting, `seed ${seed}`).toEqual([])
  }
})

type Chance = { random: () => number; agents: AgentId[]; live: CallId[]; step: number }

async function somethingHappens(t: TestStage, { random, agents, live, step }: Chance): Promise<void> {
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)]
  const agent = pick(agents) as AgentId
  const call = pick(live)
  const desk = t.desk(agent)
  const dice = Math.floor(random() * 14)
  if (dice <= 2) live.push(await t.waiting(`c${step}`))
  else if (dice === 3) live.push(await t.arrive(`c${step}`))
  else if (dice === 4 && call) await t.press(call, String(Math.floor(random() * 10)))
  else if (dice === 5 && call) await t.heard(call)
  else if (dice === 6 && call) {
    live.splice(live.indexOf(call), 1)
    await t.hangUp(call)
  } else if (dice === 7) t.clock.advance(Math.floor(random() * 15_000))
  else if (dice === 8) t.media.push({ type: 'lineDown', agent, cause: 0, at: t.clock.now() })
  else if (dice === 9) await t.lineUp(agent).catch(refused)
  else await deskAction(t, agent, { dice, offer: desk.offer?.id ?? ('gone' as OfferId) })
}

async function deskAction(
  t: TestStage,
  agent: AgentId,
  { dice, offer }: { dice: number; offer: OfferId },
): Promise<void> {
  try {
    if (dice === 10) t.agents.accept(agent, offer)
    else if (dice === 11) t.agents.becomeAvailable(agent)
    else if (dice === 12) await t.agents.hold(agent)
    else t.agents.wrapUp(agent, { outcome: 'resolved', topics: ['01'], note: '' }, 'available')
  } catch (error) {
    refused(error)
  }
}

/** What is asked for at the wrong moment is refused with a code; anything else is our mistake. */
function refused(error: unknown): void {
  expect(error).toHaveProperty('code')
}

function mustHold(t: TestStage, where: string): void {
  const { waiting, offers, idle } = t.stage.engine.snapshot()
  const placed = [...waiting.map(({ call }) => call), ...offers.map((offer) => offer.waiting.call)]
  expect(new Set(placed).size, where).toBe(placed.length)
  for (const call of placed) expect(t.stage.calls.has(call), `${where}: ${call} waits but is gone`).toBe(true)
  const talking = [...t.stage.book.desks.values()].flatMap(({ call }) =>
    call && call.endedAt === undefined ? [call.id] : [],
  )
  expect(new Set(talking).size, where).toBe(talking.length)
  for (const call of talking) expect(placed, `${where}: ${call} is in two places`).not.toContain(call)
  for (const desk of t.stage.book.desks.values()) {
    const isIdle = idle.some(({ agent }) => agent === desk.agent)
    expect(isIdle, `${where}: ${desk.agent} is ${desk.status}`).toBe(desk.status === 'available')
    expect(Boolean(desk.offer), `${where}: offer of ${desk.agent}, ${desk.status}`).toBe(
      desk.status === 'ringing',
    )
  }
}
