/** How approved appeals reach the chancellery, as an administrator fills it in; checked with every key and again on saving. */
import { type SettingProblem, settingReport } from '../lib/setting-problems.ts'

export const DISPATCH_DRIVERS = ['cabinet', 'email', 'http'] as const
/** `cabinet`: the chancellery works in the console, and nothing is sent. */
export type DispatchDriver = (typeof DISPATCH_DRIVERS)[number]

export const MAIL_SECURITIES = ['tls', 'starttls', 'none'] as const
/** `none` only where the mail server is on the same machine or network. */
export type MailSecurity = (typeof MAIL_SECURITIES)[number]

export const SECRET_MIN_CHARACTERS = 16
const TEXT_MAX_CHARACTERS = 300
const PORT_MAX = 65_535

export type DispatchForm = {
  readonly driver: DispatchDriver
  readonly email: {
    readonly host: string
    readonly port: number
    readonly security: MailSecurity
    /** Empty where the server asks for none. */
    readonly user: string
    readonly from: string
    readonly to: string
  }
  readonly http: { readonly url: string }
}

/** What is written only once and never shown again: whether it is there. */
export type HeldSecrets = { readonly hasPassword: boolean; readonly hasSecret: boolean }

export const FIRST_DISPATCH: DispatchForm = {
  driver: 'cabinet',
  email: { host: '', port: 465, security: 'tls', user: '', from: '', to: '' },
  http: { url: '' },
}

/** Only the way that is chosen has to be filled in. */
export function checkDispatch(
  form: DispatchForm,
  held: HeldSecrets,
  typed: { readonly password?: string | undefined; readonly secret?: string | undefined } = {},
): SettingProblem[] {
  const problems: SettingProblem[] = []
  if (form.driver === 'email') checkEmail(form.email, held.hasPassword || filled(typed.password), problems)
  if (form.driver === 'http') checkHttp(form.http, held.hasSecret, { typed: typed.secret, problems })
  return problems
}

function checkEmail(email: DispatchForm['email'], hasPassword: boolean, problems: SettingProblem[]): void {
  const report = settingReport(problems, 'email')
  if (email.host === '') report('required', 'host')
  else if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$|^\[?[\da-f:.]+\]?$/i.test(email.host))
    report('badServer', 'host')
  if (!Number.isInteger(email.port) || email.port < 1 || email.port > PORT_MAX)
    report('outOfRange', 'port', { least: 1, most: PORT_MAX, value: email.port })
  for (const field of ['from', 'to'] as const) if (!isAddress(email[field])) report('badEmail', field)
  if (email.user.length > TEXT_MAX_CHARACTERS) report('tooLong', 'user', { most: TEXT_MAX_CHARACTERS })
  if (email.user !== '' && !hasPassword) report('required', 'password')
}

function checkHttp(
  { url }: DispatchForm['http'],
  hasSecret: boolean,
  { problems, typed }: { typed: string | undefined; problems: SettingProblem[] },
): void {
  const report = settingReport(problems, 'http')
  if (!/^https?:\/\/[^\s/]+/.test(url) || url.length > TEXT_MAX_CHARACTERS) report('badUrl', 'url')
  if (filled(typed) ? typed.length < SECRET_MIN_CHARACTERS : !hasSecret)
    report('tooShort', 'secret', { least: SECRET_MIN_CHARACTERS })
}

/** As mail servers take it: no name beside it, no line of its own. */
function isAddress(address: string): boolean {
  return address.length <= TEXT_MAX_CHARACTERS && /^[^\s@<>,;:"]+@[^\s@<>,;:"]+$/.test(address)
}

function filled(text: string | undefined): text is string {
  return text !== undefined && text !== ''
}
