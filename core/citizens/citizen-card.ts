/**
 * What is kept of a citizen, field by field, and what may stand in each. A form is read here before it is sent and again
 * by the server; both say the same about the same mistake.
 */
import { CALL_LANGUAGES, type CallLanguage } from '../lib/languages.ts'
import { addMonths, type Day, isDay } from '../lib/time.ts'
import { charactersOver } from '../text/characters-over.ts'
import { asPlainText, asStorableText } from '../text/hostile-text.ts'
import { searchKey } from '../text/search-key.ts'
import { normaliseApostrophes, toCyrillic, toLatin } from '../text/uzbek-script.ts'
import { readPassport, readStir } from './documents.ts'
import { readPinfl } from './pinfl.ts'
import { REGIONS, type Region } from './regions.ts'

export const CITIZEN_KINDS = ['person', 'legalEntity'] as const
export type CitizenKind = (typeof CITIZEN_KINDS)[number]

/** To the handling of his personal data (law OʻRQ-547, article 18). */
export const CONSENTS = ['notAsked', 'given', 'refused'] as const
export type Consent = (typeof CONSENTS)[number]

export const CARD_FIELDS = [
  'kind',
  'name',
  'nameCyrillic',
  'birthDay',
  'isMinor',
  'pinfl',
  'passport',
  'stir',
  'region',
  'address',
  'language',
  'representative',
  'consent',
  'note',
] as const
export type CardField = (typeof CARD_FIELDS)[number]

/** As a form has them: what is not known is empty. */
export type CardFields = {
  readonly kind: CitizenKind
  /** In Latin letters. */
  readonly name: string
  /** Empty where it is written from the Latin one. */
  readonly nameCyrillic: string
  readonly birthDay: string
  readonly isMinor: boolean
  readonly pinfl: string
  readonly passport: string
  readonly stir: string
  readonly region: string
  /** Of a legal entity: where it has its seat. */
  readonly address: string
  readonly language: string
  /** Who acts for him, and by what right. */
  readonly representative: string
  readonly consent: Consent
  readonly note: string
}

export const EMPTY_CARD: CardFields = {
  kind: 'person',
  name: '',
  nameCyrillic: '',
  birthDay: '',
  isMinor: false,
  pinfl: '',
  passport: '',
  stir: '',
  region: '',
  address: '',
  language: '',
  representative: '',
  consent: 'notAsked',
  note: '',
}

/** Of documents more than they have, as they are typed with spaces and dashes; of the note a whole pasted letter. */
export const CARD_MAX_CHARACTERS = {
  name: 200,
  nameCyrillic: 200,
  pinfl: 40,
  passport: 40,
  stir: 40,
  address: 400,
  representative: 400,
  note: 102_400,
} as const satisfies { readonly [Field in CardField]?: number }
const LIMITED = Object.keys(CARD_MAX_CHARACTERS) as (keyof typeof CARD_MAX_CHARACTERS)[]

const NOT_OF: Readonly<Record<CitizenKind, readonly CardField[]>> = {
  person: ['stir', 'address'],
  legalEntity: ['birthDay', 'isMinor', 'pinfl', 'passport'],
}

const FULL_AGE_YEARS = 18
const OLDEST_BIRTH_DAY: Day = '1890-01-01'

export type FieldFault =
  | 'noLetters'
  | 'notADay'
  | 'notBornYet'
  | 'pinflForm'
  | 'pinflBirthDay'
  | 'pinflCheckDigit'
  | 'pinflOfAnotherDay'
  | 'passportForm'
  | 'stirForm'
  | 'unknown'

export type CardFault = { readonly field: CardField; readonly fault: FieldFault }

/** Whether a card of this kind has the field. */
export function hasField(kind: CitizenKind, field: CardField): boolean {
  return !NOT_OF[kind].includes(field)
}

/** Whether something is longer than the server takes; told at its field from the first letter too many. */
export function isTooLong(form: CardFields): boolean {
  return LIMITED.some(
    (field) => hasField(form.kind, field) && charactersOver(form[field], CARD_MAX_CHARACTERS[field]) > 0,
  )
}

