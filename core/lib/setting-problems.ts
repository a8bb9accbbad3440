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
  badTopicCode: 'A code is two digits for each of at most three levels, as 01.02.03.',
  noParent: 'There is no „{value}" above it.',
  sameName: 'It is called as „{value}" beside it.',
  badTrunkCode: 'A code begins with a small letter and has small letters, digits and dashes, {most} at most.',
  badAddress: '„{value}" (line {line}) is no IP address; names are not believed.',
  tooWide: '„{value}" (line {line}) is a network of too many; it must be /{least} or narrower.',
  addressOfOther: '„{value}" (line {line}) is an address of the trunk {other}.',
  badPattern:
    '„{value}" (line {line}) is no number: digits, X, Z or N for any digit, a dot at the end for more.',
  badServer: 'It must be the name or address of a server, with a port if need be.',
  badAccount: 'It may hold letters, digits and + _ . - only.',
  badSipPassword: 'It has a space, a semicolon or another sign that cannot be used.',
  badOutboundUri:
    'It must be as sip:NUMBER@host, where NUMBER is e164, digits or national in curly brackets.',
  reserved: '„{value}" means something else already.',
  allToBeAgreed: 'There must be a break that nobody has to agree to.',
  tooFewOffered: 'At least {least} must be offered.',
  tooManyParts: 'It goes out in {count} parts; {most} are allowed.',
  tooFew: 'There are {count}; at least {least} are needed.',
  noRightAnswer: 'None of the answers is right.',
  notPublished: '„{value}" is not published.',
  deadEnd:
    'The talk turns here and there is nowhere to turn to, or a step follows that nobody would come to.',
  goesInCircle: 'A step leads back to one before it.',
  unreachable: 'Nothing leads here.',
  unknownValue: '„{value}" in braces is filled in by nobody.',
  noLanguage: 'Whoever takes calls speaks a language in which they are held.',
  queuesWithoutCalls: 'Whoever takes no calls serves no queue.',
  lastAdministrator: 'Nobody else would be left who may change people.',
  flowLeadsHere: 'The voice menu leads callers here.',
  topicsLeadHere: 'Topics of the classifier name this queue.',
  callersWaitHere: 'Callers wait here, or are to be called back from here.',
  yourself: 'You cannot do this to yourself.',
  badEmail: 'It must be an e-mail address and nothing beside it.',
  badUrl: 'It must be an address that begins with https:// or http://.',
  badNumber: 'It must be digits, with a plus before them if need be.',
  badPhone: '„{value}" (line {line}) is no whole telephone number.',
  badPrefix: 'It must be capitals and digits, eight at most, a capital first.',
  badTime: 'It must be a time of the day.',
  badDay: '„{value}" is no day.',
  endsFirst: 'It ends before it begins.',
  shorterThanQuiet:
    'It is no longer than the quiet hours, so a promise of the evening would end in the night; at least {least}.',
  badBeginning:
    '„{value}" (line {line}) is neither the beginning of a number with its country, as +998, nor a whole short number.',
  allowedToo: '„{value}" (line {line}) is allowed as well.',
  badToken: 'It may hold letters, digits, dashes and underscores only.',
  tooShort: 'It must have {least} characters or more.',
  notThisComputer: 'It must be an address of the computer itself, as wss://127.0.0.1:64443.',
  badApiKey: 'Line {line} is no domain with its key: a domain, a space, letters A to F and digits.',
  badPinfl: 'It is no PINFL: fourteen digits, of which the last is counted from the others.',
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
