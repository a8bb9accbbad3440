import { Checkbox, TextInput } from '@mantine/core'
import type { OutcomeSettings } from '#contract/agents.ts'
import { checkOutcomes } from '#core/calls/outcomes.ts'
import { Asked } from '../../Asked.tsx'
import { outcomeMeaning, outcomeText } from '../../call-words.ts'
import { t } from '../../i18n.ts'
import { useOutcomes } from '../../api.ts'
import { UpButton } from '../../ListButtons.tsx'
import { useSaveOutcomes } from '../../settings-api.ts'
import { Page } from '../../ui/Page.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { problemAt, RowProblems } from './RowProblems.tsx'
import { SaveSetting } from './SaveSetting.tsx'
import css from './settings.module.css'
import { type ShownSetting, useSettingForm } from './use-setting-form.ts'

type Row = OutcomeSettings['outcomes'][number]

/** What the four outcomes are called here and which of them are offered; what each means stays. */
export function OutcomesPage() {
  return (
    <Page title={t('Outcomes of calls')}>
      <Asked query={useOutcomes()}>{(settings) => <Editor settings={settings} />}</Asked>
    </Page>
  )
}

function Editor({ settings }: { settings: OutcomeSettings }) {
  const form = useSettingForm('outcomes', shownOf(settings))
  const rows = form.value
  const save = useSaveOutcomes()
  const problems = checkOutcomes(rows.map(({ names, ...row }) => ({ ...row, names: names ?? undefined })))
  const change = (place: number, part: Partial<Row>) =>
    form.set(rows.map((row, at) => (at === place ? { ...row, ...part } : row)))
  const press = () =>
    save.mutate(
      { basedOn: form.basedOn, outcomes: rows },
      { onSuccess: (saved) => form.adopt(shownOf(saved)) },
    )
  return (
    <Surface title={t('In the order in which they are shown')}>
      {rows.map((row, place) => (
        <OutcomeRow
          key={row.outcome}
          row={row}
          problemOf={(field) => problemAt(problems, row.outcome, field)}
          change={(part) => change(place, part)}
          raise={place === 0 ? undefined : () => form.set(raised(rows, place))}
        />
      ))}
      <RowProblems problems={problems.filter(({ row }) => row === '*')} />
      <SaveSetting form={form} problems={problems.length} save={save} press={press} />
    </Surface>
  )
}

function shownOf({ changedAt, outcomes }: OutcomeSettings): ShownSetting<Row[]> {
  return { changedAt, value: outcomes }
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
      <UpButton size="xs" label={t('Move {{name}} up', { name: word })} raise={raise} />
    </fieldset>
  )
}
