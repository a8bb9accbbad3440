import pino from 'pino'
import { expect, test } from 'vitest'
import type { StaffId } from '#core/lib/ids.ts'
import { testDatabase } from '../database/test-database.ts'
import { alarmService } from './service.ts'

const { db } = await testDatabase()
const alarms = alarmService({ db, log: pino({ level: 'silent' }) })
const { id: staff } = await db
  .insertInto('staff_members')
  .values({
    login: 'saodat',
    name: 'Saodat Hasanova',
    role: 'supervisor',
    languages: ['uz'],
    password_hash: '-',
  })
  .returning('id')
  .executeTakeFirstOrThrow()
const disk = { kind: 'diskFull', subject: '/var', detail: '99 %' }
const events = async () =>
  (
    await db
      .selectFrom('events')
      .select(['type', 'actor'])
      .where('type', 'like', 'alarm%')
      .orderBy('id')
      .execute()
  ).map(({ type, actor }) => (actor ? `${type} by ${actor === staff ? 'saodat' : actor}` : type))

test('the same trouble raises one alarm until it is resolved, then another', async () => {
  await Promise.all(Array.from({ length: 10 }, () => alarms.raise(db, disk)))
  expect(await alarms.countOpen()).toBe(1)
  const [open] = await alarms.list()
  expect(open).toMatchObject({ ...disk, resolvedAt: null, resolvedByName: null })

  await alarms.resolve(open?.id ?? '', staff)
  expect(await alarms.countOpen()).toBe(0)
  expect((await alarms.list())[0]).toMatchObject({ resolvedByName: 'Saodat Hasanova' })

  await alarms.raise(db, disk)
  expect((await alarms.list()).map(({ resolvedAt }) => resolvedAt === null)).toEqual([true, false])
  expect(await events()).toEqual(['alarmRaised', 'alarmResolved by saodat', 'alarmRaised'])
})

test('an alarm raised in a transaction that fails was never raised', async () => {
  const before = await events()
  await expect(
    db.transaction().execute(async (trx) => {
      await alarms.raise(trx, { ...disk, subject: '/srv' })
      throw new Error('the rest failed')
    }),
  ).rejects.toThrow('the rest failed')
  expect(await events()).toEqual(before)
})

test('an alarm is resolved once, and only one that there is', async () => {
  await alarms.raise(db, { ...disk, subject: '/opt' })
  const id = (await alarms.list()).find(({ subject }) => subject === '/opt')?.id ?? ''
  const both = await Promise.allSettled([alarms.resolve(id, staff), alarms.resolve(id, staff)])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  await expect(alarms.resolve(id, staff)).rejects.toMatchObject({ code: 'changedMeanwhile' })
  await expect(
    alarms.resolve('00000000-0000-4000-8000-000000000000', staff as StaffId),
  ).rejects.toMatchObject({ code: 'notFound' })
})
