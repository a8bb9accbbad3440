/** What settings are checked against while somebody types: the same as in the server, asked for once. */
import { useMemo } from 'react'
import type { AgentSkills, QueueRow } from '#contract/queues.ts'
import { CALL_LANGUAGES } from '#core/lib/languages.ts'
import type { QueuesTogether } from '#core/routing/check-queues.ts'
import { settingsOfForm } from '#core/routing/queue-form.ts'
import { useAgentSkills, useQueues } from '../../queue-api.ts'
import { inMyLanguage } from '../../i18n.ts'

export type Settings = { rows: QueueRow[]; table: AgentSkills; together: QueuesTogether }

/** A query like any other, of both tables. */
export function useSettings() {
  const [queues, agents] = [useQueues(), useAgentSkills()]
  const data = useMemo((): Settings | undefined => {
    if (!queues.data || !agents.data) return undefined
    return { rows: queues.data, table: agents.data, together: togetherOf(queues.data, agents.data) }
  }, [queues.data, agents.data])
  return {
    data,
    isError: queues.isError || agents.isError,
    error: queues.error ?? agents.error,
    refetch: () => Promise.all([queues.refetch(), agents.refetch()]),
  }
}

function togetherOf(rows: readonly QueueRow[], { agents, courses, skills }: AgentSkills): QueuesTogether {
  return {
    queues: rows.map(({ queue, form }) => settingsOfForm(queue, form)),
    agents: agents.map(({ agent, queues, levels }) => ({ agent, queues, skills: levels })),
    skills: skills.map(({ skill }) => skill),
    languages: CALL_LANGUAGES,
    courses,
  }
}

export function queueNameIn(rows: readonly QueueRow[]): (queue: string) => string {
  return (queue) => {
    const row = rows.find((each) => each.queue === queue)
    return row ? inMyLanguage(row.names) : queue
  }
}
