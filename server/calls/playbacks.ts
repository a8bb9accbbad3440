/** The numbers of playbacks tell what is being played, so that the end of one is never taken for the end of another. */
import type { LiveCall } from './live-call.ts'

/** Those of the flow count from 1, those of a wait from here. */
export const FIRST_WAITING_PLAYBACK = 1_000_000
/** A word of goodbye to a caller whom a rule sends away. */
export const FAREWELL_PLAYBACK = 2_000_000

/** Whether the call is still at the point that this playback belongs to: an agent may have it by now. */
export function isAwaited(call: LiveCall, playback: number): boolean {
  if (playback === FAREWELL_PLAYBACK) return call.stage === 'farewell'
  if (playback >= FIRST_WAITING_PLAYBACK) {
    const { waiting } = call
    const isTold = waiting?.isPlaying === true && FIRST_WAITING_PLAYBACK + waiting.playback === playback
    return isTold && isWaiting(call)
  }
  const { run, stage } = call
  return stage === 'flow' && run?.awaited.for === 'prompts' && run.awaited.playback === playback
}

/** Also while he is told goodbye, having left the queue by a key. */
export function isWaiting({ stage, waiting }: LiveCall): boolean {
  return stage === 'waiting' || stage === 'offered' || (stage === 'farewell' && waiting?.step === 'leaving')
}
