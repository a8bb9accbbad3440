import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ImportReport } from '#contract/knowledge.ts'
import { t } from '../../i18n.ts'
import { useImportKnowledge } from '../../knowledge-api.ts'
import { importProblemText } from '../../knowledge-words.ts'
import { paths } from '../../paths.ts'
import { problemText } from '../../problem-text.ts'
import { FileChoice } from '../../ui/FileChoice.tsx'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { Table } from '../../ui/Table.tsx'
import { FILE_MAX_BYTES, FILE_ROWS_MAX, readTable, type TableProblem } from './read-table.ts'

const MEGABYTE = 1024 * 1024

/** Questions and answers from a file: what is whole becomes drafts, of every other row it is said why not. */
export function ImportPage() {
  const [problem, setProblem] = useState<TableProblem>()
  const importing = useImportKnowledge()
  const take = async (file: File | null) => {
    if (!file) return
    importing.reset()
    const read = await readTable(file)
    setProblem('problem' in read ? read.problem : undefined)
    if ('rows' in read) importing.mutate(read.rows)
  }
  return (
    <Page title={t('Import from a file')} aside={<Link to={paths.knowledge()}>{t('All knowledge')}</Link>}>
      <Surface>
        <p style={{ marginTop: 0 }}>
          {t('The columns: topic, question and answer in each language, basis, first and last day.')}{' '}
          <code>code, q_uz, a_uz, q_ru, a_ru, basis, valid_from, valid_until</code> (<code>.xlsx</code>,{' '}
          <code>.json</code>)
        </p>
        <FileChoice onChange={(file) => void take(file)} accept=".xlsx,.json">
          {(props) => (
            <Button {...props} loading={importing.isPending}>
              {t('Choose a file')}
            </Button>
          )}
        </FileChoice>
        {problem && <p role="alert">{tableProblemText(problem)}</p>}
        {importing.isError && <p role="alert">{problemText(importing.error)}</p>}
      </Surface>
      {importing.data && <Report report={importing.data} />}
    </Page>
  )
}

function tableProblemText(problem: TableProblem): string {
  switch (problem) {
    case 'tooLarge':
      return t('The file is larger than {{megabytes}} MB or has more than {{rows}} rows.', {
        megabytes: FILE_MAX_BYTES / MEGABYTE,
        rows: FILE_ROWS_MAX,
      })
    case 'noColumns':
      return t(
        'None of the columns has a name that is known. The names stand above the rows, as written here.',
      )
    case 'unreadable':
      return t('There is no table in the file that can be read.')
  }
}

function Report({ report: { added, refused } }: { report: ImportReport }) {
  return (
    <Surface title={t('What became of it')}>
      <p role="status">
        {t('Taken over as drafts: {{added}}. Refused: {{refused}}.', {
          added: added.length,
          refused: refused.length,
        })}
      </p>
      {refused.length > 0 && (
        <Table
          caption={t('Refused rows')}
          columns={[
            { header: t('Row'), isNumber: true, cell: ({ row }) => row },
            { header: t('Why'), cell: ({ problem }) => importProblemText(problem) },
          ]}
          rows={refused}
          rowKey={({ row }) => row}
          empty=""
        />
      )}
    </Surface>
  )
}
