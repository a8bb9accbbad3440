/**
 * The citizens' side: one channel a call, from its arrival until it is destroyed,
 * wherever the engine has it meanwhile.
 *
 * Commands to a channel are carried out in its own thread, in order, and a playback
 * holds that thread until it ends. For some commands (answer, variables, bridges)
 * Asterisk waits before it reads our next request, for whichever call that is. So
 * what is playing is stopped before any of them. Whenever nothing is played, silence is sent: the caller's network
 * does not take us for dead, and both legs of the recording go on growing.
 */
import type { CallId, TrunkId } from '#core/lib/ids.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import { type HangUpReason, MediaGone, type PromptFile } from '../calls/ports.ts'
import type { AriLink } from './ari-link.ts'
import { type AriMethod, AriRefused } from './ari-socket.ts'
import { EVENED_OUT } from './jitter-buffer.ts'
import { PromptLengths } from './prompt-lengths.ts'
import { asGone } from './refusals.ts'
import type { RoomId } from './room-bridges.ts'

export type Citizen = {
  readonly is: 'citizen'
  readonly call: CallId
  readonly trunk: TrunkId
  readonly channel: string
  /** The playback that is wanted; what else ends is of no interest. */
  playing: { slot: number; playback: number } | undefined
  nextSlot: number
  /** What is being sent to him while nobody talks with him. A prompt is followed by silence. */
  hears: 'prompt' | 'music' | 'silence' | 'nothing'
  /** Where he talks with somebody. */
  room: RoomId | undefined
  /** Handed to the engine's message taking: no longer ours to command. */
  isTakingMessage: boolean
  /** The engine buffers his speech, which costs a timer for every packet: only since he talked with somebody. */
  isEvenedOut: boolean
}

const Q850_CAUSES: Record<HangUpReason, number> = {
  done: 16,
  unknownNumber: 1,
  notATrunk: 21,
  linesFull: 34,
  serverFailed: 42,
}

/** The server must prolong a call's stay before this has passed, or the dialplan takes a message. */
export const STAY_SECONDS = 90
/** The names of a call's playbacks are used in turn, so that a server that was not here can stop them. */
const PLAYBACK_SLOTS = 8
const DIGIT_MS = 120
const BETWEEN_DIGITS_MS = 80

export class CitizenChannels {
  readonly #link: AriLink
  readonly #staySeconds: number
  readonly #lengths = new PromptLengths()
  readonly #byCall = new Map<CallId, Citizen>()
  readonly #byChannel = new Map<string, Citizen>()

  constructor(link: AriLink, staySeconds: number) {
    this.#link = link
    this.#staySeconds = staySeconds
  }

  add(facts: { call: CallId; trunk: TrunkId }, channel: string): Citizen {
    const citizen: Citizen = {
      is: 'citizen',
      call: facts.call,
      trunk: facts.trunk,
      channel,
      playing: undefined,
      nextSlot: 0,
      hears: 'nothing',
      room: undefined,
      isTakingMessage: false,
      isEvenedOut: false,
    }
    this.#byCall.set(facts.call, citizen)
    this.#byChannel.set(channel, citizen)
    return citizen
  }

  remove(citizen: Citizen): void {
    this.#byCall.delete(citizen.call)
    this.#byChannel.delete(citizen.channel)
  }

