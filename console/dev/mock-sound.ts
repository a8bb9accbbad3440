/** A stereo WAV in which left and right „speak" in turns: enough to hear and see a player at work. */
const RATE = 8_000
const HEADER_BYTES = 44
const LEFT_HZ = 330
const RIGHT_HZ = 220
const TURN_SECONDS = 3

export function spokenTone(seconds: number): Buffer {
  const frames = Math.round(seconds * RATE)
  const wav = Buffer.alloc(HEADER_BYTES + frames * 4)
  wav.write('RIFF', 0)
  wav.writeUInt32LE(wav.length - 8, 4)
  wav.write('WAVEfmt ', 8)
  wav.writeUInt32LE(16, 16)
  wav.writeUInt16LE(1, 20)
  wav.writeUInt16LE(2, 22)
  wav.writeUInt32LE(RATE, 24)
  wav.writeUInt32LE(RATE * 4, 28)
  wav.writeUInt16LE(4, 32)
  wav.writeUInt16LE(16, 34)
  wav.write('data', 36)
  wav.writeUInt32LE(frames * 4, 40)
  for (let frame = 0; frame < frames; frame++) {
    const isLeft = Math.floor(frame / RATE / TURN_SECONDS) % 2 === 0
    const level = 6000 * Math.sin((2 * Math.PI * (isLeft ? LEFT_HZ : RIGHT_HZ) * frame) / RATE)
    wav.writeInt16LE(Math.round(level), HEADER_BYTES + frame * 4 + (isLeft ? 0 : 2))
  }
  return wav
}
