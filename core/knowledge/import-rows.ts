/**
 * Questions and answers out of a table that somebody else made: what its columns are called in Uzbek, Russian or English,
 * what a row says, and what is wrong with it. A row that is refused never holds up the others.
 */
import { type Day, isDay } from '#core/lib/time.ts'
import { asStorableText } from '#core/text/hostile-text.ts'
import { searchKey } from '#core/text/search-key.ts'
import {
  contentProblem,
  KNOWLEDGE_LANGUAGES,
  KNOWLEDGE_TOPICS_MAX,
  type KnowledgeContent,
} from './knowledge-content.ts'

export const IMPORT_PROBLEMS = [
  'nothingWritten',
  'titleMissing',
  'textMissing',
  'endsBeforeItBegins',
  'topicMissing',
  'topicUnknown',
  'notADay',
  'tooLong',
  'tooManyTopics',
  'knownAlready',
  'empty',
] as const
export type ImportProblem = (typeof IMPORT_PROBLEMS)[number]

const TITLE_MAX_CHARACTERS = 500
const TEXT_MAX_CHARACTERS = 100_000
const BASIS_MAX_CHARACTERS = 500

type Field = 'topic' | 'basis' | 'from' | 'until' | `${'title' | 'text'}-${'uz' | 'ru' | 'en'}`

/** What columns are called, without spaces, apostrophes and case; a name without a language is Uzbek. */
const COLUMNS: Readonly<Record<Field, readonly string[]>> = {
  topic: ['code', 'topic', 'topics', 'mavzu', 'kod', 'тема', 'код'],
  'title-uz': ['q_uz', 'question_uz', 'savol', 'savol_uz', 'question', 'вопрос_uz', 'вопрос узб'],
  'text-uz': ['a_uz', 'answer_uz', 'javob', 'javob_uz', 'answer', 'ответ_uz', 'ответ узб'],
  'title-ru': ['q_ru', 'question_ru', 'savol_ru', 'вопрос', 'вопрос_ru', 'вопрос рус'],
  'text-ru': ['a_ru', 'answer_ru', 'javob_ru', 'ответ', 'ответ_ru', 'ответ рус'],
  'title-en': ['q_en', 'question_en', 'savol_en', 'вопрос_en'],
  'text-en': ['a_en', 'answer_en', 'javob_en', 'ответ_en'],
  basis: ['basis', 'source', 'asos', 'manba', 'основание', 'источник'],
  from: ['valid_from', 'from', 'boshlanishi', 'с', 'начало'],
  until: ['valid_until', 'until', 'tugashi', 'до', 'по', 'конец'],
}

const nameKey = (name: string) => searchKey(name).replaceAll(' ', '')
const FIELDS = new Map(
  Object.entries(COLUMNS).flatMap(([field, names]) => names.map((name) => [nameKey(name), field as Field])),
)

export type ImportedRow = {
  content: KnowledgeContent
  topics: readonly string[]
  basis: string
  validFrom: Day | null
  validUntil: Day | null
}

export type ReadRow = { row: ImportedRow } | { problem: ImportProblem }

/** One row, each cell beside the name of its column. `isTopic` says which codes the classifier has. */
export function readImportedRow(
  cells: Readonly<Record<string, unknown>>,
  isTopic: (code: string) => boolean,
): ReadRow {
  const said = new Map<Field, string>()
  for (const [name, cell] of Object.entries(cells)) {
    const field = FIELDS.get(nameKey(name))
    const text = cellText(cell)
    if (field && text !== '' && !said.has(field)) said.set(field, text)
  }
  if (said.size === 0) return { problem: 'empty' }
  const [validFrom, validUntil] = [dayOf(said.get('from')), dayOf(said.get('until'))]
  if (validFrom === undefined || validUntil === undefined) return { problem: 'notADay' }
  const row = {
    content: contentOf(said),
    topics: [...new Set((said.get('topic') ?? '').split(/[;,\s]+/).filter(Boolean))],
    basis: said.get('basis') ?? '',
    validFrom,
    validUntil,
  }
  const problem = contentProblem(row) ?? topicProblem(row.topics, isTopic) ?? lengthProblem(row)
  return problem ? { problem } : { row }
}

