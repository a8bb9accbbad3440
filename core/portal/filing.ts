/** What a citizen fills in to file an appeal, checked line by line, so that the form can say beside each field what is missing. */
import { APPEAL_KINDS, type AppealKind } from '#core/appeals/appeal-kind.ts'
import { asPlainText, asStorableText } from '#core/text/hostile-text.ts'
import { parsePhoneNumber } from '#core/text/phone-number.ts'
import { searchKey } from '#core/text/search-key.ts'

const NAME_MAX_CHARACTERS = 200
/** As long as an appeal may be wherever it is written down. */
export const FILED_TEXT_MAX_CHARACTERS = 20_000
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
  readonly e164: string
  readonly text: string
  /** A report of corruption, which from the first moment nobody sees but those who handle such reports. */
  readonly isConfidential: boolean
}

export const FILING_PROBLEMS = [
  'kindMissing',
  'nameMissing',
  'noMobileNumber',
  'textTooShort',
  'textTooLong',
] as const
export type FilingProblem = (typeof FILING_PROBLEMS)[number]

export type FilingProblems = { readonly [Field in FilingField]?: FilingProblem }

/** The filing, or what is wrong with it field by field. */
export function readFiling(form: FilingForm): { filing: Filing } | { problems: FilingProblems } {
  const kind = APPEAL_KINDS.find((one) => one === form.kind)
  const name = asPlainText(form.name, NAME_MAX_CHARACTERS).text.trim()
  const e164 = readMobileNumber(form.phone)
  const text = asStorableText(form.text).replaceAll('\r\n', '\n').trim()
  const length = [...text].length
  const problems: FilingProblems = {
    ...(kind === undefined && { kind: 'kindMissing' }),
    ...(searchKey(name) === '' && { name: 'nameMissing' }),
    ...(e164 === undefined && { phone: 'noMobileNumber' }),
    ...(length < FILED_TEXT_MIN_CHARACTERS && { text: 'textTooShort' }),
    ...(length > FILED_TEXT_MAX_CHARACTERS && { text: 'textTooLong' }),
  }
  return kind === undefined || e164 === undefined || Object.keys(problems).length > 0
    ? { problems }
    : { filing: { kind, name, e164, text, isConfidential: form.confidential === CONFIDENTIAL } }
}

/** Ours alone: a message to a foreign number costs, and whoever asks for a thousand of them earns by it. */
export function readMobileNumber(typed: string): string | undefined {
  const { e164, confidence } = parsePhoneNumber(typed)
  return confidence === 'high' && e164?.startsWith('+998') ? e164 : undefined
}
