import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { MoveAppeal } from '#contract/appeals.ts'
import { checklistOf } from '#core/appeals/checklist.ts'
import { FIRST_SIGNING } from '#core/signatures/signing-settings.ts'
import type { AppealId, SignatureId } from '#core/lib/ids.ts'
import { appealService } from '../appeals/service.ts'
import { bringToChancellery, MONDAY_MORNING, testOffice, versionOf } from '../appeals/test-office.ts'
import { testDatabase } from '../database/test-database.ts'
import { eimzoVerifier } from '../eimzo/eimzo-verifier.ts'
import { testCentre } from '../eimzo/test-keys.ts'
import { testEimzo } from '../eimzo/test-server.ts'
import { signatureService } from './service.ts'

const PINFL = '31210632040244'
const from = { address: '10.0.0.7', host: 'murojaat.example' }
const { db } = await testDatabase()
const office = await testOffice(db)
const { clock, log, people } = office
const centre = await testCentre()
const eimzo = await testEimzo(centre)
const key = await centre.key({ name: 'KARIMOVA DILNOZA', pinfl: PINFL })
const signatures = signatureService({
  db,
  log,
  mustSee: (id, by) => appeals.card(id, by),
  // On a busy machine a check takes its time; only one that never answers is not waited for.
  verifier: ({ server }) =>
    server === '' ? undefined : eimzoVerifier(server, eimzo.state.mood === 'silent' ? 300 : undefined),
  now: () => clock.now,
})
const appeals = appealService({ db, log, now: () => clock.now, moved: signatures.moved })

afterAll(async () => {
  await eimzo.close()
  await centre.close()
})

const set = async (change: Partial<typeof FIRST_SIGNING>) => {
  const { changedAt } = await signatures.shown()
  const rules = { ...FIRST_SIGNING, server: eimzo.address, ...change }
  const saved = {
    basedOn: changedAt,
    rules: { ...rules, apiKeys: [...rules.apiKeys], required: [...rules.required] },
  }
  return await signatures.saveSettings(saved, people.officer.id as never)
}
const setPinfl = (pinfl: string | null) => db.updateTable('staff_members').set({ pinfl }).execute()

beforeEach(async () => {
  clock.now = MONDAY_MORNING
  Object.assign(eimzo.state, { mood: 'well', now: new Date(), keys: [key], asked: [] })
  await setPinfl(null)
  await set({ required: ['reply', 'extension', 'conclusion'] })
})

const REPLY = { result: 'explained', reply: 'Natijangiz qayta koʻrib chiqildi.' } as const

async function received(): Promise<AppealId> {
  const { id } = await office.register()
  await bringToChancellery(office, id)
  return id as AppealId
}

async function signed(appeal: AppealId, details: MoveAppeal['details'] = REPLY): Promise<string> {
  const { text } = await signatures.textOf(appeal, { action: 'reply', details }, people.chancellery)
  return await centre.sign(key, Buffer.from(text))
}

const sign = (appeal: AppealId, pkcs7: string, details: MoveAppeal['details'] = REPLY) =>
  signatures.sign(appeal, { action: 'reply', details, pkcs7 }, { by: people.chancellery, from })

async function move(
  appeal: AppealId,
  action: MoveAppeal['action'],
  details: MoveAppeal['details'],
  by: 'chancellery' | 'officer' | 'secondOfficer' | 'editor' = 'chancellery',
) {
  const version = await versionOf(db, appeal)
  return await appeals.move(appeal, { requestKey: randomUUID(), action, version, details }, people[by])
}
const statusOf = async (appeal: AppealId) => (await appeals.card(appeal, people.officer)).status
const countOf = async (appeal: AppealId) => (await signatures.list(appeal, people.officer)).length

test('a reply is signed, goes with its signature, and the card says by whom, when and found right by what', async () => {
  const appeal = await received()
  const rows = await sign(appeal, await signed(appeal))
  expect(rows).toMatchObject([
    {
      decision: 'reply',
      signerName: 'KARIMOVA DILNOZA',
      signerPinfl: '3*********0244',
      isSamePerson: null,
      byName: 'chancellery',
      verifiedBy: eimzo.address,
      place: null,
    },
  ])
  expect((await move(appeal, 'reply', REPLY)).status).toBe('replied')
  const [row] = await signatures.list(appeal, people.officer)
  expect(row?.place).toBe(8)
  const { timeline } = await appeals.card(appeal, people.officer)
  expect(timeline.map(({ type }) => type)).toContain('decisionSigned')
})

