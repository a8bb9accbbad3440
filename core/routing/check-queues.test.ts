import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AgentId, CourseId, QueueId, SkillId } from '#core/lib/ids.ts'
import { CALL_LANGUAGES } from '#core/lib/languages.ts'
import type { Day } from '#core/lib/time.ts'
import { DAY_MINUTES, OPENING_TIMES_MAX } from './check-opening-hours.ts'
import { checkQueues, queueWarnings, QUEUE_RANGES, type QueuesTogether } from './check-queues.ts'
import { SKILL_NEEDS_MAX, SKILL_STEPS_MAX } from './check-skill-rules.ts'
import { QUEUE_PROBLEM_CODES, type QueueProblem } from './queue-problems.ts'
import { defaultQueueSettings, type Otherwise, type QueueSettings } from './queue-settings.ts'
import type { AgentServes } from './routing-events.ts'
import { readSkillRules } from './skill-rule-text.ts'
import { CALLERS_LANGUAGE, hasSkills, type SkillLevels, type SkillRules } from './skill-rules.ts'

const [GENERAL, TECH, TRUST] = ['general', 'tech', 'trust'] as QueueId[] as [QueueId, QueueId, QueueId]
const ALL = [GENERAL, TECH, TRUST]

const agent = (name: string, queues: readonly QueueId[], skills: Record<string, number>): AgentServes => ({
  agent: name as AgentId,
  queues,
  skills: skills as SkillLevels,
})
const AGENTS = [
  agent('dilnoza', ALL, { uz: 100, ru: 60, appeals: 40 }),
  agent('rustam', [GENERAL, TECH, TRUST], { uz: 30, ru: 90 }),
  // Serves none of the queues: what she knows helps nobody who waits in them.
  agent('zuhra', [], { uz: 100, ru: 100, appeals: 100 }),
]

function rules(text: string) {
  const read = readSkillRules(text)
  if ('errors' in read) throw new Error(read.errors[0]?.message)
  return read.rules
}

const overflow = (to: QueueId | string): { then: Otherwise } => ({
  then: { do: 'overflow', to: to as QueueId },
})
const message: { then: Otherwise } = { then: { do: 'takeMessage' } }

type Week = NonNullable<QueueSettings['hours']>['open']['week']

const hours = (days: readonly number[], from: number, to: number): Week[number] => ({
  days,
  fromMinute: from * 60,
  toMinute: to * 60,
})
const open = (week: Week, closedOn: readonly string[] = []): Partial<QueueSettings> => ({
  hours: { open: { week, closedOn: closedOn as Day[] }, ...message, atClosing: 'sendAway' },
})

/** Three queues with which nothing is wrong: general overflows to tech, which takes messages. */
const GOOD: Record<string, Partial<QueueSettings>> = {
  general: {
    skills: rules('wait < 60 s: language >= 60, appeals >= 40; then language >= 40; then language >= 20'),
    full: { waitingMax: 50, ...overflow(TECH) },
    tooLong: { waitSecondsMax: 300, ...overflow(TECH) },
  },
  tech: { tooLong: { waitSecondsMax: 300, ...message } },
  trust: {
    order: 'ringAll',
    nobodyOnDuty: message,
    ...open([hours([1, 2, 3, 4, 5], 9, 13), hours([1, 2, 3, 4, 5], 14, 18)], ['2026-03-21']),
  },
}

const settings = (change: Record<string, Partial<QueueSettings>> = {}): QueueSettings[] =>
  ALL.map((queue) => ({ ...defaultQueueSettings(queue), ...GOOD[queue], ...change[queue] }))
const tech = (change: Partial<QueueSettings>) => settings({ tech: change })
const techAsks = (text: string) => tech({ skills: rules(text) })

const together = (change: Partial<QueuesTogether> = {}): QueuesTogether => ({
  queues: settings(),
  agents: AGENTS,
  skills: ['uz', 'ru', 'appeals'] as SkillId[],
  languages: ['uz', 'ru'],
  ...change,
})

const where = ({ queue, field, line, code }: QueueProblem) =>
  [code, queue, field, ...(line === undefined ? [] : [line])].join(' ')

test('nothing is wrong with settings that make sense', () => {
  expect(checkQueues(together())).toEqual([])
})

