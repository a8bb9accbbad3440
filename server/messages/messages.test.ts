/** Whom a message about an appeal goes to. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AppealId } from '#core/lib/ids.ts'
import { MONDAY_MORNING, testOffice } from '../appeals/test-office.ts'
import { testDatabase } from '../database/test-database.ts'
import { type TestPortal, testPortal } from '../portal/test-portal.ts'

const { db, pool } = await testDatabase()
let office: Awaited<ReturnType<typeof testOffice>>
let portal: TestPortal

beforeAll(async () => {
  office = await testOffice(db)
  portal = await testPortal({ db, pool }, MONDAY_MORNING)
})
afterAll(() => portal.removeFiles())

/** What is told when the office registers an appeal of somebody who called from that number. */
async function toldOf(phone: string, topic: string): Promise<(string | null)[]> {
  const { id } = await office.register({ topic, citizen: { name: 'Bobur Karimov', number: phone } })
  await db.updateTable('citizen_numbers').set({ standing: 'calledFrom' }).where('e164', '=', phone).execute()
  return await tell(id)
}

async function tell(id: string): Promise<string[]> {
  const appeal = id as AppealId
  await db
    .transaction()
    .execute((trx) => portal.messages.tellOfMoves(trx, [{ appeal, action: 'register', step: randomUUID() }]))
  const rows = await db.selectFrom('messages').select('e164').where('appeal', '=', appeal).execute()
  return rows.map(({ e164 }) => e164)
}

test('whoever called is told at the number he called from', async () => {
  expect(await toldOf('+998901000001', '02')).toEqual(['+998901000001'])
})

test('of a report of corruption that an agent wrote down nobody is told by SMS', async () => {
  expect(await toldOf('+998901000002', '03')).toEqual([])
})

test('of a report of corruption that was filed with a proof the telephone that was proven is told', async () => {
  const { id } = await office.register({
    topic: '03',
    citizen: { name: 'Bobur Karimov', number: '+998901000003' },
  })
  const { request_key: key } = await db
    .selectFrom('appeals')
    .select('request_key')
    .where('id', '=', id as AppealId)
    .executeTakeFirstOrThrow()
  await db
    .insertInto('portal_filings')
    .values({
      key,
      visitor: Buffer.from('x'),
      language: 'uz',
      kind: 'complaint',
      e164: '+998901000004',
      proven_at: new Date(MONDAY_MORNING),
      appeal: id as AppealId,
    })
    .execute()
  expect(await tell(id)).toEqual(['+998901000004'])
})
