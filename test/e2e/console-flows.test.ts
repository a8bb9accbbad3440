/** The voice menu, as an administrator draws, hears, tries, publishes and brings it back. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { demoMenu, keepDraft, UNSPEAKABLE } from '../../console/dev/mock-flows.ts'
import { withNode } from '#core/ivr/edit-flow.ts'
import { consoleStage, isTooWide, problemsOf } from './console-stage.ts'

const stage = consoleStage()

async function editor(): Promise<Page> {
  const page = await stage.signedIn('admin')
  await page.getByRole('link', { name: 'Voice menu', exact: true }).click()
  await page.getByRole('link', { name: 'Change this menu' }).click()
  await page.getByRole('heading', { name: 'Voice menu main', level: 1 }).waitFor()
  await drawn(page, 'greeting').waitFor()
  return page
}

/** A step of the drawing, by what is read out of it. */
const drawn = (page: Page, step: string) =>
  page
    .getByLabel('Drawing of the menu')
    .getByRole('group', { name: new RegExp(`, ${step}(, faults: \\d+)?$`) })
const listed = (page: Page, step: string) =>
  page
    .getByRole('region', { name: 'Steps of the menu' })
    .getByRole('button', { name: new RegExp(`^${step} (Menu|Queue|Announcement|Says goodbye)`) })
const panel = (page: Page, step: string) => page.getByRole('region', { name: step, exact: true })
const faults = (page: Page) => page.getByRole('region', { name: 'Faults' })
const saveOf = (page: Page) => page.getByRole('button', { name: 'Save the draft' })

/** A pointer that rests on a button that cannot be pressed shows why, in a place of its own: it is taken away first. */
async function faultsOfPage(page: Page): Promise<string[]> {
  await page.mouse.move(0, 0)
  await expect.poll(() => page.getByRole('tooltip').count()).toBe(0)
  return await problemsOf(page)
}

async function save(page: Page): Promise<void> {
  await saveOf(page).click()
  await page.getByText(/^Saved \d\d\.\d\d\.\d{4}/).waitFor()
}

async function publish(page: Page, when: 'Publish now' | 'Publish from that moment on'): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: when }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

test('a step is opened by keyboard from the list, changed, heard, and the change taken back and done again', async () => {
  const page = await editor()
  expect(await faultsOfPage(page)).toEqual([])
  await listed(page, 'usefulInformation').focus()
  await page.keyboard.press('Enter')
  const fields = panel(page, 'usefulInformation')
  const text = fields.getByRole('textbox', { name: 'What is said, Russian' })
  const before = await text.inputValue()
  await text.fill('<b>Новое</b> сведение.')
  await fields.getByRole('button', { name: 'Play: <b>Новое</b> сведение.' }).click()
  await fields.getByRole('button', { name: 'Stop: <b>Новое</b> сведение.' }).waitFor()
  expect(stage.mock().world.prompts.some((row) => row.text === '<b>Новое</b> сведение.')).toBe(true)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => text.inputValue()).toBe(before)
  await page.getByRole('button', { name: 'Redo' }).click()
  await expect.poll(() => text.inputValue()).toBe('<b>Новое</b> сведение.')
  expect(await faultsOfPage(page)).toEqual([])
})

test('a step is added, told as faulty on the drawing and in the list, connected, and its faults lead to it', async () => {
  const page = await editor()
  await page.getByRole('button', { name: 'Add a step' }).click()
  await page.getByRole('menuitem', { name: 'Says goodbye' }).click()
  await faults(page).getByRole('button', { name: 'hangUp 1 No way leads to this step.' }).waitFor()
  await drawn(page, 'hangUp 1').waitFor()
  expect(await drawn(page, 'hangUp 1').getAttribute('aria-label')).toMatch(/faults: 3$/)
  const fields = panel(page, 'hangUp 1')
  await fields.getByRole('textbox', { name: 'What is said, Uzbek' }).fill('Xayr.')
  await fields.getByRole('textbox', { name: 'What is said, Russian' }).fill('До свидания.')
  await fields.getByRole('textbox', { name: 'Name of the step' }).fill('goodbye')
  await page.keyboard.press('Enter')
  await panel(page, 'goodbye').waitFor()
  await listed(page, 'menu 1').click()
  await panel(page, 'menu 1').getByRole('combobox', { name: 'After wrong keys' }).selectOption('goodbye')
  await faults(page).getByText('No faults were found.').waitFor()

  await panel(page, 'menu 1').getByRole('textbox', { name: 'Name, Uzbek' }).first().fill('')
  const fault = faults(page).getByRole('button', { name: /^menu 1, choice 1, name The text is missing/ })
  await fault.waitFor()
  await listed(page, 'goodbye').click()
  await panel(page, 'goodbye').waitFor()
  await fault.click()
  await panel(page, 'menu 1').getByText('The text is missing (Uzbek).').first().waitFor()
  expect(await page.getByRole('button', { name: 'Publish …' }).getAttribute('aria-disabled')).toBe('true')
  expect(await faultsOfPage(page)).toEqual([])
})

