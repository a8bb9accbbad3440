/**
 * Finds the texts of a flow that a caller could not hear. The voice speaks any text, but it may be away, or a text may
 * be nothing that can be spoken; a version with such a text is not published.
 */
import type { Flow } from './flow.ts'
import { placesOf } from './flow-places.ts'
import { type FlowProblem, flowProblem } from './flow-problems.ts'
import type { Say } from './spoken.ts'

export function checkSounds(flow: Flow, hasSound: (say: Say) => boolean): FlowProblem[] {
  return placesOf(flow)
    .filter(({ heard, text }) => text.trim() !== '' && !hasSound(heard))
    .map(({ field, language, node }) => flowProblem(node, 'soundMissing', { field, params: { language } }))
}
