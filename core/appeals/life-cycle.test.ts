import { expect, test } from 'vitest'
import { seededRandom } from '#core/lib/seeded-random.ts'
import { addDays, type Day } from '#core/lib/time.ts'
import { ACTIONS, may, ROLES, type Role } from '#core/staff/permissions.ts'
import {
  APPEAL_ACTIONS,
  APPEAL_MOVES,
  APPEAL_STATUSES,
  type AppealAction,
  type AppealStatus,
  clockRuns,
} from './appeal-status.ts'
import { APPEAL_TRACKS, firstTrack, lawCounts, trackClassified, trackDisclosed } from './appeal-track.ts'
import { APPEAL_KINDS } from './appeal-kind.ts'
import { APPEAL_CHECKS, checklistOf } from './checklist.ts'
import {
  APPEAL_OUTCOMES,
  EXECUTOR_MAX_CHARACTERS,
  executorsFault,
  EXECUTORS_MAX,
  fieldTooLong,
  missingFields,
  outcomeAfter,
} from './move-fields.ts'
import {
  dutiesDone,
  type MovedAppeal,
  mayMove,
  moveProblem,
  movesOffered,
  ruleOf,
  SYSTEM,
} from './move-rules.ts'

const SEED = Number(process.env.SEED ?? 20_261_125)
const TODAY = '2026-03-02'
const editor = { id: 'zilola', role: 'editor' } as const
const otherEditor = { id: 'karim', role: 'editor' } as const
const chancellery = { id: 'nodira', role: 'chancellery' } as const
const officer = { id: 'abror', role: 'officer' } as const

function anAppeal(with_: Partial<MovedAppeal> = {}): MovedAppeal {
  return {
    status: 'registered',
    kind: 'application',
    track: 'general',
    dueOn: '2026-03-17',
    moves: [{ action: 'register', by: 'dilnoza' }],
    ...with_,
  }
}

const targets = (status: AppealStatus) => [...new Set(Object.values(APPEAL_MOVES[status]))]

test('every status can be reached from a draft', () => {
  const reached = new Set<AppealStatus>(['draft'])
  for (const status of reached) for (const next of targets(status)) reached.add(next)
  expect([...reached].sort()).toEqual([...APPEAL_STATUSES].sort())
})

test('from a draft an appeal can only be registered or taken back: registering may not be refused', () => {
  expect(targets('draft')).toEqual(['registered', 'withdrawn'])
  for (const status of APPEAL_STATUSES) expect(targets(status)).not.toContain('draft')
})

test('the citizen of every appeal that is open can be told an end, by moves that are there', () => {
  for (const status of APPEAL_STATUSES.filter(clockRuns)) {
    const reached = new Set<AppealStatus>([status])
    for (const one of reached) for (const next of targets(one)) reached.add(next)
    expect([...reached], status).toEqual(expect.arrayContaining(['notified', 'closed']))
  }
})

test('nobody owes a reply to a draft, nor once there is an end', () => {
  expect(APPEAL_STATUSES.filter((status) => !clockRuns(status))).toEqual([
    'draft',
    'replied',
    'notified',
    'closed',
    'forwarded',
    'returned',
    'leftUnconsidered',
    'merged',
    'withdrawn',
  ])
})

test('the straight way leads through every desk in order', () => {
  const way = ['register', 'classify', 'edit', 'write', 'approve', 'dispatch', 'receive', 'reply'] as const
  const statuses = [...way, 'notify', 'close'].reduce<AppealStatus[]>(
    (been, action) => [
      ...been,
      APPEAL_MOVES[been.at(-1) as AppealStatus][action as AppealAction] as AppealStatus,
    ],
    ['draft'],
  )
  expect(statuses.join(' ')).toBe(
    'draft registered classified editing editing approved dispatched received replied notified closed',
  )
})

