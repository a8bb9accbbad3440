/** Signatures of the make-believe server: by the rules of the real one, with a checker that can be told what to say. */
import { createHash, randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { z } from 'zod'
import type { AppealCard } from '#contract/appeals.ts'
import {
  DecisionToSign,
  SaveSigning,
  SignatureRow,
  SignDecision,
  SigningHere,
  SigningSettings,
  SigningTest,
  TextToSign,
} from '#contract/signatures.ts'
import type { Me } from '#contract/staff.ts'
import { storableFields } from '#core/appeals/move-fields.ts'
import type { StaffId } from '#core/lib/ids.ts'
import { tashkentDay } from '#core/lib/time.ts'
import { isSigned, maySign, signatureFor, type SignatureProblem } from '#core/signatures/signature-rules.ts'
import {
  decisionOf,
  type SignedAction,
  type SignedDecision,
  signedText,
} from '#core/signatures/signed-decision.ts'
import { checkSigning, FIRST_SIGNING } from '#core/signatures/signing-settings.ts'
import { ANSWERED } from './mock-answered.ts'
import { Refused } from './mock-refused.ts'

type Kept = SignatureRow & { appeal: string; by: string; given: string }
export type MockSigning = ReturnType<typeof mockSigning>
type World = { signing: MockSigning; appeals: AppealCard[] }
type Asked = { world: World; me: Me; path: string[]; body: unknown; response: ServerResponse }

export function mockSigning() {
  return {
    settings: SigningSettings.parse({ changedAt: null, rules: FIRST_SIGNING }),
    /** What the checker says; nothing where all is well. */
    problem: undefined as SignatureProblem | undefined,
    signatures: [] as Kept[],
  }
}

function found({ appeals }: World, id: string | undefined): AppealCard {
  const appeal = appeals.find((one) => one.id === id)
  if (!appeal) throw new Refused('notFound')
  return appeal
}

function textOf(
  appeal: AppealCard,
  { action, details }: DecisionToSign,
  before = appeal.moves.length,
): TextToSign {
  const moves = appeal.moves.slice(0, before)
  const text = signedText({ number: appeal.number, moves, files: [] }, action, storableFields(details))
  return { text, sha256: createHash('sha256').update(text).digest('hex') }
}

const rowsOf = ({ signing }: World, appeal: string) =>
  z.array(SignatureRow).parse(signing.signatures.filter((one) => one.appeal === appeal))

/** Before a move is answered: its signature goes with it, or it is refused. */
export function goesWithSignature(
  world: World,
  {
    action,
    appeal,
    by,
    details,
  }: { action: string; appeal: AppealCard; by: Me; details: DecisionToSign['details'] },
): void {
  if (!isSigned(action as SignedAction)) return
  const { sha256 } = textOf(appeal, { action: action as SignedAction, details })
  const kept = world.signing.signatures.filter((one) => one.appeal === appeal.id)
  const given = kept.map((row) => ({
    row,
    decision: row.decision,
    by: row.by as StaffId,
    documentSha256: row.textSha256,
    isUsed: row.place !== null,
  }))
  const decided = { action: action as SignedAction, by: by.id as StaffId, documentSha256: sha256 }
  const found = signatureFor(given, decided, world.signing.settings.rules.required)
  if (found && 'problem' in found) throw new Refused(found.problem)
  if (found) found.signature.row.place = appeal.version + 1
}

export const SIGNING: Record<string, (asked: Asked) => unknown> = {
  'GET /signing': ({ world }) => {
    const { apiKeys, module, required, server } = world.signing.settings.rules
    return SigningHere.parse({ isOn: server !== '', module, apiKeys, required })
  },
  'GET /appeals/:id/signatures': ({ world, path }) => rowsOf(world, path[1] ?? ''),
  'POST /appeals/:id/signing': ({ world, me, path, body }) => {
    const asked = DecisionToSign.parse(body)
    const appeal = found(world, path[1])
    if (!maySign(appeal, asked.action, me, tashkentDay(Date.now()))) throw new Refused('moveNotPossible')
    return TextToSign.parse(textOf(appeal, asked))
  },
  'POST /appeals/:id/signatures': ({ world, me, path, body }) => {
    const { pkcs7, ...asked } = SignDecision.parse(body)
    const appeal = found(world, path[1])
    if (world.signing.problem) throw new Refused(world.signing.problem)
    const about = { appeal: appeal.id, by: me.id, byName: me.name, given: pkcs7 }
    if (!world.signing.signatures.some(({ given }) => given === pkcs7))
      world.signing.signatures.push({
        ...about,
        id: randomUUID(),
        decision: decisionOf(asked.action) as SignedDecision,
        textSha256: textOf(appeal, asked).sha256,
        signerName: 'KARIMOVA DILNOZA ALIYEVNA',
        signerOrganisation: null,
        signerPinfl: '3*********0244',
        certificateSerial: '77a1',
        isSamePerson: null,
        signedAt: Date.now(),
        verifiedAt: Date.now(),
        verifiedBy: world.signing.settings.rules.server,
        place: null,
      })
    return rowsOf(world, appeal.id)
  },
  'GET /signatures/:id/:part': ({ path, response }) => {
    response
      .writeHead(200, {
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename="reply.${path[2] === 'text' ? 'json' : 'json.p7s'}"`,
      })
      .end('x')
    return ANSWERED
  },
  'GET /signing-settings': ({ world }) => world.signing.settings,
  'PUT /signing-settings': ({ world, body }) => {
    const { basedOn, rules } = SaveSigning.parse(body)
    const { settings } = world.signing
    const problems = checkSigning(rules)
    if (problems.length > 0) throw new Refused('settingsHaveProblems', problems)
    if (basedOn !== settings.changedAt) throw new Refused('changedMeanwhile')
    world.signing.settings = { changedAt: Math.max(Date.now(), (basedOn ?? 0) + 1), rules }
    return world.signing.settings
  },
  'POST /signing-settings/test': ({ world }) => {
    const isThere = !world.signing.settings.rules.server.includes('away')
    return SigningTest.parse({ isThere, keyValidTo: isThere ? '2027-01-31 12:00:00' : null })
  },
}
