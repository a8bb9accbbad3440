/**
 * What a quiz was worth. A question is right when exactly its right answers were chosen: half a question is none, or
 * whoever chooses everything would always be half right.
 */
import type { CourseBody, QuizQuestion } from './course.ts'

/** For each question the places of the chosen answers, from 0. */
export type QuizAnswers = readonly (readonly number[])[]

export type QuizMark = {
  readonly right: number
  readonly of: number
  readonly isPassed: boolean
  readonly isRight: readonly boolean[]
}

export type Quiz = Pick<CourseBody, 'questions' | 'passPercent'>

/** Nothing where the answers are not those of this quiz: too few, too many, or of no such place. */
export function markQuiz({ questions, passPercent }: Quiz, answers: QuizAnswers): QuizMark | undefined {
  const isOfIt =
    answers.length === questions.length &&
    questions.every(({ options }, place) =>
      answers[place]?.every((chosen) => Number.isInteger(chosen) && chosen >= 0 && chosen < options.length),
    )
  if (!isOfIt || questions.length === 0) return undefined
  const isRight = questions.map((question, place) => isAnsweredRight(question, answers[place] ?? []))
  const right = isRight.filter(Boolean).length
  // In whole numbers: 7 of 10 is 70 %, whatever 0.7 is in a computer.
  return { right, of: questions.length, isPassed: right * 100 >= passPercent * questions.length, isRight }
}

function isAnsweredRight({ options }: QuizQuestion, chosen: readonly number[]): boolean {
  return options.every(({ isRight }, place) => isRight === chosen.includes(place))
}

/** Whole percent that have been reached; never rounded up to a mark that was not. */
export function percentOf({ right, of }: Pick<QuizMark, 'right' | 'of'>): number {
  return Math.floor((right * 100) / of)
}

/** Whether two sets of answers say the same: sent twice by a slow network, they are one. */
export function areSameAnswers(some: QuizAnswers, others: QuizAnswers): boolean {
  const written = (answers: QuizAnswers) =>
    JSON.stringify(answers.map((chosen) => [...new Set(chosen)].toSorted((a, b) => a - b)))
  return written(some) === written(others)
}

/** How often one may still try; nothing where there is no limit. `failed`: since the last pass, or since more were given. */
export function triesLeft(triesMax: number | null, failed: number): number | null {
  return triesMax === null ? null : Math.max(0, triesMax - failed)
}
