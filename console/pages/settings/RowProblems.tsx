import type { SettingProblem } from '#core/lib/setting-problems.ts'
import { settingProblemText } from '../../setting-words.ts'
import css from './settings.module.css'

/** What is wrong with the table as a whole. */
export function RowProblems({ problems }: { problems: readonly SettingProblem[] }) {
  return (
    <div role="status">
      {problems.length > 0 && (
        <ul className={css.problems}>
          {problems.map((problem) => (
            <li key={problem.message}>{settingProblemText(problem)}</li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** What is wrong with one field of one row. */
export function problemAt(
  problems: readonly SettingProblem[],
  row: string,
  field: string,
): string | undefined {
  const problem = problems.find((one) => one.row === row && one.field === field)
  return problem && settingProblemText(problem)
}
