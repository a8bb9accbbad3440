/** Somebody else in a call of the make-believe server: whoever is asked comes when the test lets him. */
import { ConsultWith, Desk, TransferTargets, TransferTo } from '#contract/calls.ts'
import type { Me } from '#contract/staff.ts'
import { madeId } from './mock-data.ts'
import { Refused } from './mock-refused.ts'
import type { MockDesk } from './mock-desk.ts'
import type { MockWorld } from './mock-world.ts'

type Known = { world: MockWorld; me: Me; body: unknown }

/** Nobody else in this world is free. */
const FREE = { id: madeId(1, 40), name: 'Lola Ergasheva', status: 'available' as const, queues: ['general'] }

const moved =
  (act: (desk: MockDesk, asked: Known) => boolean) =>
  (asked: Known): Desk => {
    const desk = asked.world.desk(asked.me)
    if (!act(desk, asked)) throw new Refused('wrongStatus')
    return Desk.parse(desk.now())
  }

export const HAND_OVER: Record<string, (asked: Known) => unknown> = {
  'GET /desk/targets': ({ world, me }) => targetsOf(world, me),
  'POST /desk/call/transfer': moved((desk, { world, body }) => {
    world.handedTo.push(TransferTo.parse(body))
    return desk.talk('transfer')
  }),
  'POST /desk/call/consult': moved((desk, { world, me, body }) => {
    const whom = ConsultWith.parse(body)
    if ('number' in whom) return desk.talk('consult', whom.number)
    const colleague = targetsOf(world, me).agents.find(({ id }) => id === whom.agent)
    if (colleague?.status !== 'available') throw new Refused('agentNotFree')
    return desk.talk('consult', colleague.name)
  }),
  'POST /desk/call/return': moved((desk) => desk.talk('returnToQueue')),
  'POST /desk/call/consult/end': moved((desk) => desk.talk('endConsult')),
  'POST /desk/call/conference': moved((desk) => desk.talk('confer')),
  'POST /desk/call/hand-over': moved((desk) => desk.talk('handOver')),
  'POST /desk/call/stop-helping': moved((desk) => desk.talk('stopHelping')),
}

function targetsOf(world: MockWorld, me: Me): TransferTargets {
  const others = world.agentRows.filter(({ name }) => name !== me.name)
  return TransferTargets.parse({
    agents: [FREE, ...others.map(({ id, name, status }) => ({ id, name, status, queues: ['general'] }))],
    queues: world.queues.rows.map(({ queue, names }) => ({ id: queue, names, waiting: 3, freeAgents: 1 })),
    dialling: me.may.includes('callOutside') ? { allowed: ['998'], denied: [] } : null,
  })
}
