/**
 * What an agent's status may turn into, through what, and whose doing it is.
 *
 * `ringing`, `talking` and the way into `wrapUp` follow the calls; the rest the
 * agent chooses. A lost line never leaves an agent available: nobody would hear
 * the caller. Whoever is talking keeps talking until the call itself is given up.
 * Calling a citizen back is talking already; if he is not reached, the agent is
 * free again and has missed nothing.
 */
import type { Moves } from '#core/lib/moves.ts'
import type { AgentStatus, SystemBreakReason } from './call.ts'

export type AgentAction =
  | 'signOn'
  | 'becomeAvailable'
  | 'takeBreak'
  | 'offer'
  | 'answer'
  | 'miss'
  | 'decline'
  | 'withdraw'
  | 'endCall'
  | 'loseCall'
  | 'notReached'
  | 'endHelp'
  | 'finishWrapUp'
  | 'loseLine'
  | 'signOff'

export const AGENT_MOVES: Moves<AgentStatus, AgentAction> = {
  signedOut: { signOn: 'onBreak' },
  onBreak: { becomeAvailable: 'available', takeBreak: 'onBreak', signOff: 'signedOut' },
  available: { takeBreak: 'onBreak', offer: 'ringing', loseLine: 'onBreak', signOff: 'signedOut' },
  ringing: {
    answer: 'talking',
    miss: 'onBreak',
    decline: 'onBreak',
    withdraw: 'available',
    loseLine: 'onBreak',
    signOff: 'signedOut',
  },
  // Who helped a colleague has nothing to wrap up.
  talking: { endCall: 'wrapUp', loseCall: 'onBreak', notReached: 'available', endHelp: 'available' },
  wrapUp: { finishWrapUp: 'available', takeBreak: 'onBreak', signOff: 'signedOut' },
}

/** The break an agent is put on by an action that is not his choice. */
export const BREAK_AFTER: Partial<Record<AgentAction, SystemBreakReason>> = {
  signOn: 'justSignedIn',
  miss: 'missedOffer',
  decline: 'declinedOffer',
  loseLine: 'lineLost',
  loseCall: 'lineLost',
}

/** Whose doing a change of status is: a person's, who is named beside it, or the system's by the rule named here. */
export const STATUS_CAUSES = [
  'agent',
  'supervisor',
  'offered',
  'offerMissed',
  'offerWithdrawn',
  'callEnded',
  'notReached',
  'lineLost',
  'lineBack',
  'wrapUpLimit',
  'signInEnded',
  'serverRestarted',
] as const
export type StatusCause = (typeof STATUS_CAUSES)[number]

/** What is meant where nothing else is said. */
export const USUAL_CAUSE: Readonly<Record<AgentAction, StatusCause>> = {
  signOn: 'agent',
  becomeAvailable: 'agent',
  takeBreak: 'agent',
  offer: 'offered',
  answer: 'agent',
  miss: 'offerMissed',
  decline: 'agent',
  withdraw: 'offerWithdrawn',
  endCall: 'callEnded',
  loseCall: 'lineLost',
  notReached: 'notReached',
  endHelp: 'callEnded',
  finishWrapUp: 'agent',
  loseLine: 'lineLost',
  signOff: 'agent',
}
