/** The world as a waiting caller's rules need to know it: all of it from memory. */
import { assert } from '#core/lib/assert.ts'
import type { WaitingFacts } from '#core/ivr/waiting-run.ts'
import type { PromisedCallback } from '../callbacks/events.ts'
import type { LiveCall } from './live-call.ts'
import type { Stage } from './stage.ts'

export function waitingFacts({ deps, engine }: Stage, call: LiveCall): WaitingFacts {
  const { callbacks, canCallBack, clock, information } = deps
  const isCallbackOffered =
    call.queue !== undefined && canCallBack(call.trunk) && callbacks.isOfferedIn(call.queue)
  const expectedWaitMs = engine.expectedWaitMs(call.id, clock.now())
  return {
    // 0 while the call is being offered: still the next one, to whoever waits.
    place: { position: Math.max(1, engine.positionOf(call.id) ?? 1), expectedWaitMs },
    offers: { callback: isCallbackOffered, message: true },
    information: call.queue ? information(call.queue) : [],
    callerNumber: call.caller.e164,
    judge: (number) => callbacks.judge(number),
    isForMorning: callbacks.isForMorning(expectedWaitMs ?? 0),
  }
}

/** What he is promised: to be called at the place that he has now. */
export function promiseTo({ engine }: Stage, call: LiveCall, number: string): PromisedCallback {
  const { offers, waiting } = engine.snapshot()
  const inLine = [...waiting, ...offers.map((offer) => offer.waiting)]
  const place = inLine.find((other) => other.call === call.id)
  assert(place, 'whoever keeps his place has one')
  return {
    call: call.id,
    trunk: call.trunk,
    did: call.did,
    number,
    queue: place.queue,
    ...(call.topic && { topic: call.topic }),
    language: call.language,
    since: place.since,
    priority: place.priority,
    reason: 'asked',
  }
}