function contentOf(said: ReadonlyMap<Field, string>): KnowledgeContent {
  const written = KNOWLEDGE_LANGUAGES.flatMap((language) => {
    const [title = '', text = ''] = [said.get(`title-${language}`), said.get(`text-${language}`)]
    return title === '' && text === '' ? [] : [[language, { title, text }]]
  })
  return Object.fromEntries(written)
}

function topicProblem(
  topics: readonly string[],
  isTopic: (code: string) => boolean,
): ImportProblem | undefined {
  if (topics.length === 0) return 'topicMissing'
  if (topics.length > KNOWLEDGE_TOPICS_MAX) return 'tooManyTopics'
  return topics.every(isTopic) ? undefined : 'topicUnknown'
}

function lengthProblem({ content, basis }: ImportedRow): ImportProblem | undefined {
  const texts = Object.values(content).filter((text) => text !== undefined)
  const isTooLong = texts.some(
    ({ title, text }) => title.length > TITLE_MAX_CHARACTERS || text.length > TEXT_MAX_CHARACTERS,
  )
  return isTooLong || basis.length > BASIS_MAX_CHARACTERS ? 'tooLong' : undefined
}

/** A formula of a table comes as the text it showed; nothing is ever worked out here. */
function cellText(cell: unknown): string {
  if (typeof cell === 'string') return asStorableText(cell).trim()
  return typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : ''
}

/** Null where there is none, nothing where it is no day. Tables write 2026-05-31 or 31.05.2026. */
function dayOf(text: string | undefined): Day | null | undefined {
  if (text === undefined) return null
  const [, day, month, year] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text) ?? []
  const written = year ? `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}` : text.slice(0, 10)
  return isDay(written) ? written : undefined
}

/** Two rows that ask the same ask it once, whatever the script. */
export function titleKeys(content: KnowledgeContent): string[] {
  return KNOWLEDGE_LANGUAGES.flatMap((language) => {
    const key = searchKey(content[language]?.title ?? '')
    return key === '' ? [] : [`${language} ${key}`]
  })
}

export type TableRow = { readonly row: number; readonly cells: Record<string, unknown> }

/** A title or an empty line may stand above the names of the columns, but no whole page. */
const NAMES_AMONG_ROWS = 10
/** A question with its answer has as many. */
const COLUMNS_LEAST = 2

/** Rows of a sheet under the names of the columns, each with its number in the sheet; nothing where no such names are. */
export function rowsOfTable(table: readonly (readonly unknown[])[]): TableRow[] | undefined {
  const at = table.slice(0, NAMES_AMONG_ROWS).findIndex((row) => row.filter(isColumn).length >= COLUMNS_LEAST)
  const names = table[at]
  return names?.length
    ? table.slice(at + 1).map((row, place) => ({
        row: at + place + 2,
        cells: knownCells(names.map((name, column) => [cellText(name), row[column]])),
      }))
    : undefined
}

/** Objects of a list, the first of them row 1; nothing where none of them says anything under a known name. */
export function rowsOfList(list: readonly unknown[]): TableRow[] | undefined {
  const rows = list.map((one, place) => ({
    row: place + 1,
    cells: knownCells(typeof one === 'object' && one !== null ? Object.entries(one) : []),
  }))
  return list.length === 0 || rows.some(({ cells }) => Object.keys(cells).length > 0) ? rows : undefined
}

/** Longer is what somebody wrote above his table. */
const NAME_MAX_CHARACTERS = 100

function isColumn(name: unknown): boolean {
  const text = cellText(name)
  return text.length <= NAME_MAX_CHARACTERS && FIELDS.has(nameKey(text))
}

/** What stands in columns that nobody knows is not read and not sent; of two of one name the first counts. */
function knownCells(cells: readonly (readonly [name: string, cell: unknown])[]): Record<string, unknown> {
  return Object.fromEntries(cells.filter(([name]) => isColumn(name)).toReversed())
}
