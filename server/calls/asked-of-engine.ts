/** What a person asked for and the engine could not do is refused with a reason; anything else is our mistake. */
import type { ProblemCode } from '#contract/problems.ts'
import { Refusal } from '../errors.ts'
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
