/** The requests of the pages on which an administrator sets the centre up. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type {
  AddPerson,
  ChangePerson,
  ChoosePassword,
  PersonRow,
  PersonWithPassword,
} from '#contract/people.ts'
import type { AddQueue, QueueRow, RetiredQueue, SetQueueAgents } from '#contract/queues.ts'
import { keys } from './api.ts'
import { request } from './request.ts'

const settingKeys = { people: ['people'], retiredQueues: ['retired-queues'] } as const

// People ------------------------------------------------------------------------

export const usePeople = () =>
  useQuery({ queryKey: settingKeys.people, queryFn: () => request<PersonRow[]>('GET', '/people') })

export type PersonCommand =
  | { do: 'add'; form: AddPerson }
  | { do: 'change'; id: string; form: ChangePerson }
  | { do: 'password' | 'deactivate' | 'activate'; id: string }

export type PersonDone = { person: PersonRow; password?: string }

export function usePersonCommand() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: sendPersonCommand,
    onSettled: () => {
      void client.invalidateQueries({ queryKey: settingKeys.people })
      void client.invalidateQueries({ queryKey: keys.agentSkills })
      void client.invalidateQueries({ queryKey: keys.queues })
    },
  })
}

async function sendPersonCommand(command: PersonCommand): Promise<PersonDone> {
  switch (command.do) {
    case 'add':
      return await request<PersonWithPassword>('POST', '/people', command.form)
    case 'change':
      return { person: await request<PersonRow>('PUT', `/people/${command.id}`, command.form) }
    case 'deactivate':
      return { person: await request<PersonRow>('POST', `/people/${command.id}/deactivate`, {}) }
    default:
      return await request<PersonWithPassword>('POST', `/people/${command.id}/${command.do}`, {})
  }
}

// Which queues there are --------------------------------------------------------

export const useRetiredQueues = () =>
  useQuery({
    queryKey: settingKeys.retiredQueues,
    queryFn: () => request<RetiredQueue[]>('GET', '/queues/retired'),
  })

export type QueueListCommand =
  | ({ do: 'add' } & AddQueue)
  | { do: 'names'; queue: string; names: AddQueue['names'] }
  | ({ do: 'agents'; queue: string } & SetQueueAgents)
  | { do: 'retire' | 'reopen'; queue: string }

export function useQueueList() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: sendQueueListCommand,
    onSuccess: (rows) => client.setQueryData(keys.queues, rows),
    onSettled: () => {
      for (const queryKey of [keys.queues, keys.agentSkills, settingKeys.retiredQueues, settingKeys.people])
        void client.invalidateQueries({ queryKey })
    },
  })
}

function sendQueueListCommand(command: QueueListCommand): Promise<QueueRow[]> {
  switch (command.do) {
    case 'add':
      return request('POST', '/queues', { queue: command.queue, names: command.names, then: command.then })
    case 'names':
      return request('PUT', `/queues/${command.queue}/names`, { names: command.names })
    case 'agents':
      return request('PUT', `/queues/${command.queue}/agents`, { from: command.from, to: command.to })
    default:
      return request('POST', `/queues/${command.queue}/${command.do}`, {})
  }
}

// One's own password ------------------------------------------------------------

export function useChoosePassword() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (form: ChoosePassword) => request<void>('PUT', '/me/password', form),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.me }),
  })
}
