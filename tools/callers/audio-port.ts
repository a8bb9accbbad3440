/**
 * The sound of one simulated telephone: sends A-law every 20 ms and hears what
 * comes back, each packet with the moment it arrived (milliseconds of
 * performance.now()). It is silent until told to speak, and is never idle
 * once started: a telephone with nobody talking still sends.
 */
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { FRAME_SAMPLES, SILENCE } from './alaw.ts'
import { startPacing, stopPacing } from './pacer.ts'
import {
  ALAW_PAYLOAD,
  formatRtp,
  KEYS_PAYLOAD,
  keyPayload,
  parseKey,
  parseRtp,
  type RtpPacket,
} from './rtp.ts'
import type { AudioAddress } from './sdp.ts'

/** 100 ms down and as long up: what a person's quick press gives, and every receiver accepts. */
const KEY_FRAMES = 5
const KEY_PAUSE_FRAMES = 5
/** RFC 4733, 2.5.1.4: the last packet of an event is sent three times. */
const KEY_END_REPEATS = 3
const KEYS_WAITING_MAX = 64

const SILENT_FRAME = Buffer.alloc(FRAME_SAMPLES, SILENCE)
const LOOPBACK = '127.0.0.1'

export type HeardFrame = {
  at: number
  payload: Uint8Array
  timestamp: number
  sequence: number
  source: number
}
/** Gives the next frame to say, or nothing for silence. */
export type Voice = () => Uint8Array | undefined

type KeyDown = { key: string; frame: number; timestamp: number; sent: () => void }

export class AudioPort {
  readonly host = LOOPBACK
  readonly port: number
  packetsSent = 0
  packetsReceived = 0
  firstPacketAt: number | undefined
  /** Nothing is heard after this. */
  readonly closed: Promise<void>

  readonly #socket: Socket
  readonly #listeners = new Set<(frame: HeardFrame) => void>()
  readonly #keyListeners = new Set<(key: string) => void>()
  readonly #keys: { key: string; sent: () => void }[] = []
  readonly #source = Math.floor(Math.random() * 2 ** 32)
  readonly #tick = () => this.#sendNext()
  readonly #closing = Promise.withResolvers<void>()
  #remote: AudioAddress | undefined
  #voice: Voice | undefined
  #keyDown: KeyDown | undefined
  #heardKeyAt: number | undefined
  #keyPause = 0
  #sequence = 0
  #timestamp = 0

  private constructor(socket: Socket) {
    this.#socket = socket
    this.port = socket.address().port
    this.closed = this.#closing.promise
    socket.on('message', (bytes) => this.#hear(bytes))
    // A refused packet means that the other side has closed already: SIP tells us so, more politely.
    socket.on('error', () => this.close())
  }

  static async open(): Promise<AudioPort> {
    const socket = createSocket({ type: 'udp4', recvBufferSize: 256 * 1024 })
    socket.bind(0, LOOPBACK)
    await once(socket, 'listening')
    return new AudioPort(socket)
  }

  /** Starts sending, or sends to another place from now on. */
  sendTo(remote: AudioAddress): void {
    if (!this.#remote) startPacing(this.#tick)
    this.#remote = remote
  }

  speak(voice: Voice | undefined): void {
    this.#voice = voice
  }

  listen(listener: (frame: HeardFrame) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Each key the other side presses (RFC 4733), once. */
  listenToKeys(listener: (key: string) => void): () => void {
    this.#keyListeners.add(listener)
    return () => this.#keyListeners.delete(listener)
  }

  /** Presses a key; done when it has been let go. */
  async press(key: string): Promise<void> {
    if (this.#keys.length >= KEYS_WAITING_MAX) throw new Error('Too many keys are waiting to be pressed')
    await new Promise<void>((sent) => this.#keys.push({ key, sent }))
  }

  close(): void {
    stopPacing(this.#tick)
    this.#listeners.clear()
    this.#keyListeners.clear()
    for (const { sent } of this.#keys.splice(0)) sent()
    this.#keyDown?.sent()
    this.#keyDown = undefined
    this.#remote = undefined
    this.#closing.resolve()
    try {
      this.#socket.close()
    } catch {
      // Closed before: closing twice is not worth a flag.
    }
  }

  #hear(bytes: Buffer): void {
    const packet = parseRtp(bytes)
    if (packet?.payloadType === KEYS_PAYLOAD) this.#hearKey(packet)
    if (packet?.payloadType !== ALAW_PAYLOAD) return
    const at = performance.now()
    this.firstPacketAt ??= at
    this.packetsReceived++
    const { payload, timestamp, sequence, source } = packet
    const frame = { at, payload, timestamp, sequence, source }
    for (const listener of this.#listeners) listener(frame)
  }

  /** The packets of one press have one timestamp. */
  #hearKey({ payload, timestamp }: RtpPacket): void {
    const heard = parseKey(payload)
    if (!heard || timestamp === this.#heardKeyAt) return
    this.#heardKeyAt = timestamp
    for (const listener of this.#keyListeners) listener(heard.key)
  }

  #sendNext(): void {
    this.#timestamp += FRAME_SAMPLES
    if (!this.#keyDown && this.#keyPause-- <= 0) this.#pressNext()
    if (this.#keyDown) this.#sendKey(this.#keyDown)
    else this.#send(ALAW_PAYLOAD, this.#timestamp, Buffer.from(this.#voice?.() ?? SILENT_FRAME))
  }

  #pressNext(): void {
    const next = this.#keys.shift()
    if (next) this.#keyDown = { ...next, frame: 0, timestamp: this.#timestamp }
  }

  #sendKey(down: KeyDown): void {
    down.frame++
    const isEnd = down.frame === KEY_FRAMES
    const payload = keyPayload(down.key, down.frame * FRAME_SAMPLES, isEnd)
    for (let copies = isEnd ? KEY_END_REPEATS : 1; copies > 0; copies--) {
      this.#send(this.#remote?.keysPayload ?? ALAW_PAYLOAD, down.timestamp, payload, down.frame === 1)
    }
    if (!isEnd) return
    this.#keyDown = undefined
    this.#keyPause = KEY_PAUSE_FRAMES
    down.sent()
  }

  #send(payloadType: number, timestamp: number, payload: Buffer, marker = false): void {
    if (!this.#remote) return
    const packet = {
      payloadType,
      marker,
      sequence: this.#sequence++,
      timestamp,
      source: this.#source,
      payload,
    }
    this.#socket.send(formatRtp(packet), this.#remote.port, this.#remote.host)
    this.packetsSent++
  }
}

/** Says a sound again and again. */
export function repeating(sound: Uint8Array): Voice {
  let at = 0
  return () => {
    if (sound.length < FRAME_SAMPLES) return undefined
    if (at + FRAME_SAMPLES > sound.length) at = 0
    at += FRAME_SAMPLES
    return sound.subarray(at - FRAME_SAMPLES, at)
  }
}
