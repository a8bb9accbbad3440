import { Button, Select } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { KnowledgeRow } from '#contract/knowledge.ts'
import { KNOWLEDGE_KINDS } from '#core/knowledge/knowledge-content.ts'
import { KNOWLEDGE_STATUSES } from '#core/knowledge/knowledge-status.ts'
import type { Day } from '#core/lib/time.ts'
import { shortDay } from '#core/text/uzbek-dates.ts'
import { Asked } from '../../Asked.tsx'
import { inMyScript, t } from '../../i18n.ts'
import { useKnowledge } from '../../knowledge-api.ts'
import { knowledgeKindText, knowledgeStatusText, knowledgeStatusTone } from '../../knowledge-words.ts'
import { useMay } from '../../me.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { type Column, Table } from '../../ui/Table.tsx'
import { Tone } from '../../ui/Tone.tsx'
import { useSearchWords } from '../../use-search.ts'
import { useTopicNames } from '../../use-topic-names.ts'
import css from './knowledge.module.css'
import { OrderAll } from './OrderAll.tsx'

/** Articles, questions and answers, scripts and acts of law: what is published, and for those who work on it, all. */
export function KnowledgePage() {
  const [search, setSearch] = useSearchWords(paths.knowledge())
  const [kind, setKind] = useState('')
  const [status, setStatus] = useState('')
  const [edits, approves] = [useMay('editKnowledge'), useMay('approveKnowledge')]
  const navigate = useNavigate()
  const worksOnIt = edits || approves
  return (
    <Page
      title={t('Knowledge')}
      aside={<SearchField label={t('Search, in either script')} value={search} search={setSearch} />}
    >
      <Surface>
        <div className={css.filters}>
          <Choice
            label={t('Kind')}
            values={KNOWLEDGE_KINDS}
            text={knowledgeKindText}
            value={kind}
            choose={setKind}
          />
          {worksOnIt && (
            <Choice
              label={t('Status')}
              values={KNOWLEDGE_STATUSES}
              text={knowledgeStatusText}
              value={status}
              choose={setStatus}
            />
          )}
          {edits && (
            <Link to={paths.importKnowledge()} style={{ alignSelf: 'end' }}>
              {t('Import from a file')}
            </Link>
          )}
          {edits && (
            <Button onClick={() => void navigate({ to: paths.newKnowledge() })} style={{ alignSelf: 'end' }}>
              {t('Write a new one')}
            </Button>
          )}
          {worksOnIt && (
            <Link to={paths.knowledgeMisses()} style={{ alignSelf: 'end' }}>
              {t('Searches that found nothing')}
            </Link>
          )}
        </div>
        <Rows filter={{ search, kind, status }} showsStatus={worksOnIt} />
      </Surface>
    </Page>
  )
}

function Choice<Value extends string>(props: {
  label: string
  values: readonly Value[]
  text: (value: Value) => string
  value: string
  choose: (value: string) => void
}) {
  const { label, values, text, value, choose } = props
  return (
    <Select
      label={label}
      placeholder={t('All')}
      clearable
      data={values.map((one) => ({ value: one, label: text(one) }))}
      value={value || null}
      onChange={(chosen) => choose(chosen ?? '')}
      comboboxProps={{ transitionProps: { duration: 0 } }}
    />
  )
}

function Rows(props: { filter: { search: string; kind: string; status: string }; showsStatus: boolean }) {
  const { filter, showsStatus } = props
  const items = useKnowledge(filter)
  const columns = knowledgeColumns(useTopicNames()).filter(({ only }) => !only || showsStatus)
  return (
    <>
      <Asked query={items}>
        {({ pages }) => (
          <>
            <OrderAll rows={pages.flat()} status={filter.status} />
            <Table
              caption={t('Knowledge')}
              columns={columns}
              rows={pages.flat()}
              rowKey={({ id }) => id}
              empty={t('Nothing found')}
            />
          </>
        )}
      </Asked>
      {items.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={items.isFetchingNextPage}
          onClick={() => void items.fetchNextPage()}
        >
          {t('Show earlier ones')}
        </Button>
      )}
    </>
  )
}

/** `only` is for those who work on it: to the others everything is published. */
function knowledgeColumns(
  topicName: (code: string) => string,
): (Column<KnowledgeRow> & { only?: boolean })[] {
  return [
    { header: '№', isNumber: true, cell: ({ id }) => id },
    {
      header: t('Title'),
      cell: ({ id, title, language }) => (
        <Link to={paths.knowledgeItem(String(id))} lang={language}>
          <bdi>{inMyScript(title, language)}</bdi>
        </Link>
      ),
    },
    { header: t('Kind'), cell: ({ kind }) => knowledgeKindText(kind) },
    { header: t('Topics'), cell: ({ topics }) => topics.map(topicName).join('; ') },
    { header: t('Status'), only: true, cell: (row) => <Standing row={row} /> },
    { header: t('In force'), isNumber: true, cell: (row) => inForceText(row) },
    { header: t('Answers for it'), cell: ({ ownerName }) => ownerName },
  ]
}

function Standing({ row: { status, version, publishedVersion } }: { row: KnowledgeRow }) {
  return (
    <>
      <Tone tone={knowledgeStatusTone(status)}>{knowledgeStatusText(status)}</Tone>
      {publishedVersion !== null && publishedVersion !== version && (
        <div className={css.quiet}>
          {t('version {{version}} is published', { version: publishedVersion })}
        </div>
      )}
    </>
  )
}

/** `01.05.2026 – 31.05.2026`, with a gap where there is no limit; nothing when there is none at all. */
export function inForceText({
  validFrom,
  validUntil,
}: {
  validFrom: string | null
  validUntil: string | null
}): string {
  if (validFrom === null && validUntil === null) return ''
  return [validFrom, validUntil].map((day) => (day === null ? '…' : shortDay(day as Day))).join(' – ')
}
