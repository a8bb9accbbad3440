/**
 * What is asked of the engine and it could not do: to a person it is refused with a reason, what the calls need is asked
 * again. Anything else is our mistake.
 */
import type { ProblemCode } from '#contract/problems.ts'
import { Refusal } from '../errors.ts'
import type { Clock } from './clock.ts'
import { EngineAway, MediaGone } from './ports.ts'

export async function orRefused<Answer>(request: Promise<Answer>, ifGone: ProblemCode): Promise<Answer> {
  try {
    return await request
  } catch (error) {
    if (error instanceof MediaGone) throw new Refusal(ifGone, error.message)
    if (error instanceof EngineAway) throw new Refusal('engineAway', error.message)
    throw error
  }
}

const AGAIN_MS = 500

/** Four seconds: a citizen who hears nobody for longer is better off with music. */
export const CONNECT_TRIES = 8

/** When one of the two hung up in the moment of connecting, the engine has told it by then. */
export const TOLD_WITHIN_MS = 500

export type Asked = {
  ask(): Promise<void>
  /** How often at most, half a second apart. */
  tries: number
  /** Whether it is still of use; what is not is neither asked again nor told. */
  isWanted(): boolean
  /** Each time it was not done. */
  note(error: string): void
  /** It will not be done. */
  failed(): void
}

/** An engine that cannot be reached for a moment says nothing about a line or a phone: it is asked again, and not for long. */
export function askPatiently(clock: Pick<Clock, 'after'>, asked: Asked): void {
  const { ask, failed, isWanted, note, tries } = asked
  ask().catch((error: unknown) => {
    if (!isWanted()) return
    note(String(error))
    if (!(error instanceof EngineAway) || tries <= 1) return failed()
    clock.after(AGAIN_MS, () => {
      if (isWanted()) askPatiently(clock, { ...asked, tries: tries - 1 })
    })
  })
}
