/** Which telephone is told of an appeal, when another one is named, and what it follows then. */
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { RegisterAppeal } from '#contract/appeals.ts'
import type { AppealId } from '#core/lib/ids.ts'
import { anAppeal, testOffice } from '../appeals/test-office.ts'
import { testDatabase } from '../database/test-database.ts'
import type { Browser } from '../portal/test-portal.ts'
import { portalStage } from '../portal/test-stage.ts'

const database = await testDatabase()
const { db } = database
const { aPhone, file, office, portal, signIn } = await portalStage(database, await testOffice(db))
const CODE = /kodi: ([2-9A-Z]{4}-[2-9A-Z]{4})/

/** As an agent registers it during a call: the card names the number that calls, the appeal the telephone that was read back. */
async function register(change: Partial<RegisterAppeal>) {
  const form = anAppeal({ citizen: { name: 'Bobur Karimov', number: aPhone() }, ...change })
  const { id, number } = await portal.appeals.register(form, office.people.agent)
  return { id: id as AppealId, number, form }
}

async function told(appeal: AppealId): Promise<string[]> {
  const rows = await db
    .selectFrom('messages')
    .select('e164')
    .where('appeal', '=', appeal)
    .orderBy('created_at')
    .execute()
  return rows.map(({ e164 }) => e164)
}

/** In the order they were sent: to whom, and the code that was in it. */
async function codesSent(): Promise<{ to: string; code: string }[]> {
  await portal.deliverAll()
  return portal.sent.flatMap(({ to, text }) => {
    const code = CODE.exec(text)?.[1]
    return code === undefined ? [] : [{ to, code }]
  })
}

async function opensByCode(number: string, code: string): Promise<boolean> {
  const browser = portal.browser('10.1.0.1')
  await browser.get('/portal/status')
  return (await browser.send('/portal/status', { number, code })).text.includes('Roʻyxatga olingan')
}

async function cabinetOf(phone: string): Promise<Browser> {
  const browser = portal.browser('10.1.0.2')
  await signIn(browser, phone)
  return browser
}

const isIn = async (cabinet: Browser, number: string): Promise<boolean> =>
  (await cabinet.get(`/portal/cabinet/appeals/${number}`)).status === 200

async function changeTelephone(id: AppealId, was: string | null, telephone: string | null) {
  return await portal.appeals.changeTelephone(id, { was, telephone }, office.people.editor)
}

test('the telephone that an appeal names gets number and code, once, and follows it; the number that called does not', async () => {
  const [calls, telephone] = [aPhone(), aPhone()]
  const { id, number, form } = await register({
    telephone: telephone.replace('+998', ''),
    citizen: { name: 'Bobur Karimov', number: calls },
  })
  await portal.appeals.register(form, office.people.agent)
  const codes = await codesSent()
  await portal.deliverAll()
  expect(codes.map(({ to }) => to)).toEqual([telephone])
  expect(await told(id)).toEqual([telephone])
  expect(await opensByCode(number, codes[0]?.code ?? '')).toBe(true)
  expect(await isIn(await cabinetOf(telephone), number)).toBe(true)
  expect(await isIn(await cabinetOf(calls), number)).toBe(false)
})

test('a number that is known to be a citizen’s gets nothing of an appeal that does not name it', async () => {
  const calls = aPhone()
  const { id, number } = await register({
    citizen: { name: 'Bobur Karimov', number: calls },
    telephone: null,
  })
  await db.updateTable('citizen_numbers').set({ standing: 'confirmed' }).where('e164', '=', calls).execute()
  await portal.move(id, 'forward', office.people.editor, {
    authority: 'Vazirlik',
    reason: 'Vakolatiga kiradi',
  })
  expect(await told(id)).toEqual([])
  expect(await isIn(await cabinetOf(calls), number)).toBe(false)
})

test.each(['12', '+7 495 123 45 67', 'telefonim yoʻq'])(
  '“%s” is refused, and nothing is registered',
  async (telephone) => {
    const form = anAppeal({ telephone })
    await expect(portal.appeals.register(form, office.people.agent)).rejects.toMatchObject({
      code: 'badInput',
    })
    const kept = db.selectFrom('appeals').select('id').where('request_key', '=', form.requestKey)
    expect(await kept.execute()).toEqual([])
  },
)

test('of a report of corruption that an agent wrote down no telephone is told, and none follows it', async () => {
  const telephone = aPhone()
  const { id, number } = await register({ topic: '03', telephone })
  await portal.move(id, 'return', office.people.officer, { reason: 'Maʼlumot yetarli emas' })
  expect(await told(id)).toEqual([])
  expect(await isIn(await cabinetOf(telephone), number)).toBe(false)
})

test('what turns out to be a report of corruption leaves the cabinet, and what waited to be told of it is not sent', async () => {
  const telephone = aPhone()
  portal.gateway.answer = { outcome: 'away' }
  const { id, number } = await register({ telephone })
  await portal.deliverAll()
  portal.sent.length = 0
  portal.gateway.answer = { outcome: 'accepted' }
  await portal.move(id, 'classify', office.people.editor, { kind: 'complaint', topic: '03' })
  await portal.deliverAll()
  expect(portal.sent).toEqual([])
  expect(await isIn(await cabinetOf(telephone), number)).toBe(false)
})

