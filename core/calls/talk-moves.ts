/**
 * What an agent can do with the call at his desk, and what it turns into.
 *
 * Whoever has the call decides about it and wraps it up; a colleague or a party
 * outside whom he has asked in is the helper. While he consults with the helper
 * the citizen hears music; in a conference the three hear each other. Handing
 * over gives the citizen to the helper and ends the agent's part; what happens to
 * the call is then the helper's. `helping` is the other side: the desk of a colleague
 * who was asked in.
 *
 * `adrift`: his line was lost; the citizen hears music and is given back to him or to somebody else.
 * A consultation that the agent ends brings the citizen back at once. One that ends
 * without him (the helper hangs up, does not answer) leaves the citizen on hold:
 * the agent is not put before him without a word of his own.
 */
import type { Moves } from '#core/lib/moves.ts'

export const TALK_STATES = [
  'talking',
  'onHold',
  'calling',
  'consulting',
  'conference',
  'adrift',
  'helping',
  'over',
] as const
export type TalkState = (typeof TALK_STATES)[number]

/** What the agent does not do himself: the helper comes or goes, the call is handed to him, his own line is lost or comes back. */
type TalkChange = 'helperCame' | 'helperGone' | 'takeOver' | 'loseLine' | 'lineBack'

export type TalkAction =
  | 'hold'
  | 'resume'
  | 'transfer'
  | 'returnToQueue'
  | 'consult'
  | 'endConsult'
  | 'confer'
  | 'handOver'
  | 'stopHelping'
  | 'end'

export const TALK_MOVES: Moves<TalkState, TalkAction | TalkChange> = {
  talking: {
    hold: 'onHold',
    consult: 'calling',
    transfer: 'over',
    returnToQueue: 'over',
    end: 'over',
    loseLine: 'adrift',
  },
  onHold: {
    resume: 'talking',
    consult: 'calling',
    transfer: 'over',
    returnToQueue: 'over',
    end: 'over',
    loseLine: 'adrift',
  },
  calling: { helperCame: 'consulting', helperGone: 'onHold', endConsult: 'talking', loseLine: 'adrift' },
  consulting: {
    handOver: 'over',
    confer: 'conference',
    endConsult: 'talking',
    helperGone: 'onHold',
    loseLine: 'adrift',
  },
  // Whose line is lost here leaves two who talk on; he comes back to them, or the helper has the call.
  conference: { handOver: 'over', endConsult: 'talking', helperGone: 'talking', end: 'over' },
  adrift: { end: 'over', lineBack: 'talking' },
  helping: { stopHelping: 'over', takeOver: 'talking' },
  over: {},
}

/** Why the wish to have somebody in ended. `handedOver`: he has the citizen now. */
export const CONSULT_ENDS = [
  'ended',
  'handedOver',
  'declined',
  'missed',
  'busy',
  'unreachable',
  'helperLeft',
  'lineLost',
  'callEnded',
] as const
export type ConsultEnd = (typeof CONSULT_ENDS)[number]

/** Whose part of a call it is: the agent whose call it was, a colleague he had asked in, or somebody outside. */
export const LEG_ROLES = ['agent', 'helper', 'outside'] as const
export type LegRole = (typeof LEG_ROLES)[number]

/** Why a part of a call ended. */
export const LEG_ENDS = ['ended', 'transferred', 'returned', 'lineLost', 'handedOver', 'left'] as const
export type LegEnd = (typeof LEG_ENDS)[number]
