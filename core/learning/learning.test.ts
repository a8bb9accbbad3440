import { expect, test } from 'vitest'
import type { CourseId, KnowledgeItemId, QueueId } from '#core/lib/ids.ts'
import { seededRandom } from '#core/lib/seeded-random.ts'
import { tashkentMidnight } from '#core/lib/time.ts'
import { endOf, endsOn, standingOf, validUntil } from './attestation.ts'
import { changedItems, worded } from './course.ts'
import { areSameAnswers, markQuiz, percentOf, triesLeft } from './mark-quiz.ts'
import { closedQueues } from './qualification.ts'

const text = { uz: 'x', ru: '' }
const asked = (...right: number[][]) =>
  right.map((places) => ({
    text,
    explanation: text,
    options: [0, 1, 2].map((place) => ({ text, isRight: places.includes(place) })),
  }))

// Marking -----------------------------------------------------------------------

test('a question is right when exactly its right answers are chosen, in any order', () => {
  const quiz = { questions: asked([0], [0, 2], [1]), passPercent: 60 }
  expect(markQuiz(quiz, [[0], [2, 0], [0]])).toEqual({
    right: 2,
    of: 3,
    isPassed: true,
    isRight: [true, true, false],
  })
  expect(markQuiz(quiz, [[0], [0], [0, 1, 2]])).toMatchObject({ right: 1, isPassed: false })
  expect(markQuiz(quiz, [[], [], []])).toMatchObject({ right: 0, isPassed: false })
})

test('a pass mark is reached by exactly as many, and never by rounding', () => {
  const quiz = (passPercent: number) => ({ questions: asked([0], [0], [0]), passPercent })
  expect(markQuiz(quiz(66), [[0], [0], [1]])?.isPassed).toBe(true)
  expect(markQuiz(quiz(67), [[0], [0], [1]])?.isPassed).toBe(false)
  expect(percentOf({ right: 2, of: 3 })).toBe(66)
  expect(percentOf({ right: 3, of: 3 })).toBe(100)
})

test('answers of another quiz, or of no place, are not marked', () => {
  const quiz = { questions: asked([0], [1]), passPercent: 50 }
  for (const answers of [[], [[0]], [[0], [1], [2]], [[0], [3]], [[0], [-1]], [[0], [0.5]]])
    expect(markQuiz(quiz, answers)).toBeUndefined()
  expect(markQuiz({ questions: [], passPercent: 50 }, [])).toBeUndefined()
})

test('by chance: whoever chooses all right answers passes, and whoever errs in one question is one short', () => {
  const seed = 21
  const random = seededRandom(seed)
  const below = (most: number) => Math.floor(random() * most)
  for (let round = 0; round < 300; round += 1) {
    const places = Array.from({ length: 1 + below(9) }, () => [0, 1, 2].filter(() => random() < 0.5))
    const right = places.map((one) => (one.length > 0 ? one : [below(3)]))
    const quiz = { questions: asked(...right), passPercent: 100 }
    expect(markQuiz(quiz, right), `seed ${seed}`).toMatchObject({ right: right.length, isPassed: true })
    const wrong = below(right.length)
    const slipped = right.map((one, place) =>
      place === wrong ? [0, 1, 2].filter((x) => !one.includes(x)) : one,
    )
    expect(markQuiz(quiz, slipped), `seed ${seed}`).toMatchObject({
      right: right.length - 1,
      isPassed: false,
    })
  }
})

test('the same answers in another order are the same answers', () => {
  expect(areSameAnswers([[0, 2], [1]], [[2, 0], [1]])).toBe(true)
  expect(areSameAnswers([[0, 2], [1]], [[0, 2], [1], []])).toBe(false)
})

test('tries are counted down to none; without a limit there is nothing to count', () => {
  expect([0, 2, 3, 9].map((failed) => triesLeft(3, failed))).toEqual([3, 1, 0, 0])
  expect(triesLeft(null, 99)).toBeNull()
})

// Validity ----------------------------------------------------------------------

const passed = (version: number, until: `${number}-${number}-${number}` | null) => ({
  version,
  passedOn: '2026-01-10' as const,
  validUntil: until,
})

test('an attestation holds through its last day, and a short month ends it on its last', () => {
  expect(validUntil('2026-01-31', 1)).toBe('2026-02-28')
  expect(validUntil('2026-11-26', 12)).toBe('2027-11-26')
  expect(validUntil('2026-11-26', null)).toBeNull()
  expect(endOf('2026-02-28')).toBe(tashkentMidnight('2026-03-01'))
})

test.each([
  ['nothing passed', [], 'never', null],
  ['passed for good', [passed(1, null)], 'valid', null],
  ['long before the end', [passed(1, '2026-06-15')], 'valid', '2026-06-15'],
  ['two weeks before the end', [passed(1, '2026-06-14')], 'endsSoon', '2026-06-14'],
  ['on the last day', [passed(1, '2026-05-31')], 'endsSoon', '2026-05-31'],
  ['the day after', [passed(1, '2026-05-30')], 'ended', '2026-05-30'],
  ['passed again meanwhile', [passed(1, '2026-05-30'), passed(1, '2027-05-30')], 'valid', '2027-05-30'],
] as const)('%s: how it stands', (_when, passes, standing, ends) => {
  expect(standingOf(passes, [], '2026-05-31')).toEqual({ standing, endsOn: ends })
})

test('a new version that asks for everybody anew ends earlier attestations on its day, and its own not', () => {
  const renewal = { version: 3, againBy: '2026-06-10' as const }
  expect(endsOn(passed(2, '2027-01-10'), [renewal])).toBe('2026-06-10')
  expect(endsOn(passed(2, null), [renewal])).toBe('2026-06-10')
  expect(endsOn(passed(2, '2026-06-01'), [renewal])).toBe('2026-06-01')
  expect(endsOn(passed(3, '2027-01-10'), [renewal])).toBe('2027-01-10')
  expect(standingOf([passed(2, null), passed(3, '2027-01-10')], [renewal], '2026-06-11')).toEqual({
    standing: 'valid',
    endsOn: '2027-01-10',
  })
})

// Articles and queues -------------------------------------------------------------

test('a course is told of articles that were published anew or are published no more', () => {
  const items = [7, 8, 9] as KnowledgeItemId[]
  const writtenFor = items.map((item) => ({ item, version: 1 }))
  const published = new Map(
    [[items[0], 1] as const, [items[1], 4] as const].map(([item, now]) => [item!, now]),
  )
  expect(changedItems(writtenFor, published)).toEqual([
    { item: 8, version: 1, now: 4 },
    { item: 9, version: 1, now: null },
  ])
})

test('a text is read in the reader’s language, or in the one there is', () => {
  expect(worded({ uz: 'Salom', ru: 'Привет' }, 'ru')).toEqual({ text: 'Привет', language: 'ru' })
  expect(worded({ uz: 'Salom', ru: '' }, 'ru')).toEqual({ text: 'Salom', language: 'uz' })
})

test('a queue is closed to whoever lacks one of its courses, and says which', () => {
  const [general, visas, trust] = ['general', 'visas', 'trust'] as QueueId[] as [QueueId, QueueId, QueueId]
  const [law, letters] = [1, 2] as CourseId[] as [CourseId, CourseId]
  const requirements = new Map([
    [visas, [law, letters]],
    [trust, [law]],
  ])
  const attested = (course: CourseId) => course === law
  expect(closedQueues([general, visas, trust], requirements, attested)).toEqual([
    { queue: visas, courses: [letters] },
  ])
  expect(closedQueues([general], requirements, () => false)).toEqual([])
})
