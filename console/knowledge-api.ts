/** The requests about knowledge: articles, questions and answers, scripts, acts of law. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { AddKnowledge, Answer, KnowledgeCard, KnowledgeRow, SaveKnowledge } from '#contract/knowledge.ts'
import type { KnowledgeOrder } from '#core/knowledge/knowledge-status.ts'
import { query, request } from './request.ts'

const PAGE_ROWS = 50

/** What may be read out to a citizen. */
export const useAnswers = (asked: { topic: string | undefined; search: string }) =>
  useQuery({
    queryKey: ['answers', asked.topic ?? '', asked.search],
    queryFn: () => request<Answer[]>('GET', `/knowledge/answers${query(asked)}`),
    placeholderData: (before) => before,
  })

export type KnowledgeFilter = { search: string; kind: string; status: string }

/** Newest first, in pages; what is searched for comes in one, the best first. */
export const useKnowledge = (filter: KnowledgeFilter) =>
  useInfiniteQuery({
    queryKey: ['knowledge', filter],
    queryFn: ({ pageParam }) =>
      request<KnowledgeRow[]>(
        'GET',
        `/knowledge${query({ ...filter, before: pageParam, limit: PAGE_ROWS })}`,
      ),
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

export const useAddKnowledge = () =>
  useChange((item: AddKnowledge) => request<KnowledgeCard>('POST', '/knowledge', item))

export const useSaveKnowledge = (id: number) =>
  useChange((change: SaveKnowledge) => request<KnowledgeCard>('PUT', `/knowledge/${id}`, change))

export const useOrderKnowledge = (id: number) =>
  useChange(({ version, order }: { version: number; order: KnowledgeOrder }) =>
    request<KnowledgeCard>('POST', `/knowledge/${id}/versions/${version}/${order}`, {}),
  )

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
