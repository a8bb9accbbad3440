/**
 * What the calls module needs from a media engine. Asterisk provides it in
 * server/asterisk; fakeMediaEngine provides it in tests.
 *
 * Requests return when the engine has accepted them; what comes of them arrives
 * as a MediaEvent. A request about a call or a line that is gone rejects with
 * MediaGone, and the caller of it logs and carries on: crossing messages are
 * ordinary on a telephone. One that the engine did not answer rejects with
 * EngineAway.
 */
import type { PhoneMode } from '#core/calls/call.ts'
import type { AgentId, CallbackId, CallId, OfferId, PartyId, TrunkId } from '#core/lib/ids.ts'
import type { CallLanguage } from '#core/lib/languages.ts'
import type { Instant } from '#core/lib/time.ts'

export interface MediaEngine {
  /** Answers the citizen's call (SIP 200). Until then everything played is early media. */
  answer(call: CallId): Promise<void>
  /** Plays the prompts one after another; `promptsPlayed` tells the end. A newer request replaces an older one. */
  play(call: CallId, playback: number, prompts: readonly PromptFile[]): Promise<void>
  stopPlaying(call: CallId): Promise<void>
  /** Music until something else is played or the call is connected. */
  startMusic(call: CallId): Promise<void>
  /** Ends a citizen's call for the given reason; `callerHungUp` still follows. */
  hangUp(call: CallId, reason: HangUpReason): Promise<void>
  /** Hands the call to the engine's own message taking; `messageLeft` follows if one was left. */
  takeMessage(call: CallId, language: CallLanguage): Promise<void>

  /** Lets a phone of the agent call in or be rung; earlier credentials of the agent end. */
  allowPhone(agent: AgentId, password: string): Promise<PhoneAddresses>
  /** Ends the agent's credentials and hangs up his line. */
  forbidPhone(agent: AgentId): Promise<void>
  /** Whether an ordinary phone of the agent has registered, so that it can be rung. */
  canRing(agent: AgentId): Promise<boolean>
  /** Counts of audio packets on the agent's line, both ways. */
  lineAudio(agent: AgentId): Promise<LineAudio>

  /** Per-call mode: rings the agent's phone for an offer. `phoneAnswered` or `phoneFailed` follows. */
  ring(agent: AgentId, offer: OfferId, caller: string): Promise<void>
  stopRinging(agent: AgentId, offer: OfferId): Promise<void>

  /**
   * Says who is in the host's room, where all hear each other: he himself and these. Whoever is there already stays as he
   * is; a citizen or an outside party who has to leave hears music, an agent's line is back by itself. Nobody: the room
   * is empty, and the host's line is by itself too.
   */
  gather(host: Host, members: readonly Member[]): Promise<void>
  /** Lets the citizen and the agent hear each other, on the line that is up or the phone that has answered. */
  connect(call: CallId, agent: AgentId): Promise<void>
  /** Takes the citizen off the agent's line and plays music to him. */
  hold(call: CallId): Promise<void>
  resume(call: CallId, agent: AgentId): Promise<void>
  /** While muted, nobody hears the agent. */
  mute(agent: AgentId, muted: boolean): Promise<void>
  /** Sends key tones to the citizen's side. */
  sendDigits(call: CallId, digits: string): Promise<void>
  /** After the citizen has gone: the agent's line stays up alone; a phone that was rung is hung up. */
  release(agent: AgentId): Promise<void>

  /** Calls somebody outside into a call. `partyAnswered` or `partyFailed` follows, and `partyGone` after an answer. */
  dialOut(dial: Dial & { party: PartyId }): Promise<void>
  /** Stops calling him, or hangs him up; nothing follows. */
  hangUpParty(party: PartyId): Promise<void>
  /**
   * Calls a citizen. Answered, he is a caller like any other, recorded from his first second: `callArrived` and
   * `callAnswered` follow, or `callbackFailed`.
   */
  callBack(dial: Dial & { callback: CallbackId }): Promise<void>
  /** Stops calling him; nothing follows, unless he has just answered. */
  stopCallingBack(callback: CallbackId): Promise<void>

  /** What is up right now, for putting our picture right after either side was away. */
  standing(): Promise<Standing>
}

/** A prompt as the engine plays it: the path without its extension. */
export type PromptFile = string

export type HangUpReason = 'done' | 'unknownNumber' | 'notATrunk' | 'linesFull' | 'serverFailed'

export type PhoneAddress = { username: string; domain: string; lineUri: string }
/** Each way of hearing callers has an account of its own, with one password. */
export type PhoneAddresses = Readonly<Record<PhoneMode, PhoneAddress>>