test('an appeal is left unconsidered only by a conclusion that somebody else approves', () => {
  const leading = APPEAL_STATUSES.filter((status) => targets(status).includes('leftUnconsidered'))
  expect(leading).toEqual(['leavingProposed'])
  expect(missingFields('proposeLeaving', { ground: 'anonymous' })).toEqual(['conclusion'])
  const proposed = anAppeal({
    status: 'leavingProposed',
    moves: [{ action: 'proposeLeaving', by: officer.id }],
  })
  expect(moveProblem(proposed, 'approveLeaving', officer, TODAY)).toBe('fourEyes')
  expect(moveProblem(proposed, 'approveLeaving', { ...officer, id: 'other' }, TODAY)).toBeUndefined()
  expect(moveProblem(proposed, 'approveLeaving', editor, TODAY)).toBe('notAllowed')
})

test('who wrote cannot approve: neither the editor nor whoever wrote down the citizen’s words', () => {
  const written = anAppeal({
    status: 'editing',
    moves: [
      { action: 'register', by: 'dilnoza' },
      { action: 'classify', by: otherEditor.id },
      { action: 'edit', by: editor.id },
      { action: 'write', by: editor.id },
    ],
  })
  expect(moveProblem(written, 'approve', editor, TODAY)).toBe('fourEyes')
  expect(moveProblem(written, 'approve', { id: 'dilnoza', role: 'supervisor' }, TODAY)).toBe('fourEyes')
  expect(moveProblem(written, 'approve', otherEditor, TODAY)).toBeUndefined()
})

test('after it is opened again the editor of then may approve, whoever registered still not', () => {
  const moves = (
    [
      ['register', 'dilnoza'],
      ['write', editor.id],
      ['reopen', 'saodat'],
      ['write', otherEditor.id],
    ] as const
  ).map(([action, by]) => ({ action, by }))
  const again = anAppeal({ status: 'editing', moves })
  expect(moveProblem(again, 'approve', editor, TODAY)).toBeUndefined()
  expect(moveProblem(again, 'approve', otherEditor, TODAY)).toBe('fourEyes')
  expect(moveProblem(again, 'approve', { id: 'dilnoza', role: 'supervisor' }, TODAY)).toBe('fourEyes')
})

test('a limit is made longer once, before it has passed, and never for a proposal', () => {
  const received = anAppeal({ status: 'received' })
  expect(moveProblem(received, 'extend', chancellery, '2026-03-17')).toBeUndefined()
  expect(moveProblem(received, 'extend', chancellery, '2026-03-18')).toBe('dueDayPassed')
  const extended = { ...received, moves: [{ action: 'extend' as const, by: officer.id }] }
  expect(moveProblem(extended, 'extend', chancellery, TODAY)).toBe('onlyOnce')
  expect(moveProblem({ ...received, kind: 'proposal' }, 'extend', chancellery, TODAY)).toBe('wrongStatus')
  expect(moveProblem({ ...received, kind: 'proposal' }, 'study', chancellery, TODAY)).toBeUndefined()
})

test('the author of a proposal is told of its study in writing, once, and of others nobody has to be', () => {
  const moves = [{ action: 'study' as const, by: editor.id }]
  const studied = anAppeal({ status: 'editing', kind: 'proposal', moves })
  expect(moveProblem(studied, 'tellOfStudy', editor, TODAY)).toBeUndefined()
  expect(moveProblem(studied, 'tellOfStudy', SYSTEM, TODAY)).toBeUndefined()
  expect(moveProblem({ ...studied, moves: [] }, 'tellOfStudy', editor, TODAY)).toBe('wrongStatus')
  expect(moveProblem({ ...studied, kind: 'complaint' }, 'tellOfStudy', editor, TODAY)).toBe('wrongStatus')
  const told = { ...studied, moves: [...moves, { action: 'tellOfStudy' as const, by: editor.id }] }
  expect(moveProblem(told, 'tellOfStudy', editor, TODAY)).toBe('onlyOnce')
  const missing = (medium: string) => missingFields('tellOfStudy', { medium })
  expect(['letter', 'sms', 'email', 'phone', 'inPerson', ''].map((medium) => missing(medium).length)).toEqual(
    [0, 0, 0, 1, 1, 1],
  )
})

