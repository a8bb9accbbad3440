import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AgentId } from '#core/lib/ids.ts'
import { type AsteriskMediaEngine, asteriskMediaEngine } from '../../server/asterisk/asterisk-media-engine.ts'
import { openLog } from '../../server/log.ts'
import { SipCall } from '../../tools/callers/sip-call.ts'
import { browserPhone, openBrowser } from './browser-phone.ts'
import { startTestEngine, type TestEngine } from './engine.ts'
import { WatchedEvents } from './watched-events.ts'

/** Loudest A-law bytes of silence are near this value; a beep is far from it. */
const A_LAW_SILENCE = 0xd5

let engine: TestEngine
let media: AsteriskMediaEngine
let browser: Browser
const events = new WatchedEvents()

beforeAll(async () => {
  engine = await startTestEngine()
  const log = openLog(process.env.JAVOB_LOG_LEVEL ?? 'silent')
  media = asteriskMediaEngine({
    data: engine.data,
    httpPort: engine.ports.engineHttp,
    ariPassword: engine.ariPassword,
    log,
  })
  await media.start(events.take)
  await media.applyTrunks([
    { id: 'demo', peerAddresses: ['127.0.0.1'], didPatterns: ['1195'], codecs: ['alaw'], maxCalls: 10 },
  ])
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await media?.stop()
  await engine?.stop()
})

test('a browser line comes up, audio flows both ways, citizen and agent hear each other at once, and a closed tab is a lost line', async () => {
  const agent = randomUUID() as AgentId
  const { alwaysOn: address } = await media.allowPhone(agent, 'secret')
  const phone = await browserPhone(browser, engine.ports.engineHttp, address, 'secret')
  await events.next('lineUp')
  await expect
    .poll(async () => (await media.lineAudio(agent)).packetsFromAgent, { timeout: 5_000 })
    .toBeGreaterThan(25)
  expect((await media.lineAudio(agent)).packetsToAgent).toBeGreaterThan(25)

  const citizen = await SipCall.dial({
    host: '127.0.0.1',
    port: engine.ports.sip,
    to: 'sip:1195@127.0.0.1',
    from: '998901234567',
    userAgent: 'Phone',
  })
  const { call } = await events.next('callArrived')
  await media.answer(call)
  await citizen.settled
  const loud = new Promise<void>((resolve) => {
    citizen.audio.listen(({ payload }) => {
      if (payload.some((byte) => ((byte ^ A_LAW_SILENCE) & 0x7f) > 0x30)) resolve()
    })
  })
  const before = await sourcesHeard(phone.page)
  await media.connect(call, agent)
  await loud
  // With the silence's source going on, the browser would take the leap of the timestamps for a loss, and wait a second.
  await expect
    .poll(async () => (await sourcesHeard(phone.page)).filter((source) => !before.includes(source)))
    .toHaveLength(1)

  await phone.close()
  expect(await events.next('lineDown')).toMatchObject({ agent })
  expect(citizen.isOver).toBe(false)
  await citizen.hangUp()
  await events.next('callerHungUp')
})

/** The RTP sources that the page has received something from. */
async function sourcesHeard(page: Page): Promise<number[]> {
  return await page.evaluate(`window.phoneCall.connection.getStats().then((report) =>
    [...report.values()].filter(({ type }) => type === 'inbound-rtp').map(({ ssrc }) => ssrc))`)
}

test('a browser that is reloaded gets its line back within three seconds', async () => {
  const agent = randomUUID() as AgentId
  const { alwaysOn: address } = await media.allowPhone(agent, 'secret')
  const first = await browserPhone(browser, engine.ports.engineHttp, address, 'secret')
  await events.next('lineUp')
  const password = 'another'
  const { alwaysOn: again } = await media.allowPhone(agent, password)
  const since = Date.now()
  const second = await browserPhone(browser, engine.ports.engineHttp, again, password)
  await events.next('lineUp')
  expect(Date.now() - since).toBeLessThan(3_000)
  expect((await media.standing()).lines).toEqual([agent])
  await Promise.all([first.close(), second.close()])
})

test('a browser that names a citizen\u2019s number instead of the line gets nothing', async () => {
  const agent = randomUUID() as AgentId
  const { alwaysOn: address } = await media.allowPhone(agent, 'secret')
  const phone = await browserPhone(
    browser,
    engine.ports.engineHttp,
    { ...address, lineUri: 'sip:1195@javob' },
    'secret',
  )
  await expect.poll(() => phone.state(), { timeout: 5_000 }).toMatch(/^failed/)
  await phone.close()
})