test('without a signature nothing is decided that needs one, and the appeal stays as it was', async () => {
  const appeal = await received()
  await expect(move(appeal, 'reply', REPLY)).rejects.toMatchObject({ code: 'signatureMissing' })
  await expect(move(appeal, 'extend', { reason: 'a', signatory: 'b' })).rejects.toMatchObject({
    code: 'signatureMissing',
  })
  expect(await statusOf(appeal)).toBe('received')
  await set({ required: ['conclusion'] })
  expect((await move(appeal, 'reply', REPLY)).status).toBe('replied')
})

test('a word changed after signing, or a file added, is another decision', async () => {
  const appeal = await received()
  await sign(appeal, await signed(appeal))
  await expect(move(appeal, 'reply', { ...REPLY, reply: 'Boshqa javob' })).rejects.toMatchObject({
    code: 'signedOtherwise',
  })
  await expect(move(appeal, 'reply', { ...REPLY, result: 'refused' })).rejects.toMatchObject({
    code: 'signedOtherwise',
  })
  const file = {
    appeal,
    part: 'reply',
    name: 'javob.pdf',
    type: 'pdf',
    bytes: 5,
    added_at: new Date(),
  } as const
  await db
    .insertInto('stored_files')
    .values({ sha256: 'a'.repeat(64), bytes: 5 })
    .execute()
  await db
    .insertInto('attachments')
    .values({
      ...file,
      sha256: 'a'.repeat(64),
      request_key: randomUUID(),
      added_by: null,
      removed_at: null,
      removed_by: null,
    })
    .execute()
  await expect(move(appeal, 'reply', REPLY)).rejects.toMatchObject({ code: 'signedOtherwise' })
  await sign(appeal, await signed(appeal))
  expect((await move(appeal, 'reply', REPLY)).status).toBe('replied')
})

test('a signature of another appeal, or of another text, is refused and not kept', async () => {
  const [appeal, other] = [await received(), await received()]
  const foreign = await signed(other)
  await expect(sign(appeal, foreign)).rejects.toMatchObject({ code: 'signatureNotValid' })
  await expect(sign(appeal, await signed(appeal), { ...REPLY, reply: 'Boshqa' })).rejects.toMatchObject({
    code: 'signatureNotValid',
  })
  expect(await countOf(appeal)).toBe(0)
})

test('by PINFL a certificate of somebody else is refused, and one of his own is said to be his', async () => {
  const appeal = await received()
  await setPinfl('31210932040247')
  await expect(sign(appeal, await signed(appeal))).rejects.toMatchObject({ code: 'signerIsAnother' })
  await setPinfl(PINFL)
  expect(await sign(appeal, await signed(appeal))).toMatchObject([{ isSamePerson: true }])
})

test('a certificate that has run out is refused', async () => {
  const appeal = await received()
  const pkcs7 = await signed(appeal)
  eimzo.state.now = new Date(Date.now() + 5 * 86_400_000)
  await expect(sign(appeal, pkcs7)).rejects.toMatchObject({ code: 'certificateNotValid' })
})

test('while nobody can check it nothing is lost: the same signature is taken when it is sent again', async () => {
  const appeal = await received()
  const pkcs7 = await signed(appeal)
  for (const mood of ['error', 'silent', 'cannotSay', 'noStamp'] as const) {
    eimzo.state.mood = mood
    await expect(sign(appeal, pkcs7)).rejects.toMatchObject({ code: 'verifierAway' })
  }
  expect(await statusOf(appeal)).toBe('received')
  eimzo.state.mood = 'well'
  await sign(appeal, pkcs7)
  expect((await move(appeal, 'reply', REPLY)).status).toBe('replied')
})

test('sent twice, also at once, a signature is kept once and goes with one move', async () => {
  const appeal = await received()
  const pkcs7 = await signed(appeal)
  await Promise.all([sign(appeal, pkcs7), sign(appeal, pkcs7)])
  await sign(appeal, pkcs7)
  expect(await countOf(appeal)).toBe(1)
  await move(appeal, 'reply', REPLY)
  await move(appeal, 'notify', { medium: 'phone' })
  await move(appeal, 'reopen', { reason: 'Hal boʻlmadi' }, 'officer')
  await office.move(appeal, 'edit', 'editor')
  await office.move(appeal, 'write', 'editor', { text: 'Tahrirlangan' })
  await office.move(appeal, 'approve', 'secondEditor', {
    checked: [...checklistOf('complaint')],
  })
  await office.move(appeal, 'dispatch', 'editor')
  await office.move(appeal, 'receive', 'chancellery', { incomingNumber: 'K-8' })
  await expect(move(appeal, 'reply', REPLY)).rejects.toMatchObject({ code: 'signatureMissing' })
  await expect(sign(appeal, pkcs7)).rejects.toMatchObject({ code: 'signedOtherwise' })
})

