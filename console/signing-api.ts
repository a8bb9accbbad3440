/** The requests about signatures: what is signed, what was signed, and how signing is set up. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type {
  DecisionToSign,
  SaveSigning,
  SignatureRow,
  SignDecision,
  SigningHere,
  SigningSettings,
  SigningTest,
  TextToSign,
} from '#contract/signatures.ts'
import { keys } from './api.ts'
import { request } from './request.ts'

const hereKey = ['signing']
const settingsKey = ['signing-settings']
const signaturesKey = (appeal: string) => [...keys.appeal(appeal), 'signatures']

export const useSigningHere = (isAsked: boolean) =>
  useQuery({ queryKey: hereKey, queryFn: () => request<SigningHere>('GET', '/signing'), enabled: isAsked })

export const useSignatures = (appeal: string) =>
  useQuery({
    queryKey: signaturesKey(appeal),
    queryFn: () => request<SignatureRow[]>('GET', `/appeals/${appeal}/signatures`),
  })

export const signatureAddress = (id: string, part: 'text' | 'pkcs7') => `/api/signatures/${id}/${part}`

export const textToSign = (appeal: string, decision: DecisionToSign) =>
  request<TextToSign>('POST', `/appeals/${appeal}/signing`, decision)

/** Answers with all of the appeal, the new one among them. */
export function useSendSignature(appeal: string) {
  const client = useQueryClient()
  return async (signed: SignDecision): Promise<void> => {
    const rows = await request<SignatureRow[]>('POST', `/appeals/${appeal}/signatures`, signed)
    client.setQueryData(signaturesKey(appeal), rows)
  }
}

export const useSigningSettings = () =>
  useQuery({ queryKey: settingsKey, queryFn: () => request<SigningSettings>('GET', '/signing-settings') })

export function useSaveSigning() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (save: SaveSigning) => request<SigningSettings>('PUT', '/signing-settings', save),
    onSuccess: (saved) => {
      client.setQueryData(settingsKey, saved)
      void client.invalidateQueries({ queryKey: hereKey })
    },
    onError: () => client.invalidateQueries({ queryKey: settingsKey }),
  })
}

export const useTestSigning = () =>
  useMutation({ mutationFn: () => request<SigningTest>('POST', '/signing-settings/test', {}) })
