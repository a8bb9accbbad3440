import { expect, test } from 'vitest'
import type { KnowledgeItemId } from '#core/lib/ids.ts'
import { checkCourse } from './check-course.ts'
import type { CourseBody, QuizQuestion } from './course.ts'

const ITEM = 7 as KnowledgeItemId
const both = (text: string) => ({ uz: text, ru: text })
const question = (change: Partial<QuizQuestion> = {}): QuizQuestion => ({
  text: both('Qaysi biri?'),
  options: [
    { text: both('Bu'), isRight: true },
    { text: both('U'), isRight: false },
  ],
  explanation: both(''),
  ...change,
})
const course = (change: Partial<CourseBody> = {}): CourseBody => ({
  names: both('Qabul'),
  items: [ITEM],
  questions: [question()],
  passPercent: 80,
  validMonths: 12,
  triesMax: 3,
  ...change,
})
const told = (change: Partial<CourseBody>, published = [ITEM]) =>
  checkCourse(course(change), { published: new Set(published) }).map(
    ({ row, field, code }) => `${row} ${field} ${code}`,
  )

test('a course of a published article with one question that has a right answer is good', () => {
  expect(told({})).toEqual([])
  expect(told({ validMonths: null, triesMax: null, passPercent: 100 })).toEqual([])
})

test.each<[string, Partial<CourseBody>, string[]]>([
  ['a pass mark of 101 %', { passPercent: 101 }, ['* passPercent outOfRange']],
  ['a pass mark of 0 %', { passPercent: 0 }, ['* passPercent outOfRange']],
  ['half a percent', { passPercent: 80.5 }, ['* passPercent outOfRange']],
  ['no number for it', { passPercent: Number.NaN }, ['* passPercent outOfRange']],
  ['a validity of no month', { validMonths: 0 }, ['* validMonths outOfRange']],
  ['no try', { triesMax: 0 }, ['* triesMax outOfRange']],
  ['no name in Russian', { names: { uz: 'Qabul', ru: ' ' } }, ['* ru required']],
  ['no article', { items: [] }, ['* items tooFew']],
  ['an article twice', { items: [ITEM, ITEM] }, ['* items taken']],
  ['an article that is not published', { items: [8 as KnowledgeItemId] }, ['* items notPublished']],
  ['no question', { questions: [] }, ['* questions tooFew']],
  [
    'a question without a right answer',
    {
      questions: [question({ options: question().options.map((option) => ({ ...option, isRight: false })) })],
    },
    ['q1 options noRightAnswer'],
  ],
  [
    'one answer to choose from',
    { questions: [question(), question({ options: question().options.slice(0, 1) })] },
    ['q2 options tooFew'],
  ],
  ['nothing asked', { questions: [question({ text: both('') })] }, ['q1 text required']],
  [
    'two answers that read alike',
    { questions: [question({ options: [0, 1].map(() => ({ text: both('Bu'), isRight: true })) })] },
    ['q1 option2 taken'],
  ],
  [
    'a question of a hundred thousand letters',
    { questions: [question({ text: both('x'.repeat(100_000)) })] },
    ['q1 text tooLong'],
  ],
])('a course with %s is told where it stands', (_why, change, problems) => {
  expect(told(change)).toEqual(problems)
})

test('a question may be written in one language only', () => {
  const only = { uz: 'Faqat oʻzbekcha', ru: '' }
  const options = [
    { text: { uz: 'Ha', ru: '' }, isRight: true },
    { text: { uz: 'Yoʻq', ru: '' }, isRight: false },
  ]
  expect(told({ questions: [question({ text: only, options })] })).toEqual([])
})
