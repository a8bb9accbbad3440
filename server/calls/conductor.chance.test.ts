/**
 * Chance: callers, keys, hang-ups, agents and lost lines in any order. What must
 * hold after every step is written once, in `mustHold`.
 */
import { expect, test } from 'vitest'
import { seededRandom } from '#core/lib/seeded-random.ts'
import type { AgentId, CallId, OfferId, PartyId, QueueId } from '#core/lib/ids.ts'
import { AGENT_MOVES } from '#core/calls/agent-status.ts'
import { TALK_MOVES, type TalkAction } from '#core/calls/talk-moves.ts'
import type { CallEvent } from './events.ts'
import { talkState } from './live-call.ts'
import { type TestStage, testStage } from './test-stage.ts'

const RUNS = 40
const STEPS = 250
const wrapUp = { outcome: 'resolved' as const, topics: ['01'], note: '' }

test('in any order of events every call ends once, is nowhere twice, and no agent holds two', async () => {
  const told = new Set<string>()
  for (let seed = 1; seed <= RUNS; seed++) {
    const random = seededRandom(seed)
    const t = testStage()
    const agents = await Promise.all(['a1', 'a2', 'a3', 'a4'].map((name) => t.agent(name)))
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
    expect((await t.media.standing()).parties, `seed ${seed}`).toEqual([])
    expect([...helpers(t)], `seed ${seed}`).toEqual([])
    for (const event of t.events) told.add(storyOf(event))
  }
  for (const must of MUST_HAPPEN) expect([...told]).toContain(must)
})

/** What chance has to have tried, or it proves nothing. */
const MUST_HAPPEN = [
  'conferenceStarted',
  'returnedToQueue',
  'callTransferred blind agent',
  'callTransferred blind number',
  'callTransferred blind queue',
  'callTransferred attended agent',
  'callTransferred attended number',
  'consultEnded handedOver',
  'consultEnded callEnded',
  'consultEnded lineLost',
  'consultEnded helperLeft',
  'outsideConnected',
  'outsideFailed',
]

function storyOf(event: CallEvent): string {
  if (event.type === 'consultEnded') return `${event.type} ${event.as}`
  if (event.type === 'callTransferred') return `${event.type} ${event.kind} ${Object.keys(event.to)[0]}`
  return event.type
}

type Chance = { random: () => number; agents: AgentId[]; live: CallId[]; step: number }

async function somethingHappens(t: TestStage, { random, agents, live, step }: Chance): Promise<void> {
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)]
  const agent = pick(agents) as AgentId
  const call = pick(live)
  const desk = t.desk(agent)
  const dice = Math.floor(random() * 24)
  // Fewer callers than agents can take: one who is always busy is never asked for help.
  if (dice === 0) live.push(await t.waiting(`c${step}`))
  else if (dice === 3 && step % 3 === 0) live.push(await t.arrive(`c${step}`))
  else if (dice === 4 && call) await t.press(call, String(Math.floor(random() * 10)))
  else if (dice === 5 && call) await t.heard(call)
  else if (dice === 6 && call) {
    live.splice(live.indexOf(call), 1)
    await t.hangUp(call)
  } else if (dice === 7) t.clock.advance(Math.floor(random() * 15_000))
  else if (dice === 8) t.media.push({ type: 'lineDown', agent, cause: 0, at: t.clock.now() })
  else if (dice === 9) await t.lineUp(agent).catch(refused)
  else if (dice === 1 || dice === 10) await partyActs(t, random())
  else if (dice <= 13) await deskAction(t, agent, { dice, offer: desk.offer?.id ?? ('gone' as OfferId) })
  else await asPeopleDo(t, agent, { random, other: pick(agents) as AgentId })
  await t.settle()
}

/** Somebody outside answers, does not, or hangs up. */
async function partyActs(t: TestStage, chance: number): Promise<void> {
  const [party] = (await t.media.standing()).parties
  if (!party) return
  const at = t.clock.now()
  const isThere = [...t.stage.calls.values()].some(
    ({ helper }) => helper && 'party' in helper && helper.party === party && helper.isThere,
  )
  if (isThere) t.media.push({ type: 'partyGone', party, cause: 16, at })
  else if (chance < 0.7) t.media.push({ type: 'partyAnswered', party, at })
  else t.media.push({ type: 'partyFailed', party, cause: 'busy', at })
}

