/** Who carries SMS, as an administrator sets it up; checked with every key and again on saving. */
import { type SettingProblem, settingReport } from '../lib/setting-problems.ts'

export const SMS_DRIVERS = ['off', 'gateway', 'demo'] as const
/** `demo`: what would be sent is kept in a table, and no telephone gets anything. */
export type SmsDriver = (typeof SMS_DRIVERS)[number]

export type SmsForm = {
  readonly driver: SmsDriver
  readonly url: string
  readonly user: string
  /** What the citizen sees as the sender. */
  readonly originator: string
  /** The secret end of the address to which the gateway reports; empty where it was told none. */
  readonly reportToken: string
}

export const FIRST_SMS: SmsForm = { driver: 'off', url: '', user: '', originator: '', reportToken: '' }

const TEXT_MAX_CHARACTERS = 300
const ORIGINATOR_MAX_CHARACTERS = 20
export const REPORT_TOKEN_MIN_CHARACTERS = 20
const REPORT_TOKEN_MAX_CHARACTERS = 100

/** Only a gateway has anything to be filled in. */
export function checkSms(form: SmsForm, hasPassword: boolean, typedPassword = ''): SettingProblem[] {
  const problems: SettingProblem[] = []
  if (form.driver !== 'gateway') return problems
  const report = settingReport(problems, 'sms')
  if (!/^https?:\/\/[^\s/?#@]+(\/\S*)?$/.test(form.url) || form.url.length > TEXT_MAX_CHARACTERS)
    report('badUrl', 'url')
  for (const [field, most] of [
    ['user', TEXT_MAX_CHARACTERS],
    ['originator', ORIGINATOR_MAX_CHARACTERS],
  ] as const) {
    if (form[field] === '') report('required', field)
    else if (form[field].length > most) report('tooLong', field, { most })
  }
  if (!hasPassword && typedPassword === '') report('required', 'password')
  checkToken(form.reportToken, report)
  return problems
}

function checkToken(token: string, report: ReturnType<typeof settingReport>): void {
  if (token === '') return
  if (token.length < REPORT_TOKEN_MIN_CHARACTERS)
    report('tooShort', 'reportToken', { least: REPORT_TOKEN_MIN_CHARACTERS })
  else if (token.length > REPORT_TOKEN_MAX_CHARACTERS)
    report('tooLong', 'reportToken', { most: REPORT_TOKEN_MAX_CHARACTERS })
  else if (!/^[\w-]+$/.test(token)) report('badToken', 'reportToken')
}

/** Whether a password that was typed for the one may be used for the other: whoever changes the place would read it there. */
export function isSameGateway(before: SmsForm, after: SmsForm): boolean {
  return before.url === after.url && before.user === after.user
}
