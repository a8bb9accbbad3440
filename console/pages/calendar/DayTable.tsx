import { Button } from '@mantine/core'
import type { CalendarCard } from '#contract/calendar.ts'
import { fullDay } from '../../format.ts'
import { t } from '../../i18n.ts'
import { type Column, Table } from '../../ui/Table.tsx'
import { dayKindText, weekText } from './calendar-words.ts'

type SpecialDay = CalendarCard['form']['days'][number]

export function DayTable({ days, remove }: { days: SpecialDay[]; remove: (day: SpecialDay) => void }) {
  const columns: Column<SpecialDay>[] = [
    { header: t('Day'), isNumber: true, cell: ({ day }) => fullDay(day) },
    { header: t('What it is'), cell: ({ kind }) => dayKindText(kind) },
    { header: t('For whom'), cell: ({ weeks }) => weeks.map(weekText).join(', ') },
    { header: t('Name'), cell: ({ name }) => <span lang="uz">{name}</span> },
    {
      header: t('Remove'),
      cell: (day) => (
        <Button
          size="xs"
          variant="default"
          aria-label={t('Remove {{day}}', { day: day.day })}
          onClick={() => remove(day)}
        >
          {t('Remove')}
        </Button>
      ),
    },
  ]
  return (
    <Table
      caption={t('Days off and their like')}
      columns={columns}
      rows={days}
      rowKey={({ day, kind }) => `${day} ${kind}`}
      empty={t('There are none yet.')}
    />
  )
}
