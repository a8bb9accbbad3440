import { Button, NativeSelect, SegmentedControl } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { APPEAL_LISTS, type AppealList, type AppealRow } from '#contract/appeals.ts'
import { APPEAL_STATUSES, type AppealStatus, clockRuns } from '#core/appeals/appeal-status.ts'
import type { Day } from '#core/lib/time.ts'
import { shortDay } from '#core/text/uzbek-dates.ts'
import { type AppealsAsked, useAppeals } from '../../api.ts'
import { appealStatusText, kindText } from '../../appeal-words.ts'
import { Asked } from '../../Asked.tsx'
import { t } from '../../i18n.ts'
import { paths } from '../../paths.ts'
import { serverNow } from '../../server-clock.ts'
import { Page } from '../../ui/Page.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { type Column, Table } from '../../ui/Table.tsx'
import css from './appeals.module.css'
import { DaysLeft } from './DaysLeft.tsx'
import { useAppealsAsked } from './use-appeals-asked.ts'

export function AppealsPage() {
  const [asked, ask] = useAppealsAsked()
  const appeals = useAppeals(asked)
  const isAll = asked.search === '' && asked.list === 'all' && asked.status === undefined
  return (
    <Page
      title={t('Appeals')}
      aside={
        <SearchField
          label={t('Search by number, name, telephone, words')}
          value={asked.search}
          search={(search) => ask({ search })}
        />
      }
    >
      <Choice asked={asked} ask={ask} />
      <Surface>
        <Asked query={appeals}>
          {({ pages }) => (
            <Table
              caption={t('Appeals')}
              columns={appealColumns(serverNow())}
              rows={pages.flat()}
              rowKey={({ id }) => id}
              empty={isAll ? t('There are no appeals yet.') : t('Nothing found')}
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
            {t('Show more')}
          </Button>
        )}
      </Surface>
    </Page>
  )
}

/** Which appeals: a work list, a status. */
function Choice({ asked, ask }: { asked: AppealsAsked; ask: (change: Partial<AppealsAsked>) => void }) {
  return (
    <div className={css.choice}>
      <SegmentedControl
        aria-label={t('Work list')}
        data={APPEAL_LISTS.map((value) => ({ value, label: listText(value) }))}
        value={asked.list}
        onChange={(list) => ask({ list: list as AppealList })}
      />
      <NativeSelect
        aria-label={t('Status')}
        data={[
          { value: '', label: t('In any status') },
          ...APPEAL_STATUSES.filter((status) => status !== 'draft').map((value) => ({
            value,
            label: appealStatusText(value),
          })),
        ]}
        value={asked.status ?? ''}
        onChange={({ currentTarget: { value } }) =>
          ask({ status: value === '' ? undefined : (value as AppealStatus) })
        }
      />
    </div>
  )
}

function listText(list: AppealList): string {
  switch (list) {
    case 'all':
      return t('All')
    case 'dueToday':
      return t('Due today')
    case 'soon':
      return t('Due soon')
    case 'overdue':
      return t('Overdue')
    case 'mine':
      return t('Mine')
  }
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
      cell: ({ dueOn, status }) =>
        dueOn && (
          <>
            {shortDay(dueOn as Day)}
            <br />
            {clockRuns(status) && <DaysLeft dueOn={dueOn} now={now} />}
          </>
        ),
    },
  ]
}
