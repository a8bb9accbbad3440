/**
 * A citizen who is called back, on a whole running copy: he asks for it by a key while
 * he waits, is let go, and is called on a telephone to which the trunk's calls go.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CallbackRow } from '#contract/callbacks.ts'
import { CallCard } from '#contract/calls.ts'
import { repeating } from '../../tools/callers/audio-port.ts'
import { type Citizen, passed } from '../../tools/callers/citizen.ts'
import { toneHeard } from '../../tools/callers/hearing.ts'
import { type Ring, SipPhone } from '../../tools/callers/sip-phone.ts'
import { AGENT_TONE_HZ, CITIZEN_TONE_HZ } from '../../tools/callers/tone.ts'
import { LOST_MAX_SECONDS } from '../sound.ts'
import { bursts } from './desk-page.ts'
import { decode, toneDecibels } from './recorded.ts'
import { eventually, newNumber, runningCopy } from './running-copy.ts'
import { type SipAgent, sipAgent } from './sip-agent.ts'

/** He is told goodbye before he is let go. */
const LET_GO_WITHIN_MS = 60_000
/** So long he waits for what a key does before he presses it again. */
const KEY_PATIENCE_MS = 6_000
const PRESSES_MAX = 3
const WITHIN_MS = 15_000
const HEARD_WITHIN_MS = 10_000
const STORED_WITHIN_MS = 60_000
const TALK_SECONDS = 6
/** Opus joins the sides where both sound at once; in a swapped or mixed recording there would be no margin at all. */
const SIDE_MARGIN_DECIBELS = 6
/** No hour is quiet, so that the test can be made in the night; and all goes as soon as the rules allow. */
const SETTINGS = { quiet: { fromMinute: 0, toMinute: 0 }, firstAfterSeconds: 5, retryAfterMinutes: 1 }
/** The minute in which he is left in peace, and a bit. */
const RETRIED_WITHIN_MS = 75_000
const TEST_MS = 240_000

const copy = runningCopy()
const rings: Ring[] = []
let rang: (ring: Ring) => void = () => undefined
let phone: SipPhone
let agent: SipAgent | undefined

beforeAll(async () => {
  phone = await SipPhone.open({
    user: 'citizen',
    port: copy.running.ports.citizen,
    onRing: (ring) => {
      rings.push(ring)
      rang(ring)
    },
  })
  const value = JSON.stringify(SETTINGS)
  await copy.pool.query(`update settings set value = $1 where name = 'callbacks'`, [value])
  // Settings are read when the server starts.
  const pid = copy.pidOf('server')
  process.kill(pid, 'SIGTERM')
  await copy.readyAfter('server', pid)
})
afterAll(async () => {
  await agent?.leave()
  phone?.close()
})

const nextRing = () => new Promise<Ring>((resolve) => (rang = resolve))
const callbacks = () => copy.get(CallbackRow.array(), '/callbacks')

test('a waiting caller presses 1, confirms, is called back by an agent who has accepted, and they hear each other', {
  timeout: TEST_MS,
}, async () => {
  const number = newNumber()
  const { citizen } = await copy.dial({ from: number })
  await citizen.walk(['1', '1', '1'])
  await copy.queued(number)
  await pressesOne(citizen, number, 'waiting:callback')
  await pressesOne(citizen, number, 'waiting:callbackConfirmed')
  const letGo = Promise.race([citizen.call.over, late(LET_GO_WITHIN_MS, number)])
  expect(await letGo).toMatchObject({ by: 'them' })
  const first = await copy.ended(number)
  expect(first).toMatchObject({
    lostReason: 'calledBack',
    endedBy: 'system',
    keys: '11111',
    queue: 'admission',
  })
  expect(first.path.slice(-2)).toEqual(['waiting:callback', 'waiting:callbackConfirmed'])
  await eventually('his place', callbacks, { holds: ([row]) => row?.place === 1, withinMs: WITHIN_MS })
  expect(await callbacks()).toMatchObject([{ call: first.id, status: 'waiting', attempts: 0, place: 1 }])
  expect(rings).toEqual([])

  // Not reached at first: the agent is free again, and nothing is held against him.
  agent = await sipAgent(copy, 'agent1')
  let ringing = nextRing()
  await takesCallback(number)
  ;(await ringing).refuse(486)
  await agent.when('free again', ({ status, callingBack }) => status !== 'talking' && callingBack === null)
  await eventually('an attempt', callbacks, { holds: ([row]) => row?.attempts === 1, withinMs: WITHIN_MS })

  await eventually('the next attempt', callbacks, {
    holds: ([row]) => row?.status !== 'waiting' || row.place === 1,
    withinMs: RETRIED_WITHIN_MS,
  })
  ringing = nextRing()
  await takesCallback(number)
  const ring = await ringing
  expect(ring.uri).toBe(`sip:${number.slice(1)}@127.0.0.1:${phone.port}`)
  expect(ring.from).toBe('1195')
  ring.answer()
  // Their pauses differ, so that each is sometimes alone.
  ring.audio.speak(repeating(bursts(CITIZEN_TONE_HZ, 30, 20)))
  agent.line.audio.speak(repeating(bursts(AGENT_TONE_HZ)))
  await Promise.all([
    toneHeard(ring.audio, AGENT_TONE_HZ, HEARD_WITHIN_MS),
    toneHeard(agent.line.audio, CITIZEN_TONE_HZ, HEARD_WITHIN_MS),
  ])
  await passed(TALK_SECONDS * 1000)
  ring.hangUp()
  await agent.wrapUp()

  const second = await theCallAfter(first)
  expect(second).toMatchObject({
    previous: first.id,
    status: 'ended',
    queue: 'admission',
    language: 'uz',
    topic: '01.01',
    agentName: 'Dilnoza Karimova',
    outcome: 'explained',
    endedBy: 'citizen',
  })
  expect(second.talkSeconds ?? 0).toBeGreaterThan(TALK_SECONDS - 1)
  expect(await copy.get(CallCard, `/calls/${first.id}`)).toMatchObject({ next: second.id })
  expect(await callbacks()).toMatchObject([{ status: 'done', attempts: 2 }])
  await recordingHoldsBoth(second)
})

