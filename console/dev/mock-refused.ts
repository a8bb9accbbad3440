import type { Problem, ProblemCode } from '#contract/problems.ts'

/** What the make-believe server does not do, and why. */
export class Refused extends Error {
  readonly code: ProblemCode
  readonly problems: Problem['problems']

  constructor(code: ProblemCode, problems?: Problem['problems']) {
    super(code)
    this.code = code
    this.problems = problems
  }
}
