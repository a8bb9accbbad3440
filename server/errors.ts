import type { ProblemCode } from '#contract/problems.ts'
import type { SettingProblem } from '#core/lib/setting-problems.ts'

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

/** Something filled in that contradicts itself or something else; `problems` name the rows and fields. */
export class SettingsHaveProblems extends Refusal {
  readonly problems: readonly SettingProblem[]

  constructor(problems: readonly SettingProblem[]) {
    super(
      'settingsHaveProblems',
      `${problems.length} problems, first: ${problems[0]?.code} of ${problems[0]?.field}`,
    )
    this.problems = problems
  }
}