test('who signs is who decides: a signature of a colleague is none', async () => {
  const appeal = await received()
  const details = { reason: 'Qoʻshimcha maʼlumot kerak', signatory: 'Agentlik boshligʻi' }
  const { text } = await signatures.textOf(appeal, { action: 'extend', details }, people.officer)
  const pkcs7 = await centre.sign(key, Buffer.from(text))
  await signatures.sign(appeal, { action: 'extend', details, pkcs7 }, { by: people.officer, from })
  await expect(move(appeal, 'extend', details)).rejects.toMatchObject({ code: 'signatureMissing' })
  expect((await move(appeal, 'extend', details, 'officer')).grants).toEqual(['extension'])
})

test('a conclusion is signed with the words that were proposed', async () => {
  const appeal = await received()
  await move(appeal, 'proposeLeaving', { ground: 'noAuthority', conclusion: 'Vakolat yoʻq' })
  const details = { signatory: 'Agentlik boshligʻi' }
  const { text } = await signatures.textOf(appeal, { action: 'approveLeaving', details }, people.officer)
  expect(JSON.parse(text)).toMatchObject({
    decision: 'conclusion',
    ground: 'noAuthority',
    conclusion: 'Vakolat yoʻq',
  })
  const pkcs7 = await centre.sign(key, Buffer.from(text))
  await signatures.sign(appeal, { action: 'approveLeaving', details, pkcs7 }, { by: people.officer, from })
  expect((await move(appeal, 'approveLeaving', details, 'officer')).status).toBe('leftUnconsidered')
})

test('who may not decide may not sign, and what cannot be decided is not signed', async () => {
  const appeal = await received()
  const asked = { action: 'reply', details: REPLY } as const
  await expect(signatures.textOf(appeal, asked, people.editor)).rejects.toMatchObject({
    code: 'moveNotPossible',
  })
  await expect(
    signatures.textOf(appeal, { action: 'reply', details: { result: 'explained' } }, people.chancellery),
  ).rejects.toMatchObject({ code: 'badInput' })
  await set({ required: [] })
  await move(appeal, 'reply', REPLY)
  await expect(signatures.textOf(appeal, asked, people.chancellery)).rejects.toMatchObject({
    code: 'moveNotPossible',
  })
})

test('until a server is set up nobody signs, and nothing needs a signature', async () => {
  await set({ server: '', required: [] })
  const appeal = await received()
  await expect(sign(appeal, await signed(appeal))).rejects.toMatchObject({ code: 'signingOff' })
  expect(await signatures.here()).toMatchObject({ isOn: false, required: [] })
  expect(signatures.reaches()).toEqual([])
  await expect(set({ server: '', required: ['reply'] })).rejects.toMatchObject({
    code: 'settingsHaveProblems',
  })
  await set({})
  expect(signatures.reaches()).toEqual(['wss://127.0.0.1:64443'])
})

test('what was signed and checked is never changed, and who saves it is written down', async () => {
  const appeal = await received()
  const pkcs7 = await signed(appeal)
  const [row] = await sign(appeal, pkcs7)
  const id = row?.id as SignatureId
  await expect(db.updateTable('signatures').set({ signer_name: 'Boshqa' }).execute()).rejects.toThrow(
    'never changed',
  )
  await expect(db.deleteFrom('signatures').execute()).rejects.toThrow('never changed')
  await move(appeal, 'reply', REPLY)
  await expect(
    db.updateTable('signatures').set({ step: null }).where('id', '=', id).execute(),
  ).rejects.toThrow('never changed')
  const saved = await signatures.save(id, 'text', people.officer)
  expect(JSON.parse(saved.content.toString('utf8'))).toMatchObject({ reply: REPLY.reply, decision: 'reply' })
  const { timeline } = await appeals.card(appeal, people.officer)
  expect(timeline.map(({ type }) => type)).toContain('signatureSaved')
  await expect(signatures.save(randomUUID() as SignatureId, 'text', people.officer)).rejects.toMatchObject({
    code: 'notFound',
  })
})

test('of two administrators who save at once the second is told', async () => {
  const { changedAt, rules } = await signatures.shown()
  const save = { basedOn: changedAt, rules: { ...rules, apiKeys: [], required: [] } }
  await signatures.saveSettings(save, people.officer.id as never)
  await expect(signatures.saveSettings(save, people.officer.id as never)).rejects.toMatchObject({
    code: 'changedMeanwhile',
  })
})
