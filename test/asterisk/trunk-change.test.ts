/** An administrator changes trunks while calls are on them. */
import { expect, test } from 'vitest'
import { engineStage, hearEachOther } from './engine-stage.ts'
import { refusedCall, runSipp } from './sipp.ts'

const stage = engineStage()

test('a trunk is changed and switched off under a call: the call goes on, a new one is refused, and it comes back', async () => {
  const { media } = stage
  const [agent, citizen] = [await stage.agent(), await stage.citizen()]
  await media.connect(citizen.call, agent.agent)
  await hearEachOther(citizen, agent)
  expect([...(await media.trunksInEngine())]).toEqual([['demo', 1]])

  await stage.trunkTo(9)
  await hearEachOther(citizen, agent)
  await media.applyTrunks([])
  expect([...(await media.trunksInEngine())]).toEqual([])
  await hearEachOther(citizen, agent)
  const stranger = runSipp({ scenario: refusedCall(403), sip: stage.engine.ports.sip })
  expect(await stage.events.next('callRefused')).toMatchObject({ did: '1195', reason: 'notATrunk' })
  expect(await stranger.done).toBe(0)

  await citizen.hangUp()
  expect(await stage.events.next('callerHungUp')).toMatchObject({ call: citizen.call })
  await stage.trunkTo(undefined)
  const next = await stage.citizen()
  await media.connect(next.call, agent.agent)
  await hearEachOther(next, agent)
})
