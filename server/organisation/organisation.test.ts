import pino from 'pino'
import { expect, test } from 'vitest'
import type { OrganisationSettings } from '#contract/organisation.ts'
import type { Role } from '#core/staff/permissions.ts'
import { testDatabase } from '../database/test-database.ts'
import { testApp } from '../staff/test-app.ts'
import { organisationRoutes } from './routes.ts'
import { organisationService, theOrganisation, writeOrganisation } from './service.ts'

const log = pino({ level: 'silent' })
const { db } = await testDatabase()
const BEFORE = { code: 'dtm', names: { uz: 'Markaz', ru: 'Центр' }, appealPrefix: 'A', shortNumber: '1195' }
await db
  .insertInto('settings')
  .values({ name: 'organisation', value: JSON.stringify(BEFORE) })
  .execute()
const { administrator, app } = await testApp(db, organisationRoutes(organisationService({ db, log })))

const ask = (payload?: object, role: Role = 'administrator') =>
  app.inject({
    method: payload ? 'PUT' : 'GET',
    url: '/api/organisation',
    cookies: { javob: role },
    headers: { 'x-javob': '1' },
    ...(payload && { payload }),
  })
const read = async () => (await ask()).json<OrganisationSettings>()
async function save(part: Partial<OrganisationSettings['form']>, role?: Role) {
  const { changedAt, form } = await read()
  return await ask({ basedOn: changedAt, form: { ...form, ...part } }, role)
}

test('what an organisation said before there was a page for it still holds', async () => {
  expect((await read()).form).toEqual({
    names: BEFORE.names,
    shortNumber: '1195',
    phones: [],
    address: { uz: '', ru: '' },
    hours: { uz: '', ru: '' },
    appealPrefix: 'A',
  })
})

test('a change holds at once, is put in order and written down; its code stays', async () => {
  const names = { uz: ' Agent\u0000lik ', ru: 'Агентство', en: 'Agency', cyrillic: '' }
  const phones = ['71 235 11 95', '+998 (90) 123-45-67']
  const response = await save({ names, phones, appealPrefix: 'B' })
  expect(response.json()).toMatchObject({
    form: { phones: ['+998712351195', '+998901234567'], appealPrefix: 'B' },
  })
  expect(await theOrganisation(db)).toMatchObject({
    code: 'dtm',
    names: { uz: 'Agentlik', ru: 'Агентство', en: 'Agency' },
  })
  expect(await read()).toEqual(response.json())
  const event = await db.selectFrom('events').selectAll().executeTakeFirstOrThrow()
  expect(event).toMatchObject({
    type: 'organisationChanged',
    actor: administrator,
    body: { form: { appealPrefix: 'B' } },
  })
})

test('nonsense is told by its field; who has not seen the last change, and who may not, saves nothing', async () => {
  const before = await read()
  expect((await save({ appealPrefix: 'b-', phones: ['telefon'] })).json()).toMatchObject({
    code: 'settingsHaveProblems',
    problems: [
      { row: 'contacts', code: 'badPhone', params: { line: 1 } },
      { row: 'appeals', code: 'badPrefix' },
    ],
  })
  expect((await ask({ basedOn: 1, form: before.form })).json()).toMatchObject({ code: 'changedMeanwhile' })
  expect((await save({ appealPrefix: 'C' }, 'supervisor')).statusCode).toBe(403)
  expect((await save({ address: { uz: 'a'.repeat(1_001), ru: '' } })).statusCode).toBe(400)
  expect(await read()).toEqual(before)
})

test('a copy that begins says what it knows', async () => {
  await db.transaction().execute((trx) => writeOrganisation(trx, { ...BEFORE, code: 'new' }))
  expect(await theOrganisation(db)).toMatchObject({ code: 'new', phones: [] })
})