// One bad line of settings each: it must be found where it is, and nothing else be called wrong.
const canaries: [where: string, because: string, queues: QueueSettings[]][] = [
  ['outOfRange tech ringSeconds', 'nobody reaches for the mouse so soon', tech({ ringSeconds: 4 })],
  ['outOfRange tech ringSeconds', 'half a second', tech({ ringSeconds: 20.5 })],
  ['outOfRange tech missesBeforeUnavailable', 'out before he is in', tech({ missesBeforeUnavailable: 0 })],
  ['outOfRange tech shortAbandonSeconds', 'that is not short', tech({ shortAbandonSeconds: 61 })],
  ['outOfRange tech expectedHandleSeconds', 'no number', tech({ expectedHandleSeconds: Number.NaN })],
  ['outOfRange tech full', 'fewer than nobody', tech({ full: { waitingMax: -1, ...message } })],
  ['outOfRange tech tooLong', 'for ever', tech({ tooLong: { waitSecondsMax: Infinity, ...message } })],

  ['noSteps tech skills', 'nothing is said', tech({ skills: [] })],
  ['tooManySteps tech skills', 'nobody can oversee it', tech({ skills: manySteps(SKILL_STEPS_MAX + 1) })],
  ['tooManyNeeds tech skills 1', 'nobody knows so much', tech({ skills: manyNeeds(SKILL_NEEDS_MAX + 1) })],
  [
    'stepsOutOfOrder tech skills 1',
    'nothing holds at first',
    tech({ skills: [{ fromSeconds: 5, needs: [] }] }),
  ],
  ['stepsOutOfOrder tech skills 2', 'two at once', tech({ skills: [...rules('any'), ...rules('any')] })],
  ['levelOutOfRange tech skills 1', 'nobody can have it', techAsks('wait < 60 s: ru >= 101; then any')],
  ['levelOutOfRange tech skills 1', 'it asks for nothing', techAsks('ru >= 0')],
  ['unknownSkill tech skills 1', 'nobody can be good at it', techAsks('wait < 60 s: fr >= 10; then any')],
  ['skillTwice tech skills 1', 'which of them holds', techAsks('ru >= 10, ru >= 20')],
  ['stricter tech skills 2', 'the level rises', techAsks('wait < 60 s: ru >= 10; then ru >= 20')],
  ['stricter tech skills 2', 'another skill', techAsks('wait < 60 s: ru >= 10; then appeals >= 5')],
  ['stricter tech skills 2', 'no Russian before', techAsks('wait < 60 s: language >= 20; then ru >= 20')],
  ['beyondAgents tech skills 1', 'at first', techAsks('wait < 60 s: appeals >= 41; then any')],
  ['beyondAgents tech skills 1', 'at last', techAsks('appeals >= 41')],
  ['nobodyHasAll tech skills 1', 'one has each', techAsks('wait < 60 s: ru >= 90, appeals >= 40; then any')],
  ['languageUnserved tech skills 1', 'no Russian so good', techAsks('language >= 95')],
  ['neverApplies tech skills 2', 'all are sent on', techAsks('wait < 600 s: ru >= 80; then any')],

  ['overflowToItself tech full', 'round at once', tech({ full: { waitingMax: 5, ...overflow(TECH) } })],
  ['overflowToUnknown tech nobodyOnDuty', 'it is gone', tech({ nobodyOnDuty: overflow('gone') })],
  ['overflowToUnknown tech full', 'no queue', tech({ full: { waitingMax: 5, ...overflow('constructor') } })],

  ['unknownCourse tech courses', 'nobody can take it', tech({ courses: [99 as CourseId] })],

  ['neverOpen tech hours', 'no opening time', tech(open([]))],
  ['hoursWithoutDays tech hours 1', 'on no day', tech(open([hours([], 9, 18)]))],
  ['hoursOutOfRange tech hours 1', 'an eighth day', tech(open([hours([8], 9, 18)]))],
  ['hoursOutOfRange tech hours 1', 'after midnight', tech(open([hours([1], 9, 25)]))],
  ['hoursEmpty tech hours 2', 'over midnight', tech(open([hours([1], 0, 6), hours([1], 18, 6)]))],
  ['hoursEmpty tech hours 1', 'no time at all', tech(open([hours([1], 9, 9)]))],
  ['hoursOverlap tech hours 2', 'on Tuesday', tech(open([hours([1, 2], 9, 14), hours([2], 13, 18)]))],
  ['closedDayInvalid tech hours', 'a short February', tech(open([hours([1], 9, 18)], ['2026-02-30']))],
  ['closedDayInvalid tech hours', 'in words', tech(open([hours([1], 9, 18)], ['1 January']))],
  [
    'tooManyHours tech hours',
    'nobody reads it',
    tech(open(Array.from({ length: OPENING_TIMES_MAX + 1 }, () => hours([1], 9, 18)))),
  ],
]

test.each(canaries)('%s: %s', (expected, _because, queues) => {
  expect(checkQueues(together({ queues })).map(where)).toEqual([expected])
})

test('every code has settings that show it', () => {
  const shown = [
    ...canaries.map(([expected]) => expected.split(' ')[0]),
    'noAgents',
    'overflowLoop',
    'courseTwice',
    'nobodyAttested',
  ]
  expect([...new Set(shown)].sort()).toEqual([...QUEUE_PROBLEM_CODES].sort())
})

