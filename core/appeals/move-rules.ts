/**
 * Who may do a move of APPEAL_MOVES, what it needs, and what is announced when it is done.
 *
 * Read by the server, which refuses, and by the console, whose buttons say why. Four eyes: `notBy` names the moves
 * whose doer may not do this one. The trust track has the same moves, but only those who handle it may do them.
 */
import { type Action, may, type Role } from '#core/staff/permissions.ts'
import type { AppealKind } from './appeal-kind.ts'
import { APPEAL_ACTIONS, APPEAL_MOVES, type AppealAction, type AppealStatus } from './appeal-status.ts'
import { type AppealTrack, lawCounts } from './appeal-track.ts'

/** What must be told with a move. Each has its rule in move-fields.ts. */
export const MOVE_FIELDS = [
  'kind',
  'topic',
  'text',
  'reason',
  'signatory',
  'authority',
  'ground',
  'conclusion',
  'into',
  'incomingNumber',
  'executors',
  'result',
  'reply',
  'medium',
  'checked',
  'addition',
] as const
export type MoveField = (typeof MOVE_FIELDS)[number]

export type MoveRule = {
  /** Any of these actions of the permission table. */
  readonly may: readonly Action[]
  readonly needs: readonly MoveField[]
  /** Who did one of these since the appeal was last opened may not do this one. */
  readonly notBy?: readonly AppealAction[]
  /** Until it is opened again. */
  readonly once?: true
  /** Only when this was done since it was last opened. */
  readonly after?: AppealAction
  /** A limit that has passed is not made longer afterwards: the lateness would disappear. */
  readonly untilDueDay?: true
  /** Only where the law on appeals is what counts. */
  readonly byLaw?: true
  readonly notFor?: readonly AppealKind[]
  /** Only what is on this track. */
  readonly onTrack?: AppealTrack
  /** It follows from what is known without anybody pressing a button. */
  readonly bySystem?: true
  /** The citizen does it himself too: in the portal, where nobody of the staff is. */
  readonly byCitizen?: true
  readonly event: string
}

const rule = (event: string, may: readonly Action[], needs: readonly MoveField[] = []) => ({
  event,
  may,
  needs,
})

export const MOVE_RULES = {
  register: { ...rule('appealRegistered', ['registerAppeal']), byCitizen: true },
  classify: rule('appealClassified', ['classifyAppeals'], ['kind', 'topic']),
  edit: rule('appealEditingBegun', ['editAppeals']),
  write: rule('appealTextWritten', ['editAppeals'], ['text']),
  approve: { ...rule('appealApproved', ['approveAppeals'], ['checked']), notBy: ['register', 'write'] },
  dispatch: rule('appealDispatched', ['editAppeals']),
  receive: rule('appealReceived', ['answerAppeals'], ['incomingNumber']),
  /** Whoever is named first is in the lead; another list takes the place of the one before. */
  assign: rule('executorsAssigned', ['answerAppeals'], ['executors']),
  reply: rule('appealReplied', ['answerAppeals'], ['result', 'reply']),
  notify: { ...rule('citizenNotified', ['answerAppeals', 'editAppeals'], ['medium']), bySystem: true },
  close: rule('appealClosed', ['answerAppeals', 'editAppeals']),
  supplement: {
    ...rule('appealSupplemented', ['registerAppeal', 'editAppeals'], ['addition']),
    byCitizen: true,
  },
  sendBack: rule('appealSentBack', ['approveAppeals', 'answerAppeals'], ['reason']),
  study: {
    ...rule('appealStudyBegun', ['answerAppeals', 'editAppeals'], ['reason']),
    once: true,
    untilDueDay: true,
    byLaw: true,
  },
  /** Of others that are studied the new due day is told, and owed by no day of its own. */
  tellOfStudy: {
    ...rule('citizenToldOfStudy', ['answerAppeals', 'editAppeals'], ['medium']),
    once: true,
    after: 'study',
    byLaw: true,
    notFor: ['application', 'complaint'],
    bySystem: true,
  },
  extend: {
    ...rule('appealExtended', ['answerAppeals', 'approveConclusions'], ['reason', 'signatory']),
    once: true,
    untilDueDay: true,
    byLaw: true,
    // It has its month from the start.
    notFor: ['proposal'],
  },
  disclose: { ...rule('appealDisclosed', ['handleTrustAppeals'], ['reason']), onTrack: 'trust' },
  forward: {
    ...rule('appealForwarded', ['editAppeals', 'answerAppeals'], ['authority', 'reason']),
    byLaw: true,
  },
  return: { ...rule('appealReturned', ['editAppeals', 'answerAppeals'], ['reason']), byLaw: true },
  proposeLeaving: {
    ...rule('appealLeavingProposed', ['editAppeals', 'answerAppeals'], ['ground', 'conclusion']),
    byLaw: true,
  },
  approveLeaving: { ...rule('appealLeft', ['approveConclusions'], ['signatory']), notBy: ['proposeLeaving'] },
  refuseLeaving: rule('appealLeavingRefused', ['approveConclusions'], ['reason']),
  merge: rule('appealMerged', ['classifyAppeals'], ['into']),
  withdraw: { ...rule('appealWithdrawn', ['registerAppeal'], ['reason']), byCitizen: true },
  reopen: {
    ...rule('appealReopened', ['classifyAppeals', 'approveConclusions'], ['reason']),
    byCitizen: true,
  },
} as const satisfies Record<AppealAction, MoveRule>

