import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { AppealRow } from '#contract/appeals.ts'
import { clockRuns } from '#core/appeals/appeal-status.ts'
import type { Day } from '#core/lib/time.ts'
import { shortDay } from '#core/text/uzbek-dates.ts'
import { useAppeals } from '../../api.ts'
import { appealStatusText, kindText } from '../../appeal-words.ts'
import { Asked } from '../../Asked.tsx'
import { t } from '../../i18n.ts'
import { paths } from '../../paths.ts'
import { serverNow } from '../../server-clock.ts'
import { Page } from '../../ui/Page.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { type Column, Table } from '../../ui/Table.tsx'
import { useSearchWords } from '../../use-search.ts'
import { DaysLeft } from './DaysLeft.tsx'

export function AppealsPage() {
  const [search, setSearch] = useSearchWords(paths.appeals())
  const appeals = useAppeals(search)
  return (
    <Page
      title={t('Appeals')}
      aside={<SearchField label={t('Search by number or name')} value={search} search={setSearch} />}
    >
      <Surface>
        <Asked query={appeals}>
          {({ pages }) => (
            <Table
              caption={t('Appeals')}
              columns={appealColumns(serverNow())}
              rows={pages.flat()}
              rowKey={({ id }) => id}
              empty={search === '' ? t('There are no appeals yet.') : t('Nothing found')}
            />
          )}
        </Asked>
        {appeals.hasNextPage && (
          <Button
            variant="default"
            mt="md"
            loading={appeals.isFetchingNextPage}
            onClick={() => void appeals.fetchNextPage()}
          >
            {t('Show earlier ones')}
          </Button>
        )}
      </Surface>
    </Page>
  )
}

function appealColumns(now: number): Column<AppealRow>[] {
  return [
    {
      header: t('Number'),
      isNumber: true,
      cell: (appeal) => <Link to={paths.appeal(appeal.id)}>{appeal.number}</Link>,
    },
    { header: t('Kind'), cell: (appeal) => kindText(appeal.kind) },
    { header: t('Citizen'), cell: (appeal) => appeal.citizenName },
    { header: t('Text'), cell: (appeal) => appeal.excerpt },
    { header: t('Status'), cell: (appeal) => appealStatusText(appeal.status) },
    { header: t('Registered on'), isNumber: true, cell: (appeal) => shortDay(appeal.registeredOn as Day) },
    {
      header: t('Due'),
      isNumber: true,
      cell: (appeal) => (
        <>
          {shortDay(appeal.dueOn as Day)}
          <br />
          {clockRuns(appeal.status) && <DaysLeft dueOn={appeal.dueOn} now={now} />}
        </>
      ),
    },
  ]
}
