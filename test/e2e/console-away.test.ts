/** A server that is gone for half a minute in the middle of a call, and two windows of one agent. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { consoleStage } from './console-stage.ts'

const stage = consoleStage()
const AWAY_MS = 30_000
/** What is typed is sent when the typing pauses. */
const KEPT = { timeout: 8_000 }
const agent1 = () => stage.mock().world.agent('agent1')
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true })
const note = (page: Page) => page.getByRole('textbox', { name: 'Note' })
const script = (page: Page) => page.getByRole('region', { name: 'Script' })
const lost = (page: Page) => page.getByRole('status').getByText('Connection lost.')

async function anAgentTalking(): Promise<Page> {
  const { page } = await stage.talking()
  await script(page).getByText('operator Dilnoza Karimova').waitFor()
  return page
}

test('a server that is gone for 30 seconds is said; the talk goes on, nothing typed is lost, and it heals by itself', async () => {
  const page = await anAgentTalking()
  // The half minute is passed on the page's own clock.
  await page.clock.install()
  await note(page).fill('Before')
  stage.mock().goAway()
  await page.clock.runFor(2_000)
  await lost(page).waitFor()
  await note(page).fill('Before, and while it was away.')
  await page.keyboard.press('Alt+2')
  await page.keyboard.press('Alt+s')
  await expect.poll(() => script(page).getByRole('checkbox', { checked: true }).count()).toBe(1)
  await page.clock.runFor(AWAY_MS)

  // He talks, and the desk is as he left it.
  await lost(page).waitFor()
  await heading(page, 'Talking').waitFor()
  await page.getByRole('status', { name: 'Line' }).getByText('Line ready').waitFor()
  expect(await note(page).inputValue()).toBe('Before, and while it was away.')

  stage.mock().comeBack()
  await page.clock.resume()
  await page.clock.fastForward(AWAY_MS)
  await lost(page).waitFor({ state: 'detached' })
  expect(await note(page).inputValue()).toBe('Before, and while it was away.')
  expect(await page.getByRole('radio', { name: 'Explained' }).isChecked()).toBe(true)
  // What could not be kept meanwhile is kept now, without a key pressed.
  const call = agent1().now().call?.id ?? ''
  await expect
    .poll(() => stage.mock().world.drafts.get(call), KEPT)
    .toMatchObject({
      note: 'Before, and while it was away.',
      outcome: 'explained',
      script: { done: [{ step: 'greeting' }] },
    })

  agent1().endCall()
  await heading(page, 'Call ended').waitFor()
  await page.keyboard.press('Control+Enter')
  await heading(page, 'Waiting for a call').waitFor()
  expect(stage.mock().world.wrappedUp).toMatchObject([
    { call, wrapUp: { note: 'Before, and while it was away.', outcome: 'explained' } },
  ])
})

test('a call that ends while the server is away is finished when it is back, with one press that counts', async () => {
  const page = await anAgentTalking()
  await note(page).fill('Answered.')
  await page.keyboard.press('Alt+1')
  agent1().endCall()
  await heading(page, 'Call ended').waitFor()
  stage.mock().goAway()
  await lost(page).waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByRole('alert').getByText('The server cannot be reached.').waitFor()
  expect(await note(page).inputValue()).toBe('Answered.')
  stage.mock().comeBack()
  await lost(page).waitFor({ state: 'detached' })
  await page.keyboard.press('Control+Enter')
  await heading(page, 'Waiting for a call').waitFor()
  expect(stage.mock().world.wrappedUp).toHaveLength(1)
})

test('in the middle of a call the newer window takes the line and the form; the older says so, and can take it back', async () => {
  const older = await anAgentTalking()
  await note(older).fill('Begun here')
  const call = agent1().now().call?.id ?? ''
  await expect.poll(() => stage.mock().world.drafts.get(call)?.note, KEPT).toBe('Begun here')
  const newer = await older.context().newPage()
  await newer.goto(`${stage.mock().address}/desk`)
  await heading(newer, 'Talking').waitFor()
  await newer.getByRole('status', { name: 'Line' }).getByText('Line ready').waitFor()
  await heading(older, 'Your line is in another window').waitFor()
  await expect.poll(() => note(newer).inputValue(), KEPT).toBe('Begun here')
  await note(newer).fill('Begun here, gone on there')
  await expect.poll(() => stage.mock().world.drafts.get(call)?.note, KEPT).toBe('Begun here, gone on there')

  await older.getByRole('button', { name: 'Use this window' }).click()
  await heading(newer, 'Your line is in another window').waitFor()
  await expect.poll(() => note(older).inputValue(), KEPT).toBe('Begun here, gone on there')
  expect(agent1().now().status).toBe('talking')
})
