/**
 * Rules of skills as an administrator writes them, one step a line or separated by semicolons:
 *
 *     wait < 60 s: ru >= 80, appeals >= 40; then ru >= 40; then any
 *
 * `wait < 2 min` says until when a step holds, counted from the beginning of the wait. `then` without a time lasts as
 * long as the step before it; the last step holds for good. `language` is the one the caller has chosen, `any` asks
 * for nothing. Whether the rules make sense is for check-skill-rules.ts.
 */
import type { SkillId } from '#core/lib/ids.ts'
import { type Place, type RuleWord, writtenSteps, type WrittenStep } from './rule-words.ts'
import { CALLERS_LANGUAGE, type SkillNeed, type SkillRules, type SkillStep } from './skill-rules.ts'

const ANY = 'any'
const THEN = 'then'
const WAIT = 'wait'
const SECONDS_OF: Readonly<Record<string, number>> = { s: 1, min: 60 }
/** Words of the notation: no skill can be called so. */
export const RULE_WORDS: readonly string[] = [ANY, THEN, WAIT, CALLERS_LANGUAGE]

/** No rules are nearly as long; a text that is has been pasted by mistake. */
export const RULE_TEXT_MAX_CHARACTERS = 2_000

/** More digits are neither a level nor a wait. */
const NUMBER_MAX_DIGITS = 6

/** What could have stood where something else was found. */
export const RULE_EXPECTATIONS = [
  'need',
  'skill',
  'atLeast',
  'level',
  'before',
  'seconds',
  'unit',
  'colon',
  'endOfStep',
] as const
export type RuleExpectation = (typeof RULE_EXPECTATIONS)[number]

export const RULE_TEXT_CODES = [
  'expected',
  'nothingWritten',
  'nothingBefore',
  'timeMissing',
  'timeAtTheEnd',
  'timeNotLater',
  'textTooLong',
] as const
export type RuleTextCode = (typeof RULE_TEXT_CODES)[number]

export type RuleTextError = Place & {
  readonly code: RuleTextCode
  readonly expected?: RuleExpectation
  /** Nothing where the step ended. */
  readonly found?: string
  readonly message: string
}

/** `lines`: where each step begins in the text. */
export type ReadRules =
  | { readonly rules: SkillRules; readonly lines: readonly number[] }
  | { readonly errors: readonly RuleTextError[] }

const EXPECTED_TEXTS: Readonly<Record<RuleExpectation, string>> = {
  need: `a skill, „${CALLERS_LANGUAGE}" or „${ANY}"`,
  skill: `a skill or „${CALLERS_LANGUAGE}"`,
  atLeast: '„>="',
  level: 'a level, a whole number',
  before: '„<"',
  seconds: 'a time, e.g. „60 s"',
  unit: '„s" or „min"',
  colon: '„:"',
  endOfStep: '„," or the end of the step',
}

const TEXTS: Readonly<Record<Exclude<RuleTextCode, 'expected'>, string>> = {
  nothingWritten: `nothing is written; „${ANY}" asks everybody`,
  nothingBefore: `„${THEN}" has no step before it`,
  timeMissing: 'say how long the first step holds, e.g. „wait < 60 s: …"',
  timeAtTheEnd: `the last step holds for good and has no time; say what is needed after it, e.g. „${THEN} ${ANY}"`,
  timeNotLater: 'this step ends before it has begun; times are counted from the beginning of the wait',
  textTooLong: `more than ${RULE_TEXT_MAX_CHARACTERS} characters`,
}

type ReadStep = Place & { until: { seconds: number; place: Place } | undefined; needs: readonly SkillNeed[] }

export function readSkillRules(text: string): ReadRules {
  if (text.length > RULE_TEXT_MAX_CHARACTERS)
    return { errors: [mistake('textTooLong', { line: 1, column: 1 })] }
  const written = writtenSteps(text)
  const read = written.map((step, index) => new StepReader(step).read(index === 0))
  const errors = read.filter((step) => 'code' in step)
  if (errors.length > 0) return { errors }
  const steps = read.filter((step) => 'needs' in step)
  return steps.length === 0 ? { errors: [mistake('nothingWritten', { line: 1, column: 1 })] } : timed(steps)
}

/** One step a line. What is read from it are the same rules. */
export function writeSkillRules(rules: SkillRules): string {
  return rules.map((step, index) => writeStep(rules, step, index)).join('\n')
}

function writeStep(rules: SkillRules, { fromSeconds, needs }: SkillStep, index: number): string {
  const until = rules[index + 1]?.fromSeconds
  const before = rules[index - 1]?.fromSeconds
  const lastsAsTheOneBefore = before !== undefined && until === 2 * fromSeconds - before
  const time = until === undefined || lastsAsTheOneBefore ? '' : `${WAIT} < ${writeTime(until)}: `
  const asked = needs.map(({ skill, atLeast }) => `${skill} >= ${atLeast}`).join(', ')
  return `${index === 0 ? '' : `${THEN} `}${time}${asked || ANY}`
}

