/**
 * `./javob demo`: simulated citizens and agents by real SIP against a running copy,
 * and the figures of the run, counted from what the server wrote down.
 *
 * Citizens stop calling after the given minutes; those who are in a call then
 * live it to its end, and the recordings are waited for. Ctrl-C ends it earlier,
 * in the same order.
 */
import { readNumber } from '../numbers.ts'
import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { DemoAgent } from '../callers/demo-agent.ts'
import { type CitizenStory, live } from '../callers/demo-citizen.ts'
import { passed } from '../callers/citizen.ts'
import { drawWalk } from '../callers/menu-walk.ts'
import { lateness } from '../callers/pacer.ts'
import { openDatabase, readRunningCopy, type RunningCopy, signInsOf } from '../callers/running-copy.ts'
import { readRun, type RunRow, type Tally, tally } from '../callers/tally.ts'
import { seededRandom } from '#core/lib/seeded-random.ts'

export const summary =
  'simulated citizens and agents: [--rate N] [--agents N] [--talk SECONDS] [--minutes N] [--seed N] [--json] [--data DIR]'

const RATE_MAX_PER_SECOND = 20
const AGENTS_MAX = 40
const TALK_MAX_SECONDS = 120
const MINUTES_MAX = 60
/** Above this the simulated telephones, not the copy, would be what is measured. */
const CALLS_AT_ONCE_MAX = 290
const RECORDINGS_WITHIN_MS = 60_000
const LOOK_EVERY_MS = 500
const PROGRESS_EVERY_MS = 1_000
const PROGRESS_LINE_EVERY = 10
const GAP_MAX_SECONDS = 0.2

type Options = {
  rate: number
  agents: number
  talkSeconds: number
  minutes: number
  seed: number
  data: string | undefined
  json: boolean
}

export async function run(args: string[]): Promise<number> {
  const options = readOptions(args)
  const copy = readRunningCopy(options.data)
  const stop = new AbortController()
  const interrupt = () => stop.abort()
  process.once('SIGINT', interrupt)
  process.once('SIGTERM', interrupt)
  process.stderr.write(`Seed ${options.seed}\n`)

  const figures = await runDemo(copy, options, stop.signal)
  process.stderr.write(`The simulated telephones were ${Math.round(lateness.longestMs)} ms late at most\n`)
  process.stdout.write(options.json ? `${JSON.stringify(figures)}\n` : describe(figures))
  return figures.failed === 0 && figures.maxGapSeconds <= GAP_MAX_SECONDS && !stop.signal.aborted ? 0 : 1
}

function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      rate: { type: 'string', default: '1' },
      agents: { type: 'string', default: '5' },
      talk: { type: 'string', default: '10' },
      minutes: { type: 'string', default: '1' },
      seed: { type: 'string' },
      data: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  })
  return {
    rate: readNumber('rate', values.rate, RATE_MAX_PER_SECOND),
    agents: Math.floor(readNumber('agents', values.agents, AGENTS_MAX)),
    talkSeconds: readNumber('talk', values.talk, TALK_MAX_SECONDS),
    minutes: readNumber('minutes', values.minutes, MINUTES_MAX),
    seed:
      values.seed === undefined ? randomInt(2 ** 31) : Math.floor(readNumber('seed', values.seed, 2 ** 31)),
    data: values.data,
    json: values.json,
  }
}

async function runDemo(copy: RunningCopy, options: Options, stop: AbortSignal): Promise<Tally> {
  const pool = openDatabase(copy)
  const random = seededRandom(options.seed)
  const since = Date.now()
  const crowd = newCrowd()
  const agents: DemoAgent[] = []
  const endProgress = showProgress(since, crowd, agents)
  try {
    agents.push(...(await openAgents(copy, options, random)))
    await callForMinutes(copy, crowd, { ...options, random, stop })
    await Promise.allSettled(crowd.calls)
    await Promise.all(agents.splice(0).map((agent) => agent.leave()))
    const rows = await readSettled(() => readRun(pool, crowd.numbers, since))
    return tally(rows, { refused: crowd.refused, numbers: crowd.numbers })
  } finally {
    endProgress()
    await Promise.all(agents.map((agent) => agent.leave()))
    await pool.end()
  }
}

