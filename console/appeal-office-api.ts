/** Every request about many appeals at once, their warnings and who filed one. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type {
  AppealsExport,
  BulkAppeals,
  BulkOutcome,
  ChangeFilers,
  ChangeTelephone,
  DueWarningRow,
  EditorChoice,
  ExportAppeals,
} from '#contract/appeal-office.ts'
import type { AppealCard } from '#contract/appeals.ts'
import { keys } from './api.ts'
import { inMyOrder } from './i18n.ts'
import { request } from './request.ts'

/** A warning is given each hour; nobody is told of it by the live stream. */
const WARNINGS_EVERY_MS = 60_000

export const useEditors = () =>
  useQuery({
    queryKey: ['editors'],
    queryFn: () => request<EditorChoice[]>('GET', '/appeals/editors'),
    select: (rows) => inMyOrder(rows, ({ name }) => name),
  })

export const useExecutors = () =>
  useQuery({
    queryKey: ['executors'],
    queryFn: () => request<string[]>('GET', '/appeals/executors'),
    select: (names) => inMyOrder(names, (name) => name),
  })

export const useDueWarnings = () =>
  useQuery({
    queryKey: [...keys.appeals, 'warnings'],
    queryFn: () => request<DueWarningRow[]>('GET', '/appeals/warnings'),
    refetchInterval: WARNINGS_EVERY_MS,
  })

export function useBulk() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (bulk: BulkAppeals) => request<BulkOutcome[]>('POST', '/appeals/bulk', bulk),
    onSettled: () => client.invalidateQueries({ queryKey: keys.appeals }),
  })
}

export const useExport = () =>
  useMutation({
    mutationFn: (chosen: ExportAppeals) => request<AppealsExport>('POST', '/appeals/exports', chosen),
  })

export function useChangeTelephone(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (change: ChangeTelephone) => request<AppealCard>('PUT', `/appeals/${id}/telephone`, change),
    onSuccess: (card) => client.setQueryData(keys.appeal(id), card),
    onError: () => client.invalidateQueries({ queryKey: keys.appeal(id) }),
  })
}

export function useChangeFilers(id: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (change: ChangeFilers) => request<AppealCard>('PUT', `/appeals/${id}/filers`, change),
    onSuccess: (card) => client.setQueryData(keys.appeal(id), card),
    onError: () => client.invalidateQueries({ queryKey: keys.appeal(id) }),
  })
}
