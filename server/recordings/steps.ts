/**
 * The steps of a recording, one for each status it leaves. Each does its work first and then moves the status and
 * records the event in one transaction; each can be done twice.
 */
import { join } from 'node:path'
import { RECORDING_MOVES, type RecordingAction } from '#core/calls/recording-status.ts'
import { ALAW_RATE } from '#core/lib/a-law.ts'
import { tashkentDay } from '#core/lib/time.ts'
import { record } from '../database/event-log.ts'
import type { RecordingEvent } from './events.ts'
import { closedLegSizes, deleteLegs, type LegSizes, legSizes, legsIn } from './legs.ts'
import { encodeOpus, opusSeconds } from './opus.ts'
import type { RecordingAlarmKind, RecordingDeps } from './ports.ts'
import { readBack, readIdentity, readRecipient, sealTo, unseal } from './seal.ts'
import { moveRecording, type RecordingChange, type RecordingRow } from './store.ts'
import { waveform } from './wave-peaks.ts'

/** How far the legs may be from the length of the call before somebody is told. */
export const GAP_MAX_SECONDS = 0.2
/** Opus begins and ends in frames, the seconds in the row are rounded. */
const ENCODED_WITHIN_SECONDS = 0.1
/**
 * The row keeps seconds as `real`, which for a call of hours is out by a few samples; what an engine writes is never
 * fewer than 160.
 */
const SAME_SIZE_WITHIN_SAMPLES = 40

/** Something about this recording that a person must know; the alarm says what kind. */
export class RecordingTrouble extends Error {
  readonly alarm: RecordingAlarmKind

  constructor(alarm: RecordingAlarmKind, message: string) {
    super(message)
    this.name = 'RecordingTrouble'
    this.alarm = alarm
  }
}

/** What the steps need beside the module's own: a turn at one of the few encoders. */
export type StepDeps = RecordingDeps & { encoding<Result>(work: () => Promise<Result>): Promise<Result> }

export async function takeStep(deps: StepDeps, row: RecordingRow): Promise<void> {
  switch (row.status) {
    case 'expected':
    case 'recording':
      return await close(deps, row)
    case 'closed':
      return await verify(deps, row)
    case 'verified':
      return await seal(deps, row)
    case 'sealed':
      return await storeForGood(deps, row)
    case 'failed':
      return await move(deps, row, {
        action: 'retry',
        change: { problem: null },
        event: { type: 'recordingRetried', call: row.call },
      })
    case 'stored':
      return
  }
}

async function close(deps: StepDeps, row: RecordingRow): Promise<void> {
  const expected = expectedSeconds(row)
  const sizes = await closedLegSizes(legsIn(deps.folders.spool, row), expected)
  const citizenSeconds = sizes.citizen / ALAW_RATE
  const agentSeconds = sizes.agent / ALAW_RATE
  // The side that is further off tells the truth about both.
  const gaps = [expected - citizenSeconds, expected - agentSeconds]
  const gapSeconds = gaps.reduce((worst, gap) => (Math.abs(gap) > Math.abs(worst) ? gap : worst))
  await move(deps, row, {
    action: 'close',
    change: {
      expected_seconds: expected,
      citizen_seconds: citizenSeconds,
      agent_seconds: agentSeconds,
      gap_seconds: gapSeconds,
    },
    event: {
      type: 'recordingClosed',
      call: row.call,
      citizenSeconds,
      agentSeconds,
      gapSeconds: thousandths(gapSeconds),
    },
  })
}

async function verify(deps: StepDeps, row: RecordingRow): Promise<void> {
  const sizes = await unchangedSizes(deps, row)
  if (!sizes) return
  const gap = row.gap_seconds ?? 0
  const legs = legsIn(deps.folders.spool, row)
  const citizen = await waveform(legs.citizen, sizes.citizen)
  const agent = await waveform(legs.agent, sizes.agent)
  if (citizen.samples + agent.samples === 0 && gap > GAP_MAX_SECONDS) {
    throw new RecordingTrouble(
      'recordingMissing',
      `Nothing was recorded of ${expectedSeconds(row).toFixed(1)} s`,
    )
  }
  const problem = problemOf(row, sizes)
  await move(deps, row, {
    action: 'verify',
    change: { problem, peaks: JSON.stringify({ citizen: citizen.peaks, agent: agent.peaks }) },
    event: { type: 'recordingVerified', call: row.call, gapSeconds: thousandths(gap), problem },
  })
}

async function seal(deps: StepDeps, row: RecordingRow): Promise<void> {
  const { folders, encoding, reached } = deps
  const recipient = await readRecipient(folders.keys)
  const sizes = await unchangedSizes(deps, row)
  if (!sizes) return
  const samples = samplesOf(row, sizes)
  const opus = await encoding(() => encodeOpus(legsIn(folders.spool, row), sizes, samples))
  checkLength(opusSeconds(opus), samples, 'encoded')

  const file = sealedFile(row)
  const sealed = await sealTo(join(folders.recordings, file), opus, recipient)
  reached?.('written', row.call)
  await move(deps, row, {
    action: 'seal',
    change: { file, recipient, ...sealed, bytes: String(sealed.bytes) },
    event: { type: 'recordingSealed', call: row.call, file, recipient, ...sealed },
  })
}