async function openAgents(copy: RunningCopy, options: Options, random: () => number): Promise<DemoAgent[]> {
  const warn = (problem: string) => process.stderr.write(`\nagent: ${problem}\n`)
  const opened = await Promise.allSettled(
    signInsOf(copy, 'agent', options.agents).map((who) =>
      DemoAgent.open(copy, who, { talkSeconds: options.talkSeconds, random, warn }),
    ),
  )
  const agents = opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  const failure = opened.find((result) => result.status === 'rejected')
  if (!failure) return agents
  await Promise.all(agents.map((agent) => agent.leave()))
  throw failure.reason
}

/** Everybody who has called so far. */
type Crowd = { numbers: string[]; calls: Promise<void>[]; inCall: number; talked: number; refused: number }

function newCrowd(): Crowd {
  return { numbers: [], calls: [], inCall: 0, talked: 0, refused: 0 }
}

type Calling = Options & { random: () => number; stop: AbortSignal }

/** Calls arrive by chance at the given rate, as they do (Poisson). */
async function callForMinutes(copy: RunningCopy, crowd: Crowd, calling: Calling): Promise<void> {
  const firstNumber = randomInt(10_000_000)
  const stopped = new Promise<void>((resolve) => calling.stop.addEventListener('abort', () => resolve()))
  const until = performance.now() + calling.minutes * 60_000
  for (let nextAt = performance.now(); nextAt < until && !calling.stop.aborted; ) {
    await Promise.race([passed(Math.max(0, nextAt - performance.now())), stopped])
    nextAt -= (Math.log(1 - calling.random()) / calling.rate) * 1000
    const walk = drawWalk(calling.random, calling.talkSeconds)
    if (calling.stop.aborted || crowd.inCall >= CALLS_AT_ONCE_MAX) continue
    const number = `+99890${String((firstNumber + crowd.numbers.length) % 10_000_000).padStart(7, '0')}`
    const dial = {
      host: copy.host,
      port: copy.ports.sip,
      to: '1195',
      from: number,
      userAgent: 'Javob demo citizen',
    }
    crowd.numbers.push(number)
    crowd.inCall++
    crowd.calls.push(live(dial, walk, calling.stop).then((story) => remember(crowd, story)))
  }
}

/** Ended before it was answered is a refusal unless the citizen himself gave up. */
const GAVE_UP = 487

function remember(crowd: Crowd, story: CitizenStory): void {
  crowd.inCall--
  if (story.hasTalked) crowd.talked++
  if (story.code !== 200 && story.code !== GAVE_UP) crowd.refused++
}

/** Rows are written through a journal and recordings after the call: both are waited for, but not for ever. */
async function readSettled(read: () => Promise<RunRow[]>): Promise<RunRow[]> {
  const until = performance.now() + RECORDINGS_WITHIN_MS
  for (;;) {
    const rows = await read()
    const areSettled = rows.every(
      (row) => row.isEnded && (row.isRefused || row.recording === 'stored' || row.recording === 'failed'),
    )
    if (areSettled || performance.now() > until) return rows
    await passed(LOOK_EVERY_MS)
  }
}

function showProgress(since: number, crowd: Crowd, agents: readonly DemoAgent[]): () => void {
  const { isTTY } = process.stderr
  let ticks = 0
  const show = () => {
    if (!isTTY && ticks++ % PROGRESS_LINE_EVERY !== 0) return
    const seconds = Math.round((Date.now() - since) / 1000)
    const talking = agents.filter((agent) => agent.status === 'talking').length
    const line = `${seconds} s: ${crowd.numbers.length} calls, ${crowd.inCall} in progress, ${talking} talking, ${crowd.talked} have talked, ${crowd.refused} refused`
    process.stderr.write(isTTY ? `\r\x1b[2K${line}` : `${line}\n`)
  }
  const timer = setInterval(show, PROGRESS_EVERY_MS)
  return () => {
    clearInterval(timer)
    if (isTTY) process.stderr.write('\n')
  }
}

function describe(figures: Tally): string {
  return `${Object.entries(figures)
    .map(([name, value]) => `${name.padEnd(17)}${value}`)
    .join('\n')}\n`
}
