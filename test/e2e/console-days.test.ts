/** Days, moments and times are written and read the console's way, whatever language the browser speaks. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { paths } from '../../console/paths.ts'
import { consoleStage, problemsOf } from './console-stage.ts'

const stage = consoleStage()

async function calendarOf(language: 'ru' | 'uz-Cyrl' | 'en'): Promise<Page> {
  const page = await stage.signedIn('admin', { language, locale: 'en-US' })
  await page.goto(stage.mock().address + paths.calendar())
  return page
}

test.each([
  ['ru', 'День', 'Работает с'],
  ['uz-Cyrl', 'Кун', 'Иш бошланиши'],
  ['en', 'Day', 'Works from'],
] as const)(
  'in %s a browser of Americans writes no day and no hour their way',
  async (language, day, from) => {
    const page = await calendarOf(language)
    const field = page.getByRole('textbox', { name: day, exact: true })
    await field.fill('1/3/2027')
    await field.blur()
    expect(await field.inputValue()).toBe('01.03.2027')
    expect(await page.getByRole('textbox', { name: from }).inputValue()).toBe('09:00')
  },
)

test('what is no day says at its field how a day is written, once it is left, and is not sent', async () => {
  const page = await calendarOf('ru')
  const field = page.getByRole('textbox', { name: 'День', exact: true })
  const why = page.getByText('Укажите день, месяц и год, например 31.12.2026.')
  await field.pressSequentially('21.3.27')
  expect(await why.count(), 'while he types').toBe(0)
  await field.press('Tab')
  await why.waitFor()
  expect(await field.inputValue(), 'nothing typed is lost').toBe('21.3.27')
  expect(await problemsOf(page)).toEqual([])
  await field.fill('21 3 2027')
  await why.waitFor({ state: 'detached' })
})

test('a day in the middle of a written one is put right without the field changing under the hand', async () => {
  const page = await calendarOf('en')
  const field = page.getByRole('textbox', { name: 'Day', exact: true })
  await field.fill('21.03.2027')
  await field.press('Home')
  await field.press('Delete')
  await field.press('Delete')
  await field.pressSequentially('9')
  expect(await field.inputValue()).toBe('9.03.2027')
  await field.press('Tab')
  expect(await field.inputValue()).toBe('09.03.2027')
})

test('the calendar beside the field opens, and what is chosen in it is written into the field', async () => {
  const page = await calendarOf('en')
  await page.evaluate(() => {
    HTMLInputElement.prototype.showPicker = function () {
      this.dataset.opened = this.value
    }
  })
  const field = page.getByRole('textbox', { name: 'Day', exact: true })
  await field.fill('21.03.2027')
  await page.getByRole('button', { name: 'Day: calendar' }).click()
  const hidden = page.locator('input[type=date]')
  expect(await hidden.getAttribute('data-opened')).toBe('2027-03-21')
  await hidden.evaluate((one) => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(one, '2027-04-02')
    one.dispatchEvent(new Event('input', { bubbles: true }))
  })
  await expect.poll(() => field.inputValue()).toBe('02.04.2027')
})

test('hours are marked while they are none, and nothing is saved with them', async () => {
  const page = await calendarOf('en')
  const from = page.getByRole('textbox', { name: 'Works from' })
  await from.fill('9 o’clock')
  await from.blur()
  await page.getByText('Please write hours and minutes, such as 08:30.').waitFor()
  await page.getByText('there is no such hour').waitFor()
  const save = page.getByRole('button', { name: 'Save and count due days again' })
  expect(await save.getAttribute('aria-disabled')).toBe('true')
})
