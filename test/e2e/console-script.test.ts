/** The guided script beside a call, and the wrap-up after it: in a real browser against the make-believe server. */
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { consoleStage, problemsOf } from './console-stage.ts'

const stage = consoleStage()
const agent1 = () => stage.mock().world.agent('agent1')
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true })
const script = (page: Page) => page.getByRole('region', { name: 'Script' })
const note = (page: Page) => page.getByRole('textbox', { name: 'Note' })
const doneSteps = (page: Page) => script(page).getByRole('checkbox', { checked: true }).count()

async function anAgentTalking(change: { topic?: null; topicNames?: null } = {}): Promise<Page> {
  const { page } = await stage.talking(change)
  await script(page).getByText('operator Dilnoza Karimova').waitFor()
  return page
}

async function placeOf(one: Locator) {
  const box = await one.boundingBox()
  return box && { x: box.x, y: box.y, width: box.width, height: box.height }
}

test('the script is read with the names of both, ticked by key, and the talk turns where the agent says', async () => {
  const page = await anAgentTalking()
  await page.keyboard.press('s')
  await expect.poll(() => doneSteps(page)).toBe(1)
  await page.keyboard.press('i')
  await page.keyboard.type('Olim aka')
  await script(page).getByText('Olim aka, sizni toʻgʻri tushundimmi').waitFor()

  // While he types, the letters are letters.
  await page.keyboard.press('Alt+s')
  await expect.poll(() => doneSteps(page)).toBe(2)
  await script(page).getByText('Umumiy savol').waitFor()
  await page.keyboard.press('Alt+a')
  await script(page).getByText('Olim aka, javob quyidagicha').waitFor()
  await note(page).focus()
  await page.keyboard.type('Sas')
  expect(await doneSteps(page)).toBe(2)
  await page.keyboard.press('Alt+a')
  await script(page).getByText('yana savolingiz bormi').waitFor()
  expect(await page.getByRole('radio', { name: 'Resolved The matter is settled' }).isChecked()).toBe(true)
  expect(await note(page).inputValue()).toBe('Sas')
})

test('it is read out in the citizen’s language, and in the other where he wishes', async () => {
  const page = await anAgentTalking()
  await script(page).getByText('RU', { exact: true }).click()
  await script(page).getByText('Здравствуйте! Контакт-центр').waitFor()
})

test('whoever reads Uzbek in Cyrillic reads it out so, names too', async () => {
  const page = await stage.signedIn('agent1', { language: 'uz-Cyrl' })
  await page.locator('main h1').waitFor()
  await expect.poll(() => agent1().now().line).toBe('proven')
  await page.getByRole('button', { name: 'Қўнғироққа тайёрман' }).click()
  await expect.poll(() => agent1().now().status).toBe('available')
  stage.mock().world.ring('agent1')
  await page.locator('main [role=alert]').waitFor()
  await page.keyboard.press('F2')
  await page.getByText('Ассалому алайкум!').waitFor()
  await page.getByText('оператор Дилноза Каримова').waitFor()
})

test('what was ticked survives a reload, is stored with the wrap-up, and goes with the next call', async () => {
  const page = await anAgentTalking()
  await page.keyboard.press('s')
  await page.keyboard.press('s')
  await expect.poll(() => doneSteps(page)).toBe(2)
  await page.keyboard.press('c')
  await script(page).getByText('Murojaatni rasmiylashtirish uchun').waitFor()
  await page.reload()
  await heading(page, 'Talking').waitFor()
  await script(page).getByText('Murojaatni rasmiylashtirish uchun').waitFor()
  expect(await doneSteps(page)).toBe(2)
  await page.getByRole('status', { name: 'Line' }).getByText('Line ready').waitFor()

  agent1().endCall()
  await heading(page, 'Call ended').waitFor()
  await page.keyboard.press('Control+Enter')
  await heading(page, 'Waiting for a call').waitFor()
  expect(stage.mock().world.wrappedUp[0]?.wrapUp).toMatchObject({
    outcome: 'unresolved',
    script: {
      key: 'call',
      version: 1,
      done: [
        { step: 'greeting', branch: null },
        { step: 'name', branch: null },
        { step: 'clarification', branch: 'appeal' },
      ],
    },
  })
  stage.mock().world.ring('agent1')
  await heading(page, 'Incoming call').waitFor()
  await page.keyboard.press('F2')
  await script(page).getByText('operator Dilnoza Karimova').waitFor()
  expect(await doneSteps(page)).toBe(0)
})

test('the last tick is taken back by Shift and S', async () => {
  const page = await anAgentTalking()
  await page.keyboard.press('s')
  await expect.poll(() => doneSteps(page)).toBe(1)
  await page.keyboard.press('Shift+S')
  await expect.poll(() => doneSteps(page)).toBe(0)
})