/** The form as it is kept, and everything wrong with it. */
export function readCard(form: CardFields, today: Day): { card: CardFields; faults: CardFault[] } {
  const own = withoutFieldsOfOthers(form)
  const faults: CardFault[] = []
  const wrong = (field: CardField, fault: FieldFault) => void faults.push({ field, fault })
  const names = readNames(own)
  if (searchKey(names.name) === '') wrong('name', 'noLetters')
  const pinfl = readPinflField(own, wrong)
  const passport = own.passport.trim() === '' ? '' : readPassport(own.passport)
  if (passport === undefined) wrong('passport', 'passportForm')
  const stir = own.stir.trim() === '' ? '' : readStir(own.stir)
  if (stir === undefined) wrong('stir', 'stirForm')
  checkBirthDay(own.birthDay, today, wrong)
  if (own.region !== '' && !isRegion(own.region)) wrong('region', 'unknown')
  if (own.language !== '' && !isCallLanguage(own.language)) wrong('language', 'unknown')
  const card = {
    ...own,
    ...names,
    pinfl,
    passport: passport ?? own.passport,
    stir: stir ?? own.stir,
    address: asPlainText(own.address, CARD_MAX_CHARACTERS.address).text.trim(),
    representative: asPlainText(own.representative, CARD_MAX_CHARACTERS.representative).text.trim(),
    note: asStorableText(own.note),
  }
  return { card, faults }
}

/** Both scripts of the name: the one that was not written is made. */
export function namesOf({ name, nameCyrillic }: Pick<CardFields, 'name' | 'nameCyrillic'>) {
  return { latin: name, cyrillic: nameCyrillic || toCyrillic(name) }
}

/** A name as somebody wrote it, put where its script belongs. */
export function readName(written: string): Pick<CardFields, 'name' | 'nameCyrillic'> {
  const text = plainName(written)
  return isCyrillic(text) ? { name: toLatin(text), nameCyrillic: text } : { name: text, nameCyrillic: '' }
}

/** What the card is found by: either name, in the coarse letters of searches. */
export function cardSearchKey(names: Pick<CardFields, 'name' | 'nameCyrillic'>): string {
  const keys = [searchKey(names.name), searchKey(names.nameCyrillic)].filter(Boolean)
  return [...new Set(keys)].join('|')
}

/** By his day of birth where it is known, else by what was noted. */
export function isMinor({ birthDay, isMinor: noted }: Pick<CardFields, 'birthDay' | 'isMinor'>, today: Day) {
  return isDay(birthDay) ? addMonths(birthDay, FULL_AGE_YEARS * 12) > today : noted
}

export function isRegion(text: string): text is Region {
  return (REGIONS as readonly string[]).includes(text)
}

function isCallLanguage(text: string): text is CallLanguage {
  return (CALL_LANGUAGES as readonly string[]).includes(text)
}

function withoutFieldsOfOthers(form: CardFields): CardFields {
  const empty = Object.fromEntries(NOT_OF[form.kind].map((field) => [field, EMPTY_CARD[field]]))
  return { ...form, ...empty }
}

function readNames({ name, nameCyrillic }: CardFields): Pick<CardFields, 'name' | 'nameCyrillic'> {
  const written = plainName(nameCyrillic)
  return written === ''
    ? readName(name)
    : { name: plainName(name) || toLatin(written), nameCyrillic: written }
}

function plainName(text: string): string {
  return normaliseApostrophes(asPlainText(text, CARD_MAX_CHARACTERS.name).text).replace(/\s+/g, ' ').trim()
}

function isCyrillic(text: string): boolean {
  return /\p{Script=Cyrillic}/u.test(text) && !/[a-z]/i.test(text)
}

type Wrong = (field: CardField, fault: FieldFault) => void

function readPinflField({ pinfl, birthDay }: CardFields, wrong: Wrong): string {
  if (pinfl.trim() === '') return ''
  const read = readPinfl(pinfl)
  if ('fault' in read) {
    const { fault } = read
    wrong(
      'pinfl',
      fault === 'form' ? 'pinflForm' : fault === 'birthDay' ? 'pinflBirthDay' : 'pinflCheckDigit',
    )
    return pinfl
  }
  if (birthDay !== '' && birthDay !== read.birthDay) wrong('pinfl', 'pinflOfAnotherDay')
  return read.pinfl
}

function checkBirthDay(birthDay: string, today: Day, wrong: Wrong): void {
  if (birthDay === '') return
  if (!isDay(birthDay) || birthDay < OLDEST_BIRTH_DAY) wrong('birthDay', 'notADay')
  else if (birthDay > today) wrong('birthDay', 'notBornYet')
}
