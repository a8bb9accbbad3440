import { Select } from '@mantine/core'
import { useState } from 'react'
import type { AppealCard } from '#contract/appeals.ts'
import { clockRuns } from '#core/appeals/appeal-status.ts'
import { useAppeals } from '../../api.ts'
import { t } from '../../i18n.ts'
import { moveFieldText } from './move-words.ts'

/** The appeal that stays: found by number or name, at first those of the same citizen's name. */
export function MergeTarget({
  appeal,
  value,
  change,
}: {
  appeal: AppealCard
  value: string
  change: (value: string) => void
}) {
  const [search, setSearch] = useState('')
  const asked = search.trim() === '' || search.includes('·') ? appeal.citizenName : search
  const found = useAppeals({ search: asked, list: 'all', status: undefined })
  const data = (found.data?.pages.flat() ?? [])
    .filter(({ id, status }) => id !== appeal.id && clockRuns(status))
    .map(({ id, number, citizenName }) => ({ value: id, label: `${number} · ${citizenName}` }))
  return (
    <Select
      label={moveFieldText('into')}
      placeholder={t('Search by number, name, telephone, words')}
      data={data}
      value={value === '' ? null : value}
      onChange={(id) => change(id ?? '')}
      searchable
      searchValue={search}
      onSearchChange={setSearch}
      filter={({ options }) => options}
      nothingFoundMessage={t('Nothing found')}
      comboboxProps={{ transitionProps: { duration: 0 } }}
    />
  )
}
