/** The requests of what an organisation sets up once: one address for each, read and saved whole. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { CallbackSettings, SaveCallbackSettings } from '#contract/callbacks.ts'
import type { DiallingSettings, SaveDialling } from '#contract/dialling.ts'
import type { SaveInformation, WaitingInformation } from '#contract/flows.ts'
import type { OneIdSettings, SaveOneId } from '#contract/one-id.ts'
import type { OrganisationSettings, SaveOrganisation } from '#contract/organisation.ts'
import type { SaveSms, SmsSettings, SmsTest, TestSms } from '#contract/sms.ts'
import { keys } from './api.ts'
import { request } from './request.ts'

function useSetting<Shown>(path: string) {
  return useQuery({ queryKey: [path], queryFn: () => request<Shown>('GET', `/${path}`) })
}

/** After a refusal what is there now is asked for: somebody may have saved it meanwhile. */
function useSaveSetting<Shown, Save>(path: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (save: Save) => request<Shown>('PUT', `/${path}`, save),
    onSuccess: (shown) => client.setQueryData([path], shown),
    onError: () => client.invalidateQueries({ queryKey: [path] }),
  })
}

const CALLBACKS = 'callback-settings'
export const useCallbackSettings = () => useSetting<CallbackSettings>(CALLBACKS)
export const useSaveCallbackSettings = () => useSaveSetting<CallbackSettings, SaveCallbackSettings>(CALLBACKS)

const DIALLING = 'dialling-rules'
export const useDialling = () => useSetting<DiallingSettings>(DIALLING)
export const useSaveDialling = () => useSaveSetting<DiallingSettings, SaveDialling>(DIALLING)

const ORGANISATION = 'organisation'
export const useOrganisation = () => useSetting<OrganisationSettings>(ORGANISATION)
export const useSaveOrganisation = () => useSaveSetting<OrganisationSettings, SaveOrganisation>(ORGANISATION)

const ONE_ID = 'one-id'
export const useOneId = () => useSetting<OneIdSettings>(ONE_ID)
export const useSaveOneId = () => useSaveSetting<OneIdSettings, SaveOneId>(ONE_ID)

const SMS = 'sms-settings'
export const useSms = () => useSetting<SmsSettings>(SMS)
export const useSaveSms = () => useSaveSetting<SmsSettings, SaveSms>(SMS)
export const useTestSms = () =>
  useMutation({ mutationFn: (test: TestSms) => request<SmsTest>('POST', `/${SMS}/test`, test) })

const INFORMATION = 'waiting-information'
export const useInformation = () => useSetting<WaitingInformation>(INFORMATION)

/** Of one queue, all of it. */
export function useSaveInformation(queue: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (save: SaveInformation) =>
      request<WaitingInformation>('PUT', `/${INFORMATION}/${queue}`, save),
    onSuccess: (shown) => {
      client.setQueryData([INFORMATION], shown)
      // What was saved has been spoken.
      void client.invalidateQueries({ queryKey: keys.prompts })
    },
    onError: () => client.invalidateQueries({ queryKey: [INFORMATION] }),
  })
}
