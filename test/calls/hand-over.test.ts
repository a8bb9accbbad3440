/** Somebody else in a call, by real telephones on a whole running copy: who hears whom at each step, and what is left of it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { repeating } from '../../tools/callers/audio-port.ts'
import { toneHeard } from '../../tools/callers/hearing.ts'
import { AGENT_TONE_HZ, CITIZEN_TONE_HZ, toneFrame } from '../../tools/callers/tone.ts'
import { LOST_MAX_SECONDS } from '../sound.ts'
import { voices } from './hearing.ts'
import { type Caller, eventually, runningCopy } from './running-copy.ts'
import { type SipAgent, sipAgent } from './sip-agent.ts'

/** No multiple of the others, nor they of it. */
const COLLEAGUE_TONE_HZ = 1550
const HEARD_WITHIN_MS = 10_000

const copy = runningCopy({ menu: 'short' })
let agent: SipAgent
let colleague: SipAgent

beforeAll(async () => {
  agent = await sipAgent(copy, 'agent1')
})
afterAll(async () => {
  await agent?.leave()
  await colleague?.leave()
})

/** A citizen who talks with the agent. */
async function talking(): Promise<Caller> {
  const caller = await copy.dial()
  void caller.citizen.speakOnceAnswered(repeating(toneFrame(CITIZEN_TONE_HZ)))
  await caller.citizen.walk(['1', '1', '1'])
  const { id } = await agent.offer()
  await agent.desk.accept(id)
  await toneHeard(caller.citizen.call.audio, AGENT_TONE_HZ, HEARD_WITHIN_MS)
  return caller
}

type Hears = { citizen: boolean; agent: boolean; colleague: boolean }

/** Each of the three is listened to until he hears just these. */
async function hears(
  who: 'citizen' | 'agent' | 'colleague',
  caller: Caller,
  whom: Partial<Hears>,
): Promise<void> {
  const audio = {
    citizen: caller.citizen.call.audio,
    agent: agent.line.audio,
    colleague: colleague.line.audio,
  }[who]
  const expected = [whom.citizen ?? false, whom.agent ?? false, whom.colleague ?? false]
  await eventually(
    `whom the ${who} hears`,
    () => voices(audio, [CITIZEN_TONE_HZ, AGENT_TONE_HZ, COLLEAGUE_TONE_HZ]),
    { holds: (heard) => heard.join() === expected.join(), withinMs: HEARD_WITHIN_MS },
  )
}

test('a colleague is asked while the citizen hears music, the three talk, and the citizen is handed over', async () => {
  const caller = await talking()
  colleague = await sipAgent(copy, 'agent2')
  colleague.line.audio.speak(repeating(toneFrame(COLLEAGUE_TONE_HZ)))
  const { agents } = await agent.desk.targets()
  const [free] = agents
  expect(agents).toMatchObject([{ name: 'Rustam Yoʻldoshev', status: 'available' }])

  await agent.desk.consult({ agent: free?.id ?? '' })
  const offer = await colleague.offer()
  expect(offer.number).toBe(caller.number)
  await colleague.desk.accept(offer.id)
  await Promise.all([
    hears('citizen', caller, {}),
    hears('agent', caller, { colleague: true }),
    hears('colleague', caller, { agent: true }),
  ])

  await agent.desk.confer()
  await Promise.all([
    hears('citizen', caller, { agent: true, colleague: true }),
    hears('agent', caller, { citizen: true, colleague: true }),
    hears('colleague', caller, { citizen: true, agent: true }),
  ])

  await agent.desk.handOver()
  await Promise.all([
    hears('citizen', caller, { colleague: true }),
    hears('agent', caller, {}),
    hears('colleague', caller, { citizen: true }),
  ])
  await agent.wrapUp()
  await colleague.desk.end()
  await caller.citizen.call.over
  await colleague.wrapUp()

  const card = await copy.wrappedUp(caller.number)
  expect(card.legs).toMatchObject([
    { name: 'Dilnoza Karimova', role: 'agent', endedAs: 'transferred', outcome: 'explained' },
    { name: 'Rustam Yoʻldoshev', role: 'helper', endedAs: 'handedOver', outcome: null },
    { name: 'Rustam Yoʻldoshev', role: 'agent', endedAs: 'ended', outcome: 'explained' },
  ])
  for (const { talkSeconds } of card.legs) expect(talkSeconds).toBeGreaterThan(0)
  expect(Math.abs(card.recordingCard?.gapSeconds ?? Number.NaN)).toBeLessThanOrEqual(LOST_MAX_SECONDS)
})

test('a call goes back to its place in the queue, and to whoever is free there', async () => {
  const caller = await talking()
  await agent.desk.returnToQueue()
  const offer = await colleague.offer()
  expect(offer.number).toBe(caller.number)
  await colleague.desk.accept(offer.id)
  await hears('citizen', caller, { colleague: true })
  await agent.wrapUp()
  await colleague.desk.end()
  await caller.citizen.call.over
  await colleague.wrapUp()
  const card = await copy.ended(caller.number)
  expect(card.legs).toMatchObject([{ endedAs: 'returned' }, { endedAs: 'ended' }])
})
