/** What is chosen in a quiz and not sent yet, kept in the browser's tab. */
import type { QuizToAnswer } from '#contract/learning.ts'
import { DRAFT_KEY_PREFIX } from '../../draft-key.ts'

type Answers = number[][]

const keyOf = (attempt: string) => `${DRAFT_KEY_PREFIX}quiz.${attempt}`

export function keptAnswers({ attempt, questions }: QuizToAnswer): Answers {
  const kept = sessionStorage.getItem(keyOf(attempt))
  return kept === null ? questions.map(() => []) : (JSON.parse(kept) as Answers)
}

export function keepAnswers(attempt: string, answers: Answers): void {
  sessionStorage.setItem(keyOf(attempt), JSON.stringify(answers))
}

export function forgetAnswers(attempt: string): void {
  sessionStorage.removeItem(keyOf(attempt))
}
