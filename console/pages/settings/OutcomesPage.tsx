import { Button, Checkbox, TextInput } from '@mantine/core'
import { IconArrowUp } from '@tabler/icons-react'
import { useState } from 'react'
import type { OutcomeSettings } from '#contract/agents.ts'
import { checkOutcomes } from '#core/calls/outcomes.ts'
import { Asked } from '../../Asked.tsx'
import { outcomeMeaning, outcomeText } from '../../call-words.ts'
import { t } from '../../i18n.ts'
import { useOutcomes } from '../../api.ts'
import { useSaveOutcomes } from '../../settings-api.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { whyNot } from './BreaksPage.tsx'
import { problemAt, RowProblems } from './RowProblems.tsx'
import css from './settings.module.css'
import { SettingsProblem } from './SettingsProblem.tsx'

type Row = OutcomeSettings['outcomes'][number]

/** What the four outcomes are called here and which of them are offered; what each means stays. */
export function OutcomesPage() {
  return (
    <Page title={t('Outcomes of calls')}>
      <Asked query={useOutcomes()}>
        {(settings) => <Editor key={settings.changedAt} settings={settings} />}
      </Asked>
    </Page>
  )
}

function Editor({ settings }: { settings: OutcomeSettings }) {
  const [rows, setRows] = useState(settings.outcomes)
  const save = useSaveOutcomes()
  const problems = checkOutcomes(rows.map(({ names, ...row }) => ({ ...row, names: names ?? undefined })))
  const isSame = JSON.stringify(rows) === JSON.stringify(settings.outcomes)
  const change = (place: number, part: Partial<Row>) =>
    setRows(rows.map((row, at) => (at === place ? { ...row, ...part } : row)))
  return (
    <Surface title={t('In the order in which they are shown')}>
      {rows.map((row, place) => (
        <OutcomeRow
          key={row.outcome}
          row={row}
          problemOf={(field) => problemAt(problems, row.outcome, field)}
          change={(part) => change(place, part)}
          raise={place === 0 ? undefined : () => setRows(raised(rows, place))}
        />
      ))}
      <RowProblems problems={problems.filter(({ row }) => row === '*')} />
      <div className={css.actions} style={{ marginTop: '0.75rem' }}>
        <ActionButton
          label={t('Save')}
          isBusy={save.isPending}
          whyDisabled={whyNot(problems.length, isSame)}
          onPress={() => save.mutate({ basedOn: settings.changedAt, outcomes: rows })}
        />
        {save.isSuccess && isSame && <span role="status">{t('Saved: it holds from now on.')}</span>}
      </div>
      <SettingsProblem error={save.error} />
    </Surface>
  )
}

function raised(rows: readonly Row[], place: number): Row[] {
  const row = rows[place]
  if (!row) return [...rows]
  const others = rows.toSpliced(place, 1)
  return others.toSpliced(place - 1, 0, row)
}

function OutcomeRow(props: {
  row: Row
  problemOf: (field: string) => string | undefined
  change: (part: Partial<Row>) => void
  raise: (() => void) | undefined
}) {
  const { change, problemOf, raise, row } = props
  const word = outcomeText(row.outcome)
  const name = (language: 'uz' | 'ru', text: string) => {
    const names = { uz: row.names?.uz ?? '', ru: row.names?.ru ?? '', [language]: text }
    change({ names: names.uz === '' && names.ru === '' ? null : names })
  }
  return (
    <fieldset className={css.row} aria-label={t('Outcome: {{name}}', { name: word })}>
      <div>
        <strong>{word}</strong>
        <p className={css.quiet}>{outcomeMeaning(row.outcome)}</p>
      </div>
      <TextInput
        label={t('Called in Uzbek')}
        placeholder={t('as usual')}
        value={row.names?.uz ?? ''}
        error={problemOf('uz')}
        onChange={(event) => name('uz', event.currentTarget.value)}
      />
      <TextInput
        label={t('Called in Russian')}
        placeholder={t('as usual')}
        value={row.names?.ru ?? ''}
        error={problemOf('ru')}
        onChange={(event) => name('ru', event.currentTarget.value)}
      />
      <Checkbox
        label={t('Offered at the wrap-up')}
        checked={row.isOffered}
        onChange={(event) => change({ isOffered: event.currentTarget.checked })}
      />
      <Button
        size="xs"
        variant="subtle"
        leftSection={<IconArrowUp size={16} />}
        disabled={!raise}
        aria-label={t('Move {{name}} up', { name: word })}
        onClick={raise}
      >
        {t('Up')}
      </Button>
    </fieldset>
  )
}
