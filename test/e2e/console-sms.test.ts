/** A message to whoever calls, from the desk, and the list it is chosen from. */
import { expect, test } from 'vitest'
import { messageBecame } from '../../console/dev/mock-messages.ts'
import { consoleStage, problemsOf } from './console-stage.ts'

const stage = consoleStage()
const sent = () => stage.mock().world.messages.sent

test('a message is chosen, seen with its price and sent once by keys alone, while the call goes on', async () => {
  const { page, call } = await stage.talking()
  await page.keyboard.press('l')
  const panel = page.getByRole('dialog', { name: 'SMS link' })
  await panel.getByText('To +998 90 123 45 67, in the language of the call: Uzbek').waitFor()
  const first = panel.getByRole('radio', { name: /^Murojaat portali/ })
  await expect.poll(() => first.evaluate((one) => one === document.activeElement)).toBe(true)
  await page.keyboard.press('Space')
  await panel.getByText('Murojaatni shu yerda yuborish mumkin: https://murojaat.example.uz').waitFor()
  await panel.getByText('SMS parts: 1').waitFor()
  expect(await problemsOf(page)).toEqual([])
  expect(sent()).toEqual([])
  await page.keyboard.press('Enter')
  await panel.getByText('waits to be sent').waitFor()
  expect(sent()).toMatchObject([{ call, ready: 'portal' }])

  await page.keyboard.press('Enter')
  await panel.getByRole('status').getByText('It was sent in this call already.').waitFor()
  messageBecame(stage.mock().world.messages, 'portal', 'sent')
  stage.mock().world.say({ type: 'callChanged', call }, () => true)
  await panel.getByRole('listitem').getByText('sent', { exact: true }).waitFor()
  expect(sent()).toHaveLength(1)

  await page.keyboard.press('Escape')
  await panel.waitFor({ state: 'hidden' })
  stage.mock().world.agent('agent1').endCall()
  await page.getByRole('heading', { name: 'Call ended' }).waitFor()
  await page.keyboard.press('Alt+L')
  await panel.getByText('sent in this call').waitFor()
})

test.each([
  ['l', 'SMS link', 'messages', /^Murojaat portali/],
  ['o', 'Promise a callback', 'callback', /^Whoever is free/],
] as const)(
  '%s is pressed before the server has answered: the first choice has the focus when it comes',
  async (key, name, asked, first) => {
    let answer: () => void = () => undefined
    const answers = new Promise<void>((resolve) => {
      answer = resolve
    })
    const { page } = await stage.talking({}, (opened) =>
      opened.route(`**/api/calls/*/${asked}`, async (route) => {
        await answers
        await route.continue()
      }),
    )
    await page.keyboard.press(key)
    const panel = page.getByRole('dialog', { name })
    await panel.getByLabel('Loading').waitFor()
    answer()
    const choice = panel.getByRole('radio', { name: first })
    await choice.waitFor()
    await expect.poll(() => choice.evaluate((one) => one === document.activeElement)).toBe(true)
  },
)

test('an administrator writes a message, and sees what it costs as she types', async () => {
  const page = await stage.signedIn('admin')
  await page.getByRole('link', { name: 'Settings', exact: true }).click()
  await page.getByRole('link', { name: 'SMS to callers' }).click()
  await page.getByRole('button', { name: 'Add a message' }).click()
  const added = page.getByRole('group', { name: 'Message: 3' })
  await added.getByRole('textbox', { name: 'Code' }).fill('where')
  const where = page.getByRole('group', { name: 'Message: where' })
  await where.getByRole('textbox', { name: 'Text in Uzbek' }).fill('Manzil: {street}')
  await where.getByText('Nobody fills in {street}.').waitFor()
  await where.getByRole('textbox', { name: 'Text in Uzbek' }).fill('Manzil: Bogʻishamol 12')
  await where.getByRole('textbox', { name: 'Text in Russian' }).fill('ж'.repeat(71))
  await where.getByText('SMS parts: 2').waitFor()
  await where.getByRole('textbox', { name: 'Name in Uzbek' }).fill('Manzil')
  const named = page.getByRole('group', { name: 'Message: Manzil' })
  await named.getByRole('textbox', { name: 'Name in Russian' }).fill('Адрес')
  expect(await problemsOf(page)).toEqual([])
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect.poll(() => stage.mock().world.messages.settings.messages.at(-1)?.code).toBe('where')
})
