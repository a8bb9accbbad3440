/** The requests of what the staff does for the citizens' portal. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type {
  DecideRecording,
  RecordingRequest,
  SavePortalSettings,
  ShownPortalSettings,
} from '#contract/portal.ts'
import { request } from './request.ts'

const portalKeys = { settings: ['portal-settings'], recordings: ['recording-requests'] } as const

export const usePortalSettings = () =>
  useQuery({
    queryKey: portalKeys.settings,
    queryFn: () => request<ShownPortalSettings>('GET', '/portal-settings'),
  })

export function useSavePortalSettings() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (settings: SavePortalSettings) =>
      request<ShownPortalSettings>('PUT', '/portal-settings', settings),
    onSuccess: (saved) => client.setQueryData(portalKeys.settings, saved),
    onError: () => client.invalidateQueries({ queryKey: portalKeys.settings }),
  })
}

export const useRecordingRequests = () =>
  useQuery({
    queryKey: portalKeys.recordings,
    queryFn: () => request<RecordingRequest[]>('GET', '/recording-requests'),
  })

export function useDecideRecording() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, ...decision }: DecideRecording & { id: string }) =>
      request<RecordingRequest>('PUT', `/recording-requests/${id}`, decision),
    onSettled: () => void client.invalidateQueries({ queryKey: portalKeys.recordings }),
  })
}
