/** SMS that agents send to whoever calls, and the list they choose from. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type {
  CallMessages,
  ReadyMessageSettings,
  SaveReadyMessages,
  SendReadyMessage,
} from '#contract/messages.ts'
import { keys } from './api.ts'
import { request } from './request.ts'

const readyKey = ['ready-messages'] as const
/** Below the call's own key: what changes the call has them asked for again. */
const callMessagesKey = (call: string) => [...keys.call(call), 'messages']

export const useCallMessages = (call: string) =>
  useQuery({
    queryKey: callMessagesKey(call),
    queryFn: () => request<CallMessages>('GET', `/calls/${call}/messages`),
  })

export function useSendReadyMessage(call: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (message: SendReadyMessage) =>
      request<CallMessages>('POST', `/calls/${call}/messages`, message),
    onSuccess: (messages) => client.setQueryData(callMessagesKey(call), messages),
    onError: () => client.invalidateQueries({ queryKey: callMessagesKey(call) }),
  })
}

export const useReadyMessages = () =>
  useQuery({
    queryKey: readyKey,
    queryFn: () => request<ReadyMessageSettings>('GET', '/ready-messages'),
    staleTime: Number.POSITIVE_INFINITY,
  })

export function useSaveReadyMessages() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (settings: SaveReadyMessages) =>
      request<ReadyMessageSettings>('PUT', '/ready-messages', settings),
    onSuccess: (settings) => client.setQueryData(readyKey, settings),
    onError: () => client.invalidateQueries({ queryKey: readyKey }),
  })
}
