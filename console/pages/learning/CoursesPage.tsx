import { Link } from '@tanstack/react-router'
import type { CourseRow } from '#contract/learning.ts'
import { shortMoment } from '#core/text/uzbek-dates.ts'
import { Asked } from '../../Asked.tsx'
import { inMyLanguage, t } from '../../i18n.ts'
import { useCourses } from '../../learning-api.ts'
import { listed } from '../../learning-words.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { type Column, Table } from '../../ui/Table.tsx'
import { Tone } from '../../ui/Tone.tsx'
import { AttestationsTable } from './AttestationsTable.tsx'
import css from './learning.module.css'

/** Courses, and who is attested in them: what a supervisor looks at before a shift. */
export function CoursesPage() {
  return (
    <Page title={t('Courses')} aside={<Link to={paths.newCourse()}>{t('Make a course')}</Link>}>
      <div className={css.page}>
        <Surface title={t('All courses')}>
          <Asked query={useCourses()}>{(rows) => <Rows rows={rows} />}</Asked>
        </Surface>
        <AttestationsTable />
      </div>
    </Page>
  )
}

function Rows({ rows }: { rows: CourseRow[] }) {
  const columns: Column<CourseRow>[] = [
    { header: t('Course'), cell: (row) => <Name row={row} /> },
    { header: t('Questions'), cell: ({ questions }) => questions, isNumber: true },
    {
      header: t('Queues that require it'),
      cell: ({ queues }) => listed(queues.map(({ names }) => inMyLanguage(names))),
    },
    {
      header: t('Saved'),
      cell: ({ savedAt, savedByName }) => (
        <>
          {shortMoment(savedAt)}
          {savedByName && <div className={css.quiet}>{savedByName}</div>}
        </>
      ),
    },
  ]
  return (
    <Table
      caption={t('All courses')}
      columns={columns}
      rows={rows}
      rowKey={({ course }) => course}
      empty={t('There are no courses yet.')}
    />
  )
}

function Name({ row }: { row: CourseRow }) {
  return (
    <>
      <Link to={paths.course(String(row.course))}>{inMyLanguage(row.names)}</Link>
      <div className={css.quiet}>{statusText(row)}</div>
      {row.changedItems > 0 && !row.retired && (
        <Tone tone="warn">{t('articles changed since: {{count}}', { count: row.changedItems })}</Tone>
      )}
    </>
  )
}

function statusText({ publishedVersion, retired, version }: CourseRow): string {
  if (retired) return t('taken out of use')
  if (publishedVersion === null) return t('a draft, agents do not see it')
  if (publishedVersion === version) return t('version {{version}}, published', { version })
  return t('version {{published}} is published, {{version}} is a draft', {
    published: publishedVersion,
    version,
  })
}
