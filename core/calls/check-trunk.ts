/**
 * Finds what is wrong with a trunk as an administrator fills it in. The shapes are those the engine's files need: what
 * has another shape never gets into them (server/asterisk/trunk-files.ts looks again).
 */
import {
  checkName,
  type ReportSetting,
  type SettingProblem,
  settingReport,
} from '#core/lib/setting-problems.ts'

export type TrunkForm = {
  readonly id: string
  readonly name: string
  /** IP addresses, with or without `/bits`. Names are refused: whoever answers for the name would be the trunk. */
  readonly peerAddresses: readonly string[]
  readonly didPatterns: readonly string[]
  /** Where the carrier wants us to register. No password: the one that is kept stays. */
  readonly registration: {
    readonly server: string
    readonly username: string
    readonly password: string | null
  } | null
  readonly codecs: readonly string[]
  readonly maxCalls: number
  readonly outboundUri: string | null
}

/** Of the other trunks, what must not be said twice. */
export type OtherTrunk = { readonly id: string; readonly peerAddresses: readonly string[] }

export const TRUNK_CODECS = ['alaw', 'ulaw'] as const
export const TRUNK_CALLS_MAX = 500
const NAME_MAX_CHARACTERS = 60
const CODE_MAX_CHARACTERS = 32
const LINES_MAX = 50
const LINE_SHOWN_CHARACTERS = 60
/** A shorter prefix would believe a whole provider's customers. */
const IPV4_BITS_LEAST = 16
const IPV6_BITS_LEAST = 48

const TRUNK_CODE = /^[a-z][a-z0-9-]{0,31}$/
/** Digits, with X for any digit, Z for 1–9, N for 2–9, and `.` at the end for "and more". */
export const DID_PATTERN = /^\+?[0-9XZN]{1,20}\.?$/
export const REGISTRAR = /^[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?(:\d{1,5})?$/
export const SIP_ACCOUNT = /^[A-Za-z0-9+_.-]{1,64}$/
/** No semicolon (a comment), no backslash, no space at the ends, no control character. */
export const SIP_PASSWORD = /^[!-:<-[\]-~]{1,128}$/
/** `{e164}` is +998901234567, `{digits}` the same without the plus, `{national}` without the country. */
export const OUTBOUND_URI =
  /^sip:[0-9+]{0,8}\{(e164|digits|national)\}@(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]{1,253})(:\d{1,5})?$/

export function checkTrunk(form: TrunkForm, others: readonly OtherTrunk[], isNew: boolean): SettingProblem[] {
  const problems: SettingProblem[] = []
  const report = settingReport(problems, form.id)
  if (!TRUNK_CODE.test(form.id)) report('badTrunkCode', 'id', { most: CODE_MAX_CHARACTERS })
  else if (isNew && others.some(({ id }) => id === form.id)) report('taken', 'id', { value: form.id })
  checkName(report, 'name', [form.name, NAME_MAX_CHARACTERS])
  checkAddresses(form, others, report)
  checkPatterns(form, report)
  checkRegistration(form, report)
  if (form.codecs.length === 0) report('required', 'codecs')
  const codec = form.codecs.find((one) => !TRUNK_CODECS.some((known) => known === one))
  if (codec !== undefined) report('unknown', 'codecs', { value: codec })
  const { maxCalls: value } = form
  if (!Number.isInteger(value) || value < 1 || value > TRUNK_CALLS_MAX)
    report('outOfRange', 'maxCalls', { least: 1, most: TRUNK_CALLS_MAX, value })
  if (form.outboundUri !== null && !OUTBOUND_URI.test(form.outboundUri))
    report('badOutboundUri', 'outboundUri')
  return problems
}

/** Of a whole page that was pasted the beginning says which line is meant. */
const shown = (line: string) => line.slice(0, LINE_SHOWN_CHARACTERS)

/** Each line is told by its number, `line` from 1, as far as there may be lines. */
function checkAddresses(
  { id, peerAddresses }: TrunkForm,
  others: readonly OtherTrunk[],
  report: ReportSetting,
) {
  if (peerAddresses.length === 0) report('required', 'peerAddresses')
  if (peerAddresses.length > LINES_MAX)
    report('tooMany', 'peerAddresses', { count: peerAddresses.length, most: LINES_MAX })
  for (const [index, address] of peerAddresses.slice(0, LINES_MAX).entries()) {
    const line = { line: index + 1, value: shown(address) }
    const bits = addressBits(address)
    if (bits === undefined) report('badAddress', 'peerAddresses', line)
    else if (bits.prefix < bits.least) report('tooWide', 'peerAddresses', { ...line, least: bits.least })
    else if (peerAddresses.indexOf(address) < index) report('taken', 'peerAddresses', line)
    // The engine would take whoever calls from there for the one or for the other.
    const other = others.find((one) => one.id !== id && one.peerAddresses.includes(address))
    if (other) report('addressOfOther', 'peerAddresses', { ...line, other: other.id })
  }
}

function checkPatterns({ didPatterns }: TrunkForm, report: ReportSetting): void {
  if (didPatterns.length === 0) report('required', 'didPatterns')
  if (didPatterns.length > LINES_MAX)
    report('tooMany', 'didPatterns', { count: didPatterns.length, most: LINES_MAX })
  for (const [index, pattern] of didPatterns.slice(0, LINES_MAX).entries()) {
    const line = { line: index + 1, value: shown(pattern) }
    if (!DID_PATTERN.test(pattern)) report('badPattern', 'didPatterns', line)
    else if (didPatterns.indexOf(pattern) < index) report('taken', 'didPatterns', line)
  }
}

function checkRegistration({ registration }: TrunkForm, report: ReportSetting): void {
  if (!registration) return
  const { password, server, username } = registration
  if (!REGISTRAR.test(server)) report('badServer', 'server')
  if (!SIP_ACCOUNT.test(username)) report('badAccount', 'username')
  if (password !== null && !SIP_PASSWORD.test(password)) report('badSipPassword', 'password')
}

/** Of a network its prefix, of a single address all bits; nothing where it is neither. */
function addressBits(text: string): { prefix: number; least: number } | undefined {
  const [address = '', bits, ...rest] = text.split('/')
  if (rest.length > 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits))) return undefined
  if (isIpv4(address)) return within(bits, { whole: 32, least: IPV4_BITS_LEAST })
  if (isIpv6(address)) return within(bits, { whole: 128, least: IPV6_BITS_LEAST })
  return undefined
}

function within(bits: string | undefined, { whole, least }: { whole: number; least: number }) {
  const prefix = bits === undefined ? whole : Number(bits)
  return prefix > whole ? undefined : { prefix, least }
}

function isIpv4(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)
}

/** Groups of hexadecimal digits, with one gap at most (RFC 4291, section 2.2); none with an IPv4 address inside. */
function isIpv6(text: string): boolean {
  const [head = '', tail, ...more] = text.split('::')
  if (more.length > 0) return false
  const groups = [...groupsOf(head), ...groupsOf(tail ?? '')]
  const isWhole = tail === undefined ? groups.length === 8 : groups.length < 8
  return isWhole && groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))
}

const groupsOf = (text: string) => (text === '' ? [] : text.split(':'))
