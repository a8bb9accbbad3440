/** Queues in their versions, and the skills of agents. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type {
  AddSkill,
  AgentSkills,
  ChangeAgentSkills,
  QueueForm,
  QueueRow,
  QueueVersion,
} from '#contract/queues.ts'
import { inMyLanguage, inMyOrder } from './i18n.ts'
import { request } from './request.ts'
import { keys } from './api.ts'

export const useQueues = () =>
  useQuery({
    queryKey: keys.queues,
    queryFn: () => request<QueueRow[]>('GET', '/queues'),
    select: (rows) => inMyOrder(rows, ({ names }) => inMyLanguage(names)),
  })

export const useQueueVersions = (queue: string) =>
  useQuery({
    queryKey: keys.queueVersions(queue),
    queryFn: () => request<QueueVersion[]>('GET', `/queues/${queue}/versions`),
  })

export type SaveQueue = { queue: string; basedOn: number } & ({ form: QueueForm } | { restore: number })

export function useSaveQueue() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ queue, basedOn, ...what }: SaveQueue) =>
      'form' in what
        ? request<QueueRow>('PUT', `/queues/${queue}`, { basedOn, form: what.form })
        : request<QueueRow>('POST', `/queues/${queue}/versions/${what.restore}/restore`, { basedOn }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.queues }),
  })
}

export const useAgentSkills = () =>
  useQuery({
    queryKey: keys.agentSkills,
    queryFn: () => request<AgentSkills>('GET', '/agent-skills'),
    select: ({ agents, courses, skills }): AgentSkills => ({
      agents: inMyOrder(agents, ({ name }) => name),
      courses: inMyOrder(courses, ({ names }) => inMyLanguage(names)),
      skills: inMyOrder(skills, ({ names }) => inMyLanguage(names)),
    }),
  })

export type SkillCommand =
  | ({ do: 'change' } & ChangeAgentSkills)
  | ({ do: 'add' } & AddSkill)
  | { do: 'remove'; skill: string }

export function useSkillCommand() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: sendSkillCommand,
    onSuccess: (table) => client.setQueryData(keys.agentSkills, table),
    onError: () => client.invalidateQueries({ queryKey: keys.agentSkills }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.queues }),
  })
}

function sendSkillCommand(command: SkillCommand): Promise<AgentSkills> {
  switch (command.do) {
    case 'change':
      return request('PUT', '/agent-skills', { changes: command.changes })
    case 'add':
      return request('POST', '/skills', { skill: command.skill, names: command.names })
    case 'remove':
      return request('DELETE', `/skills/${command.skill}`)
  }
}
