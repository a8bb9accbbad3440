import { Alert, Button } from '@mantine/core'
import { useState } from 'react'
import type { TrunksView, TrunkView } from '#contract/trunks.ts'
import { shortMoment } from '#core/text/uzbek-dates.ts'
import { Asked } from '../../Asked.tsx'
import { t } from '../../i18n.ts'
import { useTrunkCommand, useTrunks } from '../../settings-api.ts'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { type Column, Table } from '../../ui/Table.tsx'
import { Tone } from '../../ui/Tone.tsx'
import css from './settings.module.css'
import { SettingsProblem } from './SettingsProblem.tsx'
import { TrunkForm } from './TrunkForm.tsx'

/** How calls reach us from carriers: how each trunk does, and what it is. */
export function TrunksPage() {
  return (
    <Page title={t('Trunks')}>
      <Asked query={useTrunks()}>{(view) => <Trunks view={view} />}</Asked>
    </Page>
  )
}

const NEW = 'new'

function Trunks({ view: { isApplied, trunks } }: { view: TrunksView }) {
  const [open, setOpen] = useState<string>()
  const command = useTrunkCommand()
  const opened = trunks.find(({ id }) => id === open)
  const columns: Column<TrunkView>[] = [
    { header: t('Trunk'), cell: ({ id, name }) => `${name} (${id})` },
    { header: t('State'), cell: (row) => <State row={row} /> },
    {
      header: t('Calls now'),
      isNumber: true,
      cell: (row) => `${row.engine?.calls ?? '—'} / ${row.maxCalls}`,
    },
    { header: t('Calls today'), isNumber: true, cell: (row) => row.callsToday },
    { header: t('Refused today'), isNumber: true, cell: (row) => row.refusedToday },
    { header: t('Last call'), cell: ({ lastCallAt }) => lastCallAt !== null && shortMoment(lastCallAt) },
    { header: t('Calls out'), cell: ({ hasWayOut }) => (hasWayOut ? t('yes') : t('no way out')) },
    {
      header: t('Change'),
      cell: ({ id, name }) => (
        <Button
          size="xs"
          variant="default"
          aria-label={t('Change {{name}}', { name })}
          onClick={() => setOpen(id)}
        >
          {t('Change')}
        </Button>
      ),
    },
  ]
  return (
    <div className={css.page}>
      {!isApplied && (
        <Alert color="yellow" role="alert">
          {t('Saved, but the telephone engine did not answer. It reads this at its next start.')}
        </Alert>
      )}
      <Surface title={t('Trunks')}>
        <Table
          caption={t('Trunks')}
          columns={columns}
          rows={trunks}
          rowKey={({ id }) => id}
          empty={t('There is no trunk: nobody can call.')}
        />
        <div className={css.actions} style={{ marginTop: '0.75rem' }}>
          <Button variant="default" onClick={() => setOpen(NEW)}>
            {t('Add a trunk')}
          </Button>
        </div>
        <SettingsProblem error={command.error} />
      </Surface>
      {open === NEW && <TrunkForm trunk={undefined} others={trunks} close={() => setOpen(undefined)} />}
      {opened && (
        <TrunkForm key={opened.id} trunk={opened} others={trunks} close={() => setOpen(undefined)} />
      )}
    </div>
  )
}

function State({ row: { engine, isActive } }: { row: TrunkView }) {
  if (!isActive) return <Tone tone="quiet">{t('switched off')}</Tone>
  if (engine === null) return <Tone tone="warn">{t('the engine does not answer')}</Tone>
  return engine.knowsIt ? (
    <Tone tone="good">{t('in use')}</Tone>
  ) : (
    <Tone tone="bad">{t('left out by the engine')}</Tone>
  )
}