function writeTime(seconds: number): string {
  return seconds >= 120 && seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`
}

/** From until when each step holds, since when the next one does. */
function timed(steps: readonly ReadStep[]): ReadRules {
  const rules: SkillStep[] = []
  const errors: RuleTextError[] = []
  let fromSeconds = 0
  let lasts = 0
  for (const [index, { until, needs, line, column }] of steps.entries()) {
    rules.push({ fromSeconds, needs })
    const isLast = index === steps.length - 1
    if (until && until.seconds <= fromSeconds) errors.push(mistake('timeNotLater', until.place))
    else if (until && isLast) errors.push(mistake('timeAtTheEnd', until.place))
    else if (!until && !isLast && index === 0) errors.push(mistake('timeMissing', { line, column }))
    if (until) lasts = until.seconds - fromSeconds
    fromSeconds += lasts
  }
  return errors.length > 0 ? { errors } : { rules, lines: steps.map(({ line }) => line) }
}

/** Reads one step, and stops at what it does not expect. */
class StepReader {
  readonly #words: readonly RuleWord[]
  readonly #end: Place
  #at = 0
  #error: RuleTextError | undefined

  constructor({ words, end }: WrittenStep) {
    this.#words = words
    this.#end = end
  }

  read(isFirst: boolean): ReadStep | RuleTextError {
    const { line, column } = this.#next ?? this.#end
    if (this.#isNext(THEN)) {
      if (isFirst) return mistake('nothingBefore', { line, column })
      this.#at++
    }
    const until = this.#isNext(WAIT) ? this.#time() : undefined
    const needs = this.#isNext(ANY) ? this.#anybody() : this.#needs()
    return this.#error ?? { line, column, until, needs }
  }

  #time(): ReadStep['until'] {
    this.#at++
    this.#take('before', ({ text }) => text === '<')
    const place = this.#next ?? this.#end
    const count = Number(this.#take('seconds', isNumber))
    const unit = this.#take('unit', ({ text }) => Object.hasOwn(SECONDS_OF, text))
    this.#take('colon', ({ text }) => text === ':')
    return { seconds: count * (SECONDS_OF[unit] ?? 0), place }
  }

  #anybody(): SkillNeed[] {
    this.#at++
    this.#mustEnd()
    return []
  }

  #needs(): SkillNeed[] {
    const needs: SkillNeed[] = []
    do {
      const skill = this.#take(needs.length === 0 ? 'need' : 'skill', isSkill)
      this.#take('atLeast', ({ text }) => text === '>=')
      const atLeast = Number(this.#take('level', isNumber))
      needs.push({ skill: skill as SkillId, atLeast })
    } while (this.#skipComma())
    this.#mustEnd()
    return needs
  }

  #mustEnd(): void {
    if (this.#next) this.#miss('endOfStep')
  }

  #skipComma(): boolean {
    if (!this.#isNext(',')) return false
    this.#at++
    return true
  }

  get #next(): RuleWord | undefined {
    return this.#words[this.#at]
  }

  #isNext(text: string): boolean {
    return this.#error === undefined && this.#next?.text === text
  }

  /** The text of the next word if it is as expected; after the first that is not, nothing is. */
  #take(expected: RuleExpectation, isIt: (word: RuleWord) => boolean): string {
    const word = this.#next
    if (this.#error || !word || !isIt(word)) {
      this.#miss(expected)
      return ''
    }
    this.#at++
    return word.text
  }

  #miss(expected: RuleExpectation): void {
    this.#error ??= unexpected(expected, this.#next, this.#next ?? this.#end)
  }
}

function isSkill({ kind, text }: RuleWord): boolean {
  return kind === 'word' && (text === CALLERS_LANGUAGE || !RULE_WORDS.includes(text))
}

function isNumber({ kind, text }: RuleWord): boolean {
  return kind === 'number' && text.length <= NUMBER_MAX_DIGITS
}

function mistake(code: Exclude<RuleTextCode, 'expected'>, { line, column }: Place): RuleTextError {
  return { line, column, code, message: `Line ${line}, column ${column}: ${TEXTS[code]}.` }
}

function unexpected(
  expected: RuleExpectation,
  word: RuleWord | undefined,
  { line, column }: Place,
): RuleTextError {
  const found = word ? `„${word.text}" was found` : 'the step ended'
  const message = `Line ${line}, column ${column}: expected ${EXPECTED_TEXTS[expected]}, but ${found}.`
  return { line, column, code: 'expected', expected, ...(word && { found: word.text }), message }
}
