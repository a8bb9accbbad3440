import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { SearchMiss } from '#contract/knowledge.ts'
import { shortMoment } from '#core/text/uzbek-dates.ts'
import { Asked } from '../../Asked.tsx'
import { t } from '../../i18n.ts'
import { useDealWithMiss, useMisses } from '../../knowledge-api.ts'
import { useMay } from '../../me.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { type Column, Table } from '../../ui/Table.tsx'

/** What agents searched for and did not find: what should be written next. */
export function MissesPage() {
  const mayEdit = useMay('editKnowledge')
  const deal = useDealWithMiss()
  const columns: Column<SearchMiss>[] = [
    { header: t('Searched for'), cell: ({ words }) => <bdi>{words}</bdi> },
    { header: t('Times'), isNumber: true, cell: ({ times }) => times },
    { header: t('Last time'), isNumber: true, cell: ({ lastAt }) => shortMoment(lastAt) },
    {
      header: t('What can be done'),
      cell: ({ id, words }) =>
        mayEdit && (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t('Dealt with: {{words}}', { words })}
            onClick={() => deal.mutate(id)}
          >
            {t('Dealt with')}
          </Button>
        ),
    },
  ]
  return (
    <Page
      title={t('Searches that found nothing')}
      aside={<Link to={paths.knowledge()}>{t('All knowledge')}</Link>}
    >
      <Surface>
        <Asked query={useMisses()}>
          {(misses) => (
            <Table
              caption={t('Searches that found nothing')}
              columns={columns}
              rows={misses}
              rowKey={({ id }) => id}
              empty={t('Every search has found something.')}
            />
          )}
        </Asked>
      </Surface>
    </Page>
  )
}
