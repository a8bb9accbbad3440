/**
 * Citizens whose call broke off by our fault: the engine died under it. Each is owed a
 * call. Whoever makes callbacks is asked to; where he cannot, or is not there, an
 * alarm asks a person (the projection raises it).
 */
import type { TopicCode, TrunkId } from '#core/lib/ids.ts'
import type { CallEvent, CitizenLostByUs } from './events.ts'

/** How he came to us, and what he wanted: he is called the same way. */
export type CameBy = { trunk: TrunkId; did: string; topic?: TopicCode | undefined }

/** Promises the citizen a call, and says whether that was possible. Never waits. */
export type CallBackAfterLoss = (lost: CitizenLostByUs, by: CameBy) => boolean

type Deps = { append(event: CallEvent): void; callBackAfterLoss: CallBackAfterLoss }

export function tellLoss({ append, callBackAfterLoss }: Deps, lost: CitizenLostByUs, by: CameBy): void {
  append({ type: 'citizenLostByUs', ...lost, isCalledBack: callBackAfterLoss(lost, by) })
}
