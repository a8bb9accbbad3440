/**
 * From two legs in the spool to one sealed file, one status at a time.
 *
 * Each step does its work first and then moves the status and records the event in one transaction, so a server that
 * is killed anywhere begins again with the step it was in; every step can be done twice. Whatever goes wrong, the
 * legs stay where they are, the row says what happened, and an alarm is raised in the same transaction.
 */
import { join } from 'node:path'
import { ALAW_RATE } from '#core/lib/a-law.ts'
import { RECORDING_MOVES } from '#core/calls/recording-status.ts'
import type { CallId } from '#core/lib/ids.ts'
import { tashkentDay } from '#core/lib/time.ts'
import { record } from '../database/event-log.ts'
import type { RecordingEvent } from './events.ts'
import { closedLegSizes, deleteLegs, type LegSizes, legSizes, legsIn } from './legs.ts'
import { encodeOpus, opusSeconds } from './opus.ts'
import type { RecordingAlarmKind, RecordingDeps } from './ports.ts'
import { NoRecipient, readBack, readIdentity, readRecipient, sealTo, unseal } from './seal.ts'
import { findRecording, moveRecording, type RecordingRow } from './store.ts'
import { waveform } from './wave-peaks.ts'

/** How far the legs may be from the length of the call before somebody is told. */
export const GAP_MAX_SECONDS = 0.2
/** Opus begins and ends in frames, the seconds in the row are rounded. */
const ENCODED_WITHIN_SECONDS = 0.1
/** Encoders that run at the same time, behind the calls in progress. */
const ENCODERS_AT_ONCE = 2
/** Five take a recording from start to end; more mean that it keeps being reopened. */
const STEPS_MAX = 20
/** The row keeps seconds as `real`, which for a call of hours is out by a few samples; what an engine writes is never fewer than 160. */
const SAME_SIZE_WITHIN_SAMPLES = 40
/** What a problem may say in a row and an alarm. */
const PROBLEM_MAX_CHARACTERS = 600

/** Something about this recording that a person must know; the alarm says what kind. */
export class RecordingTrouble extends Error {
  readonly alarm: RecordingAlarmKind

  constructor(alarm: RecordingAlarmKind, message: string) {
    super(message)
    this.name = 'RecordingTrouble'
    this.alarm = alarm
  }
}

export type Pipeline = ReturnType<typeof recordingPipeline>

