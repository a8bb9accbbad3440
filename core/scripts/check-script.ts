/**
 * Finds everything that is wrong with a script. One with a problem is not published, so that no agent stands in a dead end.
 *
 * Rows: `*` is the script as a whole, otherwise the step. Fields: `say2` is the second sentence of a step, `branch1` its
 * first branch, `rule3` the third rule; a text of one language is told with that language, `say2.ru`.
 */
import { CALL_LANGUAGES, type Texts } from '#core/lib/languages.ts'
import { type ReportSetting, type SettingProblem, settingReport } from '#core/lib/setting-problems.ts'
import { valuesIn } from './fill-in.ts'
import {
  BRANCHES_MAX,
  RULES_MAX,
  type Script,
  SCRIPT_VALUES,
  type ScriptStep,
  SENTENCE_MAX_CHARACTERS,
  SENTENCES_MAX,
  STEPS_MAX,
} from './script.ts'

export function checkScript(script: Script): SettingProblem[] {
  const problems: SettingProblem[] = []
  const whole = settingReport(problems, '*')
  checkCount('steps', [script.steps.length + script.asides.length, STEPS_MAX], whole)
  checkCount('rules', [script.rules.length, RULES_MAX], whole)
  checkText('names', script.names, whole)
  for (const [place, rule] of script.rules.entries()) checkText(`rule${place + 1}`, rule, whole)

  const known = new Map(script.steps.map((step) => [step.id, step]))
  if (!known.has(script.start)) whole('unknown', 'start', { value: script.start })
  for (const id of namedTwice(script)) settingReport(problems, id)('taken', 'id', { value: id })
  for (const step of script.steps) {
    const report = settingReport(problems, step.id)
    checkWords(step, report)
    checkWayOn(step, known, report)
  }
  for (const aside of script.asides) checkWords(aside, settingReport(problems, aside.id))

  const reached = new Set<string>()
  if (circleFrom(script.start, { known, reached, above: [] })) whole('goesInCircle', 'start')
  for (const { id } of script.steps) if (!reached.has(id)) settingReport(problems, id)('unreachable', 'id')
  return problems
}

function checkWayOn(
  { branches, next }: ScriptStep,
  known: ReadonlyMap<string, ScriptStep>,
  report: ReportSetting,
): void {
  if (next !== null && !known.has(next)) report('unknown', 'next', { value: next })
  if (!branches) return
  if (branches.length === 0 || next !== null) report('deadEnd', 'next')
  checkCount('branches', [branches.length, BRANCHES_MAX], report)
  for (const [place, { id, label, to }] of branches.entries()) {
    const field = `branch${place + 1}`
    checkText(field, label, report)
    if (branches.findIndex((one) => one.id === id) < place) report('taken', field, { value: id })
    if (!known.has(to)) report('unknown', field, { value: to })
  }
}

function checkWords({ say, title, toDo }: ScriptStep, report: ReportSetting): void {
  checkCount('say', [say.length, SENTENCES_MAX], report)
  checkText('title', title, report)
  for (const [place, sentence] of say.entries()) checkText(`say${place + 1}`, sentence, report)
  if (toDo) checkText('toDo', toDo, report)
}

function checkCount(
  field: string,
  [count, most]: [count: number, most: number],
  report: ReportSetting,
): void {
  if (count > most) report('tooMany', field, { count, most })
}

function checkText(field: string, text: Texts, report: ReportSetting): void {
  for (const language of CALL_LANGUAGES) {
    const said = text[language]
    const at = `${field}.${language}`
    if (said.trim() === '') report('required', at)
    if (said.length > SENTENCE_MAX_CHARACTERS) report('tooLong', at, { most: SENTENCE_MAX_CHARACTERS })
    const value = valuesIn(said).find((one) => !SCRIPT_VALUES.some((fills) => fills === one))
    if (value !== undefined) report('unknownValue', at, { value })
  }
}

export function waysOn({ branches, next }: ScriptStep): string[] {
  if (branches) return branches.map(({ to }) => to)
  return next === null ? [] : [next]
}

function namedTwice({ steps, asides }: Script): string[] {
  const ids = [...steps, ...asides].map(({ id }) => id)
  return [...new Set(ids.filter((id, place) => ids.indexOf(id) !== place))]
}

type Walk = {
  readonly known: ReadonlyMap<string, ScriptStep>
  readonly reached: Set<string>
  readonly above: readonly string[]
}

/** Whether a way from here comes back to itself; notes everything it reaches. */
function circleFrom(id: string, walk: Walk): boolean {
  if (walk.above.includes(id)) return true
  const step = walk.known.get(id)
  if (!step || walk.reached.has(id)) return false
  walk.reached.add(id)
  const below = { ...walk, above: [...walk.above, id] }
  return waysOn(step)
    .map((to) => circleFrom(to, below))
    .some(Boolean)
}
