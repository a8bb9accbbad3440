import { Link } from '@tanstack/react-router'
import type { CitizenRow } from '#contract/citizens.ts'
import type { Day } from '#core/lib/time.ts'
import { shortDay } from '#core/text/uzbek-dates.ts'
import { useCitizens } from '../../api.ts'
import { Asked } from '../../Asked.tsx'
import { regionText } from '../../citizen-words.ts'
import { t } from '../../i18n.ts'
import { useMay } from '../../me.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { type Column, Table } from '../../ui/Table.tsx'
import { useSearchWords } from '../../use-search.ts'
import css from './citizens.module.css'

export function CitizensPage() {
  const [search, setSearch] = useSearchWords(paths.citizens())
  const citizens = useCitizens(search)
  const mayChange = useMay('changeCitizens')
  return (
    <Page
      title={t('Citizens')}
      aside={
        <div className={css.inRow}>
          {mayChange && <Link to={paths.newCitizen()}>{t('New card')}</Link>}
          <SearchField label={t('Search by name, number or PINFL')} value={search} search={setSearch} />
        </div>
      }
    >
      <Surface>
        <Asked query={citizens}>
          {(rows) => (
            <Table
              caption={t('Citizens')}
              columns={citizenColumns()}
              rows={rows}
              rowKey={({ id }) => id}
              empty={search === '' ? t('There are no citizens yet.') : t('Nothing found')}
            />
          )}
        </Asked>
      </Surface>
    </Page>
  )
}

function citizenColumns(): Column<CitizenRow>[] {
  return [
    {
      header: t('Citizen'),
      cell: ({ id, name, nameCyrillic }) => (
        <>
          <Link to={paths.citizen(id)}>{name}</Link>
          <br />
          <span lang="uz-Cyrl">{nameCyrillic}</span>
        </>
      ),
    },
    { header: t('Telephone numbers'), isNumber: true, cell: ({ numbers }) => numbers.join(', ') },
    {
      header: t('Day of birth'),
      isNumber: true,
      cell: ({ birthDay }) => birthDay !== '' && shortDay(birthDay as Day),
    },
    { header: t('Region'), cell: ({ region }) => regionText(region) },
    { header: t('Calls'), isNumber: true, cell: ({ calls }) => calls },
    { header: t('Open appeals'), isNumber: true, cell: ({ openAppeals }) => openAppeals },
  ]
}
