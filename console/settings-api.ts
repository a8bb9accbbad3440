/** The requests of the pages on which an administrator sets the centre up. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { AgentTime, OutcomeSettings, SaveOutcomes } from '#contract/agents.ts'
import type {
  AddPerson,
  ChangePerson,
  ChoosePassword,
  PersonRow,
  PersonWithPassword,
} from '#contract/people.ts'
import type { ClassifierCard, ClassifierRow, SaveClassifier } from '#contract/classifier.ts'
import type { AddQueue, QueueRow, RetiredQueue, SetQueueAgents } from '#contract/queues.ts'
import type { AddTrunk, ChangeTrunk, TrunksView } from '#contract/trunks.ts'
import { inMyOrder } from './i18n.ts'
import { keys } from './api.ts'
import { request } from './request.ts'

const settingKeys = {
  people: ['people'],
  retiredQueues: ['retired-queues'],
  classifier: ['classifier'],
  trunks: ['trunks'],
} as const

// People ------------------------------------------------------------------------

export const usePeople = () =>
  useQuery({
    queryKey: settingKeys.people,
    queryFn: () => request<PersonRow[]>('GET', '/people'),
    select: (rows) => inMyOrder(rows, ({ name }) => name),
  })

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

// Agents' time and outcomes -------------------------------------------------------

export function useSaveAgentTime() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (time: AgentTime) => request<AgentTime>('PUT', '/agent-time', time),
    onSuccess: (time) => client.setQueryData(keys.agentTime, time),
    onError: () => client.invalidateQueries({ queryKey: keys.agentTime }),
  })
}

export function useSaveOutcomes() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (settings: SaveOutcomes) => request<OutcomeSettings>('PUT', '/call-outcomes', settings),
    onSuccess: (settings) => client.setQueryData(keys.outcomes, settings),
    onError: () => client.invalidateQueries({ queryKey: keys.outcomes }),
  })
}

// The classifier ------------------------------------------------------------------

export const useClassifiers = () =>
  useQuery({
    queryKey: settingKeys.classifier,
    queryFn: () => request<ClassifierRow[]>('GET', '/classifier'),
  })

/** A saved version changes no more, but for the draft, which is told by when it was saved. */
export const useClassifier = (row: ClassifierRow | undefined) =>
  useQuery({
    queryKey: [...settingKeys.classifier, row?.version, row?.savedAt],
    queryFn: () => request<ClassifierCard>('GET', `/classifier/${row?.version}`),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: row !== undefined,
  })

export type ClassifierCommand =
  | ({ do: 'save' } & SaveClassifier)
  | { do: 'discard' }
  | { do: 'publish'; basedOn: number }
  | { do: 'restore'; version: number }

export function useClassifierCommand() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: sendClassifierCommand,
    onSettled: () => {
      void client.invalidateQueries({ queryKey: settingKeys.classifier })
      void client.invalidateQueries({ queryKey: keys.topics })
    },
  })
}

function sendClassifierCommand(command: ClassifierCommand): Promise<unknown> {
  switch (command.do) {
    case 'save':
      return request('PUT', '/classifier/draft', { basedOn: command.basedOn, nodes: command.nodes })
    case 'discard':
      return request('DELETE', '/classifier/draft')
    case 'publish':
      return request('POST', '/classifier/draft/publish', { basedOn: command.basedOn })
    case 'restore':
      return request('POST', `/classifier/${command.version}/restore`, {})
  }
}

// Trunks --------------------------------------------------------------------------

/** Calls come and go while one looks. */
const TRUNKS_ASKED_EVERY_MS = 10_000

export const useTrunks = () =>
  useQuery({
    queryKey: settingKeys.trunks,
    queryFn: () => request<TrunksView>('GET', '/trunks'),
    refetchInterval: TRUNKS_ASKED_EVERY_MS,
  })

export type TrunkCommand =
  | { do: 'add'; form: AddTrunk }
  | { do: 'change'; id: string; form: ChangeTrunk }
  | { do: 'on' | 'off'; id: string }

export function useTrunkCommand() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: sendTrunkCommand,
    onSuccess: (view) => client.setQueryData(settingKeys.trunks, view),
    onError: () => client.invalidateQueries({ queryKey: settingKeys.trunks }),
  })
}

function sendTrunkCommand(command: TrunkCommand): Promise<TrunksView> {
  switch (command.do) {
    case 'add':
      return request('POST', '/trunks', command.form)
    case 'change':
      return request('PUT', `/trunks/${command.id}`, command.form)
    default:
      return request('POST', `/trunks/${command.id}/${command.do}`, {})
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
