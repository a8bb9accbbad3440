import { NativeSelect } from '@mantine/core'
import type { AgentSkills, QueueForm, QueueFormProblem } from '#contract/queues.ts'
import { CALL_LANGUAGES } from '#core/lib/languages.ts'
import { AGENT_ORDERS, type AgentOrder } from '#core/routing/queue-settings.ts'
import type { AgentServes } from '#core/routing/routing-events.ts'
import { readSkillRules, RULE_TEXT_MAX_CHARACTERS } from '#core/routing/skill-rule-text.ts'
import { hasSkills, type SkillRules, type SkillStep } from '#core/routing/skill-rules.ts'
import { duration } from '#core/text/uzbek-dates.ts'
import { callLanguageText } from '../../call-words.ts'
import { inMyLanguage, t } from '../../i18n.ts'
import { orderText } from '../../queue-words.ts'
import { LimitedArea } from '../../ui/LimitedText.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { type Column, Table } from '../../ui/Table.tsx'
import { placeInText, Problems } from './Problems.tsx'
import css from './queues.module.css'

const EXAMPLE = 'wait < 60 s: ru >= 80, appeals >= 40; then ru >= 40; then any'

/** Which agents may be asked, and who of them first. */
export function RulesField(props: {
  form: QueueForm
  change: (part: Partial<QueueForm>) => void
  problems: readonly QueueFormProblem[]
  queueName: (queue: string) => string
  agents: readonly AgentServes[]
  table: AgentSkills
}) {
  const { agents, change, form, queueName, table } = props
  const problems = props.problems.filter(({ field }) => field === 'skills')
  const read = readSkillRules(form.rules)
  return (
    <Surface title={t('Who is asked')}>
      <div className={css.form}>
        <NativeSelect
          label={t('Who is asked first')}
          data={AGENT_ORDERS.map((value) => ({ value, label: orderText(value) }))}
          value={form.order}
          onChange={(event) => change({ order: event.currentTarget.value as AgentOrder })}
        />
        <LimitedArea
          label={t('Rules of skills')}
          description={t(
            'One step a line, each asking for less than the one before it. Example: {{example}}',
            {
              example: EXAMPLE,
            },
          )}
          autosize
          minRows={3}
          maxRows={12}
          most={RULE_TEXT_MAX_CHARACTERS}
          spellCheck={false}
          error={problems.length > 0}
          classNames={{ input: css.rulesInput }}
          value={form.rules}
          onChange={(event) => change({ rules: event.currentTarget.value })}
        />
        <Problems problems={problems} queueName={queueName} place={placeInText} />
        <SkillNames table={table} />
        {'rules' in read && <WhoMayBeAsked rules={read.rules} agents={agents} />}
      </div>
    </Surface>
  )
}

/** The words that stand for skills in the rules. */
function SkillNames({ table }: { table: AgentSkills }) {
  return (
    <p className={css.quiet}>
      {table.skills.map(({ skill, names }) => `${skill} — ${inMyLanguage(names)}`).join(', ')},{' '}
      {t('{{language}} — the one the caller has chosen', { language: 'language' })}
    </p>
  )
}

/** What the rules come to: how many of the agents who serve the queue may be asked at each step. */
function WhoMayBeAsked({ rules, agents }: { rules: SkillRules; agents: readonly AgentServes[] }) {
  const columns: Column<SkillStep>[] = [
    { header: t('After waiting'), isNumber: true, cell: ({ fromSeconds }) => duration(fromSeconds) },
    ...CALL_LANGUAGES.map((language) => ({
      header: t('Agents for callers in {{language}}', { language: callLanguageText(language) }),
      isNumber: true,
      cell: ({ needs }: SkillStep) =>
        agents.filter(({ skills }) => hasSkills(skills, needs, language)).length,
    })),
  ]
  return (
    <Table
      caption={t('How many agents may be asked')}
      columns={columns}
      rows={rules}
      rowKey={({ fromSeconds }) => fromSeconds}
      empty=""
    />
  )
}
