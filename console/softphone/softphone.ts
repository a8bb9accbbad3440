/**
 * The agent's phone, whatever it is made of. It makes one call, to the agent's
 * own line, and keeps it up; offers and callers come and go on that line without
 * it. What to do when the line is lost is decided in line-keeper.ts.
 *
 *   idle ──connect──▶ calling ──▶ up ──▶ down(lost)
 *                        └──────────────▶ down(refused | lost | noMicrophone)
 *   any ──hangUp──▶ idle
 */
import type { PhoneAccess } from '#contract/staff.ts'

/** `refused`: the engine no longer knows these credentials, e.g. because a newer window has asked for its own. */
export type DownReason = 'refused' | 'lost' | 'noMicrophone'

export type SoftphoneState = { state: 'idle' | 'calling' | 'up' } | { state: 'down'; reason: DownReason }

export type AudioFlow = {
  packetsReceived: number
  packetsSent: number
  /** Loudness now, 0 … 1. */
  levelReceived: number
  levelSent: number
}

export interface Softphone {
  readonly state: SoftphoneState
  connect(access: PhoneAccess): void
  hangUp(): void
  /** While muted, silence is sent; the line stays up. */
  mute(muted: boolean): void
  audio(): Promise<AudioFlow>
  /** Plays the line after the browser refused to without a key or a click. */
  letSound(): Promise<void>
  /** Told of each new state, and whether the browser holds the sound back. */
  follow(listener: { changed(state: SoftphoneState): void; soundBlocked(blocked: boolean): void }): void
}
