/** Takes over questions and answers from elsewhere, each as a draft, with a report of every row that was refused. */
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { ImportReport, ImportRows } from '#contract/knowledge.ts'
import { KNOWLEDGE_LANGUAGES, type KnowledgeContent } from '#core/knowledge/knowledge-content.ts'
import { type ImportedRow, readImportedRow, titleKeys } from '#core/knowledge/import-rows.ts'
import type { Database } from '../database/schema.ts'
import type { ItemService, Reader } from './items.ts'
import { listTitles } from './item-store.ts'

export type KnowledgeImportDeps = {
  db: Kysely<Database>
  log: Logger
  items: ItemService
  /** Of an earlier classifier too: under it nobody would find what is imported. */
  unknownTopics(codes: readonly string[]): string[]
}

export type KnowledgeImport = ReturnType<typeof knowledgeImport>

export function knowledgeImport({ db, log, items, unknownTopics }: KnowledgeImportDeps) {
  return async function importRows({ rows }: ImportRows, by: Reader): Promise<ImportReport> {
    const known = await knownTitles(db)
    const report: ImportReport = { added: [], refused: [] }
    for (const { row, cells } of rows) {
      const read = readImportedRow(cells, (code) => unknownTopics([code]).length === 0)
      const problem = 'problem' in read ? read.problem : isKnown(read.row, known) ? 'knownAlready' : undefined
      if (problem || 'problem' in read) {
        report.refused.push({ row, problem: problem ?? 'empty' })
        continue
      }
      for (const key of titleKeys(read.row.content)) known.add(key)
      const { id } = await items.add({ kind: 'faq', form: formOf(read.row) }, by)
      report.added.push({ row, id })
    }
    log.info(
      { added: report.added.length, refused: report.refused.length, staff: by.id },
      'knowledge imported',
    )
    return report
  }
}

function isKnown({ content }: ImportedRow, known: ReadonlySet<string>): boolean {
  return titleKeys(content).some((key) => known.has(key))
}

function formOf({ topics, ...row }: ImportedRow) {
  return { ...row, content: { ...row.content }, topics: [...topics], owner: null, mustRead: false }
}

/** Of everything that is not withdrawn for good. */
async function knownTitles(db: Kysely<Database>): Promise<Set<string>> {
  const rows = await listTitles(db)
  return new Set(
    rows.flatMap(({ titles }) => {
      const content = KNOWLEDGE_LANGUAGES.flatMap((language) =>
        titles[language] ? [[language, { title: titles[language], text: '' }]] : [],
      )
      return titleKeys(Object.fromEntries(content) as KnowledgeContent)
    }),
  )
}
