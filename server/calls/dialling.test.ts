import pino from 'pino'
import { afterAll, expect, test } from 'vitest'
import type { DiallingSettings } from '#contract/dialling.ts'
import type { StaffId } from '#core/lib/ids.ts'
import type { Role } from '#core/staff/permissions.ts'
import { testDatabase } from '../database/test-database.ts'
import { openHttp } from '../http.ts'
import { Dialling, diallingRoutes } from './dialling.ts'
import { TrunkBook } from './trunk-book.ts'

const log = pino({ level: 'silent' })
const { db } = await testDatabase()
const hire = async (login: string, role: Role) => {
  const person = { login, name: login, role, languages: [], password_hash: '-' }
  return (await db.insertInto('staff_members').values(person).returning('id').executeTakeFirstOrThrow()).id
}
const administrator = await hire('admin', 'administrator')
const lola = await hire('lola', 'agent')
let agents = [{ id: lola, name: 'Lola' }]

async function started() {
  const dialling: Dialling = new Dialling({ db, log, agents: async () => agents, own: () => trunks.own })
  const trunks: TrunkBook = new TrunkBook(
    () => true,
    () => dialling.rules,
  )
  await trunks.load(db)
  await dialling.prepare()
  return { dialling, trunks }
}

const { dialling, trunks } = await started()
const app = await openHttp({
  log,
  staffOf: async (role) => ({ id: administrator, name: role, role: role as Role, signIn: role }),
  health: async () => ({}),
})
await app.register(diallingRoutes(dialling), { prefix: '/api' })
afterAll(() => app.close())

const ask = (payload?: object, role: Role = 'administrator') =>
  app.inject({
    method: payload ? 'PUT' : 'GET',
    url: '/api/dialling-rules',
    cookies: { javob: role },
    headers: { 'x-javob': '1' },
    ...(payload && { payload }),
  })
const read = async () => (await ask()).json<DiallingSettings>()
async function save(part: Partial<DiallingSettings['rules']>, basedOn?: number | null) {
  const { changedAt, rules } = await read()
  return await ask({ basedOn: basedOn === undefined ? changedAt : basedOn, rules: { ...rules, ...part } })
}

test('what is saved holds from the next call on, is kept, and who did it is written down', async () => {
  expect(await read()).toMatchObject({
    changedAt: null,
    rules: { allowed: ['+998'], callers: null },
    agents: [{ id: lola, name: 'Lola' }],
  })
  expect(trunks.mayDial('+7 495 123-45-67')).toEqual({ refused: 'foreign' })
  const allowed = ['+998', '+7', '1102']
  expect((await save({ allowed })).json()).toMatchObject({ rules: { allowed } })
  expect(trunks.mayDial('+7 495 123-45-67')).toEqual({ dial: '+74951234567' })
  expect(trunks.mayDial('1102')).toEqual({ dial: '1102' })
  expect((await started()).trunks.mayDial('1102')).toEqual({ dial: '1102' })
  const event = await db.selectFrom('events').selectAll().executeTakeFirstOrThrow()
  expect(event).toMatchObject({
    type: 'diallingRulesChanged',
    actor: administrator,
    body: { rules: { allowed } },
  })
})

test('where some are named only they call outside', async () => {
  expect(dialling.mayCallOutside(lola)).toBe(true)
  await save({ callers: [] })
  expect(dialling.mayCallOutside(lola)).toBe(false)
  await save({ callers: [lola] })
  expect(dialling.mayCallOutside(lola)).toBe(true)
  expect(dialling.mayCallOutside(administrator)).toBe(false)
  // Who was named and takes no calls any more does not stop others from changing the rest.
  agents = []
  expect((await save({ denied: ['+998900'] })).statusCode).toBe(200)
  expect((await save({ callers: null })).statusCode).toBe(200)
  expect((await save({ callers: [lola] })).json()).toMatchObject({
    problems: [{ row: 'callers', code: 'unknown' }],
  })
})

test('nonsense is told by its line; who has not seen the last change, and who may not, saves nothing', async () => {
  const before = await read()
  expect((await save({ allowed: ['+998', 'all'] })).json()).toMatchObject({
    code: 'settingsHaveProblems',
    problems: [{ row: 'allowed', code: 'badBeginning', params: { line: 2 } }],
  })
  expect((await save({ allowed: [] }, 1)).json()).toMatchObject({ code: 'changedMeanwhile' })
  expect((await ask({ basedOn: before.changedAt, rules: before.rules }, 'supervisor')).statusCode).toBe(403)
  expect((await ask(undefined, 'agent' as Role)).statusCode).toBe(403)
  expect(await read()).toEqual(before)
})

test('our own numbers are shown with the rules, and are never called', async () => {
  await db
    .insertInto('trunks')
    .values({
      id: 'uztelecom' as never,
      name: 'U',
      peer_addresses: [],
      did_patterns: ['1195', '+998712351195'],
      registration: null,
      max_calls: 3,
    })
    .execute()
  await trunks.load(db)
  expect((await read()).own).toEqual(['1195', '+998712351195'])
  await save({ allowed: ['+998', '1195'] })
  expect(trunks.mayDial('1195')).toEqual({ refused: 'ownNumber' })
})

test('a list that was written by hand holds but for the lines that make no sense', async () => {
  const value = '{"allowed": ["+7", "seven"], "denied": []}'
  await db.updateTable('settings').set({ value }).where('name', '=', 'diallingRules').execute()
  const { trunks: after, dialling: rules } = await started()
  expect(after.mayDial('+7 495 123-45-67')).toEqual({ dial: '+74951234567' })
  expect(after.mayDial('+998 90 123 45 67')).toMatchObject({ refused: expect.any(String) })
  expect(rules.mayCallOutside(lola as StaffId)).toBe(true)
})
