import type { ProblemCode } from '#contract/problems.ts'

/**
 * Something the caller asked for cannot be done, and the caller can be told why.
 * The clients have a text for each code in each language; the message is for the log.
 *
 * Anything else that is thrown is our mistake: it is logged with its stack and
 * shown as "something went wrong".
 */
export class Refusal extends Error {
  readonly code: ProblemCode

  constructor(code: ProblemCode, message: string) {
    super(message)
    this.name = 'Refusal'
    this.code = code
  }
}
