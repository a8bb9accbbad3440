import { expect, test } from 'vitest'
import { WAITING_TEXTS } from '#core/ivr/waiting.ts'
import type { CallId, OfferId, TopicCode } from '#core/lib/ids.ts'
import { REPEAT_WITHIN_MS } from './last-agents.ts'
import { type TestStage, testStage } from './test-stage.ts'

const wrapUp = { outcome: 'resolved' as const, topics: ['01.01.01' as TopicCode], note: '' }

/** What was last said to the caller. */
function said({ media }: TestStage, call: CallId): string {
  const play = media.requests.findLast(([name, id]) => name === 'play' && id === call)
  return ((play?.[3] ?? []) as string[]).map((file) => file.replace(/^uz:/, '')).join(' ')
}

/** A talk from the first ring to the wrap-up. */
async function talk(t: TestStage, call: CallId, agent: Awaited<ReturnType<TestStage['agent']>>) {
  t.accept(agent)
  await t.settle()
  await t.hangUp(call)
  t.agents.wrapUp(agent, wrapUp, 'available')
}

test('a waiting caller is told his place and hears something useful between the announcements', async () => {
  const t = testStage()
  await t.waiting('c1')
  const call = await t.waiting('c2')
  expect(said(t, call)).toMatch(/^Siz navbatda 2-oʻrindasiz\. /)
  await t.heard(call)
  expect(t.media.lines).toContain('startMusic c2')
  t.clock.advance(40_000)
  await t.settle()
  expect(said(t, call)).toBe('foydali')
  await t.hangUp('c1' as CallId)
  t.clock.advance(40_000)
  await t.settle()
  expect(said(t, call)).toMatch(/^Siz navbatda 1-oʻrindasiz\. /)
})

test('an agent is asked while the announcement plays, and has the caller before it has ended', async () => {
  const t = testStage()
  const call = await t.waiting('c1')
  const dilnoza = await t.agent('dilnoza')
  expect(t.desk(dilnoza).offer?.call).toBe(call)
  t.accept(dilnoza)
  await t.settle()
  t.media.forget()
  await t.heard(call)
  await t.press(call, '12*')
  t.clock.advance(120_000)
  await t.settle()
  expect(t.media.requests).toEqual([])
  expect(t.stage.calls.get(call)?.stage).toBe('talking')
})

test('an announcement that is found after the agent has answered is not played into the talk', async () => {
  const found = Promise.withResolvers<void>()
  const t = testStage({
    prompts: {
      async file(language, text) {
        if (text.includes('navbatda')) await found.promise
        return `${language}:${text}`
      },
    },
  })
  const dilnoza = await t.agent('dilnoza')
  const call = await t.waiting('c1')
  t.accept(dilnoza)
  t.media.forget()
  found.resolve()
  await t.settle()
  expect(t.stage.calls.get(call)?.stage).toBe('talking')
  expect(t.media.lines.filter((line) => line.startsWith('play'))).toEqual([])
})

test('a key says again where he stands, and a wrong one what is possible', async () => {
  const t = testStage()
  const call = await t.waiting('c1')
  await t.press(call, '*')
  expect(said(t, call)).toMatch(/^Siz navbatda 1-oʻrindasiz\./)
  await t.press(call, '7')
  expect(said(t, call)).toContain(WAITING_TEXTS.wrongKey.uz)
  expect(t.of('menuStepped').at(-1)).toMatchObject({
    path: expect.arrayContaining(['wrongKey:7']),
    keys: '111*7',
  })
})

test('2 leaves a message: he leaves the queue for that reason, and no agent is asked for him any more', async () => {
  const t = testStage()
  const call = await t.waiting('c1')
  await t.press(call, '2')
  const dilnoza = await t.agent('dilnoza')
  expect(t.desk(dilnoza).offer?.call).toBe(call)
  await t.heard(call)
  t.clock.advance(2_000)
  await t.settle()
  expect(t.media.lines).toContain('takeMessage c1 uz')
  expect(t.desk(dilnoza)).toMatchObject({ status: 'available', offer: undefined })
  expect(t.of('callLeftQueue')).toMatchObject([{ call, reason: 'messageLeft' }])
  await t.hangUp(call)
  expect(t.of('callEnded')).toMatchObject([{ call, lost: 'messageLeft' }])
})

test('an announcement that cannot be played gives way to music', async () => {
  const t = testStage()
  t.media.failNext('play', new Error('no such file'))
  const call = await t.arrive('c1')
  await t.heard(call)
  await t.settle()
  await t.heard(call)
  await t.press(call, '11')
  t.media.failNext('play', new Error('no such file'))
  await t.press(call, '1')
  await t.settle()
  expect(t.media.lines.at(-1)).toBe('startMusic c1')
})

test('who calls again within the hour comes to the same agent, though another has been free for longer', async () => {
  const t = testStage()
  const dilnoza = await t.agent('dilnoza')
  await talk(t, await t.waiting('c1'), dilnoza)
  const rustam = await t.agent('rustam')
  t.agents.takeBreak(dilnoza, 'rest')
  t.clock.advance(60_000)
  t.agents.becomeAvailable(dilnoza)
  const again = await t.waiting('c2')
  expect(t.desk(dilnoza).offer?.call).toBe(again)
  expect(t.desk(rustam).status).toBe('available')
})

test('after an hour he is a caller like everybody else', async () => {
  const t = testStage()
  const dilnoza = await t.agent('dilnoza')
  await talk(t, await t.waiting('c1'), dilnoza)
  const rustam = await t.agent('rustam')
  t.agents.takeBreak(dilnoza, 'rest')
  t.clock.advance(REPEAT_WITHIN_MS + 1)
  t.agents.becomeAvailable(dilnoza)
  const again = await t.waiting('c2')
  expect(t.desk(rustam).offer?.call).toBe(again)
})

test('whose agent is busy is served one step before those who came with him', async () => {
  const t = testStage()
  const dilnoza = await t.agent('dilnoza')
  await talk(t, await t.waiting('c1'), dilnoza)
  await t.waiting('busy', '+998931112233')
  t.accept(dilnoza)
  await t.settle()
  await t.waiting('other', '+998931112244')
  const again = await t.waiting('c2')
  const rustam = await t.agent('rustam')
  expect(t.desk(rustam).offer?.call).toBe(again)
})

test('callers who hide their number are nobody’s earlier callers', async () => {
  const t = testStage()
  const dilnoza = await t.agent('dilnoza')
  await talk(t, await t.waiting('c1', 'anonymous'), dilnoza)
  const rustam = await t.agent('rustam')
  t.agents.takeBreak(dilnoza, 'rest')
  t.clock.advance(1_000)
  t.agents.becomeAvailable(dilnoza)
  const hidden = await t.waiting('c2', 'anonymous')
  expect(t.desk(rustam).offer?.call).toBe(hidden)
  t.agents.decline(rustam, t.desk(rustam).offer?.id as OfferId)
})
