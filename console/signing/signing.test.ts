/** The module of a computer, as its maker describes it, in front of our client. */
import { afterAll, beforeEach, expect, test } from 'vitest'
import { testModule } from '../dev/test-module.ts'
import { moduleKeys, signText } from './local-module.ts'
import { hasRunOut, readFileKey } from './module-keys.ts'

const ALIAS =
  'cn=karimova dilnoza, aliyevna,name=dilnoza,o=agentlik,1.2.860.3.16.1.2=31210632040244,serialnumber=77a1,validfrom=2026.01.01 00:00:00,validto=2027.02.26 11:31:37'
const LISTED = { disk: 'D:\\', path: 'DSKEYS', name: 'DS01', alias: ALIAS }
const module = await testModule()
afterAll(() => module.close())
beforeEach(() => module.reset())

const here = () => ({ module: module.address, apiKeys: ['localhost', 'ABCDEF'] })

test('the alias says whose a key is and how long it is good; a comma in a name parts nothing', () => {
  expect(readFileKey(LISTED)).toMatchObject({
    holder: 'KARIMOVA DILNOZA, ALIYEVNA',
    organisation: 'AGENTLIK',
    serial: '77a1',
    validTo: Date.parse('2027-02-26T11:31:37+05:00'),
  })
})

test.each([null, 'DS01', {}, { ...LISTED, alias: 7 }])('%j is no key', (listed) => {
  expect(readFileKey(listed)).toBeUndefined()
})

test('a key without a day is not said to have run out', () => {
  const key = readFileKey({ ...LISTED, alias: 'cn=a' })
  expect(key && hasRunOut(key, Date.now())).toBe(false)
  const old = readFileKey(LISTED)
  expect(old && hasRunOut(old, Date.parse('2027-02-26T12:00:00+05:00'))).toBe(true)
})

test('the module is told the keys of the site first, then lists what it has', async () => {
  module.state.certificates = [LISTED, { broken: true }]
  module.state.readers = ['ACR39']
  const keys = await moduleKeys(here())
  expect(keys.map(({ kind }) => kind)).toEqual(['file', 'card'])
  expect(module.state.asked.map(({ name }) => name)).toEqual([
    'apikey',
    'list_all_certificates',
    'list_readers',
  ])
  expect(module.state.asked[0]).toEqual({ name: 'apikey', arguments: ['localhost', 'ABCDEF'] })
})

test('an older module, which knows no cards, lists its files', async () => {
  module.state.certificates = [LISTED]
  module.state.knowsCards = false
  expect(await moduleKeys(here())).toHaveLength(1)
})

test('a file is opened and signs, a card signs at once; what is signed is the text itself', async () => {
  module.state.certificates = [LISTED]
  const [key] = await moduleKeys(here())
  expect(key && (await signText(module.address, key, 'Gʻayrat'))).toBe(
    Buffer.from('signed Gʻayrat').toString('base64'),
  )
  expect(module.state.signed.at(-1)).toEqual(Buffer.from('Gʻayrat'))
  await signText(module.address, { kind: 'card' }, 'a')
  expect(module.state.asked.at(-1)?.arguments).toEqual([btoa('a'), 'idcard', 'yes'])
})

test.each([
  ['siteUnknown', { status: -1022, reason: 'API-key для домена недействителен' }],
  ['cannotSign', { status: 0, reason: 'Ошибка' }],
  ['wrongPassword', { reason: 'javax.crypto.BadPaddingException' }],
  ['declined', { reason: 'Ввод пароля отменен' }],
] as const)('what the module says is understood as %s', async (code, fault) => {
  module.state.fault = fault
  await expect(signText(module.address, { kind: 'card' }, 'a')).rejects.toMatchObject({ code })
})

test('without keys, and without a module, it is said so', async () => {
  await expect(moduleKeys(here())).rejects.toMatchObject({ code: 'noKeys' })
  await expect(moduleKeys({ module: 'ws://127.0.0.1:1/', apiKeys: [] })).rejects.toMatchObject({
    code: 'notRunning',
  })
  module.state.isMumbling = true
  await expect(moduleKeys(here())).rejects.toMatchObject({ code: 'notRunning' })
})
