/** A cabinet in which there is more than a page shows. */
import { afterAll, expect, test } from 'vitest'
import { MONDAY_MORNING, testOffice } from '../appeals/test-office.ts'
import { testDatabase } from '../database/test-database.ts'
import { testPortal } from './test-portal.ts'

const { db, pool } = await testDatabase()
const { register } = await testOffice(db)
const { portal, removeFiles } = await testPortal({ db, pool }, MONDAY_MORNING)
afterAll(removeFiles)

test('whoever has filed many sees the newest, and the older ones page by page, each once', async () => {
  const phone = '+998901234567'
  const identity = { by: 'phone', e164: phone } as const
  const citizen = { name: 'Serqatnov Fuqaro', number: phone }
  const all = await Promise.all(Array.from({ length: 52 }, () => register({ citizen, telephone: phone })))
  const first = await portal.own.list(identity, {})
  const second = await portal.own.list(identity, { before: first.olderThan ?? '' })
  expect(first.appeals).toHaveLength(50)
  expect(second.olderThan).toBeUndefined()
  const seen = [...first.appeals, ...second.appeals].map(({ number }) => number)
  expect(seen.toReversed()).toEqual(all.map(({ number }) => number).toSorted())
  expect(await portal.own.list(identity, { before: 'nothing' })).toEqual(first)
})