test('of a report of corruption that was filed with a proof the telephone that was proven is told', async () => {
  const phone = aPhone()
  const { number } = await file(portal.browser(), phone, { confidential: 'yes' })
  expect((await codesSent()).map(({ to }) => to)).toEqual([phone])
  expect(await isIn(await cabinetOf(phone), number)).toBe(true)
})

test('two citizens who share a telephone both named it, so it is told of both and its cabinet shows both', async () => {
  const telephone = aPhone()
  const one = await register({ citizen: { name: 'Bobur Karimov', number: aPhone() }, telephone })
  const other = await register({ citizen: { name: 'Nargiza Karimova', number: telephone }, telephone })
  expect((await codesSent()).map(({ to }) => to)).toEqual([telephone, telephone])
  const cabinet = await cabinetOf(telephone)
  expect([await isIn(cabinet, one.number), await isIn(cabinet, other.number)]).toEqual([true, true])
})

test('when another telephone is named, the new one has number and a new code, and the old one sees nothing any more', async () => {
  const [old, next] = [aPhone(), aPhone()]
  const { id, number } = await register({ telephone: old })
  const [first] = await codesSent()
  const before = await cabinetOf(old)
  expect(await isIn(before, number)).toBe(true)

  const card = await changeTelephone(id, old, next)
  expect(card).toMatchObject({
    telephone: next,
    timeline: expect.arrayContaining([
      expect.objectContaining({ type: 'appealTelephoneChanged', actorName: 'editor' }),
    ]),
  })
  const second = (await codesSent()).at(-1)
  expect(second?.to).toBe(next)
  expect(second?.code).not.toBe(first?.code)
  expect(await isIn(before, number), 'signed in still').toBe(false)
  expect(await opensByCode(number, first?.code ?? ''), 'the code that went to the old one').toBe(false)
  expect(await opensByCode(number, second?.code ?? '')).toBe(true)
  expect(await isIn(await cabinetOf(next), number)).toBe(true)
})

test('what waits to be sent goes to the new telephone, and a code that had not left yet never reaches the old one', async () => {
  const [old, next] = [aPhone(), aPhone()]
  portal.gateway.answer = { outcome: 'away' }
  const { id } = await register({ telephone: old })
  await portal.move(id, 'forward', office.people.editor, {
    authority: 'Vazirlik',
    reason: 'Vakolatiga kiradi',
  })
  await portal.deliverAll()
  portal.sent.length = 0
  await changeTelephone(id, old, next)
  portal.gateway.answer = { outcome: 'accepted' }
  await portal.deliverAll()
  expect(portal.sent.map(({ to }) => to)).toEqual([next, next])
  const rows = db.selectFrom('messages').select(['kind', 'e164', 'status']).where('appeal', '=', id)
  expect(await rows.orderBy('created_at').execute()).toEqual([
    { kind: 'appealRegistered', e164: old, status: 'failed' },
    { kind: 'appealForwarded', e164: next, status: 'sent' },
    { kind: 'appealRegistered', e164: next, status: 'sent' },
  ])
})

test('once no telephone is named nothing is told, and one that is named again has a code of its own', async () => {
  const telephone = aPhone()
  const { id, number } = await register({ telephone })
  const [first] = await codesSent()
  await changeTelephone(id, telephone, null)
  await portal.move(id, 'forward', office.people.editor, {
    authority: 'Vazirlik',
    reason: 'Vakolatiga kiradi',
  })
  expect(await told(id)).toEqual([telephone])
  expect(await opensByCode(number, first?.code ?? '')).toBe(false)
  await changeTelephone(id, null, telephone)
  const codes = await codesSent()
  expect(codes).toHaveLength(2)
  expect(codes[1]?.code).not.toBe(first?.code)
})

test('a telephone is not changed over what was not seen, by whoever may not, nor one that its citizen has proven', async () => {
  const [old, other, next] = [aPhone(), aPhone(), aPhone()]
  const { id } = await register({ telephone: old })
  await expect(changeTelephone(id, other, next)).rejects.toMatchObject({ code: 'changedMeanwhile' })
  const change = { was: old, telephone: next }
  await expect(portal.appeals.changeTelephone(id, change, office.people.agent)).rejects.toMatchObject({
    code: 'notAllowed',
  })
  await expect(changeTelephone(id, old, '12')).rejects.toMatchObject({ code: 'badInput' })
  const phone = aPhone()
  const { number } = await file(portal.browser(), phone)
  const filed = await db.selectFrom('appeals').select('id').where('number', '=', number).executeTakeFirst()
  await expect(changeTelephone(filed?.id as AppealId, phone, next)).rejects.toMatchObject({
    code: 'moveNotPossible',
  })
  expect(await told(id)).toEqual([old])
})

test('two who name another telephone at once: one is told that it was changed meanwhile', async () => {
  const [old, one, other] = [aPhone(), aPhone(), aPhone()]
  const { id } = await register({ telephone: old })
  const done = await Promise.allSettled([changeTelephone(id, old, one), changeTelephone(id, old, other)])
  expect(done.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(await told(id)).toHaveLength(2)
})

test('the same step is told once', async () => {
  const telephone = aPhone()
  const { id } = await register({ telephone })
  const step = randomUUID()
  const moves = [{ appeal: id, action: 'reply', step }]
  for (const _twice of [1, 2])
    await db.transaction().execute((trx) => portal.messages.tellOfMoves(trx, moves))
  expect(await told(id)).toEqual([telephone, telephone])
})