async function storeForGood(deps: StepDeps, row: RecordingRow): Promise<void> {
  const sizes = await unchangedSizes(deps, row)
  if (!sizes) return
  const decrypted = await checkSealedFile(deps, row, sizes)
  await move(deps, row, {
    action: 'store',
    change: { stored_at: new Date() },
    event: { type: 'recordingStored', call: row.call, decrypted },
  })
  await deleteLegs(legsIn(deps.folders.spool, row))
  deps.reached?.('legsDeleted', row.call)
  deps.log.info({ call: row.call, gapSeconds: row.gap_seconds }, 'recording stored')
}

/** Reads back what was sealed; with the identity at hand, all the way to the sound. Says whether that was possible. */
export async function checkSealedFile(
  { folders }: RecordingDeps,
  row: RecordingRow,
  sizes: LegSizes,
): Promise<boolean> {
  const path = join(folders.recordings, row.file ?? '')
  const found = await readBack(path)
  if (!found.isSealed || found.sha256 !== row.sha256 || found.bytes !== Number(row.bytes)) {
    throw new RecordingTrouble('recordingFailed', `The sealed file ${row.file} is not what was written`)
  }
  const identity = await readIdentity(folders.keys)
  if (!identity) return false
  checkLength(opusSeconds(await unseal(path, identity)), samplesOf(row, sizes), 'sealed')
  return true
}

/** The legs must be what was measured when they were closed; if one has grown since, everything begins again. */
async function unchangedSizes(deps: StepDeps, row: RecordingRow): Promise<LegSizes | undefined> {
  const sizes = await legSizes(legsIn(deps.folders.spool, row))
  const isSame =
    isAsMeasured(sizes.citizen, row.citizen_seconds) && isAsMeasured(sizes.agent, row.agent_seconds)
  if (isSame) return sizes
  const because = `the legs have changed from ${row.citizen_seconds} and ${row.agent_seconds} s`
  await move(deps, row, {
    action: 'reopen',
    change: {},
    event: { type: 'recordingReopened', call: row.call, because },
  })
  return undefined
}

type Move = { action: RecordingAction; change: RecordingChange; event: RecordingEvent }

async function move(deps: StepDeps, row: RecordingRow, { action, change, event }: Move): Promise<void> {
  await deps.db.transaction().execute(async (trx) => {
    if (!(await moveRecording(trx, row, action, change)))
      throw new Error(`The recording ${row.call} was moved meanwhile`)
    await record(trx, event)
    if (event.type === 'recordingVerified' && event.problem) {
      await deps.raiseAlarm(trx, { kind: 'recordingShort', subject: row.call, detail: event.problem })
    }
  })
  const next = RECORDING_MOVES[row.status][action]
  if (next) deps.reached?.(next, row.call)
}

function expectedSeconds(row: RecordingRow): number {
  if (row.expected_seconds !== null) return row.expected_seconds
  return row.ended_at ? Math.max(0, (row.ended_at.getTime() - row.started_at.getTime()) / 1000) : 0
}

/** The file of a call lies under the day it began, as people look for it. */
function sealedFile({ call, started_at }: RecordingRow): string {
  return `${tashkentDay(started_at.getTime()).replaceAll('-', '/')}/${call}.age`
}

/** The longer leg; of a call that ended before anything was recorded, its own length in silence. */
function samplesOf(row: RecordingRow, sizes: LegSizes): number {
  return Math.max(sizes.citizen, sizes.agent) || Math.max(1, samplesIn(expectedSeconds(row)))
}

function samplesIn(seconds: number | null): number {
  return Math.round((seconds ?? 0) * ALAW_RATE)
}

function isAsMeasured(size: number, seconds: number | null): boolean {
  return Math.abs(size - samplesIn(seconds)) <= SAME_SIZE_WITHIN_SAMPLES && size > 0 === (seconds ?? 0) > 0
}

function problemOf(row: RecordingRow, sizes: LegSizes): string | null {
  const gap = row.gap_seconds ?? 0
  if (Math.abs(gap) <= GAP_MAX_SECONDS) return null
  const sides =
    sizes.citizen === 0
      ? 'the leg of the citizen is missing'
      : sizes.agent === 0
        ? 'the leg of the agent is missing'
        : `the legs hold ${row.citizen_seconds} and ${row.agent_seconds} s`
  const difference = gap > 0 ? `${gap.toFixed(2)} s are not there` : `${(-gap).toFixed(2)} s are too many`
  return `The call lasted ${expectedSeconds(row).toFixed(2)} s, ${sides}: ${difference}`
}

function checkLength(seconds: number, samples: number, how: string): void {
  const wanted = samples / ALAW_RATE
  if (Math.abs(seconds - wanted) <= ENCODED_WITHIN_SECONDS) return
  throw new RecordingTrouble(
    'recordingFailed',
    `The ${how} recording plays ${seconds} s instead of ${wanted} s`,
  )
}

const thousandths = (seconds: number) => Math.round(seconds * 1_000) / 1_000
