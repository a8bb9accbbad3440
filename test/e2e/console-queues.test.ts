/** The settings of queues and skills, as an administrator changes them. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { consoleStage, problemsOf } from './console-stage.ts'

const stage = consoleStage()

async function queuePage(queue: string): Promise<Page> {
  const page = await stage.signedIn('admin')
  await page.goto(`${stage.mock().address}/queues/${queue}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return page
}

const rulesOf = (page: Page) => page.getByRole('textbox', { name: 'Rules of skills' })
const saveOf = (page: Page) => page.getByRole('button', { name: 'Save', exact: true })

test('queues are listed with their rules and with where their callers go', async () => {
  const page = await stage.signedIn('admin')
  await page.getByRole('link', { name: 'Queues' }).click()
  const row = page.getByRole('row', { name: /Murojaatlar/ })
  await row.getByText('wait < 45 s: language >= 60, appeals >= 60').waitFor()
  await row.getByText('closed → Leaves a message').waitFor()
  await page.getByRole('group', { name: 'Where callers go' }).getByText('nobody on duty').waitFor()
  await row.getByRole('link', { name: 'Murojaatlar' }).click()
  await page.getByRole('heading', { name: 'Queue: Murojaatlar' }).waitFor()
})

test('a mistake in the rules is told where it is while it is typed, and nothing can be saved until it is mended', async () => {
  const page = await queuePage('appeals')
  await rulesOf(page).fill('wait < 45 s: language >= 60, appeals > 60\nthen language >= 30')
  await page.getByText('Line 1, column 38: Expected “>=”, but found “>”.').waitFor()
  expect(await saveOf(page).getAttribute('aria-disabled')).toBe('true')
  expect(await problemsOf(page)).toEqual([])
  await rulesOf(page).fill('wait < 45 s: language >= 60, appeals >= 95\nthen language >= 70')
  await page.getByText('Line 1: No agent of this queue has “appeals” at 95; the best has 80.').waitFor()
  await page.getByText('Line 2: This step asks for more “language” than the one before it').waitFor()
  await rulesOf(page).fill('language >= 1')
  await expect.poll(() => saveOf(page).getAttribute('aria-disabled')).toBeNull()
  const asked = page.getByRole('table', { name: 'How many agents may be asked' })
  expect(await asked.getByRole('cell').allTextContents()).toEqual(['0:00', '3', '3'])
})

test('settings are saved as a version, and an older one is brought back', async () => {
  const page = await queuePage('appeals')
  await rulesOf(page).fill('language >= 20')
  await page.getByRole('textbox', { name: 'An offer rings for, seconds' }).fill('45')
  await saveOf(page).click()
  await page.getByText('Saved: it holds from now on, also for those who wait.').waitFor()
  const versions = page.getByRole('table', { name: 'Versions' })
  await versions.getByRole('row', { name: /^2 .*language >= 20.*holds now/ }).waitFor()
  await versions.getByRole('button', { name: 'Bring back 1' }).click()
  await versions.getByRole('row', { name: /^3 .*brought back from 1.*holds now/ }).waitFor()
  expect(await rulesOf(page).inputValue()).toContain('wait < 45 s')
  expect(await page.getByRole('textbox', { name: 'An offer rings for, seconds' }).inputValue()).toBe('20')
})

test('callers who would go round are shown their way, and a number out of range its bounds', async () => {
  const page = await queuePage('general')
  const nobody = page.getByRole('group', { name: 'When nobody is on duty' })
  await nobody.getByRole('checkbox').click()
  await nobody.getByRole('combobox', { name: 'Then' }).selectOption({ label: 'Pass on to Ishonch telefoni' })
  await nobody
    .getByText('Callers would go round: Umumiy savollar → Ishonch telefoni → Umumiy savollar.')
    .waitFor()
  await nobody.getByRole('combobox', { name: 'Then' }).selectOption({ label: 'Take a message' })
  await expect.poll(() => page.getByText('Callers would go round').count()).toBe(0)
  await page.getByRole('textbox', { name: 'An offer rings for, seconds' }).fill('3')
  await page.getByText('A whole number from 5 to 120, please.').waitFor()
  expect(await saveOf(page).getAttribute('aria-disabled')).toBe('true')
})

test('opening hours are filled in by days and times', async () => {
  const page = await queuePage('appeals')
  const closed = page.getByRole('group', { name: 'Outside opening hours' })
  await closed.getByRole('button', { name: 'Add an opening time' }).click()
  const second = closed.getByRole('group', { name: 'Opening time 2' })
  await second.getByRole('checkbox', { name: 'Fri' }).check()
  await closed.getByText('Opening time 2: This opening time overlaps number 1.').waitFor()
  await second.getByRole('checkbox', { name: 'Fri' }).uncheck()
  await second.getByRole('textbox', { name: 'to' }).fill('24:00')
  await saveOf(page).click()
  await page.getByText('Saved: it holds from now on').waitFor()
  await page.reload()
  expect(await second.getByRole('textbox', { name: 'to' }).inputValue()).toBe('24:00')
})

test('what somebody else saved meanwhile is not overwritten', async () => {
  const page = await queuePage('appeals')
  await rulesOf(page).fill('language >= 20')
  const other = await queuePage('appeals')
  await rulesOf(other).fill('language >= 10')
  await saveOf(other).click()
  await other.getByText('Saved: it holds from now on').waitFor()
  await saveOf(page).click()
  await page.getByRole('button', { name: 'Show what was saved' }).click()
  expect(await rulesOf(page).inputValue()).toBe('language >= 10')
})

test('levels are changed in a table, all at once, and not while they leave callers with nobody', async () => {
  const page = await stage.signedIn('admin')
  await page.getByRole('link', { name: 'Agents’ skills' }).click()
  const level = (name: string) => page.getByRole('textbox', { name: `${name}, Murojaat bilan ishlash` })
  await level('Dilnoza Karimova').fill('50')
  await level('Анна Ким').fill('5x')
  await page.getByRole('button', { name: 'Save changes: 1' }).hover()
  await page.getByText('A level is a whole number from 0 to 100.').waitFor()
  await level('Анна Ким').fill('55')
  await page
    .getByText(
      'Murojaatlar, Rules of skills, Line 1: No agent of this queue has “appeals” at 60; the best has 55.',
    )
    .waitFor()
  await level('Анна Ким').fill('61')
  await page.getByRole('button', { name: 'Save changes: 2' }).click()
  await page.getByText('Saved: it holds from now on.').waitFor()
  await page.reload()
  expect(await level('Анна Ким').inputValue()).toBe('61')

  await page.getByRole('textbox', { name: 'Word in the rules' }).fill('tech')
  await page.getByRole('textbox', { name: 'Name in Uzbek' }).fill('Texnik yordam')
  await page.getByRole('textbox', { name: 'Name in Russian' }).fill('Техническая помощь')
  await page.getByRole('button', { name: 'Add a skill' }).click()
  await page.getByRole('textbox', { name: 'Анна Ким, Texnik yordam' }).waitFor()
  await page.getByRole('button', { name: 'Remove tech' }).click()
  await expect.poll(() => page.getByRole('textbox', { name: 'Анна Ким, Texnik yordam' }).count()).toBe(0)
})

test('a queue is added, gets agents who speak both languages at once, is retired and used again', async () => {
  const page = await stage.signedIn('admin')
  await page.getByRole('link', { name: 'Queues', exact: true }).click()
  const form = page.getByRole('region', { name: 'Add a queue' })
  await form.getByRole('textbox', { name: 'Code' }).fill('Grants')
  await form.getByRole('button', { name: 'Add' }).click()
  await form.getByText('A small letter first, then letters and digits, 32 at most.').waitFor()
  expect(await problemsOf(page)).toEqual([])
  await form.getByRole('textbox', { name: 'Code' }).fill('grants')
  await form.getByRole('textbox', { name: 'Name in Uzbek' }).fill('Grantlar')
  await form.getByRole('textbox', { name: 'Name in Russian' }).fill('Гранты')
  await form.getByRole('button', { name: 'Add' }).click()
  await page
    .getByRole('row', { name: /Grantlar/ })
    .getByRole('link')
    .click()
  const who = page.getByRole('region', { name: 'Who serves it' })
  await who.getByRole('checkbox', { name: 'Jasur Xolmatov' }).check()
  await who.getByRole('button', { name: 'Save who serves it' }).click()
  await who.getByText(/Grantlar, Rules of skills/).waitFor()
  await who.getByRole('checkbox', { name: 'Анна Ким' }).check()
  await who.getByRole('button', { name: 'Save who serves it' }).click()
  await who.getByText('agents: 2').waitFor()
  expect(await problemsOf(page)).toEqual([])
  await page.getByRole('button', { name: 'Retire the queue' }).click()
  await page.getByRole('button', { name: 'Press again to retire the queue' }).click()
  await page.getByRole('button', { name: 'Use again: Grantlar' }).click()
  await page
    .getByRole('row', { name: /Grantlar/ })
    .getByRole('link')
    .waitFor()
})

test('a queue to which the menu leads is not retired', async () => {
  const page = await queuePage('admission')
  await page.getByRole('button', { name: 'Retire the queue' }).click()
  await page.getByRole('button', { name: 'Press again to retire the queue' }).click()
  await page.getByText('admission: The voice menu leads callers here.').waitFor()
})
