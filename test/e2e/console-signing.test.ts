/** A decision is signed with the E-IMZO module of the computer, as the chancellery and the administrator see it. */
import type { Page } from 'playwright-core'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { SignedDecision } from '#core/signatures/signed-decision.ts'
import { PERMISSIONS } from '#core/staff/permissions.ts'
import { madeId } from '../../console/dev/mock-data.ts'
import { testModule } from '../../console/dev/test-module.ts'
import { consoleStage, problemsOf } from './console-stage.ts'

const stage = consoleStage()
const at = (path: string) => `${stage.mock().address}${path}`
const module = await testModule()
afterAll(() => module.close())

const APPEAL = madeId(3, 0)
const MINE = {
  disk: 'D:\\',
  path: 'DSKEYS',
  name: 'DS01',
  alias:
    'cn=karimova dilnoza aliyevna,1.2.860.3.16.1.2=31210632040244,serialnumber=77a1,validto=2099.02.26 11:31:37',
}
const OLD = { ...MINE, name: 'DS00', alias: MINE.alias.replace('2099', '2020') }

beforeEach(() => {
  module.reset()
  Object.assign(module.state, { certificates: [OLD, MINE] })
  const { appeals, staff } = stage.mock().world
  const [chancellery] = staff
  staff.push({
    ...(chancellery as (typeof staff)[number]),
    id: madeId(1, 77),
    login: 'devon1',
    name: 'Malika Yusupova',
    role: 'chancellery',
    may: [...PERMISSIONS.chancellery],
  })
  const appeal = appeals.find(({ id }) => id === APPEAL)
  Object.assign(appeal ?? {}, { status: 'received', incomingNumber: 'K-7' })
})

function setUp(required: SignedDecision[] = ['reply'], address = module.address): void {
  stage.mock().world.signing.settings = {
    changedAt: 1,
    rules: {
      server: 'http://eimzo.lan:8080',
      module: address,
      apiKeys: ['127.0.0.1 A7BCFA5D490B351BE0754130DF03A068'],
      required,
    },
  }
}

/** A reply is typed in, and waits for its signature. */
async function replyTyped(language: 'en' | 'uz' = 'en') {
  const page = await stage.signedIn('devon1', { language })
  await page.goto(at(`/appeals/${APPEAL}`))
  await page.getByRole('button', { name: 'Reply', exact: true }).click()
  const form = page.getByRole('form', { name: 'Reply' })
  await form.getByRole('radio', { name: 'Explained' }).check()
  await form.getByRole('textbox', { name: 'Reply' }).fill('Natijangiz qayta koʻrib chiqildi.')
  const panel = form.getByRole('region', { name: 'Signature with E-IMZO' })
  return { page, form, panel, press: form.getByRole('button', { name: 'Reply', exact: true }) }
}

async function sign(panel: ReturnType<Page['getByRole']>): Promise<void> {
  await panel.getByRole('button', { name: 'Sign with E-IMZO' }).click()
  await panel.getByRole('button', { name: 'Sign', exact: true }).click()
}

test('a reply is signed with a key of the computer and goes; the card says by whom, when and found right by what', async () => {
  setUp()
  const { form, page, panel, press } = await replyTyped()
  expect(await press.getAttribute('aria-disabled')).toBe('true')
  await panel.getByText('This decision is made with a signature only.').waitFor()
  await panel.getByRole('button', { name: 'Sign with E-IMZO' }).click()
  const old = panel.getByRole('radio', { name: /^KARIMOVA DILNOZA ALIYEVNA: ran out on/ })
  await old.waitFor()
  expect(await old.isDisabled()).toBe(true)
  expect(await panel.getByRole('radio', { name: /in force until/ }).isChecked()).toBe(true)
  expect(await problemsOf(page)).toEqual([])
  await panel.getByRole('button', { name: 'Sign', exact: true }).click()
  await panel.getByText('Signed, and found right.').waitFor()
  expect(JSON.parse(module.state.signed[0]?.toString('utf8') ?? '')).toMatchObject({
    appeal: 'A-2026-000120',
    decision: 'reply',
    reply: 'Natijangiz qayta koʻrib chiqildi.',
  })
  expect(module.state.asked.find(({ name }) => name === 'load_key')?.arguments?.[2]).toBe('DS01')
  await press.click()
  await form.waitFor({ state: 'detached' })
  const signatures = page.getByRole('region', { name: 'Signatures' })
  await signatures.getByText(/Signed by KARIMOVA DILNOZA ALIYEVNA, 3\*{9}0244/).waitFor()
  await signatures.getByText(/Found right by http:\/\/eimzo.lan:8080/).waitFor()
  await signatures.getByText(/Malika Yusupova, whose PINFL is not known here/).waitFor()
  const happened = page.getByRole('region', { name: 'What happened' })
  await happened.getByText('Signed with E-IMZO: KARIMOVA DILNOZA ALIYEVNA').waitFor()
  const saved = page.waitForEvent('download')
  await signatures.getByRole('button', { name: 'The signature itself: Reply' }).click()
  expect((await saved).suggestedFilename()).toBe('reply.json.p7s')
  expect(await problemsOf(page)).toEqual([])
})

test('a word typed after signing makes it a signature of something else, and it has to be signed again', async () => {
  setUp()
  const { form, panel, press } = await replyTyped()
  await sign(panel)
  await panel.getByText('Signed, and found right.').waitFor()
  await form.getByRole('textbox', { name: 'Reply' }).fill('Boshqa javob')
  await panel.getByText('What you typed was changed after signing: sign it again.').waitFor()
  expect(await press.getAttribute('aria-disabled')).toBe('true')
  await sign(panel)
  await panel.getByText('Signed, and found right.').waitFor()
  await press.click()
  await form.waitFor({ state: 'detached' })
})

