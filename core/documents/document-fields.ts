/**
 * What may stand in a template of the official document, and whether a template holds anything else.
 *
 * A place to be filled in is a name in curly brackets. A list is repeated for each of its rows, between its opening
 * `{#attachments}` and the closing `{/attachments}`. Whoever writes a template learns which names are not known before it
 * is used: in a letter that has gone out an empty place is too late.
 */
import type { WrittenLanguage } from '#core/text/uzbek-dates.ts'

export const DOCUMENT_LANGUAGES = ['uz', 'uz-Cyrl', 'ru'] as const satisfies readonly WrittenLanguage[]
export type DocumentLanguage = (typeof DOCUMENT_LANGUAGES)[number]

/** Each is a text; `qr` is a picture, which leads to the page where the appeal is followed. */
export const DOCUMENT_FIELDS = [
  'organisation',
  'shortNumber',
  'number',
  'kind',
  'topic',
  'receivedOn',
  'registeredOn',
  'dueOn',
  'citizenName',
  'citizenNumbers',
  'citizenRegion',
  'representative',
  'text',
  'attachmentsCount',
  'statusAddress',
  'qr',
] as const
export type DocumentField = (typeof DOCUMENT_FIELDS)[number]

/** The lists and what stands in each of their rows. */
export const DOCUMENT_LISTS = {
  attachments: ['place', 'name', 'size'],
  cosigners: ['place', 'name', 'residence'],
} as const
export type DocumentList = keyof typeof DOCUMENT_LISTS

/** What stands between `{#hasAttachments}` and `{/hasAttachments}` is left out where there are none. */
export const DOCUMENT_CONDITIONS = [
  'hasAttachments',
  'hasCosigners',
  'hasDueOn',
  'hasRegion',
  'hasRepresentative',
  'hasStatusAddress',
  'hasTopic',
] as const
export type DocumentCondition = (typeof DOCUMENT_CONDITIONS)[number]

/** Without these it is no official document of this appeal. */
export const REQUIRED_FIELDS: readonly DocumentField[] = ['number', 'registeredOn', 'citizenName', 'text']

export type DocumentFacts = Readonly<Record<Exclude<DocumentField, 'qr'>, string>> &
  Readonly<Record<DocumentCondition, boolean>> & {
    readonly [List in DocumentList]: readonly Readonly<
      Record<(typeof DOCUMENT_LISTS)[List][number], string>
    >[]
  }

/** A place of a template, as whoever reads the template found it. */
export type TemplateTag = { readonly name: string; readonly kind: 'field' | 'open' | 'close' }

export const TEMPLATE_PROBLEMS = ['notReadable', 'unknownPlace', 'missingPlace', 'listNotClosed'] as const
export type TemplateProblem = {
  readonly code: (typeof TEMPLATE_PROBLEMS)[number]
  readonly name: string
}

export function checkTemplate(tags: readonly TemplateTag[]): TemplateProblem[] {
  const problems: TemplateProblem[] = []
  const note = (code: TemplateProblem['code'], name: string) => {
    if (!problems.some((one) => one.code === code && one.name === name)) problems.push({ code, name })
  }
  const open: string[] = []
  for (const { kind, name } of tags) {
    if (kind === 'open' && isOpened(name) && !open.includes(name)) open.push(name)
    else if (kind === 'close' && open.length > 0 && (name === '' || name === open.at(-1))) open.pop()
    else if (kind !== 'field' || !isKnown(name, open)) note('unknownPlace', name)
  }
  for (const name of open) note('listNotClosed', name)
  for (const field of REQUIRED_FIELDS)
    if (!tags.some(({ kind, name }) => kind === 'field' && name === field)) note('missingPlace', field)
  return problems
}

function isOpened(name: string): boolean {
  return Object.hasOwn(DOCUMENT_LISTS, name) || DOCUMENT_CONDITIONS.some((condition) => condition === name)
}

function isKnown(name: string, open: readonly string[]): boolean {
  const inLists = open.flatMap((one): readonly string[] => DOCUMENT_LISTS[one as DocumentList] ?? [])
  return inLists.includes(name) || DOCUMENT_FIELDS.some((field) => field === name)
}
