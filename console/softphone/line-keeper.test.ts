import { expect, test } from 'vitest'
import type { PhoneAccess } from '#contract/staff.ts'
import { LineKeeper, type LineView } from './line-keeper.ts'
import type { AudioFlow, DownReason, Softphone, SoftphoneState } from './softphone.ts'

const SILENT: AudioFlow = { packetsReceived: 0, packetsSent: 0, levelReceived: 0, levelSent: 0 }
const FLOWING: AudioFlow = { ...SILENT, packetsReceived: 50, packetsSent: 50 }

/** A phone whose every state the test decides, a clock that moves when told, and a server that answers at once. */
function aLine() {
  const done: string[] = []
  let timer: { ms: number; then: () => void } | undefined
  let asked = 0
  const world = {
    flow: SILENT,
    serverIsAway: false,
    lineIsUpElsewhere: false,
    serverCountsTooFew: false,
    view: { state: 'off' } as LineView,
  }
  let state: SoftphoneState = { state: 'idle' }
  const softphone: Softphone = {
    get state() {
      return state
    },
    connect: ({ username }) => done.push(`dial ${username}`),
    hangUp: () => done.push('hang up'),
    mute: () => undefined,
    audio: async () => world.flow,
    letSound: async () => undefined,
    follow: () => undefined,
  }
  const keeper = new LineKeeper({
    softphone,
    askAccess: async () => {
      if (world.serverIsAway) throw new Error('away')
      return { username: `window-${++asked}` } as PhoneAccess
    },
    prove: async () => {
      if (world.serverCountsTooFew) throw new Error('too few')
    },
    lineIsUp: async () => world.lineIsUpElsewhere,
    after(ms, then) {
      const mine = { ms, then }
      timer = mine
      return () => {
        if (timer === mine) timer = undefined
      }
    },
    changed: (view) => {
      world.view = view
    },
  })
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve))
  return {
    keeper,
    done,
    world,
    settle,
    async phone(next: SoftphoneState) {
      state = next
      keeper.phoneChanged(next)
      await settle()
    },
    down: (reason: DownReason) => ({ state: 'down', reason }) as const,
    /** Lets the timer that is set fire, and says how long it was. */
    async timer() {
      const firing = timer
      timer = undefined
      firing?.then()
      await settle()
      return firing?.ms
    },
  }
}

async function aProvenLine() {
  const line = aLine()
  await line.keeper.start()
  line.world.flow = FLOWING
  await line.phone({ state: 'up' })
  await line.timer()
  return line
}

test('a line is proven once sound flows both ways and the server agrees', async () => {
  const line = aLine()
  await line.keeper.start()
  expect(line.world.view).toEqual({ state: 'connecting' })
  await line.phone({ state: 'up' })
  await line.timer()
  expect(line.world.view).toEqual({ state: 'checking', isSilent: false })

  line.world.flow = { ...FLOWING, packetsSent: 0 }
  await line.timer()
  expect(line.world.view.state).toBe('checking')

  line.world.flow = FLOWING
  line.world.serverCountsTooFew = true
  await line.timer()
  expect(line.world.view.state).toBe('checking')

  line.world.serverCountsTooFew = false
  await line.timer()
  expect(line.world.view).toEqual({ state: 'proven' })
})

test('a line on which no sound comes says so', async () => {
  const line = aLine()
  await line.keeper.start()
  await line.phone({ state: 'up' })
  for (let check = 0; check < 25; check++) await line.timer()
  expect(line.world.view).toEqual({ state: 'checking', isSilent: true })
})

test('a lost line is dialled again, each time a little later, with the same credentials', async () => {
  const line = await aProvenLine()
  const waits: (number | undefined)[] = []
  for (let attempt = 1; attempt <= 8; attempt++) {
    await line.phone(line.down('lost'))
    expect(line.world.view).toEqual({ state: 'redialling', attempt })
    waits.push(await line.timer())
  }
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000])
  expect(new Set(line.done)).toEqual(new Set(['dial window-1']))
})

test('a server that is away at the start is asked again', async () => {
  const line = aLine()
  line.world.serverIsAway = true
  await line.keeper.start()
  expect(line.world.view).toEqual({ state: 'redialling', attempt: 1 })
  line.world.serverIsAway = false
  await line.timer()
  expect(line.done).toEqual(['dial window-1'])
})

test('a window whose credentials were replaced by a newer one does not take the line back', async () => {
  const line = await aProvenLine()
  await line.phone(line.down('lost'))
  await line.timer()
  line.world.lineIsUpElsewhere = true
  await line.phone(line.down('refused'))
  await line.timer()
  expect(line.world.view).toEqual({ state: 'elsewhere' })
  expect(line.done.at(-1)).toBe('hang up')
})

test('a phone engine that started anew and forgot the credentials is asked for new ones', async () => {
  const line = await aProvenLine()
  await line.phone(line.down('refused'))
  await line.timer()
  expect(line.done.at(-1)).toBe('dial window-2')
})

test('a window told that another has the line hangs up at once', async () => {
  const line = await aProvenLine()
  line.keeper.giveAway()
  expect(line.world.view).toEqual({ state: 'elsewhere' })
  await line.timer()
  expect(line.done).toEqual(['dial window-1', 'hang up'])
})

test('without a microphone there is no line, and nothing is tried behind the agent’s back', async () => {
  const line = aLine()
  await line.keeper.start()
  await line.phone(line.down('noMicrophone'))
  expect(line.world.view).toEqual({ state: 'noMicrophone' })
  expect(await line.timer()).toBeUndefined()
})
