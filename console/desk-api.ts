/** What an agent asks of the server at the desk, and for the calls still to be classified. */
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { CallToClassify, WrapUpDraft } from '#contract/agents.ts'
import type { CallbackOptions, PromiseCallback } from '#contract/callbacks.ts'
import type { ConsultWith, Desk, TransferTargets, TransferTo, WrapUp } from '#contract/calls.ts'
import type { PhoneAccess } from '#contract/staff.ts'
import type { PhoneMode } from '#core/calls/call.ts'
import { inMyLanguage, inMyOrder } from './i18n.ts'
import { request } from './request.ts'
import { keys } from './api.ts'

const KEPT_ASKED_AGAIN_AFTER_MS = 2_000

export const useDesk = (enabled = true) =>
  useQuery({
    queryKey: keys.desk,
    queryFn: ({ client }) => askForDesk(client, () => request<Desk>('GET', '/desk')),
    staleTime: Number.POSITIVE_INFINITY,
    enabled,
  })

/**
 * The answer to a request may be overtaken by the live stream: what the stream told in the meantime counts. The times
 * in them do not decide it: two changes of one millisecond have the same, and a clock that is set back has older ones.
 */
export async function askForDesk(client: QueryClient, ask: () => Promise<Desk>): Promise<Desk> {
  const known = client.getQueryData<Desk>(keys.desk)
  const asked = await ask()
  const told = client.getQueryData<Desk>(keys.desk)
  return told && told !== known ? told : asked
}

/** The live stream tells in order. */
export function putDesk(client: QueryClient, desk: Desk): void {
  const before = client.getQueryData<Desk>(keys.desk)
  client.setQueryData<Desk>(keys.desk, desk)
  // A call that has gone from the desk may have gone unclassified.
  if (before?.call && !desk.call) void client.invalidateQueries({ queryKey: keys.toClassify })
}

export const fetchPhoneAccess = (mode: PhoneMode = 'alwaysOn') =>
  request<PhoneAccess>('POST', '/desk/phone', { mode })
/** Whether the server has a line for this agent, in whichever window. */
export const lineIsUp = async () => (await request<Desk>('GET', '/desk')).line !== 'down'
export const proveLine = (packetsReceived: number) =>
  request<void>('POST', '/desk/line-proven', { packetsReceived })

export type DeskCommand =
  | { do: 'becomeAvailable' }
  | { do: 'takeBreak'; reason: string }
  | { do: 'withdrawNext' | 'moreTime' }
  | { do: 'signOff' }
  | { do: 'accept' | 'decline'; offer: string }
  | { do: 'hold' | 'resume' | 'endCall' }
  | { do: 'mute'; muted: boolean }
  | { do: 'sendDigits'; digits: string }
  | { do: 'transfer'; to: TransferTo }
  | { do: 'consult'; with: ConsultWith }
  | { do: 'returnToQueue' | 'endConsult' | 'confer' | 'handOver' | 'stopHelping' }
  | { do: 'finishWrapUp'; wrapUp: WrapUp; thenBreak: boolean }

export function useDeskCommand() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: sendDeskCommand,
    // The live stream tells it too; asking as well heals a stream that is just being lost.
    onSettled: () => void client.invalidateQueries({ queryKey: keys.desk }),
  })
}

function sendDeskCommand(command: DeskCommand): Promise<unknown> {
  switch (command.do) {
    case 'becomeAvailable':
      return request('POST', '/desk/available', {})
    case 'takeBreak':
      return request('POST', '/desk/break', { reason: command.reason })
    case 'withdrawNext':
      return request('DELETE', '/desk/next')
    case 'moreTime':
      return request('POST', '/desk/call/more-time', {})
    case 'signOff':
      return request('POST', '/desk/sign-off', {})
    case 'accept':
    case 'decline':
      return request('POST', `/desk/offers/${command.offer}/${command.do}`, {})
    case 'hold':
    case 'resume':
      return request('POST', `/desk/call/${command.do}`, {})
    case 'endCall':
      return request('POST', '/desk/call/end', {})
    case 'mute':
      return request('POST', '/desk/call/mute', { muted: command.muted })
    case 'sendDigits':
      return request('POST', '/desk/call/digits', { digits: command.digits })
    case 'transfer':
      return request('POST', '/desk/call/transfer', command.to)
    case 'consult':
      return request('POST', '/desk/call/consult', command.with)
    case 'finishWrapUp':
      return request('POST', `/desk/call/wrap-up${command.thenBreak ? '?then=break' : ''}`, command.wrapUp)
    default:
      return request('POST', HAND_OVER_PATHS[command.do], {})
  }
}

const HAND_OVER_PATHS = {
  returnToQueue: '/desk/call/return',
  endConsult: '/desk/call/consult/end',
  confer: '/desk/call/conference',
  handOver: '/desk/call/hand-over',
  stopHelping: '/desk/call/stop-helping',
} as const

/** Who is free changes while one chooses. */
const TARGETS_ASKED_EVERY_MS = 2_000

export const useTransferTargets = () =>
  useQuery({
    queryKey: keys.targets,
    queryFn: () => request<TransferTargets>('GET', '/desk/targets'),
    select: ({ agents, queues, ...others }): TransferTargets => ({
      ...others,
      agents: inMyOrder(agents, ({ name }) => name),
      queues: inMyOrder(queues, ({ names }) => inMyLanguage(names)),
    }),
    refetchInterval: TARGETS_ASKED_EVERY_MS,
  })

// A call that is promised -------------------------------------------------------------

/** Below the call's own key: what changes the call has it asked for again. */
const callbackKey = (call: string) => [...keys.call(call), 'callback']

export const useCallbackOptions = (call: string) =>
  useQuery({
    queryKey: callbackKey(call),
    queryFn: () => request<CallbackOptions>('GET', `/calls/${call}/callback`),
  })

export function usePromiseCallback(call: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (asked: PromiseCallback) => request<void>('POST', `/calls/${call}/callback`, asked),
    // It is written a moment later, which the live stream tells.
    onSettled: () => client.invalidateQueries({ queryKey: callbackKey(call) }),
  })
}

// Calls to classify -----------------------------------------------------------------

export const useCallsToClassify = () =>
  useQuery({
    queryKey: keys.toClassify,
    queryFn: () => request<CallToClassify[]>('GET', '/desk/to-classify'),
  })

export function useClassify() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ call, wrapUp }: { call: string; wrapUp: WrapUp }) =>
      request<void>('POST', `/desk/to-classify/${call}`, wrapUp),
    // It is written a moment later; until then the list would still show it.
    onSuccess: (_done, { call }) =>
      client.setQueryData<CallToClassify[]>(keys.toClassify, (calls) =>
        calls?.filter(({ id }) => id !== call),
      ),
  })
}

/** What the server has of a form that this tab knows nothing of. */
export const useKeptDraft = (call: string, enabled: boolean) =>
  useQuery({
    queryKey: ['draft', call],
    queryFn: () => request<WrapUpDraft | null>('GET', `/desk/drafts/${call}`),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    // Another window of his may just be sending what was typed there last.
    refetchInterval: ({ state }) => (state.dataUpdateCount < 2 ? KEPT_ASKED_AGAIN_AFTER_MS : false),
    enabled,
  })

export const keepDraft = (call: string, draft: WrapUpDraft) =>
  request<void>('PUT', `/desk/drafts/${call}`, draft)