test('what was drawn and not saved survives a reload, and is published with what is different', async () => {
  const page = await editor()
  await listed(page, 'greeting').click()
  const text = () => panel(page, 'greeting').getByRole('textbox', { name: 'What is said, Uzbek' })
  await text().fill('Assalomu alaykum, yangi menyu!')
  await page.getByText('Not saved yet; kept in this tab.').waitFor()
  await page.reload()
  await listed(page, 'greeting').click()
  await expect.poll(() => text().inputValue()).toBe('Assalomu alaykum, yangi menyu!')
  await save(page)
  await page.getByRole('button', { name: 'Publish …' }).click()
  const dialog = page.getByRole('dialog', { name: 'Publish version 2' })
  await dialog.getByText('greeting (Announcement)').waitFor()
  await dialog.getByText('what is said, Uzbek:').waitFor()
  expect(await faultsOfPage(page)).toEqual([])
  await publish(page, 'Publish now')
  await page.getByRole('row', { name: /^2 holds now/ }).waitFor()
  await page.getByRole('button', { name: 'Bring back 1' }).click()
  await publish(page, 'Publish now')
  await page.getByRole('row', { name: /^3 holds now, brought back from 1/ }).waitFor()
})

test('a version is published from a moment that lies ahead, and taken back', async () => {
  const page = await editor()
  await listed(page, 'greeting').click()
  await panel(page, 'greeting').getByRole('checkbox', { name: 'Keys do not cut it short' }).uncheck()
  await save(page)
  await page.getByRole('button', { name: 'Publish …' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: 'from a moment on' }).check()
  const moment = dialog.getByRole('textbox', { name: 'Moment, by the clocks of Tashkent' })
  await moment.fill('2020-01-01T08:00')
  await dialog.getByText('This moment has passed.').waitFor()
  await moment.fill(new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 16))
  await publish(page, 'Publish from that moment on')
  await page.getByText(/^Version 2 holds from \d\d\.\d\d\.\d{4} \d\d:\d\d on\./).waitFor()
  await page.getByRole('row', { name: /^1 holds now/ }).waitFor()
  expect(await faultsOfPage(page)).toEqual([])
  await page.getByRole('button', { name: 'Take it back' }).click()
  await page.getByRole('button', { name: 'Press again to take it back' }).click()
  await page.getByRole('row', { name: /^2 of earlier times/ }).waitFor()
})

test('the second of two editors sees what is different, and nothing is written over unseen', async () => {
  const page = await editor()
  await listed(page, 'greeting').click()
  const text = panel(page, 'greeting').getByRole('textbox', { name: 'What is said, Uzbek' })
  await text.fill('Mening salomim')
  const theirs = withNode(demoMenu(), 'usefulInformation', {
    kind: 'announce',
    texts: { uz: 'Ularniki', ru: 'Их текст' },
    next: 'answer',
  })
  keepDraft(stage.mock().world, { basedOn: null, body: theirs, by: 'Bekzod' })
  await saveOf(page).click()
  const told = page.getByRole('alert').filter({ hasText: 'Bekzod has saved this menu meanwhile.' })
  await told.getByText('usefulInformation (Announcement)').waitFor()
  await told.getByText('greeting (Announcement)').waitFor()
  expect(await faultsOfPage(page)).toEqual([])
  await told.getByRole('button', { name: 'Go on with mine; saving replaces what is saved' }).click()
  await save(page)
  const { body } = stage.mock().world.flows[0] ?? { body: undefined }
  const greeting = body?.nodes.greeting
  expect(greeting?.kind === 'announce' && greeting.texts.uz).toBe('Mening salomim')
})

test('the menu is tried by keys: the same interpreter, the step on the drawing, and the queue at the end', async () => {
  const page = await editor()
  await page.getByText('Try it', { exact: true }).click()
  const trial = panel(page, 'Trial')
  const heard = trial.getByRole('log', { name: 'What the caller hears' })
  await heard.getByText(/^Assalomu alaykum/).waitFor()
  const press = (key: string) => trial.getByRole('button', { name: `Key ${key}`, exact: true }).click()
  await trial.getByRole('button', { name: 'Heard to the end' }).click()
  // As for a caller: a key cuts the announcement short, and chooses the language it is about.
  await heard.getByRole('button', { name: 'usefulInformation', exact: true }).waitFor()
  await press('1')
  await heard.getByRole('button', { name: 'menu', exact: true }).waitFor()
  await trial.getByRole('button', { name: /^Press nothing/ }).click()
  await heard.getByText('Nothing for 5 s').waitFor()
  await press('1')
  await heard.getByRole('button', { name: 'menu 1', exact: true }).waitFor()
  await press('1')
  await heard.getByText('Joins the queue “Bakalavriatga qabul”, Uzbek, Roʻyxatdan oʻtish').waitFor()
  expect(await faultsOfPage(page)).toEqual([])
  await trial.getByRole('button', { name: 'From the beginning' }).click()
  await expect.poll(() => heard.getByText(/^Joins/).count()).toBe(0)
})

test('a text without a sound is told once it is saved; 100 kB and tags are text', async () => {
  const page = await editor()
  await listed(page, 'greeting').click()
  const text = panel(page, 'greeting').getByRole('textbox', { name: 'What is said, Russian' })
  await text.fill(`${UNSPEAKABLE} звоните`)
  await save(page)
  await faults(page)
    .getByRole('button', { name: /^greeting, what is said The text \(Russian\) has no sound/ })
    .waitFor()
  await text.fill(`<img src=x onerror=alert(1)> ${'ж'.repeat(100_000)}`)
  await faults(page).getByText('The text (Russian) is longer than 500 characters.').waitFor()
  await save(page)
  expect(await page.locator('img[src=x]').count()).toBe(0)
  expect(await isTooWide(page)).toBe(false)
})
