/** What is chosen in a quiz and not sent yet, kept in the browser's tab. */
import type { QuizToAnswer } from '#contract/learning.ts'
import { forgetDraft, rememberDraft, rememberedDraft } from '../../draft-memory.ts'

type Answers = number[][]

const nameOf = (attempt: string) => `quiz.${attempt}`

export function keptAnswers({ attempt, questions }: QuizToAnswer): Answers {
  return rememberedDraft<Answers>(nameOf(attempt)) ?? questions.map(() => [])
}

export function keepAnswers(attempt: string, answers: Answers): void {
  rememberDraft(nameOf(attempt), answers)
}

export function forgetAnswers(attempt: string): void {
  forgetDraft(nameOf(attempt))
}
