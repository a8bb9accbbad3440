/** The requests about the papers of an appeal: what is attached to it, what is made of it, how it goes out. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { AttachmentRow, OpenedAttachment } from '#contract/attachments.ts'
import type { DispatchSettings, DispatchTest, SaveDispatch } from '#contract/dispatch.ts'
import type {
  CheckedTemplate,
  DocumentRow,
  SaveDocumentSettings,
  ShownDocumentSettings,
  TemplateRow,
} from '#contract/documents.ts'
import type { DocumentLanguage } from '#core/documents/document-fields.ts'
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

// Official documents ---------------------------------------------------------------

const documentsKey = (appeal: string) => [...keys.appeal(appeal), 'documents']

export const useDocuments = (appeal: string) =>
  useQuery({
    queryKey: documentsKey(appeal),
    queryFn: () => request<DocumentRow[]>('GET', `/appeals/${appeal}/documents`),
  })

export function useMakeDocument(appeal: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (language: DocumentLanguage) =>
      request<DocumentRow[]>('POST', `/appeals/${appeal}/documents`, { language }),
    onSuccess: (rows) => client.setQueryData(documentsKey(appeal), rows),
  })
}

export const documentAddress = (id: string, format: 'pdf' | 'docx') => `/api/documents/${id}/${format}`

// Their templates -------------------------------------------------------------------

const templatesKey = ['document-templates']
const documentSettingsKey = ['document-settings']

export const useTemplates = () =>
  useQuery({
    queryKey: templatesKey,
    queryFn: () => request<TemplateRow[]>('GET', '/document-templates'),
  })

export const templateFileAddress = (language: DocumentLanguage) => `/api/document-templates/${language}/file`

export type TemplateCommand =
  | { do: 'replace'; language: DocumentLanguage; basedOn: number; file: File }
  | { do: 'reset'; language: DocumentLanguage; basedOn: number }
  | { do: 'preview'; language: DocumentLanguage }

export function useTemplateCommand() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: sendTemplateCommand,
    onSettled: () => client.invalidateQueries({ queryKey: templatesKey }),
  })
}

async function sendTemplateCommand(command: TemplateCommand): Promise<CheckedTemplate | undefined> {
  const path = `/document-templates/${command.language}`
  switch (command.do) {
    case 'replace': {
      const form = new FormData()
      form.append('file', command.file)
      return await request<CheckedTemplate>('PUT', `${path}${query({ basedOn: command.basedOn })}`, form)
    }
    case 'reset':
      return await request<undefined>('DELETE', `${path}${query({ basedOn: command.basedOn })}`)
    case 'preview':
      return await request<CheckedTemplate>('GET', `${path}/preview`)
  }
}

export const useDocumentSettings = () =>
  useQuery({
    queryKey: documentSettingsKey,
    queryFn: () => request<ShownDocumentSettings>('GET', '/document-settings'),
  })

export function useSaveDocumentSettings() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (save: SaveDocumentSettings) =>
      request<ShownDocumentSettings>('PUT', '/document-settings', save),
    onSuccess: (saved) => client.setQueryData(documentSettingsKey, saved),
    onError: () => client.invalidateQueries({ queryKey: documentSettingsKey }),
  })
}

// The way to the chancellery ---------------------------------------------------------

const dispatchKey = ['dispatch-settings']

export const useDispatchSettings = () =>
  useQuery({
    queryKey: dispatchKey,
    queryFn: () => request<DispatchSettings>('GET', '/dispatch-settings'),
  })

export function useSaveDispatch() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (save: SaveDispatch) => request<DispatchSettings>('PUT', '/dispatch-settings', save),
    onSuccess: (settings) => client.setQueryData(dispatchKey, settings),
    onError: () => client.invalidateQueries({ queryKey: dispatchKey }),
  })
}

/** What the other side says to something harmless. */
export const useTestDispatch = () =>
  useMutation({ mutationFn: () => request<DispatchTest>('POST', '/dispatch-settings/test', {}) })
