/** The requests of those who change the voice menu and its sounds. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FlowCard, FlowRow, PromptRow, PublishFlow, SaveFlow, SpeakText } from '#contract/flows.ts'
import { flowKey, keys } from './api.ts'
import { request } from './request.ts'

export type FlowCommand =
  | ({ do: 'save' } & SaveFlow)
  | { do: 'discard'; basedOn: number }
  | ({ do: 'publish' } & PublishFlow)
  | { do: 'restore'; version: number; from: number | null }
  | { do: 'withdraw' }

/** The answer is the card of the draft that was saved; nothing of the others. */
export function useFlowCommand(flow: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (command: FlowCommand) => send(flow, command),
    // At once, so that what was saved is never taken for what somebody else saved.
    onSuccess: (card) => {
      if (!card) return
      const { body: _body, problems: _problems, ...row } = card
      client.setQueryData(flowKey(card), card)
      client.setQueryData<FlowRow[]>(keys.flows, (rows) =>
        rows ? [row, ...rows.filter((one) => !(one.flow === flow && one.version === row.version))] : rows,
      )
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keys.flows })
      // What was saved has been spoken.
      void client.invalidateQueries({ queryKey: keys.prompts })
    },
  })
}

async function send(flow: string, command: FlowCommand): Promise<FlowCard | undefined> {
  const at = `/flows/${flow}`
  const rows = async (path: string, body: object) => {
    await request<FlowRow[]>('POST', `${at}${path}`, body)
    return undefined
  }
  switch (command.do) {
    case 'save':
      return await request('PUT', `${at}/draft`, { basedOn: command.basedOn, body: command.body })
    case 'discard':
      return await rows('/draft/discard', { basedOn: command.basedOn })
    case 'publish':
      return await rows('/draft/publish', { basedOn: command.basedOn, from: command.from })
    case 'restore':
      return await rows(`/${command.version}/restore`, { from: command.from })
    case 'withdraw':
      return await rows('/scheduled/withdraw', {})
  }
}

/** Makes the sound of a text that is in no saved flow yet. */
export function useSpeak() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (text: SpeakText) => request<PromptRow>('POST', '/prompts', text),
    onSuccess: (made) =>
      client.setQueryData<PromptRow[]>(keys.prompts, (known) =>
        known ? [...known.filter(({ key }) => key !== made.key), made] : known,
      ),
  })
}
