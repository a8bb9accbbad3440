/**
 * Signatures of officials under replies, extensions and conclusions, by E-IMZO; off until its server is set up.
 *
 * An official signs the text of a decision before he makes it, in his browser, with his key. What comes is checked by the
 * organisation's E-IMZO server, and kept beside the appeal. The move that carries the decision out takes the signature of
 * this very text with it, in its own transaction, and is refused where one is required and there is none.
 *
 * What must hold: nothing that was signed and checked is ever changed, no signature goes with two moves, and what was
 * altered after signing goes with none.
 */
import type { SaveSigning, SignatureRow, SigningHere, SigningSettings } from '#contract/signatures.ts'
import { SIGNED_DECISIONS } from '#core/signatures/signed-decision.ts'
import { checkSigning } from '#core/signatures/signing-settings.ts'
import type { AppealId, SignatureId, StaffId } from '#core/lib/ids.ts'
import type { AppealService } from '../appeals/service.ts'
import { record } from '../database/event-log.ts'
import { Refusal, SettingsHaveProblems } from '../errors.ts'
import { checking, type CheckingDeps } from './checking.ts'
import type { SignatureEvent, SignaturePart } from './events.ts'
import { SIGNING } from './settings.ts'
import { type Signing, signing, type SigningDeps } from './signing.ts'
import { findSignature, listSignatures } from './store.ts'

export type SignatureServiceDeps = CheckingDeps &
  Pick<SigningDeps, 'changed' | 'now'> & {
    /** Refuses who may not see the appeal. */
    mustSee: AppealService['card']
  }

export type SignatureService = ReturnType<typeof signatureService>

export function signatureService(deps: SignatureServiceDeps) {
  const { db, log, mustSee } = deps
  const { mustBeRight, test } = checking(deps)
  const { moved, sign, textOf } = signing({ ...deps, card: mustSee, mustBeRight })
  /** Pages may reach nothing but this and us. None while nobody signs here. */
  let module: string | undefined

  async function shown(): Promise<SigningSettings> {
    const { changedAt, value } = await SIGNING.readKept(db)
    return { changedAt, rules: value }
  }

  return {
    moved,
    textOf,

    async sign(...[appeal, asked, who]: Parameters<typeof sign>): Promise<SignatureRow[]> {
      await sign(appeal, asked, who)
      return await listSignatures(db, appeal)
    },

    async list(appeal: AppealId, by: Signing): Promise<SignatureRow[]> {
      await mustSee(appeal, by)
      return await listSignatures(db, appeal)
    },

    /** For having it checked elsewhere; it is written down who saved it. */
    async save(id: SignatureId, part: SignaturePart, by: Signing) {
      const row = await findSignature(db, id)
      if (!row) throw new Refusal('notFound', `No signature ${id}`)
      await mustSee(row.appeal, by)
      const event = { appeal: row.appeal, signature: id, part, by: by.id }
      await db
        .transaction()
        .execute((trx) => record<SignatureEvent>(trx, { type: 'signatureSaved', ...event }))
      return { content: part === 'text' ? Buffer.from(row.text) : row.pkcs7, decision: row.decision }
    },

    async here(): Promise<SigningHere> {
      const { apiKeys, module: address, required, server } = await SIGNING.read(db)
      return { isOn: server !== '', module: address, apiKeys: [...apiKeys], required: [...required] }
    },

    shown,

    async saveSettings({ basedOn, rules: sent }: SaveSigning, by: StaffId): Promise<SigningSettings> {
      const required = SIGNED_DECISIONS.filter((one) => sent.required.includes(one))
      const rules = { ...sent, apiKeys: sent.apiKeys.map((one) => one.trim()), required }
      const problems = checkSigning(rules)
      if (problems.length > 0) throw new SettingsHaveProblems(problems)
      const isOn = rules.server !== ''
      const changedAt = await db.transaction().execute(async (trx) => {
        await record<SignatureEvent>(trx, { type: 'signingSettingsChanged', isOn, required, by })
        return await SIGNING.change(trx, { basedOn, value: rules, by })
      })
      module = isOn ? rules.module : undefined
      log.info({ isOn, required, by }, 'how officials sign was changed')
      return { changedAt, rules }
    },

    test,

    /** Once before pages are served; `module` says it from then on without waiting. */
    async load(): Promise<void> {
      const { value } = await SIGNING.readOrFirst(db, log)
      module = value.server === '' ? undefined : value.module
    },

    /** Where pages may connect beside to us: the module of the computer that shows them. */
    reaches: (): readonly string[] => (module === undefined ? [] : [new URL(module).origin]),
  }
}
