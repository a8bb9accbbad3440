/**
 * What a benchmark runs on: a copy of its own, brought up for it and taken down
 * after, or one that is running already and named by --data.
 */
import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CHECKOUT, Fault, PORTS_PER_COPY, portsFrom } from '../../server/config.ts'
import { readRunningCopy, type RunningCopy } from '../../tools/callers/running-copy.ts'
import { listenersOf, portProblem } from '../../tools/setup/ports.ts'

const UP_WITHIN_MS = 10 * 60_000
/** Above the default copies, below the ports the kernel gives out by itself. */
const FIRST_BASE = 12_000
const BASES = 10
const BASE_TRIES = 20
/** What shells say of a command that was interrupted. */
const INTERRUPTED = 130

export type BenchOptions = {
  data: string | undefined
  /** Instead of the benchmark's own length, where it has one. */
  minutes: number | undefined
  say(text: string): void
}

export type BenchCopy = {
  running: RunningCopy
  /** Brings the copy down and up again, and returns the seconds until it accepted calls; not on a copy of somebody else's. */
  restart: (() => Promise<number>) | undefined
}

export async function withCopy<T>(options: BenchOptions, work: (copy: BenchCopy) => Promise<T>): Promise<T> {
  const { data: named, say } = options
  if (named !== undefined) {
    const there = { running: readRunningCopy(named), restart: undefined }
    return await interruptible({ say, putAway: async () => undefined }, () => work(there))
  }
  const parent = await mkdtemp(join(tmpdir(), 'javob-bench-'))
  // The users of the copy must be able to pass through.
  await chmod(parent, 0o755)
  const data = join(parent, 'data')
  const base = String(await freeBase())
  const up = () => javob(['up', '--detach', '--ports', base, '--data', data])
  // In a group of its own: what interrupts the benchmark must not interrupt this.
  const down = () => javob(['down', '--data', data], { detached: true })
  const putAway = async () => {
    await down()
    await rm(parent, { recursive: true, force: true })
  }
  return await interruptible({ say, putAway }, async () => {
    say(`Bringing up a copy on ports ${base} …`)
    await up()
    const restart = async () => {
      await down()
      const started = performance.now()
      await up()
      return (performance.now() - started) / 1000
    }
    return await work({ running: readRunningCopy(data), restart })
  })
}

type Interruptible = { say(text: string): void; putAway(): Promise<void> }

/** Whoever has seen enough leaves nothing behind, however often he says so: no copy, and no peer, which ends with this process. */
async function interruptible<T>({ say, putAway }: Interruptible, work: () => Promise<T>): Promise<T> {
  let away: Promise<void> | undefined
  const putAwayOnce = () => {
    away ??= putAway()
    return away
  }
  const interrupt = () => {
    // Whatever still asks the copy something fails from now on.
    process.on('uncaughtException', (error) => say(`interrupted: ${error.message}`))
    void putAwayOnce().finally(() => process.exit(INTERRUPTED))
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, interrupt)
  try {
    return await work()
  } finally {
    await putAwayOnce()
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupt)
  }
}

/** A base whose ports are free. */
export async function freeBase(): Promise<number> {
  for (let tries = 0; tries < BASE_TRIES; tries++) {
    const base = FIRST_BASE + PORTS_PER_COPY * randomInt(BASES)
    const problems = await Promise.all(listenersOf(portsFrom(base), '0.0.0.0').map(portProblem))
    if (problems.every((problem) => problem === undefined)) return base
  }
  throw new Fault('No ports are free for a copy of our own', 'Name a running one with --data')
}

/** Through the command people use, so that what is measured is what they wait for. */
async function javob(args: string[], { detached = false } = {}): Promise<void> {
  const program = join(CHECKOUT, 'javob')
  const child = spawn(program, args, {
    stdio: ['ignore', process.stderr, process.stderr],
    timeout: UP_WITHIN_MS,
    detached,
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0)
    throw new Fault(`./javob ${args.join(' ')} ended with ${code ?? 'a signal'}`, 'See its words above')
}