test('a queue that no agent serves must say what to do then', () => {
  const queues = tech({ skills: rules('ru >= 100') })
  const agents = AGENTS.map((each) => ({ ...each, queues: [GENERAL, TRUST] }))
  expect(checkQueues(together({ queues, agents })).map(where)).toEqual(['noAgents tech nobodyOnDuty'])
  const told = tech({ skills: rules('ru >= 100'), nobodyOnDuty: message })
  expect(checkQueues(together({ queues: told, agents }))).toEqual([])
})

test('callers who would go round are shown their way, at each place that can be mended', () => {
  const queues = settings({
    tech: { nobodyOnDuty: overflow(TRUST) },
    trust: { ...open([hours([6], 9, 18)]), nobodyOnDuty: overflow(GENERAL) },
  })
  const problems = checkQueues(together({ queues }))
  expect(problems.map(({ message }) => message)).toEqual([
    'general, full: Callers would go round: general → tech → trust → general.',
    'general, tooLong: Callers would go round: general → tech → trust → general.',
    'tech, nobodyOnDuty: Callers would go round: tech → trust → general → tech.',
    'trust, nobodyOnDuty: Callers would go round: trust → general → tech → trust.',
  ])
  expect(problems[2]?.params).toEqual({ loop: [TECH, TRUST, GENERAL, TECH] })
})

test.each(['full', 'tooLong', 'nobodyOnDuty', 'hours'] as const)('a circle through %s is found', (field) => {
  const way = {
    full: { waitingMax: 5, ...overflow(GENERAL) },
    tooLong: { waitSecondsMax: 300, ...overflow(GENERAL) },
    nobodyOnDuty: overflow(GENERAL),
    hours: { open: { week: [hours([1], 9, 18)], closedOn: [] }, ...overflow(GENERAL), atClosing: 'serve' },
  } as const
  const problems = checkQueues(together({ queues: tech({ [field]: way[field] }) })).map(where)
  expect(problems).toContain(`overflowLoop tech ${field}`)
  expect(problems.every((problem) => problem.startsWith('overflowLoop'))).toBe(true)
})

test('two ways to the same queue are no circle', () => {
  const queues = settings({
    trust: { nobodyOnDuty: overflow(TECH), full: { waitingMax: 5, ...overflow(GENERAL) } },
  })
  expect(checkQueues(together({ queues }))).toEqual([])
})

test('a step may begin late where callers come who have waited elsewhere', () => {
  const late = { tech: { skills: rules('wait < 500 s: ru >= 80; then any') } }
  expect(checkQueues(together({ queues: settings(late) }))).toEqual([])
  const [general, ...others] = settings(late)
  const { full: _full, tooLong: _tooLong, ...alone } = general as QueueSettings
  expect(checkQueues(together({ queues: [alone, ...others] })).map(({ message }) => message)).toEqual([
    'tech, skills 2: This step begins after 500 s, but nobody waits longer than 300 s.',
  ])
})

test('many queues that pass on to many others are checked at once', () => {
  const ids = Array.from({ length: 60 }, (_, index) => `q${index}` as QueueId)
  const queues = ids.map((queue, index): QueueSettings => {
    const to = (step: number) => overflow(ids[index + step] ?? GENERAL)
    return {
      ...defaultQueueSettings(queue),
      full: { waitingMax: 9, ...to(1) },
      tooLong: { waitSecondsMax: 60, ...to(2) },
      nobodyOnDuty: to(3),
      ...open([hours([1], 9, 18)]),
    }
  })
  expect(checkQueues(together({ queues: [...queues, ...settings()], agents: AGENTS }))).toEqual([])
})

test('where nobody is sent on for waiting, a step may begin within a day', () => {
  const after = (time: string) => [
    { ...defaultQueueSettings(TRUST), skills: rules(`wait < ${time}: ru >= 80; then any`) },
  ]
  expect(checkQueues(together({ queues: after('1439 min') }))).toEqual([])
  for (const time of ['1440 min', '999999 min', '86400 s'])
    expect(checkQueues(together({ queues: after(time) })).map(where)).toEqual(['neverApplies trust skills 2'])
})

test('what is said of a skill says how far the best agent is from it', () => {
  const [problem] = checkQueues(together({ queues: techAsks('wait < 60 s: appeals >= 90; then any') }))
  expect(problem).toEqual({
    queue: 'tech',
    field: 'skills',
    line: 1,
    code: 'beyondAgents',
    params: { skill: 'appeals', level: 90, best: 40 },
    message: 'tech, skills 1: No agent of this queue has „appeals" at 90; the best has 40.',
  })
})

