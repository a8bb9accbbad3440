/** The world as a waiting caller's rules need to know it: all of it from memory. */
import type { WaitingFacts } from '#core/ivr/waiting-run.ts'
import type { LiveCall } from './live-call.ts'
import type { Stage } from './stage.ts'

export function waitingFacts({ deps, engine }: Stage, call: LiveCall): WaitingFacts {
  return {
    // 0 while the call is being offered: still the next one, to whoever waits.
    place: {
      position: Math.max(1, engine.positionOf(call.id) ?? 1),
      expectedWaitMs: engine.expectedWaitMs(call.id, deps.clock.now()),
    },
    offers: { callback: false, message: true },
    information: call.queue ? deps.information(call.queue) : [],
    callerNumber: call.caller.e164,
    judge: () => 'notAllowed',
    isForMorning: false,
  }
}
