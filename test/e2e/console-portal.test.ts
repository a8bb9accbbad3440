/** What the staff does for the citizens' portal. */
import { expect, test } from 'vitest'
import { consoleStage, problemsOf } from './console-stage.ts'

const stage = consoleStage()

test('an administrator announces something to all citizens, and takes it back', async () => {
  const page = await stage.signedIn('admin')
  await page.getByRole('link', { name: 'Settings', exact: true }).click()
  await page.getByRole('link', { name: 'Citizens’ portal' }).click()
  await page.getByRole('heading', { name: 'Citizens’ portal', level: 1 }).waitFor()
  const save = page.getByRole('button', { name: 'Save', exact: true })
  await page.getByLabel('Announcement in Uzbek').fill('Tizimda uzilish')
  await page.getByLabel('Address of the portal').fill('murojaat.example')
  await page.getByText('An address begins with https://').waitFor()
  expect(await save.getAttribute('aria-disabled')).toBe('true')
  await page.getByLabel('Address of the portal').fill('https://murojaat.example/portal/')
  await save.click()
  await page.getByText('Saved: it holds from now on.').waitFor()
  expect(stage.mock().world.portal.settings.form.announcement.uz).toBe('Tizimda uzilish')
  expect(await problemsOf(page)).toEqual([])
  await page.getByLabel('Announcement in Uzbek').fill('')
  await save.click()
  await expect.poll(() => stage.mock().world.portal.settings.form.announcement.uz).toBe('')
})

test('an officer gives a recording out and refuses another with a reason that the citizen reads', async () => {
  const page = await stage.signedIn('officer1')
  await page.getByRole('link', { name: 'Recordings asked for' }).click()
  await page.getByRole('heading', { name: 'Recordings asked for', level: 1 }).waitFor()
  await page
    .getByRole('button', { name: /^Give out the recording of/ })
    .first()
    .waitFor()
  expect(await problemsOf(page)).toEqual([])
  await page
    .getByRole('button', { name: /^Give out the recording of/ })
    .first()
    .click()
  await page.getByRole('cell', { name: /^given out/ }).waitFor()
  await page.getByRole('button', { name: /^Refuse the recording of/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Reason, which the citizen reads').fill('Suhbatda boshqa shaxs soʻzlagan')
  await dialog.getByRole('button', { name: 'Refuse', exact: true }).click()
  await page.getByRole('cell', { name: /^refused · Suhbatda boshqa shaxs/ }).waitFor()
  expect(await problemsOf(page)).toEqual([])
})
