/**
 * What can be wrong with something an administrator fills in, as data for whoever says it in his language, and in
 * English. The settings of queues and the flows have tables of their own.
 */

type Params = Readonly<Record<string, string | number>>

/** `{name}` is filled in from the params of the problem. */
const TEXTS = {
  required: 'It is not filled in.',
  tooLong: 'It is longer than {most} characters.',
  badLogin: 'A login has small letters, digits, dots and dashes, from 2 to 64 of them.',
  badCode: 'A code begins with a small letter and has letters and digits only, {most} at most.',
  taken: '„{value}" is there already.',
  unknown: 'There is no „{value}".',
  outOfRange: 'It must be a whole number from {least} to {most}, not {value}.',
  tooMany: 'There are {count}; {most} are allowed.',
  noLanguage: 'Whoever takes calls speaks a language in which they are held.',
  queuesWithoutCalls: 'Whoever takes no calls serves no queue.',
  lastAdministrator: 'Nobody else would be left who may change people.',
  flowLeadsHere: 'The voice menu leads callers here.',
  callersWaitHere: 'Callers wait here, or are to be called back from here.',
  yourself: 'You cannot do this to yourself.',
} as const

export type SettingProblemCode = keyof typeof TEXTS
export const SETTING_PROBLEM_CODES = Object.keys(TEXTS) as SettingProblemCode[]

export type SettingProblem = {
  /** Of a table: its code, or its number from 1. */
  readonly row: string
  readonly field: string
  readonly code: SettingProblemCode
  readonly params: Params
  readonly message: string
}

export type ReportSetting = (code: SettingProblemCode, field: string, params?: Params) => void

/** Collects what is wrong with one row. */
export function settingReport(problems: SettingProblem[], row: string): ReportSetting {
  return (code, field, params = {}) => void problems.push(settingProblem(row, code, { field, params }))
}

export function settingProblem(
  row: string,
  code: SettingProblemCode,
  { field, params = {} }: { field: string; params?: Params },
): SettingProblem {
  const text = TEXTS[code].replace(/\{(\w+)\}/g, (_, name: string) => String(params[name]))
  return { row, field, code, params, message: `${row}, ${field}: ${text}` }
}

/** A name that is filled in and not too long. */
export function checkName(
  report: ReportSetting,
  field: string,
  [text, most]: [text: string, most: number],
): void {
  if (text.trim() === '') report('required', field)
  else if ([...text].length > most) report('tooLong', field, { most })
}
