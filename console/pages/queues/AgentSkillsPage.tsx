import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import type { AgentSkills, ChangeAgentSkills } from '#contract/queues.ts'
import { checkQueues } from '#core/routing/check-queues.ts'
import { newProblems } from '#core/routing/queue-form.ts'
import { SKILL_LEVEL_MAX } from '#core/routing/skill-rules.ts'
import { useSkillCommand } from '../../queue-api.ts'
import { Asked } from '../../Asked.tsx'
import { inMyLanguage, t } from '../../i18n.ts'
import { fieldText } from '../../queue-words.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { Page } from '../../ui/Page.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { type Column, Table } from '../../ui/Table.tsx'
import { placeInText, Problems } from './Problems.tsx'
import css from './queues.module.css'
import { SaveProblem } from './SaveProblem.tsx'
import { isLevel, levelChanges, type LevelsTyped, withChanges } from './skill-changes.ts'
import { Skills } from './Skills.tsx'
import { queueNameIn, type Settings, useSettings } from './together.ts'

type Row = AgentSkills['agents'][number]

/** Agents and skills as one table; what is typed is saved all at once, and refused while it leaves callers with nobody. */
export function AgentSkillsPage() {
  return (
    <Page title={t('Agents’ skills')}>
      <Asked query={useSettings()}>{(settings) => <Levels settings={settings} />}</Asked>
    </Page>
  )
}

function Levels({ settings }: { settings: Settings }) {
  const [typed, setTyped] = useState<LevelsTyped>({})
  const command = useSkillCommand()
  const { table, together, rows } = settings
  const queueName = queueNameIn(rows)
  const changes = levelChanges(table, typed)
  const problems = newProblems(
    checkQueues(together),
    checkQueues({ ...together, agents: withChanges(table, changes) }),
  )
  const type = (agent: string, skill: string, text: string) =>
    setTyped({ ...typed, [agent]: { ...typed[agent], [skill]: text } })
  const save = () => command.mutate({ do: 'change', changes }, { onSuccess: () => setTyped({}) })

  return (
    <div className={css.page}>
      <Surface title={t('Levels from 0 to {{most}}', { most: SKILL_LEVEL_MAX })}>
        <LevelTable settings={settings} typed={typed} type={type} />
        <Problems
          problems={problems}
          queueName={queueName}
          place={(problem) =>
            [queueName(problem.queue), fieldText(problem.field), placeInText(problem)]
              .filter(Boolean)
              .join(', ')
          }
        />
        <div className={css.save}>
          <ActionButton
            label={t('Save changes: {{count}}', { count: changes.length })}
            isBusy={command.isPending}
            whyDisabled={whyNot(changes, typed, problems.length)}
            onPress={save}
          />
          {command.isSuccess && changes.length === 0 && (
            <span role="status">{t('Saved: it holds from now on.')}</span>
          )}
        </div>
        <SaveProblem error={command.error} queueName={queueName} />
      </Surface>
      <Skills skills={table.skills} command={command} />
    </div>
  )
}

function whyNot(
  changes: ChangeAgentSkills['changes'],
  typed: LevelsTyped,
  problems: number,
): string | undefined {
  const texts = Object.values(typed).flatMap((levels) => Object.values(levels))
  if (!texts.every(isLevel))
    return t('A level is a whole number from 0 to {{most}}.', { most: SKILL_LEVEL_MAX })
  if (problems > 0) return t('First put right what is marked.')
  return changes.length === 0 ? t('Nothing has been changed.') : undefined
}

function LevelTable(props: {
  settings: Settings
  typed: LevelsTyped
  type: (agent: string, skill: string, text: string) => void
}) {
  const { type, typed } = props
  const { rows, table } = props.settings
  const [queue, setQueue] = useState('')
  const [search, setSearch] = useState('')
  const shown = table.agents.filter(
    ({ name, queues }) =>
      (queue === '' || queues.some((one) => one === queue)) &&
      name.toLowerCase().includes(search.toLowerCase()),
  )
  const columns: Column<Row>[] = [
    { header: t('Agent'), cell: ({ name }) => name },
    ...table.skills.map(({ skill, names }) => ({
      header: `${inMyLanguage(names)} (${skill})`,
      cell: ({ agent, levels, name }: Row) => (
        <LevelField
          label={`${name}, ${inMyLanguage(names)}`}
          level={levels[skill] ?? 0}
          typed={typed[agent]?.[skill]}
          type={(text) => type(agent, skill, text)}
        />
      ),
    })),
  ]
  return (
    <>
      <div className={css.fields} style={{ padding: 0, marginBottom: '0.6rem' }}>
        <NativeSelect
          label={t('Queue')}
          data={[
            { value: '', label: t('all') },
            ...rows.map((row) => ({ value: String(row.queue), label: inMyLanguage(row.names) })),
          ]}
          value={queue}
          onChange={(event) => setQueue(event.currentTarget.value)}
        />
        <SearchField label={t('Search by name')} value={search} search={setSearch} />
      </div>
      <Table
        caption={t('Agents’ skills')}
        columns={columns}
        rows={shown}
        rowKey={({ agent }) => agent}
        empty={t('Nobody is found.')}
      />
    </>
  )
}

function LevelField(props: {
  label: string
  level: number
  typed: string | undefined
  type: (text: string) => void
}) {
  const { label, level, type, typed } = props
  const text = typed ?? String(level)
  return (
    <input
      className={css.level}
      aria-label={label}
      aria-invalid={!isLevel(text)}
      data-changed={text !== String(level)}
      inputMode="numeric"
      value={text}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => type(event.currentTarget.value)}
    />
  )
}
