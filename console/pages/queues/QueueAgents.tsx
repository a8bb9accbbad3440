import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import type { AgentSkills, QueueRow } from '#contract/queues.ts'
import type { StaffId } from '#core/lib/ids.ts'
import { t } from '../../i18n.ts'
import { useQueueList } from '../../settings-api.ts'
import { ActionButton } from '../../ui/ActionButton.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { Surface } from '../../ui/Surface.tsx'
import { SettingsProblem } from '../settings/SettingsProblem.tsx'
import css from './queues.module.css'

/** Who serves the queue, saved all at once: the first who serves a new one may have to be two. */
export function QueueAgents({ row, table }: { row: QueueRow; table: AgentSkills }) {
  const from = table.agents.filter(({ queues }) => queues.includes(row.queue)).map(({ agent }) => agent)
  const [to, setTo] = useState<StaffId[]>(from)
  const [search, setSearch] = useState('')
  const command = useQueueList()
  const changes = [...to.filter((id) => !from.includes(id)), ...from.filter((id) => !to.includes(id))].length
  const shown = table.agents.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()))
  const required = table.courses.filter(({ course }) => row.form.courses?.includes(course))
  const closed = new Set(
    table.agents
      .map(({ agent }) => agent)
      .filter((agent) => required.some(({ attested }) => !attested.includes(agent))),
  )
  const toggle = (agent: StaffId) =>
    setTo(to.includes(agent) ? to.filter((id) => id !== agent) : [...to, agent])
  return (
    <Surface title={t('Who serves it')} aside={<span>{t('agents: {{count}}', { count: to.length })}</span>}>
      <SearchField label={t('Search by name')} value={search} search={setSearch} />
      <div role="group" aria-label={t('Who serves it')} className={css.chips} style={{ marginTop: '0.6rem' }}>
        {shown.map(({ agent, name }) => (
          <Checkbox
            key={agent}
            label={closed.has(agent) ? t('{{name}}: not attested', { name }) : name}
            checked={to.includes(agent)}
            onChange={() => toggle(agent)}
          />
        ))}
      </div>
      <div className={css.save}>
        <ActionButton
          label={t('Save who serves it')}
          isBusy={command.isPending}
          whyDisabled={changes === 0 ? t('Nothing has been changed.') : undefined}
          onPress={() => command.mutate({ do: 'agents', queue: row.queue, from, to })}
        />
      </div>
      <SettingsProblem error={command.error} />
    </Surface>
  )
}
