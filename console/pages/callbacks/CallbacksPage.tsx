import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { CallbackRow } from '#contract/callbacks.ts'
import { isOpenCallback } from '#core/calls/callback-status.ts'
import { tashkentDay } from '#core/lib/time.ts'
import { duration, shortMoment, timeOfDay } from '#core/text/uzbek-dates.ts'
import { useCallbacks, useCancelCallback } from '../../api.ts'
import { Asked } from '../../Asked.tsx'
import { callLanguageText } from '../../call-words.ts'
import { inMyLanguage, t } from '../../i18n.ts'
import { useMay } from '../../me.ts'
import { showProblem } from '../../notify.ts'
import { paths } from '../../paths.ts'
import { useServerNow } from '../../server-clock.ts'
import { Digits } from '../../ui/Digits.tsx'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { type Column, Table } from '../../ui/Table.tsx'
import { Tone } from '../../ui/Tone.tsx'
import { callbackCauseText, callbackStatusText } from '../../callback-words.ts'

/** Citizens who kept their place without staying on the line, and those whom we lost. */
export function CallbacksPage() {
  const callbacks = useCallbacks()
  return (
    <Page title={t('Callbacks')}>
      <Asked query={callbacks}>
        {(rows) => (
          <>
            <Surface title={t('To be called back')}>
              <Owed rows={rows.filter(({ status }) => isOpenCallback(status))} />
            </Surface>
            <Surface title={t('Latest')}>
              <Over rows={rows.filter(({ status }) => !isOpenCallback(status))} />
            </Surface>
          </>
        )}
      </Asked>
    </Page>
  )
}

function Owed({ rows }: { rows: CallbackRow[] }) {
  const mayCancel = useMay('cancelCallbacks')
  const columns: Column<CallbackRow>[] = [
    ...whoAndWhere(),
    { header: t('Place'), isNumber: true, cell: ({ place }) => place },
    { header: t('Waiting'), isNumber: true, cell: ({ since }) => <Since since={since} /> },
    { header: t('Not before'), isNumber: true, cell: ({ dueAt }) => <NotBefore dueAt={dueAt} /> },
    { header: t('Attempts'), isNumber: true, cell: ({ attempts }) => attempts },
    { header: t('Status'), cell: (row) => <Status row={row} /> },
    ...(mayCancel ? [{ header: t('Cancel'), cell: (row: CallbackRow) => <Cancel row={row} /> }] : []),
  ]
  return (
    <Table
      caption={t('To be called back')}
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      empty={t('Nobody is waiting to be called back.')}
    />
  )
}

function Over({ rows }: { rows: CallbackRow[] }) {
  const columns: Column<CallbackRow>[] = [
    ...whoAndWhere(),
    { header: t('Attempts'), isNumber: true, cell: ({ attempts }) => attempts },
    { header: t('Status'), cell: (row) => <Status row={row} /> },
    { header: t('Ended'), isNumber: true, cell: ({ endedAt }) => endedAt !== null && shortMoment(endedAt) },
    { header: t('By whom'), cell: ({ agentName, cancelledByName }) => cancelledByName ?? agentName },
  ]
  return (
    <Table
      caption={t('Latest')}
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      empty={t('There are none yet.')}
    />
  )
}

function whoAndWhere(): Column<CallbackRow>[] {
  return [
    {
      header: t('Number'),
      isNumber: true,
      cell: ({ call, number }) => <Link to={paths.call(call)}>{number}</Link>,
    },
    {
      header: t('Queue'),
      cell: ({ queue, queueNames }) => (queueNames ? inMyLanguage(queueNames) : queue),
    },
    { header: t('Language'), cell: ({ language }) => callLanguageText(language) },
  ]
}

function Since({ since }: { since: number }) {
  const now = useServerNow()
  return <Digits>{duration(Math.max(0, now - since) / 1000)}</Digits>
}

/** With its day, where it is not today's. */
function NotBefore({ dueAt }: { dueAt: number }) {
  const now = useServerNow()
  return tashkentDay(dueAt) === tashkentDay(now) ? timeOfDay(dueAt) : shortMoment(dueAt)
}

function Status({ row }: { row: CallbackRow }) {
  const tone = row.status === 'failed' || row.status === 'expired' ? 'bad' : 'quiet'
  return (
    <>
      <Tone tone={tone}>{callbackStatusText(row.status)}</Tone>
      {row.promisedByName && ` · ${t('promised by {{name}}', { name: row.promisedByName })}`}
      {row.meantForName && ` · ${t('by {{name}}', { name: row.meantForName })}`}
      {row.reason === 'lost' && ` · ${t('cut off by a fault')}`}
      {row.cause && ` · ${callbackCauseText(row.cause)}`}
    </>
  )
}

function Cancel({ row }: { row: CallbackRow }) {
  const cancel = useCancelCallback()
  if (row.status !== 'waiting' && row.status !== 'offered') return null
  return (
    <Button
      size="xs"
      variant="default"
      loading={cancel.isPending}
      aria-label={t('Cancel the callback to {{number}}', { number: row.number })}
      onClick={() => cancel.mutate(row.id, { onError: showProblem })}
    >
      {t('Cancel')}
    </Button>
  )
}