/** What makes sense at a desk, most of the time: chance alone would never get three people into one talk. */
async function asPeopleDo(
  t: TestStage,
  agent: AgentId,
  { random, other }: { random: () => number; other: AgentId },
): Promise<void> {
  const desk = t.desk(agent)
  try {
    if (desk.status === 'ringing') t.accept(agent)
    else if (desk.status === 'wrapUp') t.agents.wrapUp(agent, wrapUp, 'available')
    else if (desk.status === 'talking' && desk.call) await inTalk(t, agent, { random, other })
    else if (desk.line === 'down') await t.lineUp(agent)
    else t.agents.becomeAvailable(agent)
  } catch (error) {
    refused(error)
  }
}

async function inTalk(
  t: TestStage,
  agent: AgentId,
  { random, other }: { random: () => number; other: AgentId },
): Promise<void> {
  const { agents, talks } = t
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const free = [...t.stage.book.desks.values()].filter(({ status }) => status === 'available')
  const colleague = { agent: pick(free)?.agent ?? other }
  const outside = { number: '+998712345678' }
  const ways: Record<TalkAction, () => unknown> = {
    hold: () => agents.hold(agent),
    resume: () => agents.resume(agent),
    consult: () => talks.consult(agent, pick([colleague, colleague, outside])),
    transfer: () => talks.transfer(agent, pick([colleague, outside, { queue: 'tech' as QueueId }])),
    returnToQueue: () => talks.returnToQueue(agent),
    endConsult: () => talks.endConsult(agent),
    confer: () => talks.confer(agent),
    handOver: () => talks.handOver(agent),
    stopHelping: () => talks.stopHelping(agent),
    end: () => agents.end(agent),
  }
  const allowed = TALK_MOVES[t.desk(agent).call?.state ?? 'over']
  const makeSense = Object.entries(ways).flatMap(([action, way]) => (action in allowed ? [way] : []))
  // Asked in more often than given away, or three would hardly ever meet.
  if ('consult' in allowed && random() < 0.5) makeSense.splice(0, makeSense.length, ways.consult)
  // Now and then also what the state does not allow: it is refused.
  await pick(random() < 0.2 || makeSense.length === 0 ? Object.values(ways) : makeSense)()
}

async function deskAction(
  t: TestStage,
  agent: AgentId,
  { dice, offer }: { dice: number; offer: OfferId },
): Promise<void> {
  try {
    if (dice === 11) t.agents.accept(agent, offer)
    else if (dice === 12) t.agents.decline(agent, offer)
    else t.agents.wrapUp(agent, wrapUp, 'available')
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
    call && call.endedAt === undefined && call.state !== 'helping' ? [call.id] : [],
  )
  expect(new Set(talking).size, where).toBe(talking.length)
  helpersMustHelp(t, where)
  for (const call of talking) expect(placed, `${where}: ${call} is in two places`).not.toContain(call)
  for (const desk of t.stage.book.desks.values()) {
    const isIdle = idle.some(({ agent }) => agent === desk.agent)
    expect(isIdle, `${where}: ${desk.agent} is ${desk.status}`).toBe(desk.status === 'available')
    expect(Boolean(desk.offer), `${where}: offer of ${desk.agent}, ${desk.status}`).toBe(
      desk.status === 'ringing',
    )
  }
}

/** Each colleague or party in a call, with the call. */
function* helpers(
  t: TestStage,
): Generator<{ call: CallId; agent: AgentId } | { call: CallId; party: PartyId }> {
  for (const { id: call, helper } of t.stage.calls.values()) {
    if (helper && 'agent' in helper && helper.isThere) yield { call, agent: helper.agent }
    if (helper && 'party' in helper) yield { call, party: helper.party }
  }
}

/** Nobody helps with nothing, and nobody is wanted in two calls. */
function helpersMustHelp(t: TestStage, where: string): void {
  const wanted = [...helpers(t)]
  const asked = wanted.flatMap((one) => ('agent' in one ? [`${one.agent} ${one.call}`] : []))
  const helping = [...t.stage.book.desks.values()].flatMap(({ agent, call }) =>
    call?.state === 'helping' ? [`${agent} ${call.id}`] : [],
  )
  expect(helping.toSorted(), where).toEqual(asked.toSorted())
  const parties = wanted.flatMap((one) => ('party' in one ? [one.party] : []))
  expect(new Set(parties).size, where).toBe(parties.length)
  for (const call of t.stage.calls.values()) {
    const desk = call.agent && t.stage.book.desks.get(call.agent)
    if (!desk) continue
    expect(desk.status, `${where}: the agent of ${call.id}`).toBe('talking')
    expect(desk.call?.state, `${where}: the desk of ${call.id}`).toBe(talkState(call, desk.agent))
  }
}
