/**
 * Capacity: a trunk of 300 lines, all in use, for five minutes. 40 citizens talk with
 * agents and are recorded, all others wait and hear music and announcements (recorded too), some lose
 * patience, and others call at once. What is lost, and what it costs; beside it app_queue under the
 * same callers, which plays music only.
 */
import { passed } from '../tools/callers/citizen.ts'
import { hearTogether, lateness } from '../tools/callers/pacer.ts'
import { seededRandom } from '#core/lib/seeded-random.ts'
import { BusyTrunk } from './lib/busy-trunk.ts'
import type { BenchOptions } from './lib/context.ts'
import { atLeast, atMost, type Measure } from './lib/measure.ts'
import { PacketLoss } from './lib/packet-loss.ts'
import { datagramsDropped, processorSeconds } from './lib/processor-time.ts'
import type { QueueSide } from './lib/queue-side.ts'
import { type NextNumber, rest, withTwoQueues } from './lib/two-queues.ts'

const LINES = 300
const AGENTS = 40
const FULL_MINUTES = 5
/** Long enough to know what a minute costs. */
const PEER_MINUTES = 1
/** Of lengths of their own, so that calls end and begin throughout, and not 40 in one moment. */
const TALK_MS = { from: 30_000, to: 60_000 }
const PATIENCE_MS = { from: 20_000, to: 150_000 }
const SEED = 300
const LOOK_EVERY_MS = 500

const LOSS_TARGET_PERCENT = 0.1
const CORES_TARGET = 1.2
/** An agent's phone rings and a line is dialled again: moments in which neither is in use. */
const IN_USE_SHARE = 0.97

type House = {
  cores: number
  /** In the order of `side.processes`: the engine, and of ours the server. */
  coresOfEach: number[]
  /** The programs that encode recordings; they stand back behind everything else. */
  encoderCores: number
  lines: number
  talking: number
  calls: number
  failed: number
  lossPercent: number
}

export async function run(options: BenchOptions): Promise<Measure[]> {
  hearTogether()
  return await withTwoQueues(options, AGENTS, async ({ ours, peer }, nextNumber) => {
    const minutes = options.minutes ?? FULL_MINUTES
    const house = await fullHouse(ours, { minutes, nextNumber, say: options.say })
    await rest()
    const peerMinutes = Math.min(minutes, PEER_MINUTES)
    const beside = await fullHouse(peer, { minutes: peerMinutes, nextNumber, say: options.say })
    return figures(house, beside, minutes)
  })
}

function figures(ours: House, peer: House, minutes: number): Measure[] {
  const work = `${LINES} lines in use for ${minutes} min, ${AGENTS} agents who talk ${TALK_MS.from / 1000}–${TALK_MS.to / 1000} s, callers with ${PATIENCE_MS.from / 1000}–${PATIENCE_MS.to / 1000} s of patience (${ours.calls} calls)`
  return [
    atMost(0, { name: 'capacity, failed calls', work, ours: ours.failed, peer: peer.failed }),
    atMost(LOSS_TARGET_PERCENT, {
      name: 'capacity, packets lost',
      work: `of those sent to callers and agents, and what the kernel dropped on any way; per cent`,
      ours: ours.lossPercent,
      peer: peer.lossPercent,
    }),
    atMost(CORES_TARGET, {
      name: 'capacity, cores',
      work: `Asterisk and Node, mean of the full stretch; beside them the encoders of recordings, behind everything else, ${ours.encoderCores.toFixed(2)}; peer: Asterisk with app_queue, as much before other processes, music only, for ${Math.min(minutes, PEER_MINUTES)} min`,
      ours: ours.cores,
      peer: peer.cores,
    }),
    atLeast(LINES * IN_USE_SHARE, {
      name: 'capacity, lines in use',
      work: 'mean',
      ours: ours.lines,
      peer: peer.lines,
    }),
    atLeast(AGENTS * IN_USE_SHARE, {
      name: 'capacity, talking',
      work: 'mean',
      ours: ours.talking,
      peer: peer.talking,
    }),
  ]
}

type Stretch = { minutes: number; nextNumber: NextNumber; say: (text: string) => void }

async function fullHouse(side: QueueSide, { minutes, nextNumber, say }: Stretch): Promise<House> {
  const atAgents = new PacketLoss()
  const random = seededRandom(SEED)
  for (const agent of side.agents) {
    agent.reset(() => TALK_MS.from + random() * (TALK_MS.to - TALK_MS.from))
    agent.listener = (frame) => atAgents.hear(frame)
  }
  const droppedBefore = datagramsDropped()
  const lateBefore = lateness.droppedFrames
  lateness.longestMs = 0
  const trunk = new BusyTrunk(side, {
    lines: LINES,
    fullMs: minutes * 60_000,
    patienceMs: PATIENCE_MS,
    random: seededRandom(SEED),
    nextNumber: () => nextNumber(side),
  })
  await trunk.full
  say(`${side.name}: ${trunk.inUse} lines in use`)
  const seen = await watch(side, trunk, minutes * 60_000 - LOOK_EVERY_MS)
  await trunk.over
  const dropped = datagramsDropped() - droppedBefore
  const heard = [...trunk.calls.map(({ sound }) => sound), atAgents]
  const expected = heard.reduce((sum, sound) => sum + sound.expected, 0)
  const lost = heard.reduce((sum, sound) => sum + sound.lost, 0)
  say(
    `${side.name}: ${seen.cores.toFixed(2)} cores (${seen.coresOfEach.map((cores) => cores.toFixed(2)).join(' + ')}) and ${seen.encoderCores.toFixed(2)} of encoders, ${trunk.calls.length} calls, ${trunk.failed.length} failed, ${lost} of ${expected} packets lost, ${dropped} dropped by the kernel; ` +
      `our own telephones were late by ${lateness.longestMs.toFixed(0)} ms at most and left out ${lateness.droppedFrames - lateBefore} frames`,
  )
  for (const { number, end } of trunk.failed.slice(0, 5)) say(`failed: ${number} ${end.code} ${end.reason}`)
  return {
    ...seen,
    calls: trunk.calls.length,
    failed: trunk.failed.length,
    lossPercent: (100 * (lost + dropped)) / expected,
  }
}

async function watch(side: QueueSide, trunk: BusyTrunk, ms: number) {
  const readSpent = () => side.processes.map((pid) => processorSeconds([pid]))
  const before = readSpent()
  const began = performance.now()
  let [looks, lines, talking] = [0, 0, 0]
  while (performance.now() - began < ms) {
    await passed(LOOK_EVERY_MS)
    looks++
    lines += trunk.inUse
    talking += side.agents.filter((agent) => agent.isTalking).length
  }
  const seconds = (performance.now() - began) / 1000
  const used = readSpent()
  const share = (kind: 'own' | 'children') =>
    used.map((now, n) => (now[kind] - (before[n]?.[kind] ?? 0)) / seconds)
  const total = (shares: readonly number[]) => shares.reduce((sum, one) => sum + one, 0)
  const coresOfEach = share('own')
  const spent = { cores: total(coresOfEach), coresOfEach, encoderCores: total(share('children')) }
  return { ...spent, lines: lines / looks, talking: talking / looks }
}
