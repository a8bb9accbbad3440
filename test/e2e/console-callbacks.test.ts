/** Callbacks on the screens: a supervisor's list, and an agent who calls a citizen back. */
import { expect, test } from 'vitest'
import { becomeAvailable, consoleStage, isTooWide, problemsOf } from './console-stage.ts'

const stage = consoleStage()

test('a supervisor sees who is to be called back, at which place, and cancels one', async () => {
  const page = await stage.signedIn('supervisor1')
  await page.getByRole('link', { name: 'Callbacks' }).click()
  const owed = page.getByRole('table', { name: 'To be called back' })
  await owed.waitFor()
  expect(await owed.getByRole('row').count()).toBe(4)
  await owed.getByText('Waiting · busy').waitFor()
  expect(await owed.getByRole('button', { name: /^Cancel the callback/ }).count()).toBe(2)
  expect(await problemsOf(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)

  await owed
    .getByRole('button', { name: /^Cancel the callback/ })
    .first()
    .click()
  await expect.poll(() => owed.getByRole('row').count()).toBe(3)
  await page.getByRole('table', { name: 'Latest' }).getByText('Malika Yusupova').waitFor()
})

test('an agent accepts a callback, sees that the citizen’s phone rings, and talks when he answers', async () => {
  const page = await stage.signedIn('agent1')
  await becomeAvailable(page)
  stage.mock().world.offerCallback('agent1')
  await page.getByRole('heading', { name: 'Callback' }).waitFor()
  await page.getByText('The citizen is called as soon as you accept.').waitFor()
  await page.keyboard.press('F2')
  await page.getByRole('heading', { name: 'Calling back' }).waitFor()
  expect(await problemsOf(page)).toEqual([])
  stage.mock().world.agent('agent1').reached()
  await page.getByRole('heading', { name: 'Talking' }).waitFor()
})

test('an agent stops calling, and waits for the next call', async () => {
  const page = await stage.signedIn('agent1')
  await becomeAvailable(page)
  stage.mock().world.offerCallback('agent1')
  await page.getByRole('heading', { name: 'Callback' }).waitFor()
  await page.keyboard.press('F2')
  await page.getByRole('button', { name: 'Stop calling' }).click()
  await page.getByRole('heading', { name: 'Waiting for a call' }).waitFor()
})
