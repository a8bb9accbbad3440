/**
 * `./javob call`: one real call from a simulated citizen, and what became of it.
 *
 * Without --seconds the citizen hangs up 3 s after being connected to an agent,
 * or 3 s after being queued unless an agent's phone is ringing for him just then;
 * and never stays longer than two minutes. With --seconds N the call lasts N seconds from its INVITE,
 * wherever it is by then.
 */
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Pool } from 'pg'
import { repeating } from '../callers/audio-port.ts'
import { type CallFacts, type CallTrace, findCall, outcomeOf } from '../callers/call-rows.ts'
import { type CalledBack, CitizensPhone } from '../callers/called-back.ts'
import { Citizen, passed } from '../callers/citizen.ts'
import { Keeping } from '../callers/hearing.ts'
import { isKey } from '../callers/rtp.ts'
import { openDatabase, readRunningCopy, type RunningCopy } from '../callers/running-copy.ts'
import { CITIZEN_TONE_HZ, toneFrame } from '../callers/tone.ts'
import { alawFromWav, wavFromAlaw } from '../callers/wav.ts'
import { Fault } from '../../server/config.ts'

export const summary = 'One real SIP call from a simulated citizen; says where it went and what was heard'

const LONGEST_CALL_SECONDS = 600
const UNTOLD_CALL_SECONDS = 120
const STAYS_AFTERWARDS_MS = 3_000
const LOOK_EVERY_MS = 200
const ROW_ENDED_WITHIN_MS = 5_000

export const usage = `Usage: ./javob call [options]
  --keys 1,1,1     keys to press, each when a prompt is heard
  --from NUMBER    caller's number (default: a new one each time)
  --to NUMBER      number dialled (default 1195)
  --say FILE.wav   what the citizen says once answered, again and again; "tone" says a marker tone
  --hear FILE.wav  keeps what the citizen hears
  --called-back    stays until he is let go, and answers when he is called back: --keys 1,1,1,1,1
  --seconds N      hangs up N seconds after the INVITE (default: 3 s after being connected or queued)
  --data DIR       the running copy (default .data in the checkout)
  --json           one JSON object to stdout`

type Options = {
  keys: string[]
  from: string
  to: string
  say: Uint8Array | undefined
  hear: string | undefined
  seconds: number | undefined
  calledBack: boolean
  data: string | undefined
  json: boolean
}

export type CallReport = {
  code: number
  earlyMediaMs: number | null
  answerMs: number | null
  path: string[]
  queue: string | null
  language: string | null
  outcome: string | null
  heardSeconds: number
  call: string | null
  /** Only with --called-back. */
  calledBack?: CalledBack | null
}

export async function run(args: string[]): Promise<number> {
  const options = readOptions(args)
  const copy = readRunningCopy(options.data)
  const pool = openDatabase(copy)
  try {
    const report = options.calledBack
      ? await placeCallAndAnswer(copy, pool, options)
      : await placeCall(copy, pool, options)
    process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : describe(report))
    return report.code === 200 || (report.code === 487 && options.seconds !== undefined) ? 0 : 1
  } finally {
    await pool.end()
  }
}

function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      keys: { type: 'string', default: '' },
      from: { type: 'string' },
      to: { type: 'string', default: '1195' },
      say: { type: 'string' },
      hear: { type: 'string' },
      seconds: { type: 'string' },
      'called-back': { type: 'boolean', default: false },
      data: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  })
  const keys = [...values.keys].filter((key) => key !== ',' && key !== ' ')
  if (!keys.every(isKey))
    throw new Fault(`"${values.keys}" has a key no telephone has`, 'Give digits, * and #, as in --keys 1,1,0')
  const seconds = values.seconds === undefined ? undefined : Number(values.seconds)
  if (seconds !== undefined && !(seconds > 0 && seconds <= LONGEST_CALL_SECONDS)) {
    throw new Fault(
      `--seconds ${values.seconds} is no length of a call`,
      `Give a number up to ${LONGEST_CALL_SECONDS}`,
    )
  }
  const say = values.say === undefined ? undefined : readSound(values.say)
  const from = values.from ?? newNumber()
  const { data, hear, json, to, 'called-back': calledBack } = values
  return { keys, from, to, say, hear, seconds, calledBack, data, json }
}

function readSound(path: string): Uint8Array {
  if (path === 'tone') return toneFrame(CITIZEN_TONE_HZ)
  try {
    return alawFromWav(readFileSync(path))
  } catch (error) {
    throw new Fault(
      `${path} cannot be spoken: ${error instanceof Error ? error.message : String(error)}`,
      'Give a WAV file',
    )
  }
}

/** A number nobody has called from, so that the card is a new one. */
function newNumber(): string {
  return `+99890${String(randomBytes(4).readUInt32BE() % 10_000_000).padStart(7, '0')}`
}