/** As a person does: when he hears something, and again when nothing came of it. */
async function pressesOne(citizen: Citizen, number: string, step: string): Promise<void> {
  const holds = ({ path }: CallCard) => path.includes(step)
  for (let presses = 1; ; presses++) {
    await citizen.walk(['1'])
    try {
      await copy.cardWhen(number, holds, KEY_PATIENCE_MS)
      return
    } catch (error) {
      if (presses === PRESSES_MAX) throw error
      const { path } = await copy.card(number)
      process.stderr.write(`Pressed 1 in vain, no ${step} yet: ${path.join(' → ')}\n`)
    }
  }
}

async function takesCallback(number: string): Promise<void> {
  const { offer } = (await agent?.when('a callback', ({ offer }) => offer?.callback === true)) ?? {}
  expect((await agent?.offer())?.number).toBe(number)
  await agent?.desk.accept(offer?.id ?? '')
}

/** The call in which he was called back, once its recording is stored. */
async function theCallAfter(first: CallCard): Promise<CallCard> {
  const look = async () => {
    const { next } = await copy.get(CallCard, `/calls/${first.id}`)
    return next ? await copy.get(CallCard, `/calls/${next}`) : undefined
  }
  const holds = (card: CallCard | undefined) =>
    card?.recordingCard?.status === 'stored' && card.outcome !== null
  const found = await eventually('the call in which he was called back', look, {
    holds,
    withinMs: STORED_WITHIN_MS,
  })
  return found as CallCard
}

async function recordingHoldsBoth({ id, recordingCard, talk }: CallCard): Promise<void> {
  expect(recordingCard?.gapSeconds ?? 1).toBeLessThanOrEqual(LOST_MAX_SECONDS)
  const sound = await decode(Buffer.from(await (await copy.supervisor.recording(id)).arrayBuffer()))
  const startedAt = recordingCard?.startedAt ?? 0
  const [spell] = talk.map((each) => ({
    from: (each.startedAt - startedAt) / 1000,
    to: ((each.endedAt ?? 0) - startedAt) / 1000,
  }))
  const level = (side: Int16Array, hz: number) => toneDecibels(side, hz, spell ?? { from: 0, to: 0 })
  const citizenMargin = level(sound.left, CITIZEN_TONE_HZ) - level(sound.right, CITIZEN_TONE_HZ)
  const agentMargin = level(sound.right, AGENT_TONE_HZ) - level(sound.left, AGENT_TONE_HZ)
  expect(citizenMargin).toBeGreaterThan(SIDE_MARGIN_DECIBELS)
  expect(agentMargin).toBeGreaterThan(SIDE_MARGIN_DECIBELS)
}

async function late(ms: number, number: string): Promise<never> {
  await passed(ms)
  const { path, keys } = await copy.card(number)
  throw new Error(`He was not let go within ${ms} ms: ${keys}, ${path.join(' → ')}`)
}