export function recordingPipeline(deps: RecordingDeps) {
  const { db, log, folders, raiseAlarm } = deps
  const reached = deps.reached ?? (() => undefined)
  const encoding = limiter(ENCODERS_AT_ONCE)
  const underWay = new Map<CallId, Promise<void>>()

  /** Brings the recording as far as it gets; rejects, after telling of it, where that is not the end. */
  async function finish(call: CallId): Promise<void> {
    try {
      for (let step = 0; step < STEPS_MAX; step++) {
        const row = await findRecording(db, call)
        if (!row || row.status === 'stored' || !row.ended_at) return
        await stepOf(row)
      }
      throw new RecordingTrouble('recordingFailed', 'The legs keep changing after the call has ended')
    } catch (error) {
      await tellFailure(call, error)
      throw error
    }
  }

  async function stepOf(row: RecordingRow): Promise<void> {
    switch (row.status) {
      case 'expected':
      case 'recording':
        return await close(row)
      case 'closed':
        return await verify(row)
      case 'verified':
        return await seal(row)
      case 'sealed':
        return await storeForGood(row)
      case 'failed':
        return await move(row, 'retry', { problem: null }, { type: 'recordingRetried', call: row.call })
      case 'stored':
        return
    }
  }

  async function close(row: RecordingRow): Promise<void> {
    const expected = expectedSeconds(row)
    const sizes = await closedLegSizes(legsIn(folders.spool, row), expected)
    const [citizenSeconds, agentSeconds] = [sizes.citizen / ALAW_RATE, sizes.agent / ALAW_RATE]
    // The side that is further off tells the truth about both.
    const gaps = [expected - citizenSeconds, expected - agentSeconds]
    const gapSeconds = gaps.reduce((worst, gap) => (Math.abs(gap) > Math.abs(worst) ? gap : worst))
    await move(
      row,
      'close',
      {
        expected_seconds: expected,
        citizen_seconds: citizenSeconds,
        agent_seconds: agentSeconds,
        gap_seconds: gapSeconds,
      },
      {
        type: 'recordingClosed',
        call: row.call,
        citizenSeconds,
        agentSeconds,
        gapSeconds: thousandths(gapSeconds),
      },
    )
  }

  async function verify(row: RecordingRow): Promise<void> {
    const sizes = await unchangedSizes(row)
    if (!sizes) return
    const gap = row.gap_seconds ?? 0
    const legs = legsIn(folders.spool, row)
    const [citizen, agent] = [
      await waveform(legs.citizen, sizes.citizen),
      await waveform(legs.agent, sizes.agent),
    ]
    if (citizen.samples + agent.samples === 0 && gap > GAP_MAX_SECONDS) {
      throw new RecordingTrouble(
        'recordingMissing',
        `Nothing was recorded of ${expectedSeconds(row).toFixed(1)} s`,
      )
    }
    const problem = problemOf(row, sizes)
    const peaks = JSON.stringify({ citizen: citizen.peaks, agent: agent.peaks })
    await move(
      row,
      'verify',
      { peaks, problem },
      { type: 'recordingVerified', call: row.call, gapSeconds: thousandths(gap), problem },
    )
  }

  async function seal(row: RecordingRow): Promise<void> {
    const recipient = await readRecipient(folders.keys)
    const sizes = await unchangedSizes(row)
    if (!sizes) return
    const opus = await encoding(() => encodeOpus(legsIn(folders.spool, row), sizes, samplesOf(row, sizes)))
    checkLength(opusSeconds(opus), samplesOf(row, sizes), 'encoded')

    const file = sealedFile(row)
    const sealed = await sealTo(join(folders.recordings, file), opus, recipient)
    reached('written', row.call)
    await move(
      row,
      'seal',
      { file, recipient, ...sealed, bytes: String(sealed.bytes) },
      {
        type: 'recordingSealed',
        call: row.call,
        file,
        recipient,
        ...sealed,
      },
    )
  }

  async function storeForGood(row: RecordingRow): Promise<void> {
    const sizes = await unchangedSizes(row)
    if (!sizes) return
    const decrypted = await checkSealedFile(row, sizes)
    await move(
      row,
      'store',
      { stored_at: new Date() },
      { type: 'recordingStored', call: row.call, decrypted },
    )
    await deleteLegs(legsIn(folders.spool, row))
    reached('legsDeleted', row.call)
    log.info({ call: row.call, gapSeconds: row.gap_seconds }, 'recording stored')
  }

  /** Reads back what was sealed; with the identity at hand, all the way to the sound. Says whether that was possible. */
  async function checkSealedFile(row: RecordingRow, sizes: LegSizes): Promise<boolean> {
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
  async function unchangedSizes(row: RecordingRow): Promise<LegSizes | undefined> {
    const sizes = await legSizes(legsIn(folders.spool, row))
    if (sizes.citizen === samples(row.citizen_seconds) && sizes.agent === samples(row.agent_seconds))
      return sizes
    const because = `the legs have changed from ${row.citizen_seconds} and ${row.agent_seconds} s`
    await move(row, 'reopen', {}, { type: 'recordingReopened', call: row.call, because })
    return undefined
  }

  async function move(
    row: RecordingRow,
    action: Parameters<typeof moveRecording>[2],
    change: Parameters<typeof moveRecording>[3],
    event: RecordingEvent,
  ): Promise<void> {
    await db.transaction().execute(async (trx) => {
      if (!(await moveRecording(trx, row, action, change)))
        throw new Error(`The recording ${row.call} was moved meanwhile`)
      await record(trx, event)
      if (event.type === 'recordingVerified' && event.problem) {
        await raiseAlarm(trx, { kind: 'recordingShort', subject: row.call, detail: event.problem })
      }
    })
    const next = RECORDING_MOVES[row.status][action]
    if (next) reached(next, row.call)
  }

  async function tellFailure(call: CallId, error: unknown): Promise<void> {
    const problem = (error instanceof Error ? error.message : String(error)).slice(0, PROBLEM_MAX_CHARACTERS)
    const kind = alarmFor(error)
    log.error({ call, kind, error: problem }, 'a recording could not be finished; its legs are kept')
    try {
      await db.transaction().execute(async (trx) => {
        const row = await findRecording(trx, call)
        if (!row || !RECORDING_MOVES[row.status].fail) return
        if (await moveRecording(trx, row, 'fail', { problem }))
          await record<RecordingEvent>(trx, { type: 'recordingFailed', call, problem })
        // One alarm for a full disk, however many recordings wait for it.
        await raiseAlarm(trx, {
          kind,
          subject: kind === 'diskFull' ? folders.recordings : call,
          detail: problem,
        })
      })
    } catch (untold) {
      // The database is away as well: the job is tried again, and tells of it then.
      log.error({ call, error: String(untold) }, 'a failed recording could not be noted')
    }
  }

  return {
    /** One at a time for each call, whoever asks. */
    async finish(call: CallId): Promise<void> {
      const already = underWay.get(call)
      if (already) return await already
      const work = finish(call).finally(() => underWay.delete(call))
      underWay.set(call, work)
      return await work
    },
    checkSealedFile,
  }
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
  return Math.max(sizes.citizen, sizes.agent) || Math.max(1, samples(expectedSeconds(row)))
}

function samples(seconds: number | null): number {
  return Math.round((seconds ?? 0) * ALAW_RATE)
}

function isAsMeasured(size: number, seconds: number | null): boolean {
  return Math.abs(size - samples(seconds)) <= SAME_SIZE_WITHIN_SAMPLES && size > 0 === (seconds ?? 0) > 0
}

function problemOf(row: RecordingRow, sizes: LegSizes): string | null {
  const gap = row.gap_seconds ?? 0
  if (Math.abs(gap) <= GAP_MAX_SECONDS) return null
  const missing = [
    sizes.citizen === 0 && 'the leg of the citizen is missing',
    sizes.agent === 0 && 'the leg of the agent is missing',
  ]
  const sides =
    missing.filter(Boolean).join(', ') || `the legs hold ${row.citizen_seconds} and ${row.agent_seconds} s`
  return `The call lasted ${expectedSeconds(row).toFixed(2)} s, ${sides}: ${gap.toFixed(2)} s are not there`
}

function checkLength(seconds: number, wanted: number, how: string): void {
  if (Math.abs(seconds - wanted / ALAW_RATE) <= ENCODED_WITHIN_SECONDS) return
  throw new RecordingTrouble(
    'recordingFailed',
    `The ${how} recording plays ${seconds} s instead of ${wanted / ALAW_RATE} s`,
  )
}

function alarmFor(error: unknown): RecordingAlarmKind {
  if (error instanceof RecordingTrouble) return error.alarm
  if (error instanceof NoRecipient) return 'recordingNotSealed'
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'ENOSPC' || code === 'EDQUOT' ? 'diskFull' : 'recordingFailed'
}

const thousandths = (seconds: number) => Math.round(seconds * 1_000) / 1_000

/** Runs at most `atOnce` of the works it is given; the others wait in order. The jobs bound how many there are. */
function limiter(atOnce: number) {
  let running = 0
  const waiting: (() => void)[] = []
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve))
    else running++
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}
