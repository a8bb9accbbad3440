/** What a citizen is told of the signature under his reply. */
import { createHash } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import type { AppealId } from '#core/lib/ids.ts'
import type { SignedDecision } from '#core/signatures/signed-decision.ts'
import { bringToChancellery, MONDAY_MORNING, testOffice } from '../appeals/test-office.ts'
import { testDatabase } from '../database/test-database.ts'
import { PORTAL_SETTINGS } from './settings.ts'
import { citizenSteps, testPortal } from './test-portal.ts'

const { db, pool } = await testDatabase()
const office = await testOffice(db)
const portal = await testPortal({ db, pool }, MONDAY_MORNING)
const { file } = citizenSteps(() => portal)
const { chancellery } = office.people
afterAll(() => portal.removeFiles())

/** As one that was found right and went with the last move. */
async function signLast(appeal: AppealId, decision: SignedDecision): Promise<void> {
  const { id: step } = await db
    .selectFrom('appeal_steps')
    .select('id')
    .where('appeal', '=', appeal)
    .orderBy('place', 'desc')
    .executeTakeFirstOrThrow()
  const sha256 = createHash('sha256').update(step).digest('hex')
  const moment = new Date(MONDAY_MORNING)
  await db
    .insertInto('signatures')
    .values({
      appeal,
      decision,
      text: '{}',
      text_sha256: sha256,
      pkcs7: Buffer.from('x'),
      given_sha256: sha256,
      signer_name: 'KARIMOVA DILNOZA',
      signer_organisation: null,
      signer_pinfl: null,
      certificate_serial: '1',
      certificate_issuer: 'CN=Test CA',
      certificate_valid_to: moment,
      is_same_person: null,
      signed_at: moment,
      verified_at: moment,
      verified_by: 'http://eimzo.lan',
      signed_by: chancellery.id as never,
      step,
    })
    .execute()
}

const SIGNED = 'Elektron imzo bilan tasdiqlangan'

async function filed(phone: string) {
  const { code, number } = await file(portal.browser(), phone)
  const { id } = await db
    .selectFrom('appeals')
    .select('id')
    .where('number', '=', number)
    .executeTakeFirstOrThrow()
  const browser = portal.browser()
  await browser.get('/portal/status')
  return { id, shown: async () => (await browser.send('/portal/status', { number, code })).text }
}

test('under a signed extension it stands that it is, in the line that tells of it', async () => {
  const { id, shown } = await filed('+998911000002')
  await portal.move(id, 'extend', office.people.officer, { reason: 'Arxiv', signatory: 'Direktor' })
  expect(await shown()).toContain('Arxiv')
  expect(await shown()).not.toContain(SIGNED)
  await signLast(id, 'extension')
  expect(await shown()).toMatch(new RegExp(`Arxiv</p><p class="dim">${SIGNED}</p>`))
})

test('a signed reply says so, and by whom only where the organisation shows names', async () => {
  const { id, shown } = await filed('+998911000001')
  await bringToChancellery(office, id)
  await portal.move(id, 'reply', chancellery, { result: 'explained', reply: 'Javob.' })
  expect(await shown()).not.toContain(SIGNED)
  await signLast(id, 'reply')
  expect(await shown()).toContain(SIGNED)
  expect(await shown()).not.toContain('KARIMOVA')
  const settings = { ...(await PORTAL_SETTINGS.read(db)), showsStaffNames: true }
  await db.transaction().execute((trx) => PORTAL_SETTINGS.write(trx, settings))
  expect(await shown()).toContain(`${SIGNED}: KARIMOVA DILNOZA`)
})
