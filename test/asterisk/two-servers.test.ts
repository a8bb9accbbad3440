/** Two servers on one engine, by mistake: one commands, the other waits, and no call is commanded by both. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { LEASE_TIMES } from '../../server/asterisk/engine-lease.ts'
import { music } from '../../server/asterisk/engine-sounds.ts'
import { SAMPLES_PER_SECOND } from '../../tools/callers/alaw.ts'
import { passed } from '../../tools/callers/citizen.ts'
import { SipCall } from '../../tools/callers/sip-call.ts'
import { startTestEngine, type TestEngine } from './engine.ts'
import { fillEvents, giveTrunk, type LoneServer, loneServer } from './lone-servers.ts'

/** A server that is stopped for less than a standby's patience is not replaced. */
const SHORT_STOP_MS = LEASE_TIMES.proofMs + 500

/** A call is offered anew after 0.8 s (asterisk/extensions.conf: ASK_AGAIN_SECONDS), and given up after five more. */
const UNTAKEN_MS = 300
/** A heartbeat a second, and a second for it to come back; a machine that tests is late by a little. */
const DEAFNESS_NOTICED_MS = 2_500
const FOUND_OUT_WITHIN_MS = 3_000
const LONGER_THAN_ASKED_AGAIN_MS = 2_000

const PROMPT_SECONDS = 4

let engine: TestEngine
const servers: LoneServer[] = []
const phones: SipCall[] = []

beforeAll(async () => {
  engine = await startTestEngine()
  await giveTrunk(engine)
  writeFileSync(`${prompt()}.alaw`, music().subarray(0, PROMPT_SECONDS * SAMPLES_PER_SECOND))
})
afterEach(async () => {
  await Promise.all(phones.splice(0).map((phone) => phone.hangUp()))
  await Promise.all(servers.splice(0).map((server) => server.kill('SIGKILL')))
})
afterAll(async () => {
  await engine?.stop()
})

function server(): LoneServer {
  const started = loneServer(engine, prompt())
  servers.push(started)
  return started
}

/** The first commands, the second waits. */
async function two(): Promise<[LoneServer, LoneServer]> {
  const first = server()
  await first.does('adopted')
  const second = server()
  await second.does('standsBy')
  return [first, second]
}

async function dial(): Promise<SipCall> {
  const { sip: port } = engine.ports
  const phone = await SipCall.dial({
    host: '127.0.0.1',
    port,
    to: 'sip:1195@127.0.0.1',
    from: '998901234567',
    userAgent: 'Phone',
  })
  phones.push(phone)
  return phone
}

const prompt = () => join(engine.paths.prompts, 'greeting')

async function arrived(at: LoneServer): Promise<string> {
  at.said.splice(0)
  await dial()
  return (await at.does('callArrived')).call ?? ''
}

test('the second waits and hears of no call; it takes over at once when the first is killed, and finds the callers', async () => {
  const [first, second] = await two()
  const call = await arrived(first)
  expect(second.did('commands')).toBe(false)
  await first.kill('SIGKILL')
  expect((await second.does('adopted')).calls).toEqual([call])
  const next = await arrived(second)
  expect(next).not.toBe(call)
})

test('one that stops in order leaves the engine to the other at once', async () => {
  const [first, second] = await two()
  await first.kill('SIGTERM')
  await second.does('adopted')
  await arrived(second)
})

test('one that sleeps for a short while keeps the engine and its callers, and hears new ones at once', async () => {
  const [first, second] = await two()
  const call = await arrived(first)
  first.signal('SIGSTOP')
  await passed(SHORT_STOP_MS)
  first.signal('SIGCONT')
  const next = await arrived(first)
  expect(next).not.toBe(call)
  expect(first.did('callerHungUp')).toBe(false)
  expect(second.did('commands')).toBe(false)
})

test('whom a server that dies has not taken is answered by the engine a second later', async () => {
  const first = server()
  await first.does('adopted')
  first.signal('SIGSTOP')
  const phone = await dial()
  await passed(UNTAKEN_MS)
  const killedAt = performance.now()
  await first.kill('SIGKILL')
  await phone.settled
  expect(phone.code).toBe(200)
  expect(performance.now() - killedAt).toBeLessThan(FOUND_OUT_WITHIN_MS)
})

test('one that sleeps for two seconds takes whoever came meanwhile, once', async () => {
  const first = server()
  await first.does('adopted')
  first.signal('SIGSTOP')
  const phone = await dial()
  await passed(LONGER_THAN_ASKED_AGAIN_MS)
  first.signal('SIGCONT')
  await first.does('promptsPlayed')
  expect(first.said.filter(({ does }) => does === 'callArrived')).toHaveLength(1)
  // The engine answers whom it serves alone.
  expect(phone.answeredAt).toBeUndefined()
})

test('one that wakes deaf, because the engine has stopped writing to it, notices and looks around', async () => {
  const first = server()
  await first.does('adopted')
  const stays = await arrived(first)
  const goes = await arrived(first)
  expect(first.did('promptsPlayed')).toBe(false)
  first.signal('SIGSTOP')
  await fillEvents(engine)
  await phones.at(-1)?.hangUp()
  first.signal('SIGCONT')
  const wokenAt = performance.now()
  await first.does('engineLost')
  expect(performance.now() - wokenAt).toBeLessThan(DEAFNESS_NOTICED_MS)
  await first.does('engineBack')
  expect(first.said.filter(({ does }) => does === 'callerHungUp')).toMatchObject([{ call: goes }])
  // What he was told ended unheard of; he must not wait for it for ever.
  expect(first.said.some(({ does, call }) => does === 'promptsPlayed' && call === stays)).toBe(true)
  expect(await arrived(first)).not.toBe(stays)
})

test('one that sleeps for long is ended before the other takes over: it never wakes to command', async () => {
  const [first, second] = await two()
  const call = await arrived(first)
  first.signal('SIGSTOP')
  expect((await second.does('adopted')).calls).toEqual([call])
  expect(await first.ended).toEqual([null, 'SIGKILL'])
  await arrived(second)
})

test('a new engine is taken by the one that commanded the old, not by the one that waits', async () => {
  const [first, second] = await two()
  await engine.crash()
  await first.does('engineLost')
  await engine.start()
  await first.does('engineBack')
  await arrived(first)
  expect(second.did('commands')).toBe(false)
})
