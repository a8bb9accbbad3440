import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import { Spare } from './spare.ts'

const SERVER = `
  const { untilNeeded } = await import(${JSON.stringify(new URL('../../server/spare.ts', import.meta.url).href)})
  process.stdout.write('loaded ')
  await untilNeeded()
  process.stdout.write('serves')
`

function server(): ChildProcess {
  return spawn(process.execPath, ['--input-type=module', '-e', SERVER], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
}

function spareOf(started: ChildProcess[]): { spare: Spare; stopping: AbortController } {
  const stopping = new AbortController()
  onTestFinished(() => {
    stopping.abort()
    for (const child of started) child.kill('SIGKILL')
  })
  const spawnOne = () => {
    const child = server()
    started.push(child)
    return child
  }
  return { spare: new Spare(spawnOne, stopping.signal, 0), stopping }
}

async function saidBy(child: ChildProcess | undefined): Promise<string> {
  let said = ''
  child?.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  if (child) await once(child, 'close')
  return said
}

test('a spare loads, serves when it is taken, and is taken once', async () => {
  const started: ChildProcess[] = []
  const { spare } = spareOf(started)
  expect(spare.take()).toBeUndefined()
  spare.prepare()
  await vi.waitUntil(() => spare.isThere)
  spare.prepare()
  const taken = spare.take()
  expect(taken).toBe(started[0])
  expect(spare.take()).toBeUndefined()
  expect(await saidBy(taken)).toBe('loaded serves')
})

test('a spare that has died is not there', async () => {
  const started: ChildProcess[] = []
  const { spare } = spareOf(started)
  spare.prepare()
  await vi.waitUntil(() => spare.isThere)
  started[0]?.kill('SIGKILL')
  await vi.waitUntil(() => !spare.isThere)
  expect(spare.take()).toBeUndefined()
})

test('a spare ends with its supervisor and never serves', async () => {
  const started: ChildProcess[] = []
  const { spare, stopping } = spareOf(started)
  spare.prepare()
  await vi.waitUntil(() => spare.isThere)
  const said = saidBy(started[0])
  stopping.abort()
  expect(await said).toBe('loaded ')
  spare.prepare()
  await delay(0) // Timers of equal length fire in their order.
  expect(started).toHaveLength(1)
})
