/** Somebody else for a call: given away, asked first, three together, handed over; and the colleague's side of it. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { becomeAvailable, consoleStage, isTooWide, problemsOf } from './console-stage.ts'

const stage = consoleStage()
const agent1 = () => stage.mock().world.agent('agent1')
const heading = (page: Page, name: string) => page.getByRole('heading', { name })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

const anAgentTalking = async (): Promise<Page> => (await stage.talking()).page

/** Lola Ergasheva has been asked, and her desk rings. */
async function anAgentCallingLola(): Promise<Page> {
  const page = await anAgentTalking()
  await page.keyboard.press('x')
  await page.getByRole('radio', { name: /^Lola Ergasheva/ }).waitFor()
  await page.keyboard.type('lola')
  await expect.poll(() => page.getByRole('group', { name: 'To whom' }).getByRole('radio').count()).toBe(1)
  await page.keyboard.press('Enter')
  await heading(page, 'Calling Lola Ergasheva').waitFor()
  return page
}

async function anAgentAskingLola(): Promise<Page> {
  const page = await anAgentCallingLola()
  agent1().talk('helperCame')
  await heading(page, 'Consulting Lola Ergasheva').waitFor()
  return page
}

test('a call is given to another queue without the mouse, and is then wrapped up', async () => {
  const page = await anAgentTalking()
  await page.keyboard.press('x')
  await page.getByRole('radio', { name: /^Murojaatlar/ }).waitFor()
  expect(await problemsOf(page)).toEqual([])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => page.getByRole('radio', { name: /^Murojaatlar/ }).isChecked()).toBe(true)
  await page.keyboard.press('Enter')
  await heading(page, 'Call ended').waitFor()
  expect(stage.mock().world.handedTo).toEqual([{ queue: 'appeals' }])
  await page.keyboard.press('Alt+2')
  await page.keyboard.press('Control+Enter')
  await heading(page, 'Waiting for a call').waitFor()
})

test('a call is given to a colleague who is busy, but he is not asked first', async () => {
  const page = await anAgentTalking()
  await button(page, 'Transfer').click()
  await page.getByRole('radio', { name: /^Sherzod Aliyev/ }).check()
  const ask = button(page, 'Ask first')
  expect(await ask.getAttribute('aria-disabled')).toBe('true')
  await ask.hover()
  await page.getByText('This colleague is not free now.').waitFor()
  await button(page, 'Transfer without asking').click()
  await heading(page, 'Call ended').waitFor()
  expect(stage.mock().world.handedTo).toMatchObject([{ agent: expect.any(String) }])
})

test('a number outside is asked first', async () => {
  const page = await anAgentTalking()
  await page.keyboard.press('x')
  await page.getByRole('radio', { name: /^Lola Ergasheva/ }).waitFor()
  await page.keyboard.type('+998 71 200 10 10')
  await page.getByText('number outside').waitFor()
  await page.keyboard.press('Enter')
  await heading(page, 'Calling +998 71 200 10 10').waitFor()
})

test('a call goes back to its place in its queue', async () => {
  const page = await anAgentTalking()
  await page.keyboard.press('x')
  await button(page, 'Back to its place in the queue Qabul').click()
  await heading(page, 'Call ended').waitFor()
})

test('Escape closes the choice, nothing has happened, and the keys of the call work again', async () => {
  const page = await anAgentTalking()
  await page.keyboard.press('x')
  await page.getByRole('radio', { name: /^Lola Ergasheva/ }).waitFor()
  await page.keyboard.type('hmm')
  await page.getByText('Nothing found').waitFor()
  await page.keyboard.press('Escape')
  await page.getByText('Nothing found').waitFor({ state: 'detached' })
  expect(agent1().now().call).toMatchObject({ state: 'talking', muted: false })
  await page.keyboard.press('h')
  await heading(page, 'On hold').waitFor()
})

test('a colleague who does not come leaves the citizen on hold; one who is not wanted any more is let go', async () => {
  const page = await anAgentCallingLola()
  expect(await button(page, 'Hand over').getAttribute('aria-disabled')).toBe('true')
  expect(await problemsOf(page)).toEqual([])
  agent1().talk('helperGone')
  await heading(page, 'On hold').waitFor()
  await page.keyboard.press('h')
  await heading(page, 'Talking').waitFor()
})

test('a colleague is asked, the three talk, and the agent goes on alone', async () => {
  const page = await anAgentAskingLola()
  expect(await problemsOf(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)
  await page.keyboard.press('c')
  await heading(page, 'All three Lola Ergasheva').waitFor()
  expect(await problemsOf(page)).toEqual([])
  await button(page, 'Go on alone').click()
  await heading(page, 'Talking').waitFor()
})

test('nothing moves under the agent’s hands while somebody is asked in, confers and is let go', async () => {
  const page = await anAgentTalking()
  const placeOf = async () => JSON.stringify(await page.getByRole('textbox', { name: 'Note' }).boundingBox())
  const place = await placeOf()
  for (const [move, state] of [
    ['consult', 'Calling Lola Ergasheva'],
    ['helperCame', 'Consulting Lola Ergasheva'],
    ['confer', 'All three Lola Ergasheva'],
    ['endConsult', 'Talking'],
  ] as const) {
    agent1().talk(move, move === 'consult' ? 'Lola Ergasheva' : undefined)
    await heading(page, state).waitFor()
    expect(await placeOf(), state).toBe(place)
  }
})

test('the citizen is handed over by a key that asks twice, and the agent wraps up', async () => {
  const page = await anAgentAskingLola()
  await page.keyboard.press('x')
  await button(page, 'Press X again').waitFor()
  expect(agent1().now().call?.state).toBe('consulting')
  await page.keyboard.press('x')
  await heading(page, 'Call ended').waitFor()
})

test('whoever helps sees whom, and the citizen, writes nothing down, and leaves or gets the call', async () => {
  const page = await stage.signedIn('agent1')
  await becomeAvailable(page)
  stage.mock().world.askForHelp('agent1', 'Lola Ergasheva')
  await heading(page, 'Lola Ergasheva asks for your help').waitFor()
  expect(await problemsOf(page)).toEqual([])
  await page.keyboard.press('F2')
  await heading(page, 'Helping Lola Ergasheva').waitFor()
  await page.getByText('You help Lola Ergasheva with this call').waitFor()
  expect(await page.getByRole('textbox', { name: 'Note' }).count()).toBe(0)
  expect(await page.getByRole('button', { name: /^(Hold|Transfer|End the call)/ }).count()).toBe(0)
  expect(await problemsOf(page)).toEqual([])

  agent1().talk('takeOver')
  await heading(page, 'Talking').waitFor()
  await page.getByRole('textbox', { name: 'Note' }).waitFor()
})

test('whoever helps leaves by a key that asks twice, and takes the next call', async () => {
  const page = await stage.signedIn('agent1')
  await becomeAvailable(page)
  stage.mock().world.askForHelp('agent1', 'Lola Ergasheva')
  await heading(page, 'Lola Ergasheva asks for your help').waitFor()
  await page.keyboard.press('F2')
  await heading(page, 'Helping Lola Ergasheva').waitFor()
  await page.keyboard.press('e')
  await button(page, 'Press E again to leave').waitFor()
  await page.keyboard.press('e')
  await heading(page, 'Waiting for a call').waitFor()
})
