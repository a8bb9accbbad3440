/** The guided script is written, tried as an agent sees it, published, and is there in the next call. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { becomeAvailable, consoleStage, isTooWide, problemsOf } from './console-stage.ts'

const stage = consoleStage()

async function editorPage(login: string, language: 'en' | 'ru' = 'en'): Promise<Page> {
  const page = await stage.signedIn(login, { language })
  await page.getByRole('link', { name: language === 'ru' ? 'Скрипт разговора' : 'Call script' }).click()
  await page
    .getByRole('region', { name: language === 'ru' ? 'Как видит оператор' : 'As an agent sees it' })
    .waitFor()
  return page
}

test('a step is added, its faults are told at their lines, it is tried, published, and read in the next call', async () => {
  const page = await editorPage('supervisor1')
  expect(await problemsOf(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)
  const greeting = page.getByRole('group', { name: '1. Salomlashish' })
  await greeting.getByRole('button', { name: 'Add a step after it' }).click()
  await page.getByText('faults: 4').waitFor()
  const added = page.getByRole('group', { name: '2. untitled' })
  await added.getByText('Please fill this in.').first().waitFor()
  expect(await page.getByRole('button', { name: 'Publish' }).getAttribute('aria-disabled')).toBe('true')
  await added.getByRole('textbox', { name: 'Title, in Russian' }).fill('<b>Согласие</b>')
  await added.getByRole('textbox', { name: 'Title, in Uzbek' }).fill('<b>Rozilik</b>')
  const consent = page.getByRole('group', { name: '2. <b>Rozilik</b>' })
  await consent.getByRole('textbox', { name: 'Said 1, in Uzbek' }).fill('[{citizen}, ]{ism} rozimisiz? 😀')
  await consent.getByText('Nobody fills in {ism}.').waitFor()
  await consent.getByRole('textbox', { name: 'Said 1, in Uzbek' }).fill('[{citizen}, ]rozimisiz? 😀')
  await consent.getByRole('textbox', { name: 'Said 1, in Russian' }).fill('Вы согласны?')
  await page.getByText('faults: 0').waitFor()

  // What is typed survives a reload.
  await page.reload()
  await consent.waitFor()
  const preview = page.getByRole('region', { name: 'As an agent sees it' })
  await preview.getByText('Rozimisiz? 😀').waitFor()
  await preview.getByRole('checkbox', { name: 'Salomlashish' }).check()
  await preview.getByRole('textbox', { name: 'How to address the citizen' }).fill('Olim aka')
  await preview.getByText('Olim aka, rozimisiz? 😀').waitFor()
  expect(await problemsOf(page)).toEqual([])

  await page.getByRole('button', { name: 'Save the draft' }).click()
  await page.getByRole('button', { name: 'Throw the draft away' }).waitFor()
  await page.getByRole('button', { name: 'Publish' }).click()
  await page.getByRole('button', { name: 'Press again: calls that begin from now on have it' }).click()
  await page.getByRole('row', { name: /^2 11 .*holds now/ }).waitFor()

  const agent = await stage.signedIn('agent1')
  await becomeAvailable(agent)
  stage.mock().world.ring('agent1')
  await agent.getByRole('heading', { name: 'Incoming call' }).waitFor()
  await agent.keyboard.press('F2')
  await agent.getByRole('heading', { name: 'Talking' }).waitFor()
  const script = agent.getByRole('region', { name: 'Call script' })
  await script.getByText('<b>Rozilik</b>').waitFor()

  // Brought back meanwhile: the call keeps what it began with.
  await page.getByRole('button', { name: 'Bring back 1' }).click()
  await page.getByRole('row', { name: /^3 10 .*holds now, brought back from 1/ }).waitFor()
  expect(await script.getByText('<b>Rozilik</b>').count()).toBe(1)
})

test('of two who write at once the second is told, and takes what was saved', async () => {
  const [one, other] = [await editorPage('supervisor1'), await editorPage('editor1')]
  const title = (page: Page) =>
    page.getByRole('group', { name: '1. Salomlashish' }).getByRole('textbox', { name: 'Title, in Russian' })
  await title(one).fill('Первое')
  await title(other).fill('Второе')
  await one.getByRole('button', { name: 'Save the draft' }).click()
  await one.getByRole('button', { name: 'Throw the draft away' }).waitFor()
  await other.getByRole('button', { name: 'Save the draft' }).click()
  await other.getByRole('button', { name: 'Show what was saved' }).click()
  await expect.poll(() => title(other).inputValue()).toBe('Первое')
})

test('the editor says everything in Russian too, and a turn is added and taken back', async () => {
  const page = await editorPage('supervisor1', 'ru')
  const greeting = page.getByRole('group', { name: '1. Приветствие' })
  await greeting.getByRole('button', { name: 'Разговор здесь может повернуть' }).click()
  await greeting.getByRole('group', { name: 'Куда может повернуть разговор' }).waitFor()
  expect(await problemsOf(page)).toEqual([])
  await greeting.getByRole('button', { name: 'Идти дальше прямо' }).click()
  await expect.poll(() => greeting.getByRole('combobox', { name: 'Затем' }).inputValue()).toBe('name')
  expect(await isTooWide(page)).toBe(false)
})