  all(): Citizen[] {
    return [...this.#byCall.values()]
  }

  of(call: CallId): Citizen {
    const citizen = this.#byCall.get(call)
    if (!citizen) throw new MediaGone(`call ${call}`)
    return citizen
  }

  find(call: CallId): Citizen | undefined {
    return this.#byCall.get(call)
  }

  onChannel(channel: string): Citizen | undefined {
    return this.#byChannel.get(channel)
  }

  /** Keeps the call with us: without this the dialplan takes it back. A call that is talking is not timed. */
  async keep(citizen: Citizen, playingSeconds = 0): Promise<void> {
    const seconds = citizen.room === undefined ? this.#staySeconds + Math.ceil(playingSeconds) : 0
    await this.setVariable(citizen, 'TIMEOUT(absolute)', String(seconds))
  }

  /** He talks with somebody: no longer timed, and what he says is evened out from here on. */
  async connected(citizen: Citizen): Promise<void> {
    const { isEvenedOut } = citizen
    citizen.isEvenedOut = true
    const evenedOut = isEvenedOut
      ? undefined
      : this.setVariable(citizen, 'JITTERBUFFER(adaptive)', EVENED_OUT)
    await Promise.all([this.keep(citizen), evenedOut])
  }

  async setVariable(citizen: Citizen, variable: string, value: string): Promise<void> {
    await this.#tell(citizen, 'POST', ['variable'], { variable, value })
  }

  async answer(call: CallId): Promise<void> {
    const citizen = this.of(call)
    // Answering would wait for the end of the prompt, and everything else with it.
    const stopped = citizen.hears === 'prompt' ? this.#stopPlayback(citizen) : undefined
    const answered = this.#tell(citizen, 'POST', ['answer'])
    // Answering ends what was sent before; without anything sent, a caller who sends nothing either is not recorded.
    const again = citizen.hears === 'music' ? this.#tell(citizen, 'POST', ['moh']) : this.silence(citizen)
    await Promise.all([stopped, answered, again])
  }

  async play(call: CallId, playback: number, prompts: readonly PromptFile[]): Promise<void> {
    const citizen = this.of(call)
    const stopped = this.#stopPlayback(citizen)
    const wanted = { slot: citizen.nextSlot, playback }
    citizen.nextSlot = (wanted.slot + 1) % PLAYBACK_SLOTS
    citizen.playing = wanted
    const [seconds] = await Promise.all([this.#lengths.secondsOf(prompts), stopped])
    // Meanwhile an agent may have him: a prompt would be heard in the talk, and hold up every other request.
    if (citizen.playing !== wanted) return
    citizen.hears = 'prompt'
    // Asked for before the prompt: behind it, it would wait for its end and hold up every other request.
    const kept = this.keep(citizen, seconds)
    const media = prompts.map((file) => `sound:${file}`).join(',')
    const asked = this.#tell(citizen, 'POST', ['play', playbackId(call, wanted.slot)], { media })
    await Promise.all([kept, asked, this.silence(citizen)])
  }

  /** Whether the playback that ended is the one that was wanted, and so its call and number. */
  playbackEnded(id: string): { call: CallId; playback: number } | undefined {
    const { call, slot } = playbackOf(id)
    const citizen = this.#byCall.get(call)
    if (!citizen?.playing || citizen.playing.slot !== slot) return undefined
    const { playback } = citizen.playing
    citizen.playing = undefined
    citizen.hears = 'silence'
    return { call, playback }
  }

  /** Of a call whose events may have been missed: the playback that is wanted, if it has ended meanwhile. */
  async endedUnheard(citizen: Citizen): Promise<{ call: CallId; playback: number } | undefined> {
    if (!citizen.playing) return undefined
    const id = playbackId(citizen.call, citizen.playing.slot)
    try {
      await this.#link.request({ method: 'GET', path: ['playbacks', id] })
      return undefined
    } catch (error) {
      if (!(error instanceof AriRefused)) throw error
      return this.playbackEnded(id)
    }
  }

  /** Of a call found standing: what the server before us was playing to it ends, or nothing could be asked of it. */
  async calm(citizen: Citizen): Promise<void> {
    const slots = Array.from({ length: PLAYBACK_SLOTS }, (_, slot) => this.#stopSlot(citizen, slot))
    const isAlone = citizen.room === undefined
    await Promise.all([...slots, this.keep(citizen), isAlone ? this.startMusic(citizen.call) : undefined])
  }

  async stopPlaying(call: CallId): Promise<void> {
    await this.#stopPlayback(this.of(call))
  }

  async startMusic(call: CallId): Promise<void> {
    const citizen = this.of(call)
    const stopped = this.#stopPlayback(citizen)
    citizen.hears = 'music'
    await Promise.all([stopped, this.#tell(citizen, 'POST', ['moh'])])
  }

  async hangUp(call: CallId, reason: HangUpReason): Promise<void> {
    await this.#tell(this.of(call), 'DELETE', [], { reason_code: String(Q850_CAUSES[reason]) })
  }

  async sendDigits(call: CallId, digits: string): Promise<void> {
    const query = { dtmf: digits, duration: String(DIGIT_MS), between: String(BETWEEN_DIGITS_MS) }
    await this.#tell(this.of(call), 'POST', ['dtmf'], query)
  }

  /** To the dialplan, which asks for the message and ends the call. */
  async takeMessage(call: CallId, language: CallLanguage): Promise<void> {
    const citizen = this.of(call)
    // Not kept with us from here on: if the rest does not reach Asterisk, the dialplan takes him back, and asks him too.
    citizen.isTakingMessage = true
    await this.hush(citizen)
    await this.#tell(citizen, 'POST', ['continue'], {
      context: 'message',
      extension: language,
      priority: '1',
    })
  }

  /** Ends all that is sent to him: in a bridge, music or silence would drown the other side. */
  async hush(citizen: Citizen): Promise<void> {
    const { hears } = citizen
    const stopped = this.#stopPlayback(citizen)
    citizen.hears = 'nothing'
    const sound = hears === 'music' ? 'moh' : 'silence'
    try {
      await Promise.all([stopped, hears === 'nothing' ? undefined : this.#tell(citizen, 'DELETE', [sound])])
    } catch (error) {
      // It may go on: when this is asked again, it is to be ended again.
      if (hears !== 'nothing' && citizen.hears === 'nothing')
        citizen.hears = sound === 'moh' ? 'music' : 'silence'
      throw error
    }
  }

  async silence(citizen: Citizen): Promise<void> {
    if (citizen.hears === 'nothing') citizen.hears = 'silence'
    await this.#tell(citizen, 'POST', ['silence'])
  }

  async #stopPlayback(citizen: Citizen): Promise<void> {
    const { playing } = citizen
    if (!playing) return
    citizen.playing = undefined
    if (citizen.hears === 'prompt') citizen.hears = 'silence'
    await this.#stopSlot(citizen, playing.slot)
  }

  async #stopSlot(citizen: Citizen, slot: number): Promise<void> {
    try {
      await this.#link.request({ method: 'DELETE', path: ['playbacks', playbackId(citizen.call, slot)] })
    } catch (error) {
      // It had ended by itself.
      if (!(error instanceof AriRefused)) throw error
    }
  }

  async #tell(
    citizen: Citizen,
    method: AriMethod,
    rest: readonly string[],
    query: Record<string, string> = {},
  ): Promise<void> {
    try {
      await this.#link.request({ method, path: ['channels', citizen.channel, ...rest], query })
    } catch (error) {
      throw asGone(error, `call ${citizen.call}`)
    }
  }
}

function playbackId(call: CallId, slot: number): string {
  return `${call}~${slot}`
}

function playbackOf(id: string): { call: CallId; slot: number } {
  const [call = '', slot] = id.split('~')
  return { call: call as CallId, slot: Number(slot) }
}
