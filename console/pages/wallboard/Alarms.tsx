import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { AlarmRow } from '#contract/alarms.ts'
import { shortMoment } from '#core/text/uzbek-dates.ts'
import { useAlarms, useResolveAlarm } from '../../api.ts'
import { Asked } from '../../Asked.tsx'
import { t } from '../../i18n.ts'
import { showProblem } from '../../notify.ts'
import { paths } from '../../paths.ts'
import { Surface } from '../../ui/Surface.tsx'
import { type Column, Table } from '../../ui/Table.tsx'
import { alarmText, isAboutCall } from './alarm-text.ts'

const RESOLVED_SHOWN = 10

export function Alarms() {
  const alarms = useAlarms()
  const resolve = useResolveAlarm()
  const columns: Column<AlarmRow>[] = [
    { header: t('Raised'), isNumber: true, cell: ({ raisedAt }) => shortMoment(raisedAt) },
    { header: t('Alarm'), cell: ({ kind }) => alarmText(kind) },
    { header: t('About'), cell: aboutWhat },
    { header: t('Technical detail'), cell: ({ detail }) => <span lang="en">{detail}</span> },
    {
      header: t('State'),
      cell: (alarm) =>
        alarm.resolvedAt === null ? (
          <Button
            size="xs"
            variant="default"
            loading={resolve.isPending && resolve.variables === alarm.id}
            onClick={() => resolve.mutate(alarm.id, { onError: showProblem })}
          >
            {t('Mark as resolved')}
          </Button>
        ) : (
          `${t('Resolved')} ${shortMoment(alarm.resolvedAt)} ${alarm.resolvedByName ?? ''}`
        ),
    },
  ]
  return (
    <div style={{ marginTop: 'var(--mantine-spacing-md)' }}>
      <Surface title={t('Alarms')}>
        <Asked query={alarms}>
          {(rows) => (
            <Table
              caption={t('Alarms')}
              columns={columns}
              rows={openFirst(rows)}
              rowKey={({ id }) => id}
              empty={t('There are no alarms.')}
            />
          )}
        </Asked>
      </Surface>
    </div>
  )
}

/** Most alarms are about a call: one step from there is what was said. */
function aboutWhat({ kind, subject }: AlarmRow) {
  return isAboutCall(kind) ? <Link to={paths.call(subject)}>{t('Open the call')}</Link> : subject
}

function openFirst(rows: AlarmRow[]): AlarmRow[] {
  const open = rows.filter(({ resolvedAt }) => resolvedAt === null)
  const resolved = rows.filter(({ resolvedAt }) => resolvedAt !== null)
  return [...open, ...resolved.slice(0, RESOLVED_SHOWN)]
}
