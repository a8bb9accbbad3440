/** The people of a centre, as an administrator adds and changes them. */
import { expect, test } from 'vitest'
import { ONE_TIME_PASSWORD } from '../../console/dev/mock-people.ts'
import { consoleStage, problemsOf } from './console-stage.ts'

const stage = consoleStage()

test('a person is added, his password is shown once, and a mistake is told at its field', async () => {
  const page = await stage.signedIn('admin')
  await page.getByRole('link', { name: 'People' }).click()
  const form = page.getByRole('region', { name: 'Add a person' })
  await form.getByRole('textbox', { name: 'Login' }).fill('agent1')
  await form.getByRole('button', { name: 'Add' }).click()
  await form.getByText('“agent1” is there already.').waitFor()
  await form.getByText('Please fill this in.').waitFor()
  expect(await problemsOf(page)).toEqual([])
  await form.getByRole('textbox', { name: 'Login' }).fill('rustam')
  await form.getByRole('textbox', { name: 'Full name' }).fill('<b>Rustam</b>')
  await form.getByRole('checkbox', { name: 'Murojaatlar' }).check()
  await form.getByRole('button', { name: 'Add' }).click()
  await form.getByText(ONE_TIME_PASSWORD).waitFor()
  expect(await problemsOf(page)).toEqual([])
  await page.getByRole('row', { name: /<b>Rustam<\/b>.*rustam.*Agent.*Murojaatlar/ }).waitFor()
  await form.getByRole('button', { name: 'I have handed it over' }).click()
  await expect.poll(() => page.getByText(ONE_TIME_PASSWORD).count()).toBe(0)
})

test('a person is changed, locked out after a second press, and let in again by a new password', async () => {
  const page = await stage.signedIn('admin')
  await page.getByRole('link', { name: 'People' }).click()
  await page.getByRole('link', { name: 'Sherzod Aliyev' }).click()
  await page.getByRole('checkbox', { name: 'Ishonch telefoni' }).check()
  await page.getByRole('checkbox', { name: 'Uzbek' }).uncheck()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Saved: it holds from now on.').waitFor()
  expect(await problemsOf(page)).toEqual([])
  await page.getByRole('button', { name: 'Lock out' }).click()
  await page.getByRole('button', { name: 'Press again to sign out and lock out' }).click()
  await page.getByRole('button', { name: 'Let in again' }).click()
  await page.getByText(ONE_TIME_PASSWORD).waitFor()
})

test('nobody locks himself out', async () => {
  const page = await stage.signedIn('admin')
  await page.getByRole('link', { name: 'People' }).click()
  await page.getByRole('link', { name: 'Aziz Nazarov' }).click()
  await page.getByRole('button', { name: 'Lock out' }).hover()
  await page.getByText('You cannot do this to yourself.').waitFor()
})

test('whoever has a password that was given to him chooses one of his own before anything else', async () => {
  const admin = stage.mock().world.staff.find(({ login }) => login === 'admin')
  if (admin) admin.hasOneTimePassword = true
  const page = await (await stage.context()).newPage()
  await page.goto(stage.mock().address)
  await page.getByRole('button', { name: 'English' }).click()
  await page.locator('input[name=login]').fill('admin')
  await page.locator('input[name=password]').fill('javob')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Choose a password' }).waitFor()
  expect(await problemsOf(page)).toEqual([])
  await page.locator('input[name=old]').fill('javob')
  await page.locator('input[name=chosen]').fill('qizil olma 77')
  await page.locator('input[name=again]').fill('qizil olma')
  await page.getByText('The two are not the same.').waitFor()
  await page.locator('input[name=again]').fill('qizil olma 77')
  await page.keyboard.press('Enter')
  await page.getByRole('banner').waitFor()
})

test('everybody changes his own password from his menu', async () => {
  const page = await stage.signedIn('supervisor1')
  await page.getByRole('button', { name: 'Malika Yusupova' }).click()
  await page.getByRole('menuitem', { name: 'My password' }).click()
  const dialog = page.getByRole('dialog', { name: 'My password' })
  await dialog.locator('input[name=old]').fill('javob')
  await dialog.locator('input[name=chosen]').fill('qizil olma 77')
  await dialog.locator('input[name=again]').fill('qizil olma 77')
  await expect.poll(() => page.getByRole('menu').count()).toBe(0)
  expect(await problemsOf(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Save the password' }).click()
  await page.getByText('Your password is changed.').waitFor()
  await expect.poll(() => dialog.count()).toBe(0)
})
