/** The requests about the papers of an appeal: what is attached to it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { AttachmentRow, OpenedAttachment } from '#contract/attachments.ts'
import { keys } from './api.ts'
import { query, request } from './request.ts'

const attachmentsKey = (appeal: string) => [...keys.appeal(appeal), 'attachments']

export const useAttachments = (appeal: string) =>
  useQuery({
    queryKey: attachmentsKey(appeal),
    queryFn: () => request<AttachmentRow[]>('GET', `/appeals/${appeal}/attachments`),
  })

export type AttachmentCommand =
  | { do: 'add'; requestKey: string; file: File }
  | { do: 'remove' | 'open'; id: string }

/** Opening answers with an address, at which the browser saves the file. */
export function useAttachmentCommand(appeal: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (command: AttachmentCommand) => sendAttachmentCommand(appeal, command),
    onSettled: () => client.invalidateQueries({ queryKey: attachmentsKey(appeal) }),
  })
}

async function sendAttachmentCommand(
  appeal: string,
  command: AttachmentCommand,
): Promise<{ address?: string }> {
  switch (command.do) {
    case 'add': {
      const form = new FormData()
      form.append('file', command.file)
      const asked = query({ requestKey: command.requestKey })
      await request('POST', `/appeals/${appeal}/attachments${asked}`, form)
      return {}
    }
    case 'remove':
      await request('DELETE', `/attachments/${command.id}`)
      return {}
    case 'open':
      return await request<OpenedAttachment>('POST', `/attachments/${command.id}/open`)
  }
}
