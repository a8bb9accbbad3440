/** A decision is signed, and a signature goes with the move that carries it out. */
import { createHash } from 'node:crypto'
import type { Kysely, Transaction } from 'kysely'
import type { Logger } from 'pino'
import type { DecisionToSign, SignDecision, TextToSign } from '#contract/signatures.ts'
import { missingFields, storableFields } from '#core/appeals/move-fields.ts'
import type { AppealId, StaffId } from '#core/lib/ids.ts'
import { type Instant, tashkentDay } from '#core/lib/time.ts'
import {
  isSamePerson,
  isSigned,
  looksLikePkcs7,
  maySign,
  signatureFor,
} from '#core/signatures/signature-rules.ts'
import { decisionOf, type SignedDecision, signedText } from '#core/signatures/signed-decision.ts'
import { asPlainText } from '#core/text/hostile-text.ts'
import type { AppealService, Moved } from '../appeals/service.ts'
import { record } from '../database/event-log.ts'
import type { Database } from '../database/schema.ts'
import { Refusal } from '../errors.ts'
import type { SignedInStaff } from '../http-permissions.ts'
import type { checking, Right } from './checking.ts'
import type { SignatureEvent } from './events.ts'
import type { ToVerify } from './ports.ts'
import { SIGNING } from './settings.ts'
import {
  findDecided,
  findGiven,
  findStaffPinfl,
  findStep,
  insertSignature,
  lockSignatures,
  putToStep,
} from './store.ts'

/** Of a certificate: whoever gave it out wrote what he liked. */
const NAME_MAX_CHARACTERS = 300

export type Signing = Pick<SignedInStaff, 'id' | 'role'>

export type SigningDeps = {
  db: Kysely<Database>
  log: Logger
  card: AppealService['card']
  mustBeRight: ReturnType<typeof checking>['mustBeRight']
  changed?: ((appeal: AppealId) => void) | undefined
  now?: () => Instant
}

const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex')

export function signing({ db, log, card, changed, mustBeRight, now = Date.now }: SigningDeps) {
  /** Refuses what could not be decided so: nobody signs for nothing. */
  async function textOf(appeal: AppealId, asked: DecisionToSign, by: Signing): Promise<TextToSign> {
    const found = await card(appeal, by)
    if (!maySign(found, asked.action, by, tashkentDay(now())))
      throw new Refusal('moveNotPossible', `${by.role} cannot sign ${asked.action} of ${appeal} now`)
    const details = storableFields(asked.details)
    const missing = missingFields(asked.action, details, found.kind)
    if (missing.length > 0) throw new Refusal('badInput', `${asked.action} needs ${missing.join(', ')}`)
    const text = signedText(await findDecided(db, appeal), asked.action, details)
    return { text, sha256: sha256(text) }
  }

  async function wasGiven(
    given: string,
    appeal: AppealId,
    textSha256: string,
    by: StaffId,
  ): Promise<boolean> {
    const known = await findGiven(db, given)
    if (!known) return false
    if (known.appeal !== appeal || known.text_sha256 !== textSha256 || known.signed_by !== by)
      throw new Refusal('signedOtherwise', 'This signature was given for something else')
    return true
  }

  return {
    textOf,

    /** Kept beside the appeal until the decision is made; the appeal itself stays as it is. */
    async sign(
      appeal: AppealId,
      asked: SignDecision,
      { by, from }: { by: Signing; from: ToVerify['from'] },
    ): Promise<void> {
      const { text, sha256: textSha256 } = await textOf(appeal, asked, by)
      const given = Buffer.from(asked.pkcs7, 'base64')
      if (!looksLikePkcs7(given)) throw new Refusal('signatureNotValid', 'It is no PKCS #7')
      if (await wasGiven(sha256(given), appeal, textSha256, by.id)) return
      const right = await mustBeRight({ document: Buffer.from(text), pkcs7: given, from })
      const same = isSamePerson(right.certificate, { pinfl: await findStaffPinfl(db, by.id) })
      if (same === false) throw new Refusal('signerIsAnother', `The certificate is not of ${by.id}`)
      const decision = decisionOf(asked.action) as SignedDecision
      const row = {
        appeal,
        decision,
        text,
        text_sha256: textSha256,
        given_sha256: sha256(given),
        is_same_person: same,
        signed_by: by.id,
        verified_at: new Date(now()),
        step: null,
        ...columnsOf(right),
      }
      await db.transaction().execute(async (trx) => {
        const signature = await insertSignature(trx, row)
        // The same form was quicker.
        if (!signature) return
        const event = { appeal, signature, decision, sha256: textSha256, isSamePerson: same, by: by.id }
        await record<SignatureEvent>(trx, { type: 'decisionSigned', ...event })
        log.info({ appeal, signature, decision, staff: by.id }, 'a decision was signed')
      })
      changed?.(appeal)
    },

    /** In the transaction of a move: its signature goes with it, or it is refused for want of one. */
    moved: (async (trx, steps) => {
      for (const { action, appeal, step } of steps)
        if (isSigned(action)) await goesWith(trx, { action, appeal, step })
    }) satisfies Moved,
  }
}

const line = (text: string) => asPlainText(text, NAME_MAX_CHARACTERS).text.trim()

function columnsOf({ by, certificate, pkcs7, signedAt }: Right) {
  return {
    pkcs7,
    signer_name: line(certificate.name),
    signer_organisation: certificate.organisation === null ? null : line(certificate.organisation),
    signer_pinfl: certificate.pinfl,
    certificate_serial: line(certificate.serial),
    certificate_issuer: line(certificate.issuer),
    certificate_valid_to: certificate.validTo,
    signed_at: signedAt,
    verified_by: by,
  }
}

type Going = {
  action: Parameters<typeof signedText>[1]
  appeal: AppealId
  step: string
}

/** The text is made anew from what is written now: whatever was changed after signing makes it another one. */
async function goesWith(trx: Transaction<Database>, { action, appeal, step }: Going): Promise<void> {
  const { actor, details, place } = await findStep(trx, step)
  const text = signedText(await findDecided(trx, appeal, place), action, details)
  const { required } = await SIGNING.read(trx)
  const decided = { action, by: actor, documentSha256: sha256(text) }
  const found = signatureFor(await lockSignatures(trx, appeal), decided, required)
  if (!found || actor === null) return
  if ('problem' in found) throw new Refusal(found.problem, `${action} of ${appeal} is not signed as it is`)
  const { id } = found.signature
  await putToStep(trx, id, step)
  await record<SignatureEvent>(trx, { type: 'signatureUsed', appeal, signature: id, step, by: actor })
}
