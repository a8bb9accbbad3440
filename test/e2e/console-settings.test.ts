/** Breaks, wrap-up and outcomes, as an administrator changes them. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { becomeAvailable, consoleStage, problemsOf } from './console-stage.ts'

const stage = consoleStage()

async function settingsPage(name: string): Promise<Page> {
  const page = await stage.signedIn('admin')
  await page.getByRole('link', { name: 'Settings', exact: true }).click()
  await page.getByRole('link', { name }).click()
  await page.getByRole('heading', { name, level: 1 }).waitFor()
  return page
}
const saveOf = (page: Page) => page.getByRole('button', { name: 'Save', exact: true })

test('a break is added and another taken out of use; what contradicts is told at its row', async () => {
  const page = await settingsPage('Breaks and wrap-up')
  expect(await problemsOf(page)).toEqual([])
  await page.getByRole('button', { name: 'Add a break' }).click()
  const added = page.getByRole('group', { name: 'Break: 6' })
  await added.getByRole('textbox', { name: 'Code' }).waitFor()
  await page.getByText('A small letter first, then letters and digits, 32 at most.').waitFor()
  expect(await saveOf(page).getAttribute('aria-disabled')).toBe('true')
  await added.getByRole('textbox', { name: 'Name in Uzbek' }).fill('Sayr')
  const walk = page.getByRole('group', { name: 'Break: Sayr' })
  await walk.getByRole('textbox', { name: 'Name in Russian' }).fill('Прогулка')
  await walk.getByRole('textbox', { name: 'Code' }).fill('walk')
  await walk.getByRole('textbox', { name: 'Limit, minutes' }).fill('500')
  await walk.getByText('A whole number from 1 to 480, please.').waitFor()
  // More digits than a number has are no break without a limit (4).
  await walk.getByRole('textbox', { name: 'Limit, minutes' }).fill('99999999999999999999')
  await walk.getByText('A whole number from 1 to 480, please.').waitFor()
  await walk.getByRole('textbox', { name: 'Limit, minutes' }).fill('10')
  await page.getByRole('button', { name: 'Take out of use: Tushlik' }).click()
  await page.getByRole('textbox', { name: 'Wrap-up, seconds' }).fill('90')
  await saveOf(page).click()
  await page.getByText('Of earlier times, kept for the days they were taken on: Tushlik').waitFor()
  expect(await page.getByRole('textbox', { name: 'Wrap-up, seconds' }).inputValue()).toBe('90')
  expect(await problemsOf(page)).toEqual([])
})

test('a code is typed to its end, also through one that is there already (4)', async () => {
  const page = await settingsPage('Breaks and wrap-up')
  await page.getByRole('button', { name: 'Add a break' }).click()
  const code = page.getByRole('group', { name: 'Break: 6' }).getByRole('textbox', { name: 'Code' })
  await code.click()
  await page.keyboard.type('lunchLate')
  const added = page.getByRole('group', { name: 'Break: lunchLate' })
  expect(await added.getByRole('textbox', { name: 'Code' }).inputValue()).toBe('lunchLate')
  // One that is there is told, and can still be mended.
  await added.getByRole('textbox', { name: 'Code' }).fill('lunch')
  await page.getByText('“lunch” is there already.').last().waitFor()
  await page.getByRole('textbox', { name: 'Wrap-up, seconds' }).focus()
  expect(await page.getByRole('textbox', { name: 'Code' }).last().isEnabled()).toBe(true)
  expect(await page.getByRole('textbox', { name: 'Code' }).first().isEnabled()).toBe(false)
})

test('what an administrator changes reaches a desk in the middle of a shift (4)', async () => {
  const desk = await stage.signedIn('agent1')
  await becomeAvailable(desk)
  stage.mock().world.ring('agent1')
  await desk.getByRole('heading', { name: 'Incoming call' }).waitFor()
  await desk.keyboard.press('F2')
  await desk.getByRole('heading', { name: 'Talking' }).waitFor()

  const page = await settingsPage('Classifier')
  await page
    .getByRole('button', { name: 'Change Bakalavriatga qabul (kirish test sinovlari)', exact: true })
    .click()
  await page.getByRole('textbox', { name: 'Name in Uzbek' }).fill('Talabalikka qabul')
  await page.getByRole('button', { name: 'Save the draft' }).click()
  await page.getByRole('region', { name: 'Draft, version 2' }).waitFor()
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await page.getByRole('button', { name: 'Press again: topics are chosen from it from now on' }).click()
  await page.getByRole('row', { name: /^2 173 .*holds now/ }).waitFor()

  await desk.getByRole('combobox', { name: 'Topic' }).fill('talabalikka')
  await desk.getByRole('option', { name: /Talabalikka qabul$/ }).waitFor()
})

test('two who change the classifier keep both what they typed, and choose (4)', async () => {
  const page = await settingsPage('Classifier')
  await page
    .getByRole('button', { name: 'Change Bakalavriatga qabul (kirish test sinovlari)', exact: true })
    .click()
  await page.getByRole('textbox', { name: 'Name in Uzbek' }).fill('Mening nomim')
  const { classifiers } = stage.mock().world
  const [held] = classifiers
  if (!held) throw new Error('There is no classifier')
  classifiers.unshift({ ...held, version: 2, status: 'draft', savedAt: Date.now(), publishedAt: null })
  await page.getByRole('button', { name: 'Save the draft' }).click()
  await page.getByRole('alert').getByText('Somebody else has saved this meanwhile.').waitFor()
  expect(await problemsOf(page)).toEqual([])
  await page.getByRole('button', { name: 'Go on with mine; saving replaces what is saved' }).click()
  await page.getByRole('button', { name: 'Save the draft' }).click()
  await expect
    .poll(() => stage.mock().world.classifiers[0]?.nodes.find(({ code }) => String(code) === '01')?.names.uz)
    .toBe('Mening nomim')
})

test('outcomes are called by the organisation’s words, in its order, where calls are wrapped up', async () => {
  const page = await settingsPage('Outcomes of calls')
  const explained = page.getByRole('group', { name: 'Outcome: Explained' })
  await explained.getByRole('textbox', { name: 'Called in Uzbek' }).fill('Maslahat berildi')
  await explained.getByText('Please fill this in.').waitFor()
  await explained.getByRole('textbox', { name: 'Called in Russian' }).fill('Дана консультация')
  await explained.getByRole('button', { name: 'Move Explained up' }).click()
  await page.getByRole('group', { name: 'Outcome: Disputed' }).getByRole('checkbox').uncheck()
  await saveOf(page).click()
  await expect.poll(() => stage.mock().world.outcomes.changedAt).not.toBeNull()
  expect(await problemsOf(page)).toEqual([])

  const desk = await stage.signedIn('agent1')
  await becomeAvailable(desk)
  stage.mock().world.ring('agent1')
  await desk.getByRole('heading', { name: 'Incoming call' }).waitFor()
  await desk.keyboard.press('F2')
  await desk.getByRole('heading', { name: 'Talking' }).waitFor()
  stage.mock().world.agent('agent1').endCall()
  await desk.getByRole('heading', { name: 'Call ended' }).waitFor()
  const choices = desk.getByRole('group', { name: 'Outcome' }).getByRole('radio')
  await expect.poll(() => choices.count()).toBe(3)
  await desk.getByRole('radio', { name: /^Maslahat berildi/ }).waitFor()
  await desk.keyboard.press('Alt+1')
  expect(await desk.getByRole('radio', { name: /^Maslahat berildi/ }).isChecked()).toBe(true)
})

test('the classifier is changed in a draft, its faults are told at their rows, and it is published and brought back', async () => {
  const page = await settingsPage('Classifier')
  await page.getByText('topics: 173, faults: 0').waitFor()
  await page.getByRole('searchbox', { name: 'Part of a name, or a code' }).fill('01.01')
  await expect.poll(() => page.getByText('02.01', { exact: true }).count()).toBe(0)
  await page.getByRole('button', { name: 'Add below Roʻyxatdan oʻtish', exact: true }).click()
  await page.getByText('topics: 174, faults: 2').waitFor()
  const code = page.getByRole('textbox', { name: 'Code' })
  await expect.poll(() => code.inputValue()).toMatch(/^01\.01\.\d\d$/)
  expect(await problemsOf(page)).toEqual([])
  await page.getByRole('textbox', { name: 'Name in Uzbek' }).fill('<b>Yangi</b>')
  await page.getByRole('textbox', { name: 'Name in Russian' }).fill('Новая')
  await page.getByRole('combobox', { name: 'Queue' }).selectOption({ label: 'Murojaatlar' })
  await page.getByRole('combobox', { name: 'Procedure' }).selectOption({ label: 'Confidential: corruption' })
  await code.fill('1.1')
  await page.getByText('Two digits for each of at most three levels, as 01.02.03.').waitFor()
  await code.fill('01.01.77')
  await page.getByText('topics: 174, faults: 0').waitFor()
  await page.getByRole('button', { name: 'Save the draft' }).click()
  await page.getByRole('region', { name: 'Draft, version 2' }).waitFor()
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await page.getByRole('button', { name: 'Press again: topics are chosen from it from now on' }).click()
  await page.getByRole('row', { name: /^2 174 .*holds now/ }).waitFor()
  expect(stage.mock().world.topics.find((topic) => topic.code === '01.01.77')).toMatchObject({
    names: { uz: '<b>Yangi</b>' },
    queue: 'appeals',
  })
  expect(
    stage.mock().world.classifiers[0]?.nodes.find(({ code }) => String(code) === '01.01.77')?.track,
  ).toBe('trust')
  await page.getByRole('button', { name: 'Bring back 1' }).click()
  await page.getByRole('button', { name: 'Press again: topics are chosen from it from now on' }).click()
  await page.getByRole('row', { name: /^3 173 .*holds now, brought back from 1/ }).waitFor()
  expect(await problemsOf(page)).toEqual([])
})

test('a trunk is added line by line, changed without its password, and switched off after a second press', async () => {
  const page = await settingsPage('Trunks')
  await page.getByRole('row', { name: /Uztelecom \(uztelecom\) in use 7 \/ 300 412/ }).waitFor()
  await page.getByRole('button', { name: 'Add a trunk' }).click()
  await page.getByRole('textbox', { name: 'Code' }).fill('beeline')
  await page.getByRole('textbox', { name: 'Name' }).fill('<b>Beeline</b>')
  const addresses = page.getByRole('textbox', { name: 'Addresses the carrier sends from, one to a line' })
  await addresses.fill('198.51.100.1\nsip.example.uz')
  await page.getByText('Line 2: “sip.example.uz” is no IP address; names are not believed.').waitFor()
  await addresses.fill('203.0.113.10')
  await page.getByText('Line 1: “203.0.113.10” is an address of the trunk uztelecom.').waitFor()
  expect(await problemsOf(page)).toEqual([])
  await addresses.fill('198.51.100.1\n')
  await page.getByRole('textbox', { name: 'Numbers we answer, one to a line' }).fill('1195')
  await saveOf(page).click()
  await page.getByRole('row', { name: /<b>Beeline<\/b> \(beeline\) in use/ }).waitFor()

  await page.getByRole('button', { name: 'Change Uztelecom' }).click()
  await page.getByPlaceholder('stays as it is').waitFor()
  expect(await page.getByRole('textbox', { name: 'Password' }).inputValue()).toBe('')
  await page.getByRole('textbox', { name: 'Calls at once' }).fill('60')
  await saveOf(page).click()
  await page.getByRole('row', { name: /Uztelecom \(uztelecom\) in use 7 \/ 60/ }).waitFor()
  await page.getByRole('button', { name: 'Change Uztelecom' }).click()
  await page.getByRole('button', { name: 'Switch off' }).click()
  await page.getByRole('button', { name: 'Press again: new calls by it are refused' }).click()
  await page.getByRole('row', { name: /Uztelecom \(uztelecom\) switched off/ }).waitFor()
  expect(await problemsOf(page)).toEqual([])
})