test('a bound of a range is within it', () => {
  for (const end of [0, 1] as const) {
    const queues = tech({
      ringSeconds: QUEUE_RANGES.ringSeconds[end],
      missesBeforeUnavailable: QUEUE_RANGES.missesBeforeUnavailable[end],
      shortAbandonSeconds: QUEUE_RANGES.shortAbandonSeconds[end],
      expectedHandleSeconds: QUEUE_RANGES.expectedHandleSeconds[end],
      full: { waitingMax: QUEUE_RANGES.waitingMax[end], ...message },
      tooLong: { waitSecondsMax: QUEUE_RANGES.waitSecondsMax[end], ...message },
      ...open([{ days: [7], fromMinute: 0, toMinute: DAY_MINUTES }]),
    })
    expect(checkQueues(together({ queues }))).toEqual([])
  }
})

test('every problem is told at once', () => {
  const queues = settings({
    general: { ringSeconds: 0, skills: rules('wait < 60 s: fr >= 101; then ru >= 95; then any') },
    trust: { nobodyOnDuty: overflow(TRUST) },
  })
  expect(checkQueues(together({ queues })).map(where)).toEqual([
    'unknownSkill general skills 1',
    'levelOutOfRange general skills 1',
    'stricter general skills 2',
    'outOfRange general ringSeconds',
    'overflowToItself trust nobodyOnDuty',
  ])
})

const level = fc.constantFrom(0, 1, 20, 40, 60, 100)
const skill = fc.constantFrom(...['uz', 'ru', 'appeals'], CALLERS_LANGUAGE) as fc.Arbitrary<SkillId>
const anyRules = fc
  .array(fc.array(fc.record({ skill, atLeast: level }), { maxLength: 2 }), { minLength: 1, maxLength: 3 })
  .map((steps): SkillRules => steps.map((needs, index) => ({ fromSeconds: index * 60, needs })))
const anyAgents = fc.array(
  fc.record({ uz: level, ru: level, appeals: level }).map((skills) => agent('somebody', ALL, skills)),
  { minLength: 1, maxLength: 4 },
)

test('by rules that pass, whoever may be asked may be asked later, and at last somebody for everybody', () => {
  let passed = 0
  fc.assert(
    fc.property(anyRules, anyAgents, (skills, agents) => {
      const queues = [{ ...defaultQueueSettings(TRUST), skills }]
      if (checkQueues(together({ queues, agents })).length > 0) return
      passed++
      for (const language of CALL_LANGUAGES) {
        const askedIn = skills.map(({ needs }) =>
          agents.filter((each) => hasSkills(each.skills, needs, language)),
        )
        for (const [index, asked] of askedIn.entries())
          expect(askedIn[index + 1] ?? asked).toEqual(expect.arrayContaining(asked))
        expect(askedIn.at(-1)).not.toEqual([])
      }
    }),
    { numRuns: 2_000 },
  )
  expect(passed).toBeGreaterThan(50)
})

function manySteps(count: number): SkillRules {
  return Array.from({ length: count }, (_, index) => ({ fromSeconds: index, needs: [] }))
}

function manyNeeds(count: number): SkillRules {
  const needs = Array.from({ length: count }, (_, index) => ({ skill: `s${index}` as SkillId, atLeast: 1 }))
  return [{ fromSeconds: 0, needs }]
}

// Courses -----------------------------------------------------------------------
const course = 3 as CourseId

test('a queue requires published courses, each of them once', () => {
  const known = [{ course, attested: AGENTS.map(({ agent }) => agent) }]
  const asks = (...courses: CourseId[]) =>
    checkQueues(together({ queues: tech({ courses }), courses: known })).map(where)
  expect(asks(course)).toEqual([])
  expect(asks(4 as CourseId)).toEqual(['unknownCourse tech courses'])
  expect(asks(course, course)).toEqual(['courseTwice tech courses'])
  expect(checkQueues(together({ queues: tech({ courses: [course] }) })).map(where)).toEqual([
    'unknownCourse tech courses',
  ])
})

test('that nobody is attested in what a queue requires is a warning and stops nobody from saving', () => {
  const warned = (attested: AgentId[]) =>
    queueWarnings(together({ queues: tech({ courses: [course] }), courses: [{ course, attested }] })).map(
      where,
    )
  const serving = AGENTS.filter(({ queues }) => queues.includes('tech' as QueueId))
  const [first] = serving
  expect(warned([])).toEqual(['nobodyAttested tech courses'])
  expect(warned(AGENTS.filter((agent) => !serving.includes(agent)).map(({ agent }) => agent))).toEqual([
    'nobodyAttested tech courses',
  ])
  expect(warned(first ? [first.agent] : [])).toEqual([])
  expect(queueWarnings(together())).toEqual([])
})