export type AppealMoveEvent = (typeof MOVE_RULES)[AppealAction]['event']

/** What the rules look at. The moves are all that were done, oldest first. */
export type MovedAppeal = {
  readonly status: AppealStatus
  readonly kind: AppealKind
  readonly track: AppealTrack
  readonly dueOn: string | null
  /** Whoever is of no staff did it himself: the citizen; or nobody did, where `bySystem` stands. */
  readonly moves: readonly { readonly action: AppealAction; readonly by: string | null }[]
}

/** The citizen whose appeal it is. That it is he is asked before. */
export const CITIZEN_SELF = { id: null, role: 'citizen' } as const
/** Nobody: it follows from what happened, such as a message that reached its citizen. */
export const SYSTEM = { id: null, role: 'system' } as const
export type MovingPerson = { readonly id: string; readonly role: Role } | typeof CITIZEN_SELF | typeof SYSTEM

export const MOVE_PROBLEMS = ['wrongStatus', 'notAllowed', 'fourEyes', 'onlyOnce', 'dueDayPassed'] as const
/** Why a move is refused, whatever is told with it. */
export type MoveProblem = (typeof MOVE_PROBLEMS)[number]

export function ruleOf(action: AppealAction): MoveRule {
  return MOVE_RULES[action]
}

/** Whether the role may do this in this track at all. */
export function mayMove(role: MovingPerson['role'], action: AppealAction, track: AppealTrack): boolean {
  if (role === 'citizen') return ruleOf(action).byCitizen === true
  if (role === 'system') return ruleOf(action).bySystem === true
  // Whoever hears a report of corruption writes it down; after that it is not his any more.
  if (track === 'trust' && action !== 'register') return may(role, 'handleTrustAppeals')
  return ruleOf(action).may.some((permission) => may(role, permission))
}

export function moveProblem(
  appeal: MovedAppeal,
  action: AppealAction,
  by: MovingPerson,
  today: string,
): MoveProblem | undefined {
  const { after, byLaw, notBy, notFor, once, onTrack, untilDueDay } = ruleOf(action)
  const since = sinceReopened(appeal.moves)
  const wasDone = (one: AppealAction) => since.some((move) => move.action === one)
  if (APPEAL_MOVES[appeal.status][action] === undefined) return 'wrongStatus'
  if ((byLaw && !lawCounts(appeal.track)) || notFor?.includes(appeal.kind)) return 'wrongStatus'
  if (onTrack && appeal.track !== onTrack) return 'wrongStatus'
  if (after && !wasDone(after)) return 'wrongStatus'
  if (!mayMove(by.role, action, appeal.track)) return 'notAllowed'
  // What was merged goes on in the other one; only who merged it can take that back.
  if (by.role === 'citizen' && appeal.status === 'merged') return 'notAllowed'
  // Whoever registered wrote the first words, however often it was opened since.
  const done = [...appeal.moves.filter((move) => move.action === 'register'), ...since]
  if (notBy && done.some((move) => move.by === by.id && notBy.includes(move.action))) return 'fourEyes'
  if (once && wasDone(action)) return 'onlyOnce'
  if (untilDueDay && appeal.dueOn !== null && today > appeal.dueOn) return 'dueDayPassed'
  return undefined
}

/** The moves a person is shown for an appeal: those of his role, with what stands against them. */
export function movesOffered(
  appeal: MovedAppeal,
  by: MovingPerson,
  today: string,
): { action: AppealAction; problem: MoveProblem | undefined }[] {
  return APPEAL_ACTIONS.map((action) => ({ action, problem: moveProblem(appeal, action, by, today) })).filter(
    ({ problem }) => problem !== 'wrongStatus' && problem !== 'notAllowed',
  )
}

/** What was done since the appeal was last opened again. */
export function sinceReopened<Move extends { readonly action: AppealAction }>(
  moves: readonly Move[],
): readonly Move[] {
  return moves.slice(moves.findLastIndex(({ action }) => action === 'reopen') + 1)
}

/**
 * Whoever does one of these has found that the appeal is ours to decide: it is approved with that on the checklist, or
 * its matter is studied or its reply put off here. From then on no day runs by which it is sent on (article 25).
 */
const FOUND_OURS: readonly AppealAction[] = ['approve', 'study', 'extend']

/** What the moves say of the duties beside the reply. */
export function dutiesDone(moves: readonly { readonly action: AppealAction }[]): {
  readonly isOurs: boolean
  readonly isToldOfStudy: boolean
} {
  const since = sinceReopened(moves)
  return {
    isOurs: since.some(({ action }) => FOUND_OURS.includes(action)),
    isToldOfStudy: since.some(({ action }) => action === 'tellOfStudy'),
  }
}

/** Who carries it out, the lead first: as it was last assigned since the appeal was opened. */
export function executorsOf(
  moves: readonly {
    readonly action: AppealAction
    readonly details: { readonly executors?: readonly string[] | undefined }
  }[],
): readonly string[] {
  return sinceReopened(moves).findLast(({ action }) => action === 'assign')?.details.executors ?? []
}
