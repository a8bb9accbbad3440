/** The numbers of playbacks tell what is being played, so that the end of one is never taken for the end of another. */
import type { LiveCall } from './live-call.ts'

/** Those of the flow count from 1, those of a wait from here. */
export const FIRST_WAITING_PLAYBACK = 1_000_000
/** A word of goodbye to a caller whom a rule sends away. */
export const FAREWELL_PLAYBACK = 2_000_000

/** Whether the call is still at the point that this playback belongs to. */
export function isAwaited({ run, stage, waiting }: LiveCall, playback: number): boolean {
  if (playback === FAREWELL_PLAYBACK) return stage === 'farewell'
  if (playback >= FIRST_WAITING_PLAYBACK)
    return waiting?.isPlaying === true && FIRST_WAITING_PLAYBACK + waiting.playback === playback
  return run?.awaited.for === 'prompts' && run.awaited.playback === playback
}