test('an appeal is ours once it is approved, studied or put off here, until it is opened again', () => {
  const done = (...actions: AppealAction[]) => dutiesDone(actions.map((action) => ({ action })))
  expect(done('register', 'classify', 'edit', 'write', 'sendBack')).toEqual({
    isOurs: false,
    isToldOfStudy: false,
  })
  for (const action of ['approve', 'study', 'extend'] as const) expect(done(action, 'edit').isOurs).toBe(true)
  expect(done('study', 'tellOfStudy', 'reopen')).toEqual({ isOurs: false, isToldOfStudy: false })
})

test('an extension names its reason and who signed it', () => {
  expect(missingFields('extend', { reason: ' ' })).toEqual(['reason', 'signatory'])
})

test('only those who handle reports of corruption move them, and see to it among themselves', () => {
  for (const role of ROLES)
    for (const action of APPEAL_ACTIONS.filter((one) => one !== 'register')) {
      expect(mayMove(role, action, 'trust'), `${role} ${action}`).toBe(role === 'officer')
    }
})

test('a report of corruption stays confidential whatever its topic, until it is said with a reason that it is none', () => {
  for (const track of APPEAL_TRACKS) {
    expect(trackClassified('trust', track)).toBe('trust')
    expect(trackClassified('general', track)).toBe(track)
  }
  expect(APPEAL_TRACKS.map(trackDisclosed)).toEqual(['general', 'testScore', 'general'])
  const secret = anAppeal({ track: 'trust' })
  expect(moveProblem(secret, 'disclose', officer, TODAY)).toBeUndefined()
  expect(missingFields('disclose', { reason: ' ' })).toEqual(['reason'])
  expect(moveProblem(anAppeal(), 'disclose', officer, TODAY), 'there is nothing to be taken off').toBe(
    'wrongStatus',
  )
  for (const by of [editor, chancellery, SYSTEM])
    expect(moveProblem(secret, 'disclose', by, TODAY)).toBe('notAllowed')
  for (const status of APPEAL_STATUSES)
    expect(APPEAL_MOVES[status].disclose, status).toBe(clockRuns(status) ? status : undefined)
})

test('the apellyatsiya against a test score knows nothing of the law on appeals', () => {
  const score = anAppeal({ status: 'received', track: 'testScore', dueOn: null })
  for (const action of ['study', 'extend', 'forward', 'return', 'proposeLeaving'] as const) {
    expect(moveProblem(score, action, chancellery, TODAY), action).toBe('wrongStatus')
  }
  expect(moveProblem(score, 'reply', chancellery, TODAY)).toBeUndefined()
  expect(APPEAL_TRACKS.filter(lawCounts)).toEqual(['general', 'trust'])
})

test('every move has somebody who may do it, and every role is offered something somewhere', () => {
  for (const action of APPEAL_ACTIONS) {
    expect(
      ROLES.some((role) => mayMove(role, action, 'general')),
      action,
    ).toBe(true)
    expect(ruleOf(action).may.every((permission) => ACTIONS.includes(permission))).toBe(true)
  }
  const offered = (role: Role) =>
    APPEAL_STATUSES.flatMap((status) => movesOffered(anAppeal({ status }), { id: 'x', role }, TODAY))
  expect(ROLES.filter((role) => offered(role).length === 0)).toEqual(['administrator'])
  expect(ROLES.filter((role) => may(role, 'seeAppeals') && offered(role).length === 0)).toEqual([])
})

test('nothing is approved before everything on the checklist of its kind was looked at', () => {
  for (const kind of APPEAL_KINDS) {
    expect(missingFields('approve', { checked: checklistOf(kind) }, kind)).toEqual([])
    for (const check of checklistOf(kind)) {
      const others = checklistOf(kind).filter((one) => one !== check)
      expect(missingFields('approve', { checked: others }, kind), `${kind} without ${check}`).toEqual([
        'checked',
      ])
    }
  }
  expect([...new Set(APPEAL_KINDS.flatMap(checklistOf))].sort()).toEqual([...APPEAL_CHECKS].sort())
})

test('each event is of one move', () => {
  const events = APPEAL_ACTIONS.map((action) => ruleOf(action).event)
  expect(new Set(events).size).toBe(events.length)
})

