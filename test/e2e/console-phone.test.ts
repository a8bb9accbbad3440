/** An agent who hears callers on an ordinary phone. */
import { expect, test } from 'vitest'
import { becomeAvailable, consoleStage, problemsOf } from './console-stage.ts'

const stage = consoleStage()

test('an agent chooses a desk phone, sees what it registers with, and takes calls by picking it up', async () => {
  const page = await stage.signedIn('agent1')
  await becomeAvailable(page)
  await page.getByRole('button', { name: /My status:/ }).click()
  await page.getByRole('menuitemradio', { name: 'A desk phone' }).click()
  await page.getByRole('heading', { name: 'Your desk phone has not registered yet' }).waitFor()
  await page.getByText('127.0.0.1:8002').waitFor()
  await page.getByText('Desk phone not registered').waitFor()
  await expect.poll(() => page.getByRole('menu').count()).toBe(0)
  expect(await problemsOf(page)).toEqual([])

  const desk = stage.mock().world.agent('agent1')
  desk.registerPhone()
  await page.getByText('Desk phone registered').waitFor()
  await page.getByText('Your phone will ring. Pick it up.').waitFor()
  stage.mock().world.ring('agent1')
  await page.getByText('Pick up your phone to take this call.').waitFor()
  expect(await page.getByRole('button', { name: 'Accept' }).count()).toBe(0)
  expect(await problemsOf(page)).toEqual([])
})
