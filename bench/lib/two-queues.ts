/** Brings up both queues, ours and app_queue, for a comparison, and counts what a run of ours lost. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { passed } from '../../tools/callers/citizen.ts'
import type { RunningCopy } from '../../tools/callers/running-copy.ts'
import { openAppQueue } from './app-queue.ts'
import { brokenInvariants, type Placed } from './conservation.ts'
import { type BenchOptions, withCopy } from './context.ts'
import { atMost, type Measure } from './measure.ts'
import { openOurQueue, prepareCopy } from './our-queue.ts'
import type { QueueSide } from './queue-side.ts'

/** Phones' sounds and threads come to rest between two runs. */
const REST_MS = 1_500

export type TwoQueues = { ours: QueueSide; peer: QueueSide }

/** A number nobody has called from in this benchmark. */
export type NextNumber = (side: QueueSide) => string

export async function withTwoQueues(
  options: BenchOptions,
  agents: number,
  work: (queues: TwoQueues, nextNumber: NextNumber) => Promise<Measure[]>,
): Promise<Measure[]> {
  return await withCopy(options, async ({ running, restart }) => {
    await prepareCopy(running)
    // What was prepared is read when the server starts.
    await restart?.()
    const called: string[] = []
    let next = Math.floor(Math.random() * 9_000_000)
    const nextNumber = ({ name }: QueueSide) => {
      const number = `+99890${String(next++).padStart(7, '0')}`
      if (name === 'ours') called.push(number)
      return number
    }
    const since = Date.now()
    options.say('Opening both queues …')
    const ours = await openOurQueue(running, agents)
    const peer = await openAppQueue(agents, { music: anyPrompt(running.data.prompts) })
    try {
      const measures = await work({ ours, peer }, nextNumber)
      await Promise.all([ours.close(), peer.close()])
      return [...measures, await conserved(running, { numbers: called, since })]
    } catch (error) {
      await Promise.allSettled([ours.close(), peer.close()])
      throw error
    }
  })
}

/** What a run of ours lost, each loss told on stderr. */
export async function conserved(running: RunningCopy, placed: Placed): Promise<Measure> {
  const broken = await brokenInvariants(running, placed)
  for (const problem of broken) process.stderr.write(`broken: ${problem}\n`)
  return atMost(0, {
    name: 'broken invariants I1–I6',
    work: 'counted in our rows and engine after all runs',
    ours: broken.length,
  })
}

export async function rest(): Promise<void> {
  await passed(REST_MS)
}

/** Both sides play a file of the copy's to those who wait, so that neither has to decode another kind. */
function anyPrompt(folder: string): string {
  const prompt = readdirSync(folder).find((name) => name.endsWith('.alaw'))
  if (!prompt) throw new Error('The copy has no prompts')
  return join(folder, prompt.slice(0, -'.alaw'.length))
}