test(`in any order of moves an appeal stays within its table, its rights and its four eyes (seed ${SEED})`, () => {
  const random = seededRandom(SEED)
  const pick = <T>(set: readonly T[]): T => set[Math.floor(random() * set.length)] as T
  const people = ROLES.flatMap((role) => [1, 2].map((n) => ({ id: `${role}${n}`, role })))
  const closed: AppealStatus[] = []
  for (let life = 0; life < 400; life++) {
    let appeal = anAppeal({ track: pick(APPEAL_TRACKS), kind: pick(['application', 'proposal'] as const) })
    let today: Day = TODAY
    for (let step = 0; step < 60 && targets(appeal.status).length > 0; step++) {
      const [action, by] = [pick(APPEAL_ACTIONS), pick(people)]
      today = addDays(today, random() < 0.1 ? 1 : 0)
      const problem = moveProblem(appeal, action, by, today)
      const offered = movesOffered(appeal, by, today).find((move) => move.action === action)
      expect(offered?.problem).toBe(
        problem === 'wrongStatus' || problem === 'notAllowed' ? undefined : problem,
      )
      if (problem) continue
      expect(offered).toBeDefined()
      appeal = {
        ...appeal,
        status: APPEAL_MOVES[appeal.status][action] as AppealStatus,
        moves: [...appeal.moves, { action, by: by.id }],
      }
      if (action === 'approve') expect(lastBy(appeal, 'write')).not.toBe(by.id)
      if (action === 'approveLeaving') expect(lastBy(appeal, 'proposeLeaving')).not.toBe(by.id)
      if (appeal.track === 'trust') expect(by.role).toBe('officer')
    }
    closed.push(appeal.status)
  }
  expect(new Set(closed).size, 'lives end in many ways').toBeGreaterThan(6)
})

test('the outcome is what was replied or what became of it, and a reopened appeal has none', () => {
  expect(outcomeAfter('reply', null, 'refused')).toBe('refused')
  expect(outcomeAfter('notify', 'forwarded', undefined)).toBe('forwarded')
  expect(outcomeAfter('reopen', 'merged', undefined)).toBeNull()
  for (const action of APPEAL_ACTIONS) {
    const outcome = outcomeAfter(action, null, undefined)
    if (outcome) expect(APPEAL_OUTCOMES).toContain(outcome)
  }
})

function lastBy(appeal: MovedAppeal, action: AppealAction): string | null | undefined {
  return appeal.moves.findLast((move) => move.action === action)?.by
}

test('by itself an appeal only notes that its citizen was told, in every track', () => {
  for (const track of APPEAL_TRACKS)
    expect(APPEAL_ACTIONS.filter((action) => mayMove('system', action, track))).toEqual([
      'notify',
      'tellOfStudy',
    ])
  const replied = anAppeal({ status: 'replied' })
  expect(moveProblem(replied, 'notify', SYSTEM, TODAY)).toBeUndefined()
  expect(moveProblem(anAppeal(), 'notify', SYSTEM, TODAY)).toBe('wrongStatus')
})

test('what its citizen calls a report of corruption is one from the first moment, whatever its topic', () => {
  for (const track of APPEAL_TRACKS) {
    expect(firstTrack(track, { isConfidential: true })).toBe('trust')
    expect(firstTrack(track, { isConfidential: false })).toBe(track)
  }
})

test('of executors a line that is too long is told, and that they are too many; empty lines are nobody', () => {
  const long = 'a'.repeat(EXECUTOR_MAX_CHARACTERS + 3)
  expect(executorsFault(['Ali', long])).toEqual({ line: 2, most: EXECUTOR_MAX_CHARACTERS, over: 3 })
  expect(executorsFault(Array.from({ length: EXECUTORS_MAX + 1 }, () => 'Ali'))).toBe('tooMany')
  expect(executorsFault([...Array.from({ length: EXECUTORS_MAX }, () => 'Ali'), '', ' '])).toBeUndefined()
  expect(fieldTooLong({ executors: [long] })).toBe('executors')
  expect(fieldTooLong({ executors: ['Ali'] })).toBeUndefined()
})
