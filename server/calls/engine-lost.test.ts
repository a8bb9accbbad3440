/** What becomes of citizens and their rows when the engine dies under their calls, or could not be reached for a while. */
import { expect, test } from 'vitest'
import { LINE_GRACE_MS } from './line-side.ts'
import type { CitizenLostByUs } from './events.ts'
import { EngineAway } from './ports.ts'
import { testStage } from './test-stage.ts'

test('a talk under which the engine dies was ended by the engine, at that moment, and the citizen is owed a call', async () => {
  const t = testStage()
  const dilnoza = await t.agent('dilnoza')
  const call = await t.waiting('c1')
  t.accept(dilnoza)
  t.clock.advance(30_000)
  const at = t.clock.now()
  t.clock.advance(4_000)
  t.media.push({ type: 'callerHungUp', call, cause: 38, at, because: 'engineLost' })
  expect(t.of('callEnded')).toMatchObject([{ call, endedBy: 'engine', talkSeconds: 30, endedAt: at }])
  expect(t.of('callEnded')[0]?.lost).toBeUndefined()
  expect(t.of('citizenLostByUs')).toMatchObject([
    {
      call,
      number: '+998901234567',
      queue: 'admission',
      language: 'uz',
      why: 'engineLost',
      isCalledBack: false,
    },
  ])
  expect(t.desk(dilnoza).status).toBe('wrapUp')
})

test('of those who waited, each keeps the moment from which he has waited, and whoever makes callbacks is asked', async () => {
  const t = testStage()
  const asked: CitizenLostByUs[] = []
  t.stage.deps.callBackAfterLoss = (lost) => asked.push(lost) > 0
  const call = await t.waiting('c1')
  const queuedAt = t.stage.calls.get(call)?.queuedAt
  t.clock.advance(60_000)
  t.media.push({ type: 'callerHungUp', call, cause: 38, at: t.clock.now(), because: 'engineLost' })
  expect(asked).toMatchObject([{ call, since: queuedAt }])
  expect(t.of('callEnded')).toMatchObject([{ endedBy: 'engine', lost: 'engineLost' }])
  expect(t.of('citizenLostByUs')).toMatchObject([{ isCalledBack: true }])
  expect(t.stage.engine.snapshot().waiting).toEqual([])
})

test('a caller who hung up while nobody could tell us has ended when he did, by himself, and is owed nothing', async () => {
  const t = testStage()
  const dilnoza = await t.agent('dilnoza')
  const call = await t.waiting('c1')
  t.accept(dilnoza)
  t.clock.advance(10_000)
  const at = t.clock.now()
  t.clock.advance(20_000)
  t.media.push({ type: 'callerHungUp', call, cause: 38, at })
  expect(t.of('callEnded')).toMatchObject([{ endedBy: 'citizen', talkSeconds: 10, endedAt: at }])
  expect(t.of('citizenLostByUs')).toEqual([])
})

test.each(['in a moment', 'after longer'])(
  'who should leave a message while the engine is out of reach is asked for it when it is back %s',
  async (when) => {
    const t = testStage()
    const call = await t.waiting('c1')
    await t.press(call, '2')
    await t.heard(call)
    const asked = () => t.media.lines.filter((line) => line === 'takeMessage c1 uz')
    t.media.failNext('takeMessage', new EngineAway('takeMessage'))
    t.clock.advance(2_000)
    await t.settle()
    expect(asked()).toHaveLength(1)
    for (let tries = 0; when === 'after longer' && tries < 20; tries++) {
      t.media.failNext('takeMessage', new EngineAway('takeMessage'))
      t.clock.advance(500)
      await t.settle()
    }
    const before = asked().length
    if (when === 'in a moment') t.clock.advance(500)
    else {
      // The last failure that was prepared met nobody: nothing is asked for ever.
      await t.stage.deps.media.takeMessage('nobody' as never, 'uz').catch(() => undefined)
      t.media.push({ type: 'engineBack', at: t.clock.now() })
    }
    await t.settle()
    expect(asked()).toHaveLength(before + 1)
    // He speaks now, and is not asked another time.
    t.media.push({ type: 'engineBack', at: t.clock.now() })
    t.clock.advance(10_000)
    await t.settle()
    expect(asked()).toHaveLength(before + 1)
  },
)

test('an acceptance that meets an engine out of reach connects as soon as it is back', async () => {
  const t = testStage()
  const dilnoza = await t.agent('dilnoza')
  await t.waiting('c1')
  t.media.failNext('connect', new EngineAway('connect'))
  t.accept(dilnoza)
  await t.settle()
  expect(t.desk(dilnoza)).toMatchObject({ status: 'talking', line: 'proven' })
  t.clock.advance(1_000)
  await t.settle()
  expect(t.media.lines.filter((line) => line === 'connect c1 dilnoza')).toHaveLength(2)
  expect(t.of('lineLost')).toEqual([])
})

test('one that never connects costs the citizen no more than a lost line', async () => {
  const t = testStage()
  const dilnoza = await t.agent('dilnoza')
  const call = await t.waiting('c1')
  t.media.failNext('connect', new EngineAway('connect'))
  t.accept(dilnoza)
  for (let tries = 0; tries < 20 && t.stage.calls.get(call)?.stage === 'talking'; tries++) {
    await t.settle()
    t.media.failNext('connect', new EngineAway('connect'))
    t.clock.advance(1_000)
  }
  expect(t.stage.calls.get(call)?.stage).toBe('adrift')
  t.clock.advance(LINE_GRACE_MS)
  expect(t.stage.engine.snapshot().waiting).toMatchObject([{ call }])
  // Nobody told that it was gone, and nobody would tell that it is up.
  expect(t.desk(dilnoza).line).toBe('proven')
})
