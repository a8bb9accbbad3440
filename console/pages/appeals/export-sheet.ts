/** An export as a sheet: who took it out, when and why stands above the rows and on each of them. */
import type { AppealsExport, ExportedAppeal } from '#contract/appeal-office.ts'
import type { Day } from '#core/lib/time.ts'
import { shortDay, shortMoment } from '#core/text/uzbek-dates.ts'
import { appealStatusText, kindText, outcomeText, trackText } from '../../appeal-words.ts'
import { t } from '../../i18n.ts'

const TEXT_WIDTH = 60
const COLUMN_WIDTH = 18

type Column = { header: string; width: number; value: (row: ExportedAppeal) => string }

function columnsOf(topicName: (code: string) => string): Column[] {
  const column = (header: string, value: Column['value'], width = COLUMN_WIDTH) => ({ header, width, value })
  return [
    column(t('Number'), (row) => row.number),
    column(t('Kind'), (row) => kindText(row.kind)),
    column(t('Status'), (row) => appealStatusText(row.status)),
    column(t('Outcome'), (row) => (row.outcome === null ? '' : outcomeText(row.outcome))),
    column(t('Procedure'), (row) => trackText(row.track)),
    column(t('Registered on'), (row) => shortDay(row.registeredOn as Day)),
    column(t('Due'), (row) => (row.dueOn === null ? '' : shortDay(row.dueOn as Day))),
    column(t('Topic'), (row) => (row.topic === null ? '' : topicName(row.topic))),
    column(t('Citizen'), (row) => row.citizenName),
    column(t('Editor'), (row) => row.editorName ?? ''),
    column(t('Incoming number'), (row) => row.incomingNumber ?? ''),
    column(t('Text'), (row) => row.text, TEXT_WIDTH),
  ]
}

export function watermarkOf({ at, byName, id, reason }: AppealsExport): string {
  return t('Taken out by {{name}} on {{at}}: {{reason}} ({{id}})', {
    name: byName,
    at: shortMoment(at),
    reason,
    id,
  })
}

/** What stands where; every cell is text, so that nothing in it is carried out. */
export function sheetRows(taken: AppealsExport, topicName: (code: string) => string): string[][] {
  const columns = columnsOf(topicName)
  const watermark = watermarkOf(taken)
  return [
    [watermark],
    [...columns.map(({ header }) => header), t('Taken out')],
    ...taken.rows.map((row) => [...columns.map(({ value }) => value(row)), watermark]),
  ]
}

export async function saveSheet(taken: AppealsExport, topicName: (code: string) => string): Promise<void> {
  const { default: writeSheet } = await import('write-excel-file/browser')
  const rows = sheetRows(taken, topicName).map((row, place) =>
    row.map((value) => ({ value, type: String, ...(place < 2 && { fontWeight: 'bold' as const }) })),
  )
  const widths = [...columnsOf(topicName).map(({ width }) => width), TEXT_WIDTH].map((width) => ({ width }))
  await writeSheet(rows, { columns: widths }).toFile(`appeals-${taken.id}.xlsx`)
}
