import { Button, Checkbox } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { AppealRow } from '#contract/appeals.ts'
import type { Day } from '#core/lib/time.ts'
import { shortDay } from '#core/text/uzbek-dates.ts'
import { useAppeals } from '../../api.ts'
import { appealStatusText, dutyText, kindText } from '../../appeal-words.ts'
import { Asked } from '../../Asked.tsx'
import { t } from '../../i18n.ts'
import { useMay } from '../../me.ts'
import { paths } from '../../paths.ts'
import { serverNow } from '../../server-clock.ts'
import { Page } from '../../ui/Page.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { type Column, Table } from '../../ui/Table.tsx'
import { Tone } from '../../ui/Tone.tsx'
import css from './appeals.module.css'
import { AppealChoice } from './AppealChoice.tsx'
import { BulkBar } from './BulkBar.tsx'
import { DaysLeft } from './DaysLeft.tsx'
import { DueWarnings } from './DueWarnings.tsx'
import { ExportForm } from './ExportForm.tsx'
import { isEverything, useAppealsAsked } from './use-appeals-asked.ts'

export function AppealsPage() {
  const [asked, ask] = useAppealsAsked()
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
      <DueWarnings />
      <AppealChoice asked={asked} ask={ask} />
      <Listed key={JSON.stringify(asked)} />
    </Page>
  )
}

/** Another list has nothing chosen. */
function Listed() {
  const [asked] = useAppealsAsked()
  const appeals = useAppeals(asked)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const mayExport = useMay('exportAppeals')
  const mayChange = useMayInBulk()
  const rows = appeals.data?.pages.flat() ?? []
  const chosenRows = rows.filter(({ id }) => chosen.has(id))
  const choose = (ids: readonly string[], isChosen: boolean) =>
    setChosen(
      (before) => new Set(isChosen ? [...before, ...ids] : [...before].filter((id) => !ids.includes(id))),
    )
  return (
    <Surface>
      <div className={css.bulk}>
        {mayChange && rows.length > 0 && (
          <Checkbox
            label={t('Choose all that are shown')}
            checked={chosenRows.length === rows.length}
            indeterminate={chosenRows.length > 0 && chosenRows.length < rows.length}
            onChange={({ currentTarget: { checked } }) =>
              choose(
                rows.map(({ id }) => id),
                checked,
              )
            }
          />
        )}
        {mayExport && <ExportForm asked={asked} ids={chosenRows.map(({ id }) => id)} />}
      </div>
      {mayChange && <BulkBar chosen={chosenRows} clear={() => setChosen(new Set())} />}
      <Asked query={appeals}>
        {({ pages }) => (
          <Table
            caption={t('Appeals')}
            columns={[...(mayChange ? [choiceColumn(chosen, choose)] : []), ...appealColumns(serverNow())]}
            rows={pages.flat()}
            rowKey={({ id }) => id}
            empty={isEverything(asked) ? t('There are no appeals yet.') : t('Nothing found')}
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
  )
}

function useMayInBulk(): boolean {
  const may = [
    useMay('classifyAppeals'),
    useMay('editAppeals'),
    useMay('answerAppeals'),
    useMay('approveConclusions'),
  ]
  return may.some(Boolean)
}

type Choose = (ids: readonly string[], isChosen: boolean) => void

function choiceColumn(chosen: ReadonlySet<string>, choose: Choose): Column<AppealRow> {
  return {
    header: t('Chosen'),
    cell: ({ id, number }) => (
      <Checkbox
        aria-label={t('Choose {{number}}', { number })}
        checked={chosen.has(id)}
        onChange={({ currentTarget: { checked } }) => choose([id], checked)}
      />
    ),
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
    { header: t('Citizen'), cell: (appeal) => <Filer appeal={appeal} /> },
    { header: t('Text'), cell: (appeal) => appeal.excerpt },
    {
      header: t('Status'),
      cell: (appeal) => (
        <>
          {appealStatusText(appeal.status)}
          {appeal.underControl && (
            <>
              <br />
              <Tone tone="accent">{t('Under control')}</Tone>
            </>
          )}
        </>
      ),
    },
    { header: t('Registered on'), isNumber: true, cell: (appeal) => shortDay(appeal.registeredOn as Day) },
    {
      header: t('Due'),
      isNumber: true,
      cell: ({ dueOn, next }) =>
        dueOn && (
          <>
            {shortDay(dueOn as Day)}
            <br />
            {next && <NextDuty next={next} now={now} />}
          </>
        ),
    },
  ]
}

/** What has to be done first: of a reply its day stands above. */
function NextDuty({ next: { duty, dueOn }, now }: { next: NonNullable<AppealRow['next']>; now: number }) {
  return (
    <>
      {duty !== 'reply' && (
        <>
          {dutyText(duty)} {shortDay(dueOn as Day)}
          <br />
        </>
      )}
      <DaysLeft dueOn={dueOn} now={now} />
    </>
  )
}

function Filer({ appeal: { citizenName, cosignerCount, isAnonymous } }: { appeal: AppealRow }) {
  if (isAnonymous) return <Tone tone="warn">{t('Anonymous')}</Tone>
  return (
    <>
      {citizenName}
      {cosignerCount > 0 && (
        <>
          <br />
          <Tone tone="accent">{t('and {{count}} more', { count: cosignerCount })}</Tone>
        </>
      )}
    </>
  )
}
