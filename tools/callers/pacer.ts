/**
 * One clock of 20 ms for every voice in the process. A late timer is caught up
 * with, so that a simulated telephone sends exactly 50 packets a second over any
 * longer time, as a real one does: recordings are compared with talked seconds.
 */
import { spawnSync } from 'node:child_process'
import { setPriority } from 'node:os'
import { FRAME_MS } from './alaw.ts'

/**
 * Simulated telephones stand for machines of their own: what they share this one
 * with must not make them stutter, or their stutter would be measured.
 */
const PRIORITY = -10
/** Before the engine (10): behind it, each packet would be interrupted by the thread that it wakes. */
const REAL_TIME_PRIORITY = 20

/** After a longer stall the missed frames are dropped: a burst of them would only overflow the receiver. */
const CATCH_UP_MAX_FRAMES = 25

/** How late the telephones of this process were at worst, and what they never said because of it: not to be laid at the engine's door. */
export const lateness = { longestMs: 0, droppedFrames: 0 }

/** Telephones do not speak in step: a part of them at each of so many moments of a frame. */
const PHASES = 4
const PHASE_MS = FRAME_MS / PHASES
const voices = Array.from({ length: PHASES }, () => new Set<() => void>())
let timer: NodeJS.Timeout | undefined
let nextAt = 0
let nextPhase = 0

let hearsTogether = false

/**
 * For the rest of the process: packets are heard all at once, in each part of a frame. A trunk of hundreds of lines comes from
 * other machines; on this one each packet of the engine's would wake the telephones' thread, which goes before it,
 * 15 000 times a second. Whatever is heard is told about 5 ms late, so nobody may measure moments by it.
 */
export function hearTogether(): void {
  hearsTogether = true
}

export function startPacing(voice: () => void): void {
  const [fewest] = voices.toSorted((a, b) => a.size - b.size)
  fewest?.add(voice)
  if (timer) return
  comeFirst()
  nextAt = performance.now() + FRAME_MS
  timer = setInterval(tick, PHASE_MS)
}

export function stopPacing(voice: () => void): void {
  for (const phase of voices) phase.delete(voice)
  if (voices.some(({ size }) => size > 0) || !timer) return
  clearInterval(timer)
  timer = undefined
}

function comeFirst(): void {
  // In real time where the machine allows it, with the threads that collect its garbage: behind the engine they would
  // hold it up for up to a second. What it starts must not inherit that: a `javob status` would go before the engine.
  const policy = ['--rr', '--reset-on-fork', '--all-tasks']
  const words = [...policy, '--pid', String(REAL_TIME_PRIORITY), String(process.pid)]
  const { status } = spawnSync('chrt', words, { stdio: 'ignore' })
  if (status === 0) return
  try {
    setPriority(PRIORITY)
  } catch {
    // Only root may; everybody else takes turns with the rest.
  }
}

function tick(): void {
  const now = performance.now()
  lateness.longestMs = Math.max(lateness.longestMs, now - nextAt)
  const behind = Math.floor((now - nextAt) / FRAME_MS) - CATCH_UP_MAX_FRAMES
  if (behind > 0) {
    lateness.droppedFrames += behind
    nextAt += behind * FRAME_MS
  }
  for (; nextAt <= now; nextAt += PHASE_MS) {
    for (const voice of voices[nextPhase] ?? []) voice()
    nextPhase = (nextPhase + 1) % PHASES
  }
  if (hearsTogether) restUntil(nextAt)
}

const NOBODY_WAKES = new Int32Array(new SharedArrayBuffer(4))

/** Blocks the whole thread, on purpose: nothing of this process is served meanwhile. */
function restUntil(moment: number): void {
  Atomics.wait(NOBODY_WAKES, 0, 0, Math.max(0, moment - performance.now()))
}
