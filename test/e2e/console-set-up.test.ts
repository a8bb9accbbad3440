/** What an administrator sets up once: calling back, calling outside, what waiting callers are told. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { QueueId } from '#core/lib/ids.ts'
import { consoleStage, problemsOf } from './console-stage.ts'

const stage = consoleStage()

async function settingsPage(name: string): Promise<Page> {
  const page = await stage.signedIn('admin')
  await page.getByRole('link', { name: 'Settings', exact: true }).click()
  await page.getByRole('link', { name, exact: true }).click()
  await page.getByRole('heading', { name, level: 1 }).waitFor()
  return page
}
const saveOf = (page: Page) => page.getByRole('button', { name: 'Save', exact: true })
const saved = (page: Page) => page.getByText('Saved: it holds from now on.').locator('visible=true').waitFor()
const setUp = () => stage.mock().world.setUp

test('calling back is set up; what contradicts is told at its field', async () => {
  const page = await settingsPage('Calling citizens back')
  expect(await saveOf(page).getAttribute('aria-disabled')).toBe('true')
  await page.getByRole('textbox', { name: 'from', exact: true }).fill('25:00')
  await page.getByText('A time of the day as 09:00, please.').waitFor()
  await page.getByRole('textbox', { name: 'from', exact: true }).fill('20:30')
  await page.getByRole('textbox', { name: 'A promise holds, hours' }).fill('12')
  await page.getByText(/^At least 13: a promise of the evening/).waitFor()
  expect(await problemsOf(page)).toEqual([])
  await page.getByRole('textbox', { name: 'A promise holds, hours' }).fill('48')
  await page.getByRole('checkbox', { name: 'Murojaatlar' }).uncheck()
  await saveOf(page).click()
  await saved(page)
  expect(setUp().callbacks.value).toMatchObject({
    quiet: { fromMinute: 1_230, toMinute: 540 },
    expiresAfterHours: 48,
    queuesWithout: ['appeals'],
  })
})

test('who types while somebody else saves keeps what is typed, and chooses', async () => {
  const page = await settingsPage('Calling citizens back')
  const tries = page.getByRole('textbox', { name: 'Tries' })
  await tries.fill('5')
  const { callbacks } = setUp()
  Object.assign(callbacks, {
    changedAt: 1,
    value: { ...callbacks.value, attemptsMax: 2, retryAfterMinutes: 30 },
  })
  await saveOf(page).click()
  await page.getByRole('alert').getByText('Somebody else has saved this meanwhile.').waitFor()
  expect(await tries.inputValue()).toBe('5')
  expect(callbacks.value.attemptsMax).toBe(2)
  expect(await problemsOf(page)).toEqual([])
  await page.getByRole('button', { name: 'Go on with mine; saving replaces what is saved' }).click()
  await saveOf(page).click()
  await saved(page)
  expect(callbacks.value).toMatchObject({ attemptsMax: 5 })

  await tries.fill('7')
  Object.assign(callbacks, { changedAt: Date.now() + 1, value: { ...callbacks.value, attemptsMax: 2 } })
  await saveOf(page).click()
  await page.getByRole('button', { name: 'Take what is saved, drop mine' }).click()
  await expect.poll(() => tries.inputValue()).toBe('2')
})

test('which numbers are called is tried before it is saved, and who may is named', async () => {
  const page = await settingsPage('Calls to numbers outside')
  const tried = page.getByRole('textbox', { name: 'Try a number' })
  await tried.fill('+7 495 123-45-67')
  await page.getByText('Refused: a number abroad that is not allowed.').waitFor()
  const allowed = page.getByRole('textbox', { name: /^May be called/ })
  await allowed.fill('+998\n7')
  await page.getByText('Line 2: “7” is no beginning of a number with its country, as +998.').waitFor()
  await allowed.fill('+998\n+7\n1102')
  await page.getByText('Is called: +74951234567').waitFor()
  await tried.fill('1195')
  await page.getByText('Refused: it is one of ours.').waitFor()
  await tried.fill('101')
  await page.getByText('Refused: from here the rescuers would see our address.').waitFor()
  await page.getByRole('checkbox', { name: 'Every agent' }).uncheck()
  const these = page.getByRole('group', { name: 'These agents' })
  const count = await these.getByRole('checkbox').count()
  await these.getByRole('checkbox').first().uncheck()
  expect(await problemsOf(page)).toEqual([])
  await saveOf(page).click()
  await saved(page)
  expect(setUp().dialling.value.allowed).toEqual(['+998', '+7', '1102'])
  expect(setUp().dialling.value.callers).toHaveLength(count - 1)
})

test('what waiting callers are told is written, put in order, dated and heard', async () => {
  const page = await settingsPage('What waiting callers are told')
  const queue = page.getByRole('combobox', { name: 'Queue' })
  await queue.selectOption('appeals')
  const first = page.getByRole('group', { name: 'Text 1' })
  await first.getByRole('textbox', { name: /Uzbek/ }).waitFor()
  await page.getByRole('button', { name: 'Add a text' }).click()
  const second = page.getByRole('group', { name: 'Text 2' })
  await second.getByText('Please fill this in.').first().waitFor()
  await second.getByRole('textbox', { name: /Uzbek/ }).fill('Natijalar saytda.')
  await second.getByRole('textbox', { name: /Russian/ }).fill('Результаты на сайте.')
  await second.getByRole('textbox', { name: 'Told from' }).fill('2026-07-02')
  await second.getByRole('textbox', { name: 'Told until, this day included' }).fill('2026-07-01')
  await second.getByText('It ends before it begins.').waitFor()
  await second.getByRole('textbox', { name: 'Told until, this day included' }).fill('2026-07-31')
  await page.getByRole('button', { name: 'Move text 2 up' }).click()
  expect(await problemsOf(page)).toEqual([])
  await saveOf(page).click()
  await saved(page)
  const told = () => setUp().information.value['appeals' as QueueId]
  expect(told()?.[0]).toEqual({
    uz: 'Natijalar saytda.',
    ru: 'Результаты на сайте.',
    from: '2026-07-02',
    until: '2026-07-31',
  })
  await page.getByRole('button', { name: 'Remove text 2' }).click()
  await page.getByRole('button', { name: 'Remove text 1' }).click()
  const nothing = page.getByText('Who waits here hears music and his place, and nothing else.')
  await nothing.locator('visible=true').waitFor()
  await saveOf(page).click()
  await expect.poll(told).toEqual([])
})

test('the organisation is named in every script, and its appeals get other numbers', async () => {
  const page = await settingsPage('Organisation')
  const cyrillic = page.getByRole('textbox', { name: 'Name in Uzbek, Cyrillic letters' })
  expect(await cyrillic.getAttribute('placeholder')).toBe('Билим ва малакаларни баҳолаш агентлиги')
  await page.getByRole('textbox', { name: 'Name in English' }).fill('Assessment Agency')
  await page.getByRole('textbox', { name: 'Address in Uzbek' }).fill('Toshkent')
  await page.getByText('Please fill this in.').waitFor()
  await page.getByRole('textbox', { name: 'Address in Russian' }).fill('Ташкент')
  await page.getByRole('textbox', { name: 'Other telephones, one to a line' }).fill('+998 71 235 11 95\n12')
  await page.getByText('Line 2: “12” is no whole telephone number.').waitFor()
  await page.getByRole('textbox', { name: 'Other telephones, one to a line' }).fill('+998 71 235 11 95')
  const letters = page.getByRole('textbox', { name: 'Letters before the year' })
  await letters.fill('b')
  await page.getByText('Capitals and digits, eight at most, a capital first.').waitFor()
  await letters.fill('BM')
  await page.getByText(/^As BM-20\d\d-000001, from the next appeal on/).waitFor()
  expect(await problemsOf(page)).toEqual([])
  await saveOf(page).click()
  await saved(page)
  expect(setUp().organisation.value).toMatchObject({
    names: { en: 'Assessment Agency' },
    phones: ['+998 71 235 11 95'],
    appealPrefix: 'BM',
  })
})

test('nobody but an administrator is shown these pages', async () => {
  const page = await stage.signedIn('supervisor1')
  for (const address of ['organisation', 'dialling', 'callbacks', 'information']) {
    await page.goto(`${stage.mock().address}/settings/${address}`)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    expect(await saveOf(page).count(), address).toBe(0)
  }
})

test('OneID is switched on when everything is there, and its secret is written and not shown', async () => {
  const page = await settingsPage('Signing in by OneID')
  await page.getByText('https://murojaat.example.uz/portal/sign-in/oneid/back').waitFor()
  await page.getByRole('checkbox', { name: 'Citizens may sign in by OneID' }).check()
  await page.getByText('Please fill this in.').first().waitFor()
  await page.getByRole('textbox', { name: 'Client id' }).fill('agency')
  await page.getByRole('textbox', { name: 'Scope' }).fill('agency')
  const address = page.getByRole('textbox', { name: 'Address of OneID' })
  await address.fill('http://sso.example/')
  await page.getByText('An address that begins with https.').waitFor()
  await address.fill('https://sso.example/oauth')
  expect(await saveOf(page).getAttribute('aria-disabled')).toBe('true')
  const secret = page.getByLabel('Secret', { exact: true })
  await secret.fill('written once')
  expect(await problemsOf(page)).toEqual([])
  await saveOf(page).click()
  await saved(page)
  expect(setUp().oneId).toMatchObject({ value: { isOn: true, clientId: 'agency' }, hasSecret: true })
  expect(await secret.inputValue()).toBe('')
  expect(await secret.getAttribute('placeholder')).toBe('as before')
  await address.fill('https://elsewhere.example/')
  await page.getByText('Please fill this in.').waitFor()
})

test('a gateway for SMS is set up, told where to report, and tried', async () => {
  const page = await settingsPage('SMS gateway')
  await page.getByRole('radio', { name: 'A gateway over HTTP' }).check()
  await page.getByRole('textbox', { name: 'Address of the gateway' }).fill('https://gateway.example/send')
  await page.getByRole('textbox', { name: 'User name' }).fill('agency')
  await page.getByRole('textbox', { name: 'What citizens see as the sender' }).fill('3700')
  await page.getByLabel('Password', { exact: true }).fill('written once')
  const token = page.getByRole('textbox', { name: 'Secret end of the address for reports' })
  await token.fill('short')
  await page.getByText('At least 20 characters.').waitFor()
  await token.fill('abcdefghijklmnopqrstuvwxyz')
  await page.getByText('https://murojaat.example.uz/api/sms-reports/abcdefghijklmnopqrstuvwxyz').waitFor()
  expect(await problemsOf(page)).toEqual([])
  await saveOf(page).click()
  await saved(page)
  expect(setUp().sms).toMatchObject({ value: { driver: 'gateway', originator: '3700' }, hasPassword: true })
  const send = page.getByRole('button', { name: 'Send', exact: true })
  expect(await send.getAttribute('aria-disabled')).toBe('true')
  await page.getByRole('textbox', { name: 'Mobile number' }).fill('90 123 45 67')
  await send.click()
  await page.getByRole('status').getByText('The gateway has taken the message.').waitFor()
  expect(setUp().sms.tested).toEqual(['90 123 45 67'])
  expect(await problemsOf(page)).toEqual([])
})