test('while nobody can check it, signature and words are kept over a reload, and are sent again', async () => {
  setUp()
  stage.mock().world.signing.problem = 'verifierAway'
  const { page, panel, press } = await replyTyped()
  await sign(panel)
  await panel
    .getByRole('alert')
    .getByText(/cannot be checked now/)
    .waitFor()
  await page.reload()
  await page.getByRole('button', { name: 'Reply', exact: true }).click()
  await panel.getByText('Signed, and not checked yet.').waitFor()
  stage.mock().world.signing.problem = undefined
  await panel.getByRole('button', { name: 'Send the signature again' }).click()
  await panel.getByText('Signed, and found right.').waitFor()
  expect(module.state.signed).toHaveLength(1)
  await press.click()
  await page.getByRole('region', { name: 'Signatures' }).waitFor()
})

test.each([
  [
    'the password is wrong',
    { reason: 'javax.crypto.BadPaddingException' },
    'The password of the key is not right.',
  ],
  ['he declines', { reason: 'Ввод пароля отменен' }, 'Signing was cancelled.'],
  ['the site is unknown', { status: -1022, reason: 'API-key' }, 'enter its key for 127.0.0.1'],
  ['it fails otherwise', { reason: 'Ошибка чтения' }, 'Ошибка чтения'],
])('where %s it is said what to do, and nothing is lost', async (_what, fault, said) => {
  setUp()
  module.state.fault = fault
  const { form, panel } = await replyTyped()
  await sign(panel)
  await panel.getByRole('alert').getByText(said).waitFor()
  expect(await form.getByRole('textbox', { name: 'Reply' }).inputValue()).toBe(
    'Natijangiz qayta koʻrib chiqildi.',
  )
  module.state.fault = undefined
  await sign(panel)
  await panel.getByText('Signed, and found right.').waitFor()
})

test('without keys, and with none that is in force, nothing can be signed', async () => {
  setUp()
  module.state.certificates = []
  const { panel } = await replyTyped()
  const look = panel.getByRole('button', { name: 'Sign with E-IMZO' })
  await look.click()
  await panel
    .getByRole('alert')
    .getByText(/finds no key/)
    .waitFor()
  module.state.certificates = [OLD]
  await look.click()
  await panel
    .getByRole('alert')
    .getByText(/None of these keys is in force/)
    .waitFor()
  expect(await panel.getByRole('button', { name: 'Sign', exact: true }).getAttribute('aria-disabled')).toBe(
    'true',
  )
  await panel.getByRole('button', { name: 'Do not sign' }).click()
  await look.waitFor()
})

test('where the module does not run it is said so', async () => {
  setUp(['reply'], 'ws://127.0.0.1:1/service/cryptapi')
  const { page, panel } = await replyTyped()
  await panel.getByRole('button', { name: 'Sign with E-IMZO' }).click()
  await panel.getByRole('alert').getByText('E-IMZO does not answer on this computer.').waitFor()
  expect(await problemsOf(page)).toEqual([])
})

test.each([
  ['signatureNotValid', 'The signature is not right for this text.'],
  ['certificateNotValid', 'The certificate of this key is not in force'],
  ['signerIsAnother', 'This key is of another person.'],
] as const)('a signature that is refused as %s has to be given anew', async (problem, said) => {
  setUp()
  stage.mock().world.signing.problem = problem
  const { panel, press } = await replyTyped()
  await sign(panel)
  await panel.getByRole('alert').getByText(said).waitFor()
  await panel.getByRole('button', { name: 'Sign with E-IMZO' }).waitFor()
  expect(await press.getAttribute('aria-disabled')).toBe('true')
})

test('where no server is set up nothing of signing is seen, and where none is required it may be left', async () => {
  const { form, panel, press } = await replyTyped()
  expect(await panel.count()).toBe(0)
  await form.getByRole('button', { name: 'Cancel' }).click()
  setUp([])
  const second = await replyTyped()
  await second.panel.getByRole('button', { name: 'Sign with E-IMZO' }).waitFor()
  expect(await press.count()).toBe(0)
  await second.press.click()
  await second.form.waitFor({ state: 'detached' })
})

test('an administrator sets signing up: what cannot be is marked, and the server is asked', async () => {
  const page = await stage.signedIn('admin')
  await page.goto(at('/settings'))
  await page.getByRole('link', { name: 'Signing with E-IMZO' }).click()
  await page.getByRole('checkbox', { name: 'Reply' }).check()
  await page.getByText('Please fill this in.').waitFor()
  const server = page.getByRole('textbox', { name: 'Address of the E-IMZO server' })
  await server.fill('http://eimzo.lan:8080')
  await page.getByRole('textbox', { name: /^Keys of the site/ }).fill('murojaat.example')
  await page.getByText('Line 1: an address, a space and its key').waitFor()
  await page.getByRole('textbox', { name: /^Keys of the site/ }).fill(`murojaat.example ${'A7BC'.repeat(16)}`)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Saved: it holds from now on.').waitFor()
  await page.getByRole('button', { name: 'Ask the server' }).click()
  await page.getByText(/its own key is good until 2027-01-31/).waitFor()
  expect(stage.mock().world.signing.settings.rules.required).toEqual(['reply'])
  await server.fill('http://away.lan')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Saved: it holds from now on.').waitFor()
  await page.getByRole('button', { name: 'Ask the server' }).click()
  await page.getByText('It does not answer, or is no E-IMZO server.').waitFor()
  expect(await problemsOf(page)).toEqual([])
})
