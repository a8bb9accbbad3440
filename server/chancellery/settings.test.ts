/** The way to the chancellery as an administrator sets it up: kept without showing its secrets, tried against a real mailbox. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { SaveDispatch } from '#contract/dispatch.ts'
import { FIRST_DISPATCH } from '#core/appeals/dispatch-form.ts'
import { testOffice } from '../appeals/test-office.ts'
import { testDatabase } from '../database/test-database.ts'
import { chancellerySettings } from './settings.ts'
import { signer } from './signing.ts'
import { testMailbox } from './test-mailbox.ts'

const { db } = await testDatabase()
const { log, people } = await testOffice(db)
const keys = await mkdtemp(join(tmpdir(), 'javob-keys-'))
const box = await testMailbox({ password: 'juda maxfiy' })
afterAll(() => Promise.all([box.close(), rm(keys, { recursive: true })]))
const settings = chancellerySettings({ db, log, signer: signer(keys) })
const by = people.officer.id

beforeEach(async () => {
  await db.deleteFrom('settings').where('name', '=', 'chancellery').execute()
  Object.assign(box, { mails: [], answer: 'well' })
})

const email = {
  host: '127.0.0.1',
  port: box.port,
  security: 'none' as const,
  user: 'javob',
  from: 'javob@a.example',
  to: 'devonxona@a.example',
}
const byMail = (change: Partial<SaveDispatch> = {}): SaveDispatch => ({
  basedOn: 0,
  form: { ...FIRST_DISPATCH, driver: 'email', email },
  password: 'juda maxfiy',
  ...change,
})

test('before anybody sets anything up the chancellery works in the console', async () => {
  expect(await settings.shown()).toMatchObject({ version: 0, form: { driver: 'cabinet' } })
  expect(await settings.driver()).toBeUndefined()
  await expect(settings.test(by)).rejects.toMatchObject({ code: 'badInput' })
})

test('a password is kept and never shown, and stays when it is not typed again', async () => {
  const saved = await settings.save(byMail(), by)
  expect(saved).toMatchObject({ version: 1, hasPassword: true })
  expect(JSON.stringify(saved)).not.toContain('maxfiy')
  const again = { ...email, to: 'boshqa@a.example' }
  await settings.save(byMail({ basedOn: 1, form: { ...byMail().form, email: again }, password: '' }), by)
  expect(await settings.test(by)).toMatchObject({ isTaken: true, answer: expect.stringContaining('queued') })
  expect(box.mails[0]?.to).toEqual(['boshqa@a.example'])
})

test.each([
  ['host', { host: 'localhost' }],
  ['port', { port: box.port + 1 }],
  ['security', { security: 'starttls' as const }],
  ['user', { user: 'boshqa' }],
])(
  'for another %s the password is typed anew: the one that is held is not given to it',
  async (_field, change) => {
    await settings.save(byMail(), by)
    const form = { ...byMail().form, email: { ...email, ...change } }
    await expect(settings.save(byMail({ basedOn: 1, form, password: '' }), by)).rejects.toMatchObject({
      problems: [{ field: 'password', code: 'required' }],
    })
    // Nor by a way around, on which no password is asked for.
    const aside = { ...form, driver: 'cabinet' as const }
    expect(await settings.save(byMail({ basedOn: 1, form: aside, password: '' }), by)).toMatchObject({
      hasPassword: false,
    })
    expect(await settings.save(byMail({ basedOn: 2, form }), by)).toMatchObject({ hasPassword: true })
  },
)

test('of a machine that does not answer HTTP a test tells nothing', async () => {
  const http = { url: `http://127.0.0.1:${box.port}/` }
  const form = { ...FIRST_DISPATCH, driver: 'http' as const, http }
  await settings.save({ basedOn: 0, form, secret: 'a secret that both know' }, by)
  expect(await settings.test(by)).toEqual({ isTaken: false, answer: 'fetch failed' })
})

test('what was answered to a test is told as it was, and that it was tried is written down', async () => {
  await settings.save(byMail(), by)
  box.answer = 'refusesAddress'
  const { answer, isTaken } = await settings.test(by)
  expect(isTaken).toBe(false)
  expect(answer).toContain('no such mailbox')
  const events = await db.selectFrom('events').select('body').where('type', '=', 'dispatchTested').execute()
  expect(events.at(-1)?.body).toMatchObject({ driver: 'email', isTaken: false })
})

test('who has not seen the last change, and who fills in nonsense, saves nothing', async () => {
  await settings.save(byMail(), by)
  await expect(settings.save(byMail(), by)).rejects.toMatchObject({ code: 'changedMeanwhile' })
  const wrong = byMail({ basedOn: 1, form: { ...byMail().form, email: { ...email, to: 'devonxona' } } })
  await expect(settings.save(wrong, by)).rejects.toMatchObject({
    problems: [{ field: 'to', code: 'badEmail' }],
  })
  expect(await settings.shown()).toMatchObject({ version: 1 })
})

test('what was written by hand before there was a page for it still holds', async () => {
  const value = JSON.stringify({ url: 'https://devonxona.example/m', secret: 'a secret that both know' })
  await db.insertInto('settings').values({ name: 'chancellery', value }).execute()
  expect(await settings.shown()).toMatchObject({
    version: 0,
    hasSecret: true,
    form: { driver: 'http', http: { url: 'https://devonxona.example/m' } },
  })
  expect(await settings.driver()).toBeDefined()
})
