/** The ring of an offer, made in the browser: two soft notes, a pause, again. */

const NOTES_HZ = [659.3, 880]
const NOTE_SECONDS = 0.22
const REPEATED_EVERY_MS = 2_400
const VOLUME = 0.18

let context: AudioContext | undefined

/** Rings until the returned function is called. */
export function ring(): () => void {
  context ??= new AudioContext()
  const sound = context
  // Suspended until the first key or click in this window; the offer is seen all the same.
  void sound.resume()
  play(sound)
  const timer = setInterval(() => play(sound), REPEATED_EVERY_MS)
  return () => clearInterval(timer)
}

function play(sound: AudioContext): void {
  if (sound.state !== 'running') return
  for (const repeat of [0, 2]) {
    for (const [place, hertz] of NOTES_HZ.entries()) note(sound, hertz, (repeat + place) * NOTE_SECONDS)
  }
}

function note(sound: AudioContext, hertz: number, afterSeconds: number): void {
  const tone = sound.createOscillator()
  const volume = sound.createGain()
  const from = sound.currentTime + afterSeconds
  tone.frequency.value = hertz
  // A note without edges: a sudden start or end is heard as a click.
  volume.gain.setValueAtTime(0, from)
  volume.gain.linearRampToValueAtTime(VOLUME, from + 0.03)
  volume.gain.exponentialRampToValueAtTime(0.001, from + NOTE_SECONDS)
  tone.connect(volume).connect(sound.destination)
  tone.start(from)
  tone.stop(from + NOTE_SECONDS)
}
