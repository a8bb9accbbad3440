/**
 * Sounds the engine needs before anybody has recorded one: a beep, and music for
 * those who wait. The music is made here, from sums of sines, so that no licence
 * hangs on it: four soft chords, each fading in and out, quiet enough (−20 dBFS)
 * not to tire, without a beginning or an end that a loop would betray.
 */
import { ALAW_RATE, encodeALaw } from '#core/lib/a-law.ts'

const BEEP_HZ = 1000
const BEEP_SECONDS = 0.3
const CHORD_SECONDS = 8
/** Mean level of the music under full scale. */
const MUSIC_DBFS = -20

/** D – B minor – G – A, in the middle of the telephone's band. */
const CHORDS_HZ: readonly (readonly number[])[] = [
  [293.66, 369.99, 440.0, 587.33],
  [246.94, 369.99, 493.88, 587.33],
  [392.0, 493.88, 587.33, 783.99],
  [277.18, 329.63, 440.0, 659.26],
]

/** A-law, 8 kHz, without header. */
export function beep(): Buffer {
  return toAlaw(
    samples(BEEP_SECONDS, (at) => 0.3 * Math.sin(2 * Math.PI * BEEP_HZ * at) * faded(at, BEEP_SECONDS, 0.01)),
  )
}

export function music(): Buffer {
  const notes = samples(CHORD_SECONDS * CHORDS_HZ.length, (at) => {
    const chord = CHORDS_HZ[Math.floor(at / CHORD_SECONDS)] ?? []
    const within = at % CHORD_SECONDS
    const swell = Math.sin((Math.PI * within) / CHORD_SECONDS) ** 0.7
    return swell * chord.reduce((sum, hz, voice) => sum + softNote(hz, at, voice), 0)
  })
  const rms = Math.sqrt(notes.reduce((sum, value) => sum + value * value, 0) / notes.length)
  const gain = 10 ** (MUSIC_DBFS / 20) / rms
  return toAlaw(notes.map((value) => value * gain))
}

/** A sine with a little of its octave, and a slow tremble that differs from voice to voice. */
function softNote(hz: number, at: number, voice: number): number {
  const tremble = 1 + 0.15 * Math.sin(2 * Math.PI * (0.25 + 0.125 * voice) * at)
  return (
    (tremble * (Math.sin(2 * Math.PI * hz * at) + 0.2 * Math.sin(4 * Math.PI * hz * at))) / (1 + voice / 2)
  )
}

function faded(at: number, length: number, edge: number): number {
  return Math.min(1, at / edge, (length - at) / edge)
}

function samples(seconds: number, value: (at: number) => number): Float64Array {
  return Float64Array.from({ length: Math.round(seconds * ALAW_RATE) }, (_, index) =>
    value(index / ALAW_RATE),
  )
}

function toAlaw(values: Float64Array): Buffer {
  return Buffer.from(
    Uint8Array.from(values, (value) => encodeALaw(Math.round(Math.max(-1, Math.min(1, value)) * 32_767))),
  )
}
