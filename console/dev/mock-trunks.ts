/** The trunks of the make-believe server, checked by the very rules of the real one. */
import { AddTrunk, ChangeTrunk, TrunksView, type TrunkView } from '#contract/trunks.ts'
import { checkTrunk } from '#core/calls/check-trunk.ts'
import { Refused } from './mock-refused.ts'

type Asked = { world: { trunks: TrunkView[] }; path: string[]; body: unknown }

const UNUSED = { callsToday: 0, refusedToday: 0, lastCallAt: null, version: 1, isActive: true } as const

export function mockTrunks(): TrunkView[] {
  return [
    {
      ...UNUSED,
      id: 'uztelecom',
      name: 'Uztelecom',
      peerAddresses: ['203.0.113.10'],
      didPatterns: ['1195', '+998712001195'],
      registration: { server: 'sip.example.uz', username: '712001195', password: null },
      codecs: ['alaw', 'ulaw'],
      maxCalls: 300,
      numberFormat: 'automatic',
      outboundUri: null,
      hasPassword: true,
      hasWayOut: true,
      engine: { knowsIt: true, calls: 7 },
      callsToday: 412,
    },
  ]
}

export const TRUNKS: Record<string, (asked: Asked) => unknown> = {
  'GET /trunks': ({ world }) => viewOf(world.trunks),
  'POST /trunks': ({ world, body }) => {
    const form = AddTrunk.parse(body)
    refuse(checkTrunk(form, world.trunks, true))
    const isRegistered = form.registration !== null
    const engine = { knowsIt: true, calls: 0 }
    world.trunks.push({ ...UNUSED, ...hidden(form), hasPassword: isRegistered, hasWayOut: true, engine })
    return viewOf(world.trunks)
  },
  'PUT /trunks/:id': ({ world, path, body }) => {
    const { basedOn, ...form } = ChangeTrunk.parse(body)
    const trunk = found(world.trunks, path[1])
    if (trunk.version !== basedOn) throw new Refused('changedMeanwhile')
    refuse(checkTrunk({ id: trunk.id, ...form }, world.trunks, false))
    Object.assign(trunk, hidden(form), { version: basedOn + 1 })
    return viewOf(world.trunks)
  },
  'POST /trunks/:id/on': ({ world, path }) => switched(world.trunks, path[1], true),
  'POST /trunks/:id/off': ({ world, path }) => switched(world.trunks, path[1], false),
}

function hidden<Form extends Pick<AddTrunk, 'registration'>>(form: Form): Form {
  return { ...form, registration: form.registration && { ...form.registration, password: null } }
}

function switched(trunks: TrunkView[], id: string | undefined, isActive: boolean): TrunksView {
  const trunk = found(trunks, id)
  Object.assign(trunk, { isActive, engine: { knowsIt: isActive, calls: 0 }, version: trunk.version + 1 })
  return viewOf(trunks)
}

const viewOf = (trunks: TrunkView[]) => TrunksView.parse({ trunks, isApplied: true })

function found(trunks: TrunkView[], id: string | undefined): TrunkView {
  const trunk = trunks.find((one) => one.id === id)
  if (!trunk) throw new Refused('notFound')
  return trunk
}

function refuse(problems: ReturnType<typeof checkTrunk>): void {
  if (problems.length > 0) throw new Refused('settingsHaveProblems', [...problems])
}