test('nothing moves while the agent types, whatever is ticked meanwhile', async () => {
  const page = await anAgentTalking()
  await note(page).fill('He asks when the registration ends.')
  const before = await Promise.all([
    placeOf(note(page)),
    placeOf(script(page)),
    placeOf(heading(page, 'Caller')),
  ])
  await note(page).focus()
  for (const key of ['Alt+s', 'Alt+s', 'Alt+c', 'Alt+s', 'Alt+s']) await page.keyboard.press(key)
  await script(page).getByText('yana savolingiz bormi').waitFor()
  await expect.poll(() => doneSteps(page)).toBe(4)
  const after = await Promise.all([
    placeOf(note(page)),
    placeOf(script(page)),
    placeOf(heading(page, 'Caller')),
  ])
  expect(after).toEqual(before)
  expect(await page.evaluate(() => [window.scrollX, window.scrollY])).toEqual([0, 0])
})

test('the desk with a script is whole on the smallest screen, at twice the size, and for those who hear it', async () => {
  const page = await anAgentTalking()
  expect(await problemsOf(page)).toEqual([])
  await page.setViewportSize({ width: 683, height: 384 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(683)
  expect(await problemsOf(page)).toEqual([])
})

/** What a person does, however many letters it takes: a word typed and chosen is one action. */
async function actionsUntilAvailable(page: Page, actions: readonly (() => Promise<void>)[]): Promise<number> {
  agent1().endCall()
  await heading(page, 'Call ended').waitFor()
  for (const act of actions) await act()
  await heading(page, 'Waiting for a call').waitFor()
  return actions.length
}

const ACTIONS_MAX = 3

test('a question that was answered by the script is one action from being done with', async () => {
  const page = await anAgentTalking()
  for (const key of ['s', 's']) await page.keyboard.press(key)
  await expect.poll(() => doneSteps(page)).toBe(2)
  await page.keyboard.press('a')
  await script(page).getByText('Javob', { exact: true }).waitFor()
  await page.keyboard.press('a')
  await script(page).getByText('yana savolingiz bormi').waitFor()
  const actions = await actionsUntilAvailable(page, [() => page.keyboard.press('Control+Enter')])
  expect(actions).toBe(1)
  expect(stage.mock().world.wrappedUp[0]?.wrapUp).toMatchObject({ outcome: 'resolved', topics: ['01.01'] })
})

test('a resolved question whose topic the menu knew needs two actions', async () => {
  const page = await anAgentTalking()
  const actions = await actionsUntilAvailable(page, [
    () => page.keyboard.press('Alt+1'),
    () => page.keyboard.press('Control+Enter'),
  ])
  expect(actions).toBeLessThanOrEqual(ACTIONS_MAX)
})

test.each([
  ['royxatdan otish muddat', 'no apostrophes'],
  ["ro'yxatdan o'tish muddat", 'those of the keyboard'],
  ['рўйхатдан ўтиш муддат', 'Uzbek in Cyrillic'],
  ['сроки регистр', 'Russian'],
])('a resolved question of an unknown topic needs three, with the topic typed as „%s": %s', async (words) => {
  const page = await anAgentTalking({ topic: null, topicNames: null })
  const topic = page.getByRole('combobox', { name: 'Topic' })
  const actions = await actionsUntilAvailable(page, [
    async () => {
      // It has the focus already.
      await expect.poll(() => topic.evaluate((one) => one === document.activeElement)).toBe(true)
      await page.keyboard.type(words)
      await page.getByRole('option').first().waitFor()
      await page.keyboard.press('Enter')
      await expect.poll(() => topic.inputValue()).toBe('')
    },
    () => page.keyboard.press('Alt+1'),
    () => page.keyboard.press('Control+Enter'),
  ])
  expect(actions).toBeLessThanOrEqual(ACTIONS_MAX)
  expect(stage.mock().world.wrappedUp[0]?.wrapUp).toMatchObject({ outcome: 'resolved', topics: ['01.01.01'] })
})

test('the answer that was opened says what the call was about', async () => {
  const page = await anAgentTalking({ topic: null, topicNames: null })
  await page.keyboard.press('f')
  await page.keyboard.type('royxatdan')
  const answers = page.getByRole('region', { name: 'Questions and answers' })
  await expect.poll(() => answers.locator('summary').count()).toBeLessThan(10)
  await answers.locator('summary').first().click()
  const actions = await actionsUntilAvailable(page, [
    () => page.keyboard.press('Alt+1'),
    () => page.keyboard.press('Control+Enter'),
  ])
  expect(actions).toBeLessThanOrEqual(ACTIONS_MAX)
  expect(stage.mock().world.wrappedUp[0]?.wrapUp.topics).toHaveLength(1)
})

test('the call’s card shows what was done of the script and what was left out', async () => {
  const page = await stage.signedIn('supervisor1')
  await page.goto(`${stage.mock().address}/calls/${stage.mock().world.calls[0]?.id}`)
  await script(page).getByText('version 1, 3 of 5 steps').waitFor()
  await script(page).getByText('Javob: Hal boʻldi').waitFor()
  expect(await script(page).getByRole('img', { name: 'Left out' }).count()).toBe(2)
})
