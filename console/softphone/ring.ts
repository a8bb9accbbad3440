/** What an agent hears besides voices, made in the browser: the ring of an offer, and the tone while a citizen's phone rings. */

const NOTES_HZ = [659.3, 880]
const NOTE_SECONDS = 0.22
const REPEATED_EVERY_MS = 2_400
const VOLUME = 0.18

let context: AudioContext | undefined

/** The tone that callers know from their telephone: a second of it, four of silence. */
const RING_BACK = { hertz: 425, seconds: 1, everyMs: 5_000 }

/** Two soft notes, a pause, again: rings until the returned function is called. */
export function ring(): () => void {
  return repeated(play, REPEATED_EVERY_MS)
}

/** Sounds until the returned function is called. */
export function ringBack(): () => void {
  const { hertz, seconds, everyMs } = RING_BACK
  return repeated((sound) => note(sound, hertz, { after: 0, seconds }), everyMs)
}

function repeated(once: (sound: AudioContext) => void, everyMs: number): () => void {
  context ??= new AudioContext()
  const sound = context
  // Suspended until the first key or click in this window; the offer is seen all the same.
  void sound.resume()
  const soundOnce = () => sound.state === 'running' && once(sound)
  soundOnce()
  const timer = setInterval(soundOnce, everyMs)
  return () => clearInterval(timer)
}

function play(sound: AudioContext): void {
  for (const repeat of [0, 2]) {
    for (const [place, hertz] of NOTES_HZ.entries())
      note(sound, hertz, { after: (repeat + place) * NOTE_SECONDS, seconds: NOTE_SECONDS })
  }
}

function note(
  sound: AudioContext,
  hertz: number,
  { after, seconds }: { after: number; seconds: number },
): void {
  const tone = sound.createOscillator()
  const volume = sound.createGain()
  const from = sound.currentTime + after
  tone.frequency.value = hertz
  // A note without edges: a sudden start or end is heard as a click.
  volume.gain.setValueAtTime(0, from)
  volume.gain.linearRampToValueAtTime(VOLUME, from + 0.03)
  volume.gain.exponentialRampToValueAtTime(0.001, from + seconds)
  tone.connect(volume).connect(sound.destination)
  tone.start(from)
  tone.stop(from + seconds)
}
