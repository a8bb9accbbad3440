/** The requests about knowledge: articles, questions and answers, scripts, acts of law. */
import { useInfiniteQuery, useIsFetching, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  type AddKnowledge,
  type Answer,
  type ImportReport,
  type ImportRows,
  type KnowledgeCard,
  type KnowledgeOwner,
  type KnowledgeRow,
  type KnowledgeShown,
  type KnowledgeUse,
  type SaveKnowledge,
  type SearchMiss,
} from '#contract/knowledge.ts'
import type { KnowledgeLanguage } from '#core/knowledge/knowledge-content.ts'
import type { KnowledgeOrder } from '#core/knowledge/knowledge-status.ts'
import { inMyOrder } from './i18n.ts'
import { myKnowledgeLanguage } from './knowledge-words.ts'
import { importPieces } from './import-pieces.ts'
import { query, request } from './request.ts'

const PAGE_ROWS = 50

/** What may be read out to a citizen, and the words it was found for. What was found for words half typed is kept no longer than it is shown. */
export const useAnswers = (asked: {
  topic: string | undefined
  search: string
  /** Then what is written in it comes in it alone. */
  language?: KnowledgeLanguage
}) =>
  useQuery({
    queryKey: ['answers', asked.language ?? '', asked.topic ?? '', asked.search],
    queryFn: async () => ({
      search: asked.search,
      answers: await request<Answer[]>('GET', `/knowledge/answers${query(asked)}`),
    }),
    ...(asked.search !== '' && { gcTime: 0 }),
    placeholderData: (before) => before,
  })

export const useAnswersOnTheirWay = () => useIsFetching({ queryKey: ['answers'] })

export type KnowledgeFilter = { search: string; kind: string; status: string }

/** Newest first, in pages, by the names they have in the reader's language; what is searched for comes in one, the best first. */
export const useKnowledge = (filter: KnowledgeFilter) =>
  useInfiniteQuery({
    queryKey: ['knowledge', filter, myKnowledgeLanguage()],
    queryFn: ({ pageParam }) => {
      const language = myKnowledgeLanguage()
      const page = query({ ...filter, language, before: pageParam, limit: PAGE_ROWS })
      return request<KnowledgeRow[]>('GET', `/knowledge${page}`)
    },
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) =>
      filter.search !== '' || page.length < PAGE_ROWS ? undefined : page.at(-1)?.id,
    placeholderData: (before) => before,
  })

const itemKey = (id: string | number) => ['knowledge', 'item', String(id)]

export const useKnowledgeItem = (id: string) =>
  useQuery({
    queryKey: itemKey(id),
    queryFn: () => request<KnowledgeCard>('GET', `/knowledge/${encodeURIComponent(id)}`),
  })

/** Those who may answer for an item. */
export const useKnowledgeOwners = () =>
  useQuery({
    queryKey: ['knowledgeOwners'],
    queryFn: () => request<KnowledgeOwner[]>('GET', '/knowledge/owners'),
    select: (rows) => inMyOrder(rows, ({ name }) => name),
  })

export const useAddKnowledge = () =>
  useChange((item: AddKnowledge) => request<KnowledgeCard>('POST', '/knowledge', item))

export const useSaveKnowledge = (id: number) =>
  useChange((change: SaveKnowledge) => request<KnowledgeCard>('PUT', `/knowledge/${id}`, change))

export const useOrderKnowledge = (id: number) =>
  useChange(({ version, order }: { version: number; order: KnowledgeOrder }) =>
    request<KnowledgeCard>('POST', `/knowledge/${id}/versions/${version}/${order}`, {}),
  )

/** One after another; at the first that is refused the rest are left as they were. */
export function useOrderMany() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ versions, order }: { versions: VersionId[]; order: KnowledgeOrder }) => {
      for (const id of versions) await request<KnowledgeCard>('POST', `${versionAddress(id)}/${order}`, {})
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ['knowledge'] })
      void client.invalidateQueries({ queryKey: ['answers'] })
    },
  })
}

/** A large table goes in pieces, one after another, so that each sees what the ones before it have added. */
export function useImportKnowledge() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (rows: ImportRows['rows']) => {
      const { pieces, tooLong } = importPieces(rows)
      const whole: ImportReport = {
        added: [],
        refused: tooLong.map(({ row }) => ({ row, problem: 'tooLong' })),
      }
      for (const piece of pieces) {
        const report = await request<ImportReport>('POST', '/knowledge/import', { rows: piece })
        whole.added.push(...report.added)
        whole.refused.push(...report.refused)
      }
      whole.refused.sort((a, b) => a.row - b.row)
      return whole
    },
    onSettled: () => void client.invalidateQueries({ queryKey: ['knowledge'] }),
  })
}

/** The answer is the item as it is now; lists are asked for again. */
function useChange<Asked>(send: (asked: Asked) => Promise<KnowledgeCard>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: send,
    onSuccess: (card) => client.setQueryData(itemKey(card.id), card),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ['knowledge'] })
      void client.invalidateQueries({ queryKey: ['answers'] })
    },
  })
}

// What becomes of it ------------------------------------------------------------

export type VersionId = { id: number; version: number }
const versionAddress = ({ id, version }: VersionId) => `/knowledge/${id}/versions/${version}`

const TO_READ = ['knowledgeToRead']
const TO_READ_ASKED_EVERY_MS = 60_000
const receptionKey = (id: number) => ['knowledgeUse', id]
const MISSES = ['knowledgeMisses']

/** The call is written a moment after it has begun: what was opened that soon is told again. */
const SHOWN_TRIES = 3

export const useTellShown = () =>
  useMutation({
    mutationFn: ({ call, ...id }: VersionId & { call: string }) =>
      request<void>('POST', `${versionAddress(id)}/shown`, { call }),
    retry: SHOWN_TRIES,
  })

export const useShownInCall = (call: string) =>
  useQuery({
    queryKey: ['shownInCall', call],
    queryFn: () => request<KnowledgeShown[]>('GET', `/calls/${call}/knowledge`),
  })

export function useVote() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ useful, ...id }: VersionId & { useful: boolean }) =>
      request<void>('POST', `${versionAddress(id)}/vote`, { useful }),
    onSuccess: (_done, { id }) => client.invalidateQueries({ queryKey: receptionKey(id) }),
  })
}

export const useKnowledgeUse = (id: number) =>
  useQuery({
    queryKey: receptionKey(id),
    queryFn: () => request<KnowledgeUse>('GET', `/knowledge/${id}/use`),
  })

export const useToRead = () =>
  useQuery({
    queryKey: TO_READ,
    queryFn: () => request<Answer[]>('GET', '/knowledge/to-read'),
    refetchInterval: TO_READ_ASKED_EVERY_MS,
  })

export function useAcknowledge() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: VersionId) => request<void>('POST', `${versionAddress(id)}/acknowledge`, {}),
    onSuccess: (_done, read) => {
      client.setQueryData<Answer[]>(TO_READ, (rest) => rest?.filter(({ id }) => id !== read.id))
      void client.invalidateQueries({ queryKey: receptionKey(read.id) })
    },
  })
}

export const useTellMiss = () =>
  useMutation({ mutationFn: (search: string) => request<void>('POST', '/knowledge/misses', { search }) })

export const useMisses = () =>
  useQuery({ queryKey: MISSES, queryFn: () => request<SearchMiss[]>('GET', '/knowledge/misses') })

export function useDealWithMiss() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: number) => request<void>('DELETE', `/knowledge/misses/${id}`),
    onSettled: () => client.invalidateQueries({ queryKey: MISSES }),
  })
}
