/** What a citizen fills in to file an appeal, checked line by line, so that the form can say beside each field what is missing. */
import { APPEAL_KINDS, type AppealKind } from '#core/appeals/appeal-kind.ts'
import { FILER_NAME_MAX_CHARACTERS } from '#core/appeals/filers.ts'
import { MOVE_FIELD_MAX_CHARACTERS } from '#core/appeals/move-fields.ts'
import { charactersOver } from '#core/text/characters-over.ts'
import { asPlainText, asStorableText } from '#core/text/hostile-text.ts'
import { parsePhoneNumber } from '#core/text/phone-number.ts'
import { searchKey } from '#core/text/search-key.ts'
import type { ProvenPerson } from './proven-identity.ts'

/** As long as name and text of an appeal may be wherever they are written down. */
export const FILED_MAX_CHARACTERS = {
  name: FILER_NAME_MAX_CHARACTERS,
  text: MOVE_FIELD_MAX_CHARACTERS.text,
} as const
/** Shorter than this nothing can be considered: it asks for nothing. */
const FILED_TEXT_MIN_CHARACTERS = 10

export type FilingForm = {
  readonly kind: string
  readonly name: string
  readonly phone: string
  readonly text: string
  /** `CONFIDENTIAL` where it was ticked. */
  readonly confidential: string
}
export const CONFIDENTIAL = 'yes'
export const FILING_FIELDS = ['kind', 'name', 'phone', 'text'] as const
export type FilingField = (typeof FILING_FIELDS)[number]

export type Filing = {
  readonly kind: AppealKind
  readonly name: string
  /** To be proven by a code; none where a person is proven who names no telephone. */
  readonly e164: string | null
  /** Of a person who is proven. */
  readonly pinfl: string | null
  readonly text: string
  /** A report of corruption, which from the first moment nobody sees but those who handle such reports. */
  readonly isConfidential: boolean
}

export const FILING_PROBLEMS = [
  'kindMissing',
  'nameMissing',
  'nameTooLong',
  'noMobileNumber',
  'textTooShort',
  'textTooLong',
] as const
export type FilingProblem = (typeof FILING_PROBLEMS)[number]

export type FilingProblems = { readonly [Field in FilingField]?: FilingProblem }

/**
 * The filing, or what is wrong with it field by field. Of a person who is proven the name is known, and the telephone is
 * left to him.
 */
export function readFiling(
  form: FilingForm,
  person?: ProvenPerson,
): { filing: Filing } | { problems: FilingProblems } {
  const kind = APPEAL_KINDS.find((one) => one === form.kind)
  const typed = person?.name ?? form.name
  const name = asPlainText(typed, FILED_MAX_CHARACTERS.name).text.trim()
  const isLeftOut = person !== undefined && form.phone.trim() === ''
  const e164 = isLeftOut ? null : readMobileNumber(form.phone)
  const text = citizensWords(form.text)
  const length = [...text].length
  const problems: FilingProblems = {
    ...(kind === undefined && { kind: 'kindMissing' }),
    ...(searchKey(name) === '' && { name: 'nameMissing' }),
    ...(!person && lettersOver(typed, FILED_MAX_CHARACTERS.name) > 0 && { name: 'nameTooLong' }),
    ...(e164 === undefined && { phone: 'noMobileNumber' }),
    ...(length < FILED_TEXT_MIN_CHARACTERS && { text: 'textTooShort' }),
    ...(lettersOver(form.text, FILED_MAX_CHARACTERS.text) > 0 && { text: 'textTooLong' }),
  }
  return kind === undefined || e164 === undefined || Object.keys(problems).length > 0
    ? { problems }
    : {
        filing: {
          kind,
          name,
          e164,
          pinfl: person?.pinfl ?? null,
          text,
          isConfidential: form.confidential === CONFIDENTIAL,
        },
      }
}

/** What he wrote as it is stored: lines end by one character, whatever a browser sends. */
export function citizensWords(typed: string): string {
  return asStorableText(typed).replaceAll('\r\n', '\n').trim()
}

/** How many letters too many. */
export function lettersOver(typed: string, most: number): number {
  return charactersOver(citizensWords(typed), most)
}

/** Ours alone: a message to a foreign number costs, and whoever asks for a thousand of them earns by it. */
export function readMobileNumber(typed: string): string | undefined {
  const { e164, confidence } = parsePhoneNumber(typed)
  return confidence === 'high' && e164?.startsWith('+998') ? e164 : undefined
}
