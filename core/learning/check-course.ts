/**
 * What is wrong with a course. A course with a fault is not saved, not even as a draft: whoever answers a quiz must be
 * able to pass it.
 *
 * Rows: `*` is the course as a whole, `q1` its first question.
 */
import type { KnowledgeItemId } from '#core/lib/ids.ts'
import {
  checkName,
  type ReportSetting,
  type SettingProblem,
  settingReport,
} from '#core/lib/setting-problems.ts'
import type { CourseBody, QuizQuestion, Wording } from './course.ts'

export const COURSE_NAME_MAX_CHARACTERS = 120
export const COURSE_ITEMS_MAX = 50
export const QUESTIONS_MAX = 50
export const OPTIONS_MAX = 8
const OPTIONS_LEAST = 2
export const QUESTION_MAX_CHARACTERS = 2_000
export const OPTION_MAX_CHARACTERS = 500

type Range = readonly [least: number, most: number]
export const COURSE_RANGES = {
  passPercent: [1, 100],
  validMonths: [1, 60],
  triesMax: [1, 20],
} as const satisfies Record<string, Range>

const LANGUAGES = ['uz', 'ru'] as const

export function checkCourse(
  body: CourseBody,
  { published }: { published: ReadonlySet<KnowledgeItemId> },
): SettingProblem[] {
  const problems: SettingProblem[] = []
  const report = settingReport(problems, '*')
  for (const language of LANGUAGES)
    checkName(report, language, [body.names[language], COURSE_NAME_MAX_CHARACTERS])
  checkItems(body.items, published, report)
  for (const field of ['passPercent', 'validMonths', 'triesMax'] as const) checkRange(body, field, report)
  checkCount('questions', [body.questions.length, 1, QUESTIONS_MAX], report)
  for (const [place, question] of body.questions.entries())
    checkQuestion(question, settingReport(problems, `q${place + 1}`))
  return problems
}

function checkItems(
  items: readonly KnowledgeItemId[],
  published: ReadonlySet<KnowledgeItemId>,
  report: ReportSetting,
): void {
  checkCount('items', [items.length, 1, COURSE_ITEMS_MAX], report)
  for (const [place, item] of items.entries()) {
    if (items.indexOf(item) < place) report('taken', 'items', { value: item })
    else if (!published.has(item)) report('notPublished', 'items', { value: item })
  }
}

function checkRange(body: CourseBody, field: keyof typeof COURSE_RANGES, report: ReportSetting): void {
  const [least, most] = COURSE_RANGES[field]
  const value = body[field]
  if (value === null) return
  if (!Number.isInteger(value) || value < least || value > most)
    report('outOfRange', field, { least, most, value })
}

function checkCount(
  field: string,
  [count, least, most]: [count: number, least: number, most: number],
  report: ReportSetting,
): void {
  if (count < least) report('tooFew', field, { count, least })
  if (count > most) report('tooMany', field, { count, most })
}

function checkQuestion({ text, options, explanation }: QuizQuestion, report: ReportSetting): void {
  checkWording('text', [text, QUESTION_MAX_CHARACTERS], report)
  checkCount('options', [options.length, OPTIONS_LEAST, OPTIONS_MAX], report)
  for (const [place, option] of options.entries()) {
    const field = `option${place + 1}`
    checkWording(field, [option.text, OPTION_MAX_CHARACTERS], report)
    checkSame(field, options.slice(0, place), option.text, report)
  }
  if (options.length > 0 && !options.some(({ isRight }) => isRight)) report('noRightAnswer', 'options')
  for (const language of LANGUAGES)
    if ([...explanation[language]].length > QUESTION_MAX_CHARACTERS)
      report('tooLong', 'explanation', { most: QUESTION_MAX_CHARACTERS })
}

function checkWording(
  field: string,
  [wording, most]: [wording: Wording, most: number],
  report: ReportSetting,
) {
  if (LANGUAGES.every((language) => wording[language].trim() === '')) report('required', field)
  else if (LANGUAGES.some((language) => [...wording[language]].length > most))
    report('tooLong', field, { most })
}

/** Two answers that read alike cannot be told from each other. */
function checkSame(
  field: string,
  earlier: readonly { text: Wording }[],
  text: Wording,
  report: ReportSetting,
): void {
  for (const language of LANGUAGES) {
    const own = text[language].trim()
    if (own !== '' && earlier.some((one) => one.text[language].trim() === own))
      return report('taken', field, { value: own.slice(0, 60) })
  }
}
