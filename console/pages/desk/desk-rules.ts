/** What the desk shows and allows in each state, by the same table of moves as the server. */
import type { Desk } from '#contract/calls.ts'
import { AGENT_MOVES } from '#core/calls/agent-status.ts'
import type { LineView } from '../../softphone/line-keeper.ts'

export type DeskView =
  | 'offShift'
  | 'lineComing'
  | 'onBreak'
  | 'waiting'
  | 'offer'
  | 'callingBack'
  | 'call'
  | 'callElsewhere'

export function deskView(desk: Desk, ofWindow: LineView['state']): DeskView {
  const line = lineOf(desk, ofWindow)
  // A call is shown whatever the line does, but for a newer window that has it: the citizen waits with music until the line is back.
  if (desk.call) return line === 'elsewhere' ? 'callElsewhere' : 'call'
  if (desk.callingBack) return 'callingBack'
  if (desk.offer) return 'offer'
  if (line === 'off') return 'offShift'
  if (line !== 'proven' || desk.line !== 'proven' || desk.status === 'signedOut') return 'lineComing'
  return desk.status === 'available' ? 'waiting' : 'onBreak'
}

export function mayBecomeAvailable(desk: Desk, ofWindow: LineView['state']): boolean {
  const isProven = desk.line === 'proven' && lineOf(desk, ofWindow) === 'proven'
  return AGENT_MOVES[desk.status].becomeAvailable !== undefined && isProven
}

/** Whoever is rung on an ordinary phone needs no line of this window. */
function lineOf(desk: Desk, ofWindow: LineView['state']): LineView['state'] {
  if (desk.phoneMode !== 'perCall') return ofWindow
  if (desk.line === 'proven') return 'proven'
  return desk.status === 'signedOut' ? ofWindow : 'connecting'
}

/** Not while it rings: that is answered first. From a call he goes when it is done with. */
export function mayEndShift({ status, isLeaving }: Desk): boolean {
  return status !== 'ringing' && status !== 'signedOut' && !isLeaving
}
