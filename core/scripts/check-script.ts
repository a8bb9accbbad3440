/** Finds everything that is wrong with a script. One with a problem is not published, so that no agent stands in a dead end. */
import { CALL_LANGUAGES, type Texts } from '#core/lib/languages.ts'
import { valuesIn } from './fill-in.ts'
import {
  BRANCHES_MAX,
  type Script,
  SCRIPT_VALUES,
  type ScriptStep,
  SENTENCE_MAX_CHARACTERS,
  SENTENCES_MAX,
  STEPS_MAX,
} from './script.ts'

export const SCRIPT_PROBLEM_CODES = [
  'missingStep',
  'deadEnd',
  'goesInCircle',
  'unreachable',
  'twiceNamed',
  'missingText',
  'textTooLong',
  'unknownValue',
  'tooMany',
] as const
export type ScriptProblemCode = (typeof SCRIPT_PROBLEM_CODES)[number]

export type ScriptProblem = {
  readonly step: string
  readonly code: ScriptProblemCode
  readonly message: string
}

type Report = (code: ScriptProblemCode, message: string) => void

export function checkScript(script: Script): ScriptProblem[] {
  const problems: ScriptProblem[] = []
  const reportAt =
    (step: string): Report =>
    (code, message) =>
      problems.push({ step, code, message })
  const atStart = reportAt(script.start)

  if (script.steps.length + script.asides.length > STEPS_MAX)
    atStart('tooMany', `There are more than ${STEPS_MAX} steps.`)
  checkText(script.names, 'The name of the script', atStart)
  for (const rule of script.rules) checkText(rule, 'A rule', atStart)

  const known = new Map(script.steps.map((step) => [step.id, step]))
  if (!known.has(script.start))
    atStart('missingStep', `It begins at „${script.start}", which does not exist.`)
  for (const id of namedTwice(script)) reportAt(id)('twiceNamed', `Two steps are called „${id}".`)
  for (const step of script.steps) {
    checkWords(step, reportAt(step.id))
    checkWayOn(step, known, reportAt(step.id))
  }
  for (const aside of script.asides) checkWords(aside, reportAt(aside.id))

  const reached = new Set<string>()
  if (circleFrom(script.start, { known, reached, above: [] }))
    atStart('goesInCircle', 'A step leads back to one before it.')
  for (const { id } of script.steps)
    if (!reached.has(id)) reportAt(id)('unreachable', `Nothing leads to „${id}".`)
  return problems
}

function checkWayOn(step: ScriptStep, known: ReadonlyMap<string, ScriptStep>, report: Report): void {
  const { branches, next } = step
  if (branches?.length === 0) report('deadEnd', 'The talk turns here, and there is nowhere to turn to.')
  if (branches && next !== null)
    report('deadEnd', 'The talk turns here, and a step follows that nobody would come to.')
  if (branches && branches.length > BRANCHES_MAX)
    report('tooMany', `The talk can turn to more than ${BRANCHES_MAX} sides.`)
  if (branches && new Set(branches.map(({ id }) => id)).size < branches.length)
    report('twiceNamed', 'Two of its branches have the same name.')
  for (const { label } of branches ?? []) checkText(label, 'The label of a branch', report)
  for (const to of waysOn(step))
    if (!known.has(to)) report('missingStep', `It leads to „${to}", which does not exist.`)
}

function checkWords(step: ScriptStep, report: Report): void {
  if (step.say.length > SENTENCES_MAX) report('tooMany', `It has more than ${SENTENCES_MAX} sentences.`)
  checkText(step.title, 'The title', report)
  for (const sentence of step.say) checkText(sentence, 'A sentence', report)
  if (step.toDo) checkText(step.toDo, 'What is to be done', report)
}

function checkText(text: Texts, what: string, report: Report): void {
  for (const language of CALL_LANGUAGES) {
    const said = text[language]
    if (said.trim() === '') report('missingText', `${what} is empty in „${language}".`)
    if (said.length > SENTENCE_MAX_CHARACTERS)
      report('textTooLong', `${what} has more than ${SENTENCE_MAX_CHARACTERS} characters in „${language}".`)
    for (const value of valuesIn(said))
      if (!SCRIPT_VALUES.some((known) => known === value))
        report('unknownValue', `${what} says {${value}} in „${language}", which nobody fills in.`)
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
