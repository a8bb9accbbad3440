import pino from 'pino'
import { beforeEach, expect, test } from 'vitest'
import type { SmsSettings } from '#contract/sms.ts'
import type { Role } from '#core/staff/permissions.ts'
import { testDatabase } from '../database/test-database.ts'
import { testApp } from '../staff/test-app.ts'
import type { SentSms } from './ports.ts'
import { SMS_SETTING, smsSettings } from './sms-settings.ts'
import { smsRoutes } from './sms-routes.ts'

const lines: string[] = []
const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) })
const { db } = await testDatabase()
const carrier = { answer: { outcome: 'accepted' } as SentSms, sent: [] as string[] }
const sms = smsSettings({
  db,
  log,
  reportsTo: async () => undefined,
  sender: async () =>
    (await SMS_SETTING.read(db)).driver === 'off'
      ? undefined
      : {
          async send({ to }) {
            carrier.sent.push(to)
            return carrier.answer
          },
        },
})
const { app } = await testApp(db, smsRoutes(sms))
beforeEach(async () => {
  await db.deleteFrom('settings').execute()
  carrier.sent.length = 0
  carrier.answer = { outcome: 'accepted' }
})

const PASSWORD = 'nobody may read this'
const GATEWAY = {
  driver: 'gateway',
  url: 'https://gateway.example/send',
  user: 'agency',
  originator: '3700',
  reportToken: '',
}
type Asked = { payload?: object; role?: Role; url?: string; method?: 'GET' | 'PUT' | 'POST' }

const ask = ({ payload, role = 'administrator', url = '', method = payload ? 'PUT' : 'GET' }: Asked = {}) =>
  app.inject({
    method,
    url: `/api/sms-settings${url}`,
    cookies: { javob: role },
    headers: { 'x-javob': '1' },
    ...(payload && { payload }),
  })
const read = async () => (await ask()).json<SmsSettings>()
const save = async (change: Partial<typeof GATEWAY> = {}, password?: string) => {
  const { changedAt: basedOn } = await read()
  return await ask({ payload: { basedOn, form: { ...GATEWAY, ...change }, ...(password && { password }) } })
}
const tryTo = (to: string, role: Role = 'administrator') =>
  ask({ payload: { to }, url: '/test', method: 'POST', role })

test('a gateway that was set up by hand still holds, and is shown without its password', async () => {
  const byHand = {
    driver: 'gateway',
    url: GATEWAY.url,
    user: 'agency',
    password: PASSWORD,
    originator: '3700',
  }
  await db
    .insertInto('settings')
    .values({ name: 'sms', value: JSON.stringify(byHand) })
    .execute()
  const shown = await ask()
  expect(shown.json()).toMatchObject({ form: GATEWAY, hasPassword: true })
  expect(shown.body).not.toContain(PASSWORD)
  expect((await save({ originator: '1195' })).statusCode).toBe(200)
  expect(await SMS_SETTING.read(db)).toMatchObject({ originator: '1195', password: PASSWORD })
})

test('the password is in no answer, no event and no log, and goes to no other gateway', async () => {
  const saved = await save({}, PASSWORD)
  expect(saved.statusCode).toBe(200)
  const events = await db.selectFrom('events').selectAll().where('type', 'like', 'sms%').execute()
  expect([saved.body, JSON.stringify(events), lines.join('')].join()).not.toContain(PASSWORD)
  const elsewhere = await save({ url: 'https://elsewhere.example/' })
  expect(elsewhere.json()).toMatchObject({ problems: [{ field: 'password', code: 'required' }] })
  expect((await save({ driver: 'off', url: '' })).statusCode).toBe(200)
  expect((await read()).hasPassword).toBe(false)
})

test('of two who save at once the second is told, and nobody but administrators sees or changes it', async () => {
  const payload = { basedOn: null, form: GATEWAY, password: PASSWORD }
  const both = await Promise.all([ask({ payload }), ask({ payload })])
  expect(new Set(both.map(({ statusCode }) => statusCode))).toEqual(new Set([200, 409]))
  for (const refused of [
    ask({ role: 'supervisor' }),
    ask({ payload, role: 'agent' }),
    tryTo('901234567', 'agent'),
  ])
    expect((await refused).statusCode).toBe(403)
})

test('a test message goes by what is saved, to a mobile number, and what became of it is told', async () => {
  expect((await tryTo('+998 90 123 45 67')).json(), 'nobody carries it').toMatchObject({
    code: 'messageNotPossible',
  })
  await save({}, PASSWORD)
  expect((await tryTo('+7 495 123 45 67')).statusCode).toBe(400)
  expect((await tryTo('90 123 45 67')).json()).toEqual({ outcome: 'accepted', problem: '' })
  expect(carrier.sent).toEqual(['+998901234567'])
  carrier.answer = { outcome: 'refused', problem: 'the gateway answered 401' }
  expect((await tryTo('901234567')).json()).toEqual(carrier.answer)
  expect(lines.join(''), 'the number is in no log').not.toContain('901234567')
  const events = await db.selectFrom('events').select('body').where('type', '=', 'smsTested').execute()
  expect(JSON.stringify(events)).not.toContain('901234567')
})

test('ten an hour and no more, however many are asked for at once', async () => {
  await save({}, PASSWORD)
  const all = await Promise.all(Array.from({ length: 14 }, () => tryTo('901234567')))
  const { length: tried } = await db
    .selectFrom('events')
    .select('id')
    .where('type', '=', 'smsTested')
    .execute()
  expect(tried, 'with those of the tests before').toBe(10)
  expect(all.filter(({ statusCode }) => statusCode === 429)).toHaveLength(14 - carrier.sent.length)
  expect(carrier.sent.length).toBeGreaterThan(0)
})
