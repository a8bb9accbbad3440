/**
 * The database breaks at the n-th moment of filing an appeal, for n = 1 until none is left. Whatever broke, the citizen
 * sends the same again, or the worker finishes what he began: then there is one appeal, and he was told of it once.
 */
import { createHash, randomUUID } from 'node:crypto'
import { Kysely, PostgresDialect } from 'kysely'
import { expect, test } from 'vitest'
import { failingAt } from '../appeals/failing-pool.ts'
import { MONDAY_MORNING, testOffice } from '../appeals/test-office.ts'
import type { Database } from '../database/schema.ts'
import { testDatabase } from '../database/test-database.ts'
import { testPortal } from './test-portal.ts'

const { db, pool } = await testDatabase()
await testOffice(db)
const portal = await testPortal({ db, pool }, MONDAY_MORNING)
/** More moments than any of these has. */
const MOMENTS_MAX = 200

function broken(moment: number) {
  const failing = failingAt(pool, moment)
  const other = new Kysely<Database>({ dialect: new PostgresDialect({ pool: failing.pool }) })
  return { ...portal.on(other), failures: failing.failures }
}

function aForm(moment: number) {
  const visitor = createHash('sha256').update(randomUUID()).digest()
  const e164 = `+99891${String(1_000_000 + moment)}`
  const filing = {
    kind: 'application',
    name: 'Gulnora Rahimova',
    e164,
    text: 'Ruxsatnomada xato bor',
    pinfl: null,
    isConfidential: false,
  } as const
  return { key: randomUUID(), visitor, language: 'uz', filing } as const
}

async function appealsOf(key: string): Promise<number> {
  return (await db.selectFrom('appeals').select('id').where('request_key', '=', key).execute()).length
}

test('a form that breaks at its n-th moment and is sent again has one code and no second one', async () => {
  let moment = 1
  for (; moment < MOMENTS_MAX; moment++) {
    const one = broken(moment)
    const form = aForm(moment)
    await one.portal.filings.save(form).catch(() => undefined)
    if (one.failures() === 0) break
    await portal.portal.filings.save(form)
    await portal.deliverAll()
    const got = portal.sent.filter(({ to }) => to === form.filing.e164)
    expect(
      got.length,
      'never two of the same, and another only where the first was not known to be sent',
    ).toBeLessThan(3)
    expect(new Set(got.map(({ text }) => text)).size).toBe(got.length)
  }
  expect(moment).toBeGreaterThan(10)
  expect(moment).toBeLessThan(MOMENTS_MAX)
})

test('a code that breaks at its n-th moment and is typed again files one appeal, and tells of it once', async () => {
  let moment = 1
  for (; moment < MOMENTS_MAX; moment++) {
    const form = aForm(500 + moment)
    const visit = { key: form.key, visitor: form.visitor, pinfl: null }
    await portal.portal.filings.save(form)
    const code = portal.codeIn()
    const one = broken(moment)
    await one.portal.filings.confirm(visit, code).catch(() => undefined)
    if (one.failures() === 0) break
    const proven = await db
      .selectFrom('portal_filings')
      .select('proven_at')
      .where('key', '=', form.key)
      .executeTakeFirst()
    // Whoever saw nothing of it types the code again; what was proven the worker finishes without him.
    if (proven?.proven_at && moment % 2 === 0) await portal.portal.filings.finish(form.key)
    else expect(await portal.portal.filings.confirm(visit, code), `moment ${moment}`).toBeUndefined()
    expect(await appealsOf(form.key)).toBe(1)
    await portal.deliverAll()
    const told = portal.sent.filter(({ to, text }) => to === form.filing.e164 && text.includes('raqamli'))
    expect(told).toHaveLength(1)
  }
  expect(moment, 'every statement was broken before and after').toBeGreaterThan(20)
  expect(moment).toBeLessThan(MOMENTS_MAX)
})

test('while the database is away citizens read so in their language, on a page that says whom to call', async () => {
  let isAway = false
  const connect = async () => {
    if (isAway) throw new Error('ECONNREFUSED')
    return await pool.connect()
  }
  const other = new Kysely<Database>({
    dialect: new PostgresDialect({ pool: { options: pool.options, connect, end: async () => undefined } }),
  })
  const { app } = await testPortal({ db: other, pool }, MONDAY_MORNING)
  const page = (path: string) =>
    app.inject({ url: `/portal/${path}?lang=ru`, cookies: { 'javob-citizen': 'kimdir' } })
  expect((await page('faq')).statusCode).toBe(200)
  isAway = true
  const away = await page('cabinet')
  expect(away.statusCode).toBe(500)
  expect(away.body).toContain('<html lang="ru">')
  expect(away.body).toContain('Повторите через несколько минут или позвоните по номеру 1195')
})
