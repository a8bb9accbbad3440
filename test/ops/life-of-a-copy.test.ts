/** One copy from its first start to its end, with everything killed once on the way. */
import { spawnSync } from 'node:child_process'
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dataPaths } from '../../server/config.ts'
import { clusterPids } from '../../server/database/embedded.ts'
import { identityOf } from '../../server/process-identity.ts'
import { markedProcesses } from '../../tools/supervisor/identity.ts'
import { type TestCopy, testCopy } from './test-copy.ts'

const RESTARTED_WITHIN_MS = 20_000
const NAMES = ['supervisor', 'postgres', 'asterisk', 'server']

let copy: TestCopy
let addresses: string

beforeAll(async () => {
  copy = await testCopy()
  const started = await copy.up()
  if (started.code !== 0) throw new Error(started.err)
  addresses = started.out
})
afterAll(() => copy.remove())

test('up ends with the ready line, after addresses and sign-ins', () => {
  const lines = addresses.trim().split('\n')
  expect(lines.at(-1)).toMatch(/^ready/)
  expect(addresses).toContain(`http://localhost:${copy.base}/`)
  expect(addresses).toContain('sign in as')
})

test('status names every process, its number and its age', async () => {
  const status = await copy.statusAsTold()
  expect(status).toMatchObject({ running: true, ready: true, ports: { base: copy.base } })
  expect(status.processes.map(({ name }) => name)).toEqual(NAMES)
  expect(status.processes.every(({ pid, upSeconds }) => pid > 1 && upSeconds >= 0)).toBe(true)
})

test('only the supervisor runs as root', async () => {
  const root = copy.status().processes.filter(({ pid }) => statSync(`/proc/${pid}`).uid === 0)
  expect(root.map(({ name }) => name)).toEqual(['supervisor'])
})

test('the engine goes before everything else, in real time where the machine allows it', async () => {
  const { asterisk = 0 } = pids()
  const allowed = spawnSync('chrt', ['--rr', '10', 'true']).status === 0
  expect(spawnSync('chrt', ['--pid', String(asterisk)]).stdout.toString()).toContain(
    allowed ? 'SCHED_RR' : 'SCHED_OTHER',
  )
})

test('a second up says the same and starts nothing', async () => {
  const before = pids()
  const again = await copy.up()
  expect(again).toMatchObject({ code: 0, out: addresses })
  expect(again.err).toContain('already running')
  expect(pids()).toEqual(before)
})

test.each(['server', 'asterisk', 'postgres'])(
  'a killed %s is started again, the others stay',
  async (name) => {
    const before = pids()
    process.kill(before[name] ?? 0, 'SIGKILL')
    await untilTrue(() => {
      const now = pids()
      return now[name] !== undefined && now[name] !== before[name] && copy.status().ready
    })
    const now = pids()
    for (const other of NAMES.filter((each) => each !== name)) expect(now[other]).toBe(before[other])
  },
)

test('after the supervisor was killed, up adopts what still runs', async () => {
  const before = pids()
  process.kill(before['supervisor'] ?? 0, 'SIGKILL')
  await untilTrue(() => !copy.status().running)
  expect(await copy.up()).toMatchObject({ code: 0 })
  const now = pids()
  expect(now['supervisor']).not.toBe(before['supervisor'])
  expect({ ...now, supervisor: 0 }).toEqual({ ...before, supervisor: 0 })
})

test('after everything was killed at once, up just works', async () => {
  const before = pids()
  for (const pid of Object.values(before)) process.kill(pid, 'SIGKILL')
  expect(await copy.up()).toMatchObject({ code: 0 })
  const now = pids()
  expect(Object.keys(now)).toEqual(NAMES)
  for (const name of NAMES) expect(now[name]).not.toBe(before[name])
})

test('a lock file with the number of a stranger, as a killed machine leaves it, does not stop PostgreSQL', async () => {
  await copy.down()
  const cluster = dataPaths(copy.status().data).postgres
  const innocent = process.pid
  writeFileSync(join(cluster, 'postmaster.pid'), `${innocent}\n${cluster}\n`)
  expect(await copy.up()).toMatchObject({ code: 0 })
  expect(identityOf(innocent)).toBeDefined()
})

test('down after the supervisor was killed leaves nothing', async () => {
  process.kill(copy.pidOf('supervisor'), 'SIGKILL')
  expect(await copy.down()).toMatchObject({ code: 0 })
  expectNothingLeft()
})

test('a second copy runs beside the first, each on its own ports', async () => {
  const other = await testCopy()
  try {
    expect(await copy.up()).toMatchObject({ code: 0 })
    expect(await other.up()).toMatchObject({ code: 0 })
    expect(copy.status()).toMatchObject({ ready: true, ports: { base: copy.base } })
    expect(other.status()).toMatchObject({ ready: true, ports: { base: other.base } })
    await other.down()
    expect(copy.status()).toMatchObject({ ready: true })
  } finally {
    await other.remove()
  }
})

test('down leaves nothing running, and a second down says so', async () => {
  expect(await copy.down()).toMatchObject({ code: 0, err: expect.stringContaining('Stopped') })
  expectNothingLeft()
  expect(await copy.down()).toMatchObject({ code: 0, err: expect.stringContaining('Nothing is running') })
  expect(copy.status()).toMatchObject({ running: false, ready: false, processes: [] })
})

function pids(): Record<string, number> {
  const { processes } = copy.status()
  return Object.fromEntries(processes.map(({ name, pid }) => [name, pid]))
}

function expectNothingLeft(): void {
  const { data } = copy.status()
  expect(markedProcesses(data)).toEqual([])
  expect(clusterPids(dataPaths(data).postgres)).toEqual([])
}

async function untilTrue(holds: () => boolean): Promise<void> {
  const until = performance.now() + RESTARTED_WITHIN_MS
  while (!holds()) {
    if (performance.now() > until) throw new Error('It did not come about in time')
    await delay(100)
  }
}
