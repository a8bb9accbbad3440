/** A callback that an agent promises in a call. */
import { expect, test } from 'vitest'
import { tashkentDay } from '#core/lib/time.ts'
import { consoleStage, problemsOf } from './console-stage.ts'

const stage = consoleStage()
const DAY_MS = 86_400_000

test('a callback is promised for herself and for tomorrow, not in the night, and stands in the list', async () => {
  const { page, call } = await stage.talking()
  await page.keyboard.press('o')
  const panel = page.getByRole('dialog', { name: 'Promise a callback' })
  await panel.getByText('The number of the call is called: +998 90 123 45 67').waitFor()
  await panel.getByRole('radio', { name: 'I do' }).check()
  await panel.getByRole('radio', { name: 'not before a moment' }).check()
  const moment = panel.getByRole('textbox', { name: 'Moment, by the clocks of Tashkent' })
  const tomorrow = tashkentDay(Date.now() + DAY_MS)
  await moment.fill(`${tomorrow}T22:30`)
  await panel.getByRole('status').getByText('Nobody is called at that hour.').waitFor()
  await moment.fill(`${tomorrow}T10:30`)
  await panel.getByText('Nobody is called at that hour.').first().waitFor({ state: 'hidden' })
  expect(await problemsOf(page)).toEqual([])
  await panel.getByRole('button', { name: 'Promise it' }).click()
  await panel.getByRole('listitem').getByText('by Dilnoza Karimova').waitFor()
  await panel.getByRole('status').getByText('A callback to this number is promised already.').waitFor()
  expect(stage.mock().world.callbacks.at(-1)).toMatchObject({
    call,
    meantForName: 'Dilnoza Karimova',
    dueAt: Date.parse(`${tomorrow}T10:30:00+05:00`),
  })

  await page.keyboard.press('Escape')
  await panel.waitFor({ state: 'hidden' })
  const keys = await page.getByRole('main').locator('kbd').allTextContents()
  expect(keys.toSorted(), 'each key that is shown does one thing').toEqual([...new Set(keys)].toSorted())

  const supervisor = await stage.signedIn('supervisor1')
  await supervisor.getByRole('link', { name: 'Callbacks' }).click()
  await supervisor.getByText('promised by Dilnoza Karimova').waitFor()
})
