/**
 * What a citizen sees of an appeal, and what he may do with it himself.
 *
 * The life cycle has more statuses than anybody outside wants to know. The table says under which of few stages each of
 * them stands for the citizen; which moves are his stands with the others in core/appeals/move-rules.ts.
 */
import { APPEAL_ACTIONS, type AppealAction, type AppealStatus } from '#core/appeals/appeal-status.ts'
import { CITIZEN_SELF, type MovedAppeal, moveProblem } from '#core/appeals/move-rules.ts'
import type { AppealOutcome } from '#core/appeals/move-fields.ts'

export const CITIZEN_STAGES = [
  'registered',
  'beingPrepared',
  'beingConsidered',
  'answered',
  'forwarded',
  'returned',
  'leftUnconsidered',
  'joined',
  'takenBack',
] as const
export type CitizenStage = (typeof CITIZEN_STAGES)[number]

/** Nothing for what ends differently each time: then the outcome says it. */
const STAGE_OF: Readonly<Record<AppealStatus, CitizenStage | undefined>> = {
  draft: undefined,
  registered: 'registered',
  classified: 'beingPrepared',
  editing: 'beingPrepared',
  approved: 'beingPrepared',
  dispatched: 'beingConsidered',
  received: 'beingConsidered',
  // A conclusion that nobody has approved is none: until then the appeal is considered.
  leavingProposed: 'beingConsidered',
  replied: 'answered',
  notified: undefined,
  closed: undefined,
  forwarded: 'forwarded',
  returned: 'returned',
  leftUnconsidered: 'leftUnconsidered',
  merged: 'joined',
  withdrawn: 'takenBack',
}

const STAGE_OF_OUTCOME: Readonly<Record<AppealOutcome, CitizenStage>> = {
  satisfied: 'answered',
  explained: 'answered',
  refused: 'answered',
  forwarded: 'forwarded',
  returned: 'returned',
  leftUnconsidered: 'leftUnconsidered',
  merged: 'joined',
  withdrawn: 'takenBack',
}

export function citizenStage(status: AppealStatus, outcome: AppealOutcome | null): CitizenStage {
  return STAGE_OF[status] ?? (outcome ? STAGE_OF_OUTCOME[outcome] : 'registered')
}

/** Of what he adds to an appeal, why he takes it back or opens it again, and how it was. */
export const CITIZENS_WORDS_MAX_CHARACTERS = 2_000

export const CITIZEN_ACTIONS = APPEAL_ACTIONS.filter(
  (action): action is CitizenAction =>
    action === 'supplement' || action === 'withdraw' || action === 'reopen',
)
export type CitizenAction = Extract<AppealAction, 'supplement' | 'withdraw' | 'reopen'>

/** What the citizen may do now with his appeal. */
export function citizenActions(appeal: MovedAppeal, today: string): CitizenAction[] {
  return CITIZEN_ACTIONS.filter((action) => moveProblem(appeal, action, CITIZEN_SELF, today) === undefined)
}

const RATED_STAGES: readonly CitizenStage[] = ['answered', 'forwarded', 'returned', 'leftUnconsidered']

/** There is something to have an opinion of: a reply, or that there will be none from us. */
export function mayBeRated(stage: CitizenStage): boolean {
  return RATED_STAGES.includes(stage)
}

export const RATING_MAX_STARS = 5

/** Of what was typed; nothing for what is no rating. */
export function readStars(typed: string): number | undefined {
  const stars = Number(typed)
  return Number.isInteger(stars) && stars >= 1 && stars <= RATING_MAX_STARS ? stars : undefined
}
