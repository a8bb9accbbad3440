/**
 * Events: as many of the engine's events a second as no call centre has, through the very code that takes
 * them, from a process that plays the engine. How late each is told in our words, and
 * whether any is lost or out of order; beside a client that only counts them.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { asteriskMediaEngine } from '../server/asterisk/asterisk-media-engine.ts'
import { openLog } from '../server/log.ts'
import type { BenchOptions } from './lib/context.ts'
import { atMost, type Measure, percentile } from './lib/measure.ts'
import type { SentEvents, Stretch } from './lib/scripted-events.ts'

const STEADY: Stretch = { perSecond: 2_000, seconds: 60 }
const BURST: Stretch = { perSecond: 10_000, seconds: 5 }
const STEADY_LAG_MS = 20
const BURST_LAG_MS = 250
/** What was sent last may still be on its way. */
const LAST_WITHIN_MS = 5_000

type Taker = { taken: Taken; close(): Promise<void> }
type Heard = { lags: number[]; lost: number }

class Taken {
  lags: number[] = []
  arrived = 0
  digits = 0
  hungUp = 0
  outOfOrder = 0
  readonly #nextDigit = new Map<string, number>()

  at(sentAt: number): void {
    this.lags.push(Date.now() - sentAt)
  }

  digit(call: string, digit: string): void {
    this.digits++
    const expected = this.#nextDigit.get(call) ?? 0
    if (digit !== String(expected)) this.outOfOrder++
    this.#nextDigit.set(call, (expected + 1) % 10)
  }

  begin(): void {
    this.lags = []
    this.arrived = this.digits = this.hungUp = this.outOfOrder = 0
  }

  missing(sent: SentEvents): number {
    return sent.arrived - this.arrived + sent.digits - this.digits + sent.hungUp - this.hungUp
  }
}

export async function run({ say }: BenchOptions): Promise<Measure[]> {
  const ours = await bothStretches('ours', take, say)
  const peer = await bothStretches('a client that only counts', countOnly, say)
  const work = ({ perSecond, seconds }: Stretch) =>
    `${perSecond} events/s for ${seconds} s, 300 calls standing; sent → told in our words, milliseconds, p99; peer: a bare WebSocket client that parses and counts`
  const lag = ({ lags }: Heard) => percentile(lags, 99)
  return [
    atMost(STEADY_LAG_MS, {
      name: 'events, lag',
      work: work(STEADY),
      ours: lag(ours.steady),
      peer: lag(peer.steady),
    }),
    atMost(BURST_LAG_MS, {
      name: 'events, lag in a burst',
      work: work(BURST),
      ours: lag(ours.burst),
      peer: lag(peer.burst),
    }),
    atMost(0, {
      name: 'events lost or out of order',
      work: 'in both stretches',
      ours: ours.steady.lost + ours.burst.lost,
    }),
  ]
}

async function bothStretches(
  who: string,
  open: (port: number) => Promise<Taker>,
  say: (text: string) => void,
) {
  const engine = fork(new URL('./lib/scripted-engine.ts', import.meta.url), { execArgv: [] })
  try {
    const [{ port }] = (await once(engine, 'message')) as [{ port: number }]
    const { taken, close } = await open(port)
    const stretch = async (asked: Stretch): Promise<Heard> => {
      taken.begin()
      engine.send(asked)
      const [{ sent }] = (await once(engine, 'message')) as [{ sent: SentEvents }]
      const until = performance.now() + LAST_WITHIN_MS
      while (taken.missing(sent) > 0 && performance.now() < until) await new Promise(setImmediate)
      const lost = taken.missing(sent) + taken.outOfOrder
      const lag = (percent: number) => percentile(taken.lags, percent)
      say(
        `${who}, ${asked.perSecond}/s: lag p50 ${lag(50)} ms, p99 ${lag(99)} ms, most ${lag(100)} ms, lost ${lost}`,
      )
      return { lags: taken.lags, lost }
    }
    const heard = { steady: await stretch(STEADY), burst: await stretch(BURST) }
    await close()
    return heard
  } finally {
    engine.kill()
  }
}

/** The server's own, as it links to an engine. */
async function take(httpPort: number): Promise<Taker> {
  const data = await mkdtemp(join(tmpdir(), 'javob-bench-events-'))
  const taken = new Taken()
  const media = asteriskMediaEngine({ data, httpPort, ariPassword: 'nobody', log: openLog('silent') })
  await media.start((event) => {
    if (event.type === 'digitPressed') taken.digit(event.call, event.digit)
    else if (event.type === 'callArrived') taken.arrived++
    else if (event.type === 'callerHungUp') taken.hungUp++
    else return
    taken.at(event.at)
  })
  return {
    taken,
    async close() {
      await media.stop()
      await rm(data, { recursive: true, force: true })
    },
  }
}

type Plain = { type: string; timestamp: string; digit?: string; channel: { id: string } }

async function countOnly(port: number): Promise<Taker> {
  const taken = new Taken()
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`, { perMessageDeflate: false })
  await once(socket, 'open')
  socket.on('message', (data) => {
    const event = JSON.parse(Buffer.from(data as Buffer).toString('utf8')) as Plain
    if (event.type === 'ChannelDtmfReceived') taken.digit(event.channel.id, event.digit ?? '')
    else if (event.type === 'StasisStart') taken.arrived++
    else taken.hungUp++
    taken.at(Date.parse(event.timestamp))
  })
  return { taken, close: async () => socket.terminate() }
}