async function placeCallAndAnswer(copy: RunningCopy, pool: Pool, options: Options): Promise<CallReport> {
  const phone = await CitizensPhone.open(copy)
  const { promise: stop, resolve } = Promise.withResolvers<void>()
  process.once('SIGINT', () => resolve())
  process.once('SIGTERM', () => resolve())
  try {
    const placed = await placeCall(copy, pool, options)
    return { ...placed, calledBack: (await phone.answer(options.say, stop)) ?? null }
  } finally {
    phone.close()
  }
}

async function placeCall(copy: RunningCopy, pool: Pool, options: Options): Promise<CallReport> {
  const userAgent = `Javob citizen ${randomBytes(6).toString('hex')}`
  const trace: CallTrace = { call: undefined, userAgent, number: options.from, since: Date.now() }
  const citizen = await Citizen.dial({
    host: copy.host,
    port: copy.ports.sip,
    to: options.to,
    from: options.from,
    userAgent,
  })
  const { call } = citizen
  const stopAsking = endOnSignals(citizen)
  const kept = options.hear === undefined ? undefined : new Keeping(call.audio)
  const steps = [
    citizen.walk(options.keys),
    options.say ? citizen.speakOnceAnswered(repeating(options.say)) : Promise.resolve(),
    stayUntilDone(citizen, pool, {
      trace,
      seconds: options.calledBack ? UNTOLD_CALL_SECONDS : options.seconds,
    }),
  ]
  try {
    await Promise.all(steps)
  } finally {
    await call.hangUp()
    stopAsking()
  }
  if (options.hear !== undefined && kept) writeFileSync(options.hear, wavFromAlaw(kept.sound()))
  const facts = await endedRow(pool, traceOf(citizen, trace))
  return report(citizen, facts)
}

/** Ctrl-C hangs up first: a call left standing would occupy a line until the engine notices. */
function endOnSignals(citizen: Citizen): () => void {
  const leave = () => void citizen.call.hangUp()
  process.once('SIGINT', leave)
  process.once('SIGTERM', leave)
  return () => {
    process.off('SIGINT', leave)
    process.off('SIGTERM', leave)
  }
}

function traceOf(citizen: Citizen, trace: CallTrace): CallTrace {
  return { ...trace, call: citizen.call.answerHeader('X-Javob-Call') }
}

type Stay = { trace: CallTrace; seconds: number | undefined }

async function stayUntilDone(citizen: Citizen, pool: Pool, stay: Stay): Promise<void> {
  const limitMs = (stay.seconds ?? UNTOLD_CALL_SECONDS) * 1000
  const until = citizen.call.invitedAt + limitMs
  let leaveAt = until
  let connectedAt: number | undefined
  let queuedAt: number | undefined
  while (!citizen.call.isOver && performance.now() < leaveAt) {
    await Promise.race([passed(Math.min(LOOK_EVERY_MS, leaveAt - performance.now())), citizen.call.over])
    if (stay.seconds !== undefined) continue
    const facts = await findCall(pool, traceOf(citizen, stay.trace))
    if (facts?.queued) queuedAt ??= performance.now()
    if (facts?.connected) connectedAt ??= performance.now()
    const since = connectedAt ?? (facts?.status === 'offered' ? undefined : queuedAt)
    leaveAt = Math.min(until, since === undefined ? until : since + STAYS_AFTERWARDS_MS)
  }
  await citizen.call.hangUp()
}

/** The row is written a moment after the call, through the journal. */
async function endedRow(pool: Pool, trace: CallTrace): Promise<CallFacts | undefined> {
  const until = performance.now() + ROW_ENDED_WITHIN_MS
  let facts = await findCall(pool, trace)
  while (!facts?.ended && performance.now() < until) {
    await passed(LOOK_EVERY_MS)
    facts = await findCall(pool, trace)
  }
  return facts
}

function report(citizen: Citizen, facts: CallFacts | undefined): CallReport {
  const rounded = (ms: number | undefined) => (ms === undefined ? null : Math.round(ms * 10) / 10)
  return {
    code: citizen.call.answeredAt === undefined ? citizen.call.code : 200,
    earlyMediaMs: rounded(citizen.call.earlyMediaMs),
    answerMs: rounded(citizen.call.answerMs),
    path: facts?.path ?? [],
    queue: facts?.queue ?? null,
    language: facts?.language ?? null,
    outcome: facts ? outcomeOf(facts) : null,
    heardSeconds: Math.round(citizen.hearing.heardSeconds * 100) / 100,
    call: facts?.id ?? null,
  }
}

function inWords(value: CallReport[keyof CallReport]): string {
  if (Array.isArray(value)) return value.join(' → ')
  if (value !== null && typeof value === 'object')
    return `after ${value.afterSeconds.toFixed(1)} s at ${value.number}, heard ${value.heardSeconds.toFixed(1)} s`
  return String(value ?? '–')
}

function describe(report: CallReport): string {
  const lines = Object.entries(report).map(([name, value]) => `${name.padEnd(14)}${inWords(value)}`)
  return `${lines.join('\n')}\n`
}
