import pino from 'pino'
import { afterEach, expect, test, vi } from 'vitest'
import { EngineLease, type LeaseTimes } from './engine-lease.ts'
import type { EngineMarks, MarkName } from './engine-marks.ts'

const TIMES: LeaseTimes = { beatMs: 10, proofMs: 150, patienceMs: 300, settleMs: 40, lookMs: 5 }

/** An engine's memory: emptied when it starts again, silent while it is away. */
function memory() {
  const texts = new Map<MarkName, string>()
  let isAway = false
  const marks: EngineMarks = {
    async read(name) {
      if (isAway) throw new Error('away')
      return texts.get(name) ?? ''
    },
    async write(name, text) {
      if (isAway) throw new Error('away')
      texts.set(name, text)
    },
  }
  return {
    marks,
    texts,
    goAway: () => void (isAway = true),
    comeBack: () => void (isAway = false),
    restart: () => texts.clear(),
  }
}

type Memory = ReturnType<typeof memory>

const open: EngineLease[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((lease) => lease.release().catch(() => undefined)))
})

function server({ marks }: Memory): EngineLease {
  const lease = new EngineLease(marks, pino({ level: 'silent' }), TIMES)
  open.push(lease)
  return lease
}

/** Waits in the background, and remembers whether it has been let in. */
function waiting(lease: EngineLease) {
  const standby = { isIn: false, in: lease.acquire() }
  // One that is stopped while it waits has nothing to tell.
  standby.in = standby.in.then(
    () => void (standby.isIn = true),
    () => undefined,
  )
  return standby
}

async function beats(engine: Memory, count: number): Promise<void> {
  let [seen, last] = [0, engine.texts.get('JAVOB_BEAT')]
  await vi.waitUntil(
    () => {
      const beat = engine.texts.get('JAVOB_BEAT')
      if (beat !== last) seen++
      last = beat
      return seen >= count
    },
    { timeout: 5_000, interval: 2 },
  )
}

test('who finds nobody commands, and the second waits as long as the first beats', async () => {
  const engine = memory()
  const first = server(engine)
  await first.acquire()
  expect(first.isHeld).toBe(true)
  const second = server(engine)
  const standby = waiting(second)
  await beats(engine, 40)
  expect(standby.isIn).toBe(false)
  await expect(second.confirm()).rejects.toThrow('standby')
  expect(first.isHeld).toBe(true)

  await first.release()
  await standby.in
  expect([first.isHeld, second.isHeld]).toEqual([false, true])
})

test('of many that start together one commands', async () => {
  for (let round = 0; round < 5; round++) {
    const engine = memory()
    const servers = Array.from({ length: 5 }, () => server(engine))
    const standbys = servers.map(waiting)
    await Promise.race(standbys.map((each) => each.in))
    await beats(engine, 10)
    expect(servers.filter((each) => each.isHeld)).toHaveLength(1)
    expect(standbys.filter((each) => each.isIn)).toHaveLength(1)
  }
})

test('a proof that is not renewed runs out by the server’s own clock, and comes back with the engine', async () => {
  const engine = memory()
  const lease = server(engine)
  await lease.acquire()
  engine.goAway()
  await vi.waitUntil(() => !lease.isHeld)
  await expect(lease.confirm()).rejects.toThrow('away')
  engine.comeBack()
  await lease.confirm()
  expect(lease.isHeld).toBe(true)
})

test('a new engine remembers nobody: who commanded before goes on, who waited waits', async () => {
  const engine = memory()
  const first = server(engine)
  await first.acquire()
  const standby = waiting(server(engine))
  await beats(engine, 5)
  engine.restart()
  await vi.waitUntil(() => engine.texts.get('JAVOB_COMMANDED_BY'))
  await beats(engine, 5)
  expect([first.isHeld, standby.isIn]).toEqual([true, false])
})

test('who was silent for too long is replaced, commands nothing from then on, and is told', async () => {
  const engine = memory()
  const first = server(engine)
  await first.acquire()
  // Asleep: its beats do not come.
  const held = vi.spyOn(first, 'confirm').mockResolvedValue(undefined)
  const second = server(engine)
  await second.acquire()
  expect([first.isHeld, second.isHeld]).toEqual([false, true])
  held.mockRestore()
  await expect(first.confirm()).rejects.toThrow('Another server')
  await first.lost
  expect([first.isHeld, second.isHeld]).toEqual([false, true])
})
