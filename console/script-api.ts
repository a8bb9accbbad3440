/** The requests about the guided script: read in calls, written by those who keep it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { SaveScript, ScriptCard, ScriptRow, ScriptVersion } from '#contract/scripts.ts'
import { request } from './request.ts'

const SCRIPT = ['script']
const VERSIONS = ['script-versions']

let lastKnown: ScriptVersion | undefined

/**
 * As long as a call goes on, and is wrapped up, it has the script it began with, whatever is published meanwhile: its
 * ticks are of that version. Without a call, what holds when the page is opened.
 */
export const useScript = (call = '') =>
  useQuery({
    queryKey: [...SCRIPT, call],
    queryFn: async () => (lastKnown = await request<ScriptVersion>('GET', '/script')),
    staleTime: Number.POSITIVE_INFINITY,
    // Of the call before, until it has come: a server that is away leaves nobody without words.
    placeholderData: (before: ScriptVersion | undefined) => before ?? lastKnown,
  })

export const useScriptVersions = () =>
  useQuery({ queryKey: VERSIONS, queryFn: () => request<ScriptRow[]>('GET', '/script/versions') })

/** A published version changes no more; the draft is told by when it was saved. */
export const useScriptCard = (row: ScriptRow | undefined) =>
  useQuery({
    queryKey: [...VERSIONS, row?.version, row?.savedAt],
    queryFn: () => request<ScriptCard>('GET', `/script/versions/${row?.version}`),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: row !== undefined,
  })

export type ScriptCommand =
  | ({ do: 'save' } & SaveScript)
  | { do: 'discard' }
  | { do: 'publish'; basedOn: number }
  | { do: 'restore'; version: number }

export function useScriptCommand() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: send,
    onSuccess: (answer) => {
      if (!('body' in answer)) return client.setQueryData(VERSIONS, answer)
      const { body: _body, ...draft } = answer
      client.setQueryData([...VERSIONS, draft.version, draft.savedAt], answer)
      return client.setQueryData<ScriptRow[]>(VERSIONS, (rows = []) => [
        draft,
        ...rows.filter(({ publishedAt }) => publishedAt !== null),
      ])
    },
    onSettled: () => client.invalidateQueries({ queryKey: VERSIONS, exact: true }),
  })
}

function send(command: ScriptCommand): Promise<ScriptCard | ScriptRow[]> {
  switch (command.do) {
    case 'save':
      return request('PUT', '/script/draft', { basedOn: command.basedOn, body: command.body })
    case 'discard':
      return request('DELETE', '/script/draft')
    case 'publish':
      return request('POST', '/script/draft/publish', { basedOn: command.basedOn })
    case 'restore':
      return request('POST', `/script/versions/${command.version}/restore`, {})
  }
}