export type LineAudio = { packetsFromAgent: number; packetsToAgent: number }

/** Who has a room of his own: an agent, where his line is, or an outside party. */
export type Host = { agent: AgentId } | { party: PartyId }
/** Who can be in it besides its host. */
export type Member = Host | { call: CallId }

/** `number` is E.164; `callerId` is the number of ours that is shown. */
export type Dial = { trunk: TrunkId; number: string; callerId: string }

/** Why somebody who was called was not reached. */
export type Unreached = 'busy' | 'noAnswer' | 'declined' | 'unreachable'

export type Standing = {
  calls: { call: CallId; trunk: TrunkId; connectedTo?: AgentId }[]
  lines: AgentId[]
  /** Agents whose ordinary phones can be rung. */
  phones: AgentId[]
  /** When the engine was started: whoever called before and is not up was cut off by its end. */
  engineSince: Instant
  /** Calls the engine is handling alone: not ours to command, and not over; `messageLeft` tells their end. */
  alone: CallId[]
  /** Each room with somebody in it besides its host. */
  rooms: { host: Host; members: Member[] }[]
  /** Outside parties, being called or there. */
  parties: PartyId[]
  /** Citizens who are being called back and have not answered yet. */
  callbacks: CallbackId[]
}

/** The number a call came from as the trunk sent it: claimed, never proof of who is calling. */
export type ClaimedCaller = {
  assertedIdentity?: string
  remotePartyId?: string
  from: string
  name?: string
  userAgent?: string
}

/** Where the engine writes the two legs of a call, A-law 8 kHz without header. */
export type LegFiles = { citizen: string; agent: string }

export type MediaEvent =
  | {
      type: 'callArrived'
      call: CallId
      trunk: TrunkId
      did: string
      caller: ClaimedCaller
      legs: LegFiles
      /** It was we who called. */
      callback?: CallbackId
      at: Instant
    }
  | {
      type: 'callRefused'
      call: CallId
      trunk?: TrunkId
      did: string
      caller: ClaimedCaller
      reason: HangUpReason
      at: Instant
    }
  | { type: 'callAnswered'; call: CallId; at: Instant }
  | { type: 'digitPressed'; call: CallId; digit: string; at: Instant }
  | { type: 'promptsPlayed'; call: CallId; playback: number; at: Instant }
  /** Whoever ended it. `engineLost`: nobody did, the engine died under it. Told late if nobody watched, `at` when it was. */
  | { type: 'callerHungUp'; call: CallId; cause: number; at: Instant; because?: 'engineLost' }
  /** The line of an agent is up (audio not proven yet). */
  | { type: 'lineUp'; agent: AgentId; at: Instant }
  /** The line went without our command: the browser, its network or the engine is gone. */
  | { type: 'lineDown'; agent: AgentId; cause: number; at: Instant }
  | { type: 'phoneAnswered'; agent: AgentId; offer: OfferId; at: Instant }
  | {
      type: 'phoneFailed'
      agent: AgentId
      offer: OfferId
      cause: Unreached
      at: Instant
    }
  /** The agent hung up a phone that was rung for a call. */
  | { type: 'phoneHungUp'; agent: AgentId; at: Instant }
  | { type: 'partyAnswered'; party: PartyId; at: Instant }
  | { type: 'partyFailed'; party: PartyId; cause: Unreached; at: Instant }
  /** He had answered, and has hung up. */
  | { type: 'partyGone'; party: PartyId; cause: number; at: Instant }
  | { type: 'callbackFailed'; callback: CallbackId; cause: Unreached; at: Instant }
  /** A call that the engine handled alone, while the server was away or by takeMessage, has ended. */
  | { type: 'messageLeft'; message: LeftMessage; at: Instant }
  /** Events may have been missed: ask `standing`. */
  | { type: 'engineBack'; at: Instant }
  | { type: 'engineLost'; at: Instant }

/** What the dialplan wrote down of a call it handled without the server. */
export type LeftMessage = {
  call: CallId
  trunk: TrunkId
  did: string
  caller: ClaimedCaller
  legs: LegFiles
  arrivedAt: Instant
  endedAt: Instant
  /** Seconds from the start of the recording at which the citizen was asked to speak; absent if he left before. */
  messageFromSeconds?: number
}

export class MediaGone extends Error {
  constructor(what: string) {
    super(`Gone from the engine: ${what}`)
    this.name = 'MediaGone'
  }
}

/** The engine cannot be reached. Nobody knows whether the request was carried out. */
export class EngineAway extends Error {
  constructor(what: string) {
    super(`The engine gave no answer to ${what}`)
    this.name = 'EngineAway'
  }
}
