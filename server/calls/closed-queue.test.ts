/** An attestation that ends in the middle of a shift; see core/learning/qualification.ts. */
import { expect, test } from 'vitest'
import type { QueueId } from '#core/lib/ids.ts'
import { fluentIn } from '#core/routing/skill-rules.ts'
import { testStage } from './test-stage.ts'

const profile = (queues: string[]) => ({
  name: 'dilnoza',
  queues: queues as QueueId[],
  skills: fluentIn(['uz', 'ru']),
})

test('a queue that is closed to an agent during a call closes for the next offer, and the call goes on', async () => {
  const stage = testStage()
  const dilnoza = await stage.agent('dilnoza')
  await stage.agent('rustam')
  const first = await stage.waiting('first')
  stage.accept(dilnoza)
  stage.agents.profileChanged({ id: dilnoza, ...profile(['general']) })
  expect(stage.desk(dilnoza)).toMatchObject({ status: 'talking', call: { id: first } })

  await stage.hangUp(first)
  stage.agents.wrapUp(dilnoza, { outcome: 'resolved', topics: [], note: '' }, 'available')
  expect(stage.desk(dilnoza).status).toBe('available')
  await stage.waiting('second')
  await stage.waiting('third')
  expect(stage.of('callOffered').map(({ call, agent }) => `${call} ${agent}`)).toEqual([
    'first dilnoza',
    'second rustam',
  ])

  stage.agents.profileChanged({ id: dilnoza, ...profile(['general', 'admission']) })
  await stage.settle()
  expect(stage.of('callOffered').at(-1)).toMatchObject({ call: 'third', agent: dilnoza })
})
