import pino from 'pino'
import { beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import type { StaffId } from '#core/lib/ids.ts'
import { setting, settingWithoutFirst } from './settings.ts'
import { testDatabase } from './test-database.ts'

type Limits = { most: number; names: string[] }
const { db } = await testDatabase()
const people = ['lola', 'aziz'].map((login) => ({
  login,
  name: login,
  role: 'administrator' as const,
  languages: [],
  password_hash: '-',
}))
const [lola, aziz] = (await db.insertInto('staff_members').values(people).returning('id').execute()).map(
  ({ id }) => id,
) as [StaffId, StaffId]
const Schema = z.object({ most: z.number().int(), names: z.array(z.string()) })
const FIRST: Limits = { most: 3, names: [] }
const LIMITS = setting<Limits>('callbacks', Schema, FIRST)

const change = (basedOn: number | null, most: number, by = lola) =>
  db.transaction().execute((trx) => LIMITS.change(trx, { basedOn, value: { most, names: ['x'] }, by }))
const byHand = (value: unknown) =>
  db
    .insertInto('settings')
    .values({ name: 'callbacks', value: JSON.stringify(value) })
    .execute()
const row = () => db.selectFrom('settings').selectAll().executeTakeFirstOrThrow()

beforeEach(async () => void (await db.deleteFrom('settings').execute()))

test('what holds at first holds until somebody sets it; who did and when is kept', async () => {
  expect(await LIMITS.readKept(db)).toEqual({ value: FIRST, changedAt: null })
  expect(await settingWithoutFirst<Limits>('sms', Schema).read(db)).toBeUndefined()
  const changedAt = await change(null, 5)
  expect(await LIMITS.readKept(db)).toEqual({ value: { most: 5, names: ['x'] }, changedAt })
  expect(await row()).toMatchObject({ changed_by: lola, changed_at: new Date(changedAt) })
  await db.transaction().execute((trx) => LIMITS.write(trx, FIRST, aziz))
  expect(await row()).toMatchObject({ changed_by: aziz })
})

test('of two who change it at once one is refused, whether it was set before or not', async () => {
  for (let round = 0; round < 3; round++) {
    const { changedAt } = await LIMITS.readKept(db)
    const both = await Promise.allSettled([change(changedAt, 1, lola), change(changedAt, 2, aziz)])
    const refused = both.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    expect(refused).toMatchObject([{ code: 'changedMeanwhile' }])
    expect((await LIMITS.read(db)).most).toBe(both[0]?.status === 'fulfilled' ? 1 : 2)
  }
})

test('changes are told apart though the clock stands still or was put back', async () => {
  const ahead = new Date(Date.now() + 3_600_000)
  await db.insertInto('settings').values({ name: 'callbacks', value: '{}', changed_at: ahead }).execute()
  const first = await change(ahead.getTime(), 5)
  expect(first).toBe(ahead.getTime() + 1)
  expect(await change(first, 6)).toBe(first + 1)
  await expect(change(first, 7)).rejects.toMatchObject({ code: 'changedMeanwhile' })
})

test('fields that a kept value lacks are as at first', async () => {
  await byHand({ most: 9 })
  expect(await LIMITS.read(db)).toEqual({ most: 9, names: [] })
})

test.each([
  ['a field of another kind', { most: 'many' }, /callbacks.*most/s],
  ['a list', [1, 2], /callbacks/],
  ['nothing', null, /callbacks/],
])(
  '%s is told with the name of the setting, and does not stop what has to go on',
  async (_what, value, told) => {
    await byHand(value)
    await expect(LIMITS.read(db)).rejects.toThrow(told)
    const lines: string[] = []
    const log = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) })
    const kept = await LIMITS.readOrFirst(db, log)
    expect(kept.value).toEqual(FIRST)
    expect(lines.join()).toMatch(told)
    await change(kept.changedAt, 4)
    expect(await LIMITS.read(db)).toMatchObject({ most: 4 })
  },
)

test('whoever reads it to change it keeps others from it until he is done', async () => {
  let release: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const first = db.transaction().execute(async (trx) => {
    const { value } = await LIMITS.readToChange(trx)
    await held
    await LIMITS.write(trx, { ...value, most: value.most + 1 }, lola)
  })
  const second = db.transaction().execute(async (trx) => {
    const { value } = await LIMITS.readToChange(trx)
    await LIMITS.write(trx, { ...value, most: value.most + 1 }, aziz)
  })
  release()
  await Promise.all([first, second])
  expect((await LIMITS.read(db)).most).toBe(5)
})
