/**
 * Whose number a call shows, from the texts a trunk sends.
 *
 * The texts are claims: anyone can set them, families share them, so a number
 * is never proof of a person. They are also hostile input; nothing here throws
 * and nothing but digits gets into `e164`. The text itself is kept as `raw`.
 *
 * Uzbek numbers are +998 and nine digits since 2018; trunks write them in many
 * ways. Whether a number is a mobile one is not decided here: the area codes
 * 61 to 79 contain mobile blocks, so two digits do not tell.
 */
import { asPlainText } from './hostile-text.ts'

export type NumberConfidence = 'high' | 'low' | 'none'

export type PhoneNumber = {
  /** What the trunk sent, made storable. */
  readonly raw: string
  readonly e164?: string
  /** `low` where part of the number was guessed, `none` where there is no number to call back. */
  readonly confidence: NumberConfidence
  /** The caller asked not to be shown, or the network does not know. */
  readonly hidden?: true
}

/**
 * How a trunk writes numbers. `automatic` knows the ways of Uzbek carriers; on an `international` one every number
 * begins with its country code, with or without a plus, so that a foreign number of nine digits is not taken for ours.
 */
export const NUMBER_FORMATS = ['automatic', 'international'] as const
export type NumberFormat = (typeof NUMBER_FORMATS)[number]

/** The headers in which SIP carries the caller, as the trunk sent them. */
export type CallerHeaders = {
  readonly assertedIdentity?: string | undefined
  readonly remotePartyId?: string | undefined
  readonly from?: string | undefined
}

const RAW_MAX_CHARACTERS = 256
/** By E.164; the shortest real international numbers have seven. */
const FOREIGN_DIGITS = { min: 7, max: 15 }
const HIDDEN_WORDS = new Set([
  'anonymous',
  'unavailable',
  'unknown',
  'restricted',
  'private',
  'withheld',
  'hidden',
  'none',
  'asserted',
])

/** The first two digits of the nine that are given out: mobile and fixed. */
const UZBEK_PREFIXES = new Set([
  '20',
  '33',
  '50',
  '55',
  '61',
  '62',
  '65',
  '66',
  '67',
  '69',
  '70',
  '71',
  '72',
  '73',
  '74',
  '75',
  '76',
  '77',
  '78',
  '79',
  '80',
  '87',
  '88',
  '90',
  '91',
  '92',
  '93',
  '94',
  '95',
  '97',
  '98',
  '99',
])

/**
 * The network's own word first (P-Asserted-Identity), then the older Remote-Party-ID, then what the caller's phone
 * claims: the first of them that is a number, be it only a short one.
 */
export function normaliseCaller(
  { assertedIdentity, remotePartyId, from }: CallerHeaders,
  format: NumberFormat = 'automatic',
): PhoneNumber {
  const sent = [assertedIdentity, remotePartyId, from].filter(
    (header) => header !== undefined && header.trim() !== '',
  )
  const numbers = sent.map((header) => parsePhoneNumber(userPart(header ?? ''), format))
  const isNumber = ({ raw, hidden }: PhoneNumber) => !hidden && digitsOf(raw) !== undefined
  const shown = numbers.find(isNumber) ?? numbers.find(({ hidden }) => !hidden) ?? numbers[0]
  return shown ?? { raw: '', confidence: 'none', hidden: true }
}

export function parsePhoneNumber(text: string, format: NumberFormat = 'automatic'): PhoneNumber {
  const raw = asPlainText(text, RAW_MAX_CHARACTERS).text.trim()
  const digits = digitsOf(raw)
  if (isHidden(raw, digits)) return { raw, confidence: 'none', hidden: true }
  if (digits === undefined) return { raw, confidence: 'none' }
  const found =
    format === 'international' ? fromInternational(digits.replace(/^(\+|00)/, '')) : fromDigits(digits)
  return found ? { raw, ...found } : { raw, confidence: 'none' }
}

/** Digits with a leading `+` if there was one; nothing where the text is more than a number. */
function digitsOf(raw: string): string | undefined {
  const compact = raw.replace(/[\s().\-‐-―/]/gu, '')
  return /^\+?\d+$/.test(compact) ? compact : undefined
}

function fromDigits(written: string): { e164: string; confidence: 'high' | 'low' } | undefined {
  const digits = written.startsWith('00') ? `+${written.slice(2)}` : written
  if (digits.startsWith('+')) return fromInternational(digits.slice(1))
  if (digits.length === 12 && digits.startsWith('998')) return fromInternational(digits)
  if (digits.length === 9) return fromNational(digits)
  if (digits.length === 10 && digits.startsWith('8')) return fromNational(digits.slice(1))
  // An old local number of Tashkent: the area code is a guess.
  if (digits.length === 7 && !digits.startsWith('0')) return { e164: `+99871${digits}`, confidence: 'low' }
  return undefined
}

function fromInternational(digits: string): { e164: string; confidence: 'high' } | undefined {
  if (digits.startsWith('998')) return fromNational(digits.slice(3))
  const isPossible =
    digits.length >= FOREIGN_DIGITS.min && digits.length <= FOREIGN_DIGITS.max && !digits.startsWith('0')
  return isPossible ? { e164: `+${digits}`, confidence: 'high' } : undefined
}

function fromNational(digits: string): { e164: string; confidence: 'high' } | undefined {
  const isGivenOut = digits.length === 9 && UZBEK_PREFIXES.has(digits.slice(0, 2))
  return isGivenOut ? { e164: `+998${digits}`, confidence: 'high' } : undefined
}

function isHidden(raw: string, digits: string | undefined): boolean {
  return raw === '' || HIDDEN_WORDS.has(raw.toLowerCase()) || (digits !== undefined && /^\+?0+$/.test(digits))
}

/** The number in a header such as `"Ali" <sip:+998901234567@10.0.0.1;user=phone>`, or the text itself. */
function userPart(header: string): string {
  const [, user] = /(?:sips?|tel):([^@;>\s]*)/i.exec(header.slice(0, RAW_MAX_CHARACTERS * 4)) ?? []
  return user === undefined ? header : user.replace(/^%2b/i, '+')
}

const UZBEK = /^\+998(\d{2})(\d{3})(\d{2})(\d{2})$/

/** As people read it: `+998 90 123 45 67`. Whatever is no Uzbek number stays as it is. */
export function displayNumber(e164: string): string {
  return e164.replace(UZBEK, '+998 $1 $2 $3 $4')
}

/** `+998 90 *** ** 67`: enough for the owner to know it again, too little to call. */
export function maskNumber(e164: string): string {
  if (UZBEK.test(e164)) return e164.replace(UZBEK, '+998 $1 *** ** $4')
  // A short number belongs to an office or is an inner line; with two digits shown nothing would be left to hide.
  if (e164.length < 7) return '*'.repeat(e164.length)
  return `${e164.slice(0, 3)}${'*'.repeat(e164.length - 5)}${e164.slice(-2)}`
}
