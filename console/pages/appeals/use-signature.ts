/**
 * A decision on its way to its signature: the module of this computer lists its keys, one is chosen, signs the very text
 * that the server made of what is typed, and the server has it checked. What was signed outlives a reload and a server
 * that cannot check it now; a word typed afterwards makes it a signature of something else.
 */
import { useState } from 'react'
import type { AppealCard, MoveDetails } from '#contract/appeals.ts'
import type { AppealAction } from '#core/appeals/appeal-status.ts'
import { isSigned, SIGNATURE_PROBLEMS, type SignatureProblem } from '#core/signatures/signature-rules.ts'
import { decisionOf } from '#core/signatures/signed-decision.ts'
import { apiKeyArguments } from '#core/signatures/signing-settings.ts'
import { t } from '../../i18n.ts'
import { RequestProblem } from '../../request.ts'
import { textToSign, useSendSignature, useSigningHere } from '../../signing-api.ts'
import { ModuleFault, moduleKeys, signText } from '../../signing/local-module.ts'
import type { ModuleKey } from '../../signing/module-keys.ts'
import { useTypedDraft } from '../../typed-draft.ts'

export type Signing = 'looking' | 'choosing' | 'signing' | 'checking'

/** `about`: what was typed when it was made. */
type Given = { about: string; pkcs7: string; isChecked: boolean }

export type SignatureInHand = ReturnType<typeof useSignature>

export function useSignature(appeal: AppealCard, action: AppealAction, details: MoveDetails) {
  const here = useSigningHere(isSigned(action)).data
  const given = useTypedDraft<Given | null>(`appeal.${appeal.id}.${action}.signature`, null)
  const [doing, setDoing] = useState<Signing>()
  const [keys, setKeys] = useState<readonly ModuleKey[]>([])
  const [error, setError] = useState<unknown>()
  const send = useSendSignature(appeal.id)
  const about = JSON.stringify(details)
  const isOfThis = given.typed?.about === about
  const decision = decisionOf(action)
  const isRequired = decision !== undefined && here?.required.includes(decision) === true

  /** One thing at a time; where it fails the reason stays. */
  async function attempt(what: Signing, then: () => Promise<Signing | undefined>): Promise<void> {
    setDoing(what)
    setError(undefined)
    try {
      setDoing(await then())
    } catch (failed) {
      setError(failed)
      setDoing(undefined)
      if (mustSignAgain(failed)) given.forget()
    }
  }

  async function check(pkcs7: string): Promise<undefined> {
    if (!isSigned(action)) return
    given.change({ about, pkcs7, isChecked: false })
    setDoing('checking')
    await send({ action, details, pkcs7 })
    given.change({ about, pkcs7, isChecked: true })
  }

  return {
    isOffered: here?.isOn === true && isSigned(action),
    isRequired,
    isSigned: isOfThis && given.typed?.isChecked === true,
    /** Signed, and not found right yet. */
    isWaiting: isOfThis && given.typed?.isChecked === false,
    isOutdated: given.typed !== null && !isOfThis,
    doing,
    keys,
    error,
    whyNotYet:
      isRequired && !(isOfThis && given.typed?.isChecked)
        ? t('Still needed: your signature with E-IMZO')
        : undefined,
    forget: given.forget,
    cancel: () => setDoing(undefined),

    look: () =>
      attempt('looking', async () => {
        if (!here) return
        setKeys(await moduleKeys({ module: here.module, apiKeys: apiKeyArguments(here.apiKeys) }))
        return 'choosing'
      }),

    sign: (key: ModuleKey) =>
      attempt('signing', async () => {
        if (!here || !isSigned(action)) return
        const { text } = await textToSign(appeal.id, { action, details })
        return await check(await signText(here.module, key, text))
      }),

    sendAgain: () =>
      attempt('checking', async () => (given.typed ? await check(given.typed.pkcs7) : undefined)),
  }
}

/** What was signed is no good, and trying it again would not change that. */
function mustSignAgain(error: unknown): boolean {
  return isSignatureProblem(error) && error.code !== 'verifierAway'
}

export function isSignatureProblem(error: unknown): error is RequestProblem & { code: SignatureProblem } {
  return error instanceof RequestProblem && SIGNATURE_PROBLEMS.some((one) => one === error.code)
}

export function isModuleFault(error: unknown): error is ModuleFault {
  return error instanceof ModuleFault
}
