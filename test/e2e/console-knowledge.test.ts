/** Knowledge: written, approved, published, compared, read out, voted on, looked for in vain, imported. */
import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { paths } from '../../console/paths.ts'
import { becomeAvailable, consoleStage, isTooWide, problemsOf } from './console-stage.ts'

const stage = consoleStage()
const at = (path: string) => `${stage.mock().address}${path}`

async function write(page: Page, { title, text }: { title: string; text: string }): Promise<void> {
  await page.getByLabel('Title or question, Uzbek').fill(title)
  await page.getByLabel('Text or answer, Uzbek').fill(text)
}

test('the editor writes, the officer approves, the editor publishes; the next version shows what changed', async () => {
  const editor = await stage.signedIn('editor1')
  await editor.getByRole('link', { name: 'Knowledge' }).click()
  await editor.getByRole('button', { name: 'Write a new one' }).click()
  await write(editor, { title: 'Stipendiya qachon beriladi?', text: 'Har oyning 15-kunida <b>beriladi</b>.' })
  await editor.getByRole('button', { name: 'Save as a draft' }).click()
  await editor.getByRole('heading', { name: 'Stipendiya qachon beriladi?' }).first().waitFor()
  // What was pasted as HTML is text.
  await editor.getByText('Har oyning 15-kunida <b>beriladi</b>.').waitFor()
  expect(await editor.getByRole('button', { name: 'Publish' }).count()).toBe(0)

  const officer = await stage.signedIn('officer1')
  await officer.goto(editor.url())
  await officer.getByRole('button', { name: 'Approve' }).click()
  await officer.getByRole('button', { name: 'Send back' }).waitFor()

  await editor.reload()
  await editor.getByRole('button', { name: 'Publish' }).click()
  await editor.getByRole('button', { name: 'Withdraw' }).waitFor()
  await editor.getByRole('link', { name: 'Write the next version' }).click()
  await write(editor, { title: 'Stipendiya qachon beriladi?', text: 'Har oyning 20-kunida <b>beriladi</b>.' })
  await editor.getByRole('button', { name: 'Save as a draft' }).click()
  await editor.getByRole('button', { name: 'Show what changed since version 1' }).click()
  expect(await editor.locator('ins').allTextContents()).toEqual(['20-kunida '])
  expect(await editor.locator('del').allTextContents()).toEqual(['15-kunida '])
  expect(await problemsOf(editor)).toEqual([])
})

test('a reader of Cyrillic reads in it what changed', async () => {
  const [card] = stage.mock().world.knowledge.cards
  const [first] = card?.versions ?? []
  if (!card || !first) throw new Error('no card')
  const texts = (text: string) => ({ ...first.content, uz: { title: 'Stipendiya', text } })
  card.versions = [
    { ...first, version: 2, status: 'draft', content: texts('Har oyning 20-kunida oʻtkaziladi.') },
    { ...first, content: texts('Har oyning 15-kunida oʻtkaziladi.') },
  ]
  const officer = await stage.signedIn('officer1', { language: 'uz-Cyrl' })
  await officer.goto(at(paths.knowledgeItem(String(card.id))))
  await officer.getByRole('button', { name: /1-версиядан/ }).click()
  expect(await officer.locator('p', { has: officer.locator('ins') }).textContent()).toBe(
    'Ҳар ойнинг 15-кунида 20-кунида ўтказилади.',
  )
})

test('after an import the officer approves all that are shown, with a second press', async () => {
  const { cards } = stage.mock().world.knowledge
  for (const card of cards.slice(0, 3)) for (const version of card.versions) version.status = 'draft'
  const officer = await stage.signedIn('officer1')
  await officer.goto(at('/knowledge'))
  await officer.getByRole('combobox', { name: 'Status' }).click()
  await officer.getByRole('option', { name: 'Draft' }).click()
  await officer.getByRole('button', { name: 'Approve, all 3 shown' }).click()
  await officer.getByRole('button', { name: 'Approve, all 3 shown: press again' }).click()
  await expect.poll(() => cards.filter(({ versions }) => versions[0]?.status === 'approved').length).toBe(3)
  await officer.getByText('Nothing found').waitFor()
})

test('nothing typed is lost when somebody else has saved meanwhile', async () => {
  const editor = await stage.signedIn('editor1')
  await editor.goto(at('/knowledge/1/edit'))
  await write(editor, { title: 'Meniki', text: 'Mening matnim' })
  const [card] = stage.mock().world.knowledge.cards
  card?.versions.unshift({
    ...(card.versions[0] as (typeof card.versions)[number]),
    version: 2,
    status: 'draft',
  })
  await editor.getByRole('button', { name: 'Save as a draft' }).click()
  await editor.getByRole('alert').getByText('Somebody changed this meanwhile').first().waitFor()
  expect(await editor.getByLabel('Text or answer, Uzbek').inputValue()).toBe('Mening matnim')
})

test('what is typed survives a reload, and somebody else is named who answers for it', async () => {
  const editor = await stage.signedIn('editor1')
  await editor.goto(at('/knowledge/new'))
  await write(editor, { title: 'Yotoqxona', text: 'Matn' })
  await editor
    .getByRole('combobox', { name: 'Who answers for it' })
    .selectOption({ label: 'Bobur Toshmatov' })
  await editor.reload()
  await editor.getByLabel('Title or question, Uzbek').waitFor()
  await expect.poll(() => editor.getByLabel('Title or question, Uzbek').inputValue()).toBe('Yotoqxona')
  await editor.getByRole('button', { name: 'Save as a draft' }).click()
  await editor.getByRole('heading', { name: 'Yotoqxona' }).first().waitFor()
  expect(stage.mock().world.knowledge.cards.at(-1)?.versions[0]?.owner?.name).toBe('Bobur Toshmatov')
  // Saved, it is no draft of the tab any more.
  await editor.goto(at('/knowledge/new'))
  await editor.getByLabel('Title or question, Uzbek').waitFor()
  await expect.poll(() => editor.getByLabel('Title or question, Uzbek').inputValue()).toBe('')
})

test('an agent reads what is published, in either script, and finds no buttons to change it', async () => {
  const agent = await stage.signedIn('agent1', { language: 'en', viewport: { width: 683, height: 384 } })
  await agent.goto(at('/knowledge'))
  const table = agent.getByRole('table', { name: 'Knowledge' })
  await table.waitFor()
  await agent.getByRole('searchbox').fill('bakalavriatga qachon')
  await expect.poll(() => table.getByRole('row').count()).toBe(2)
  await agent.getByRole('link', { name: /Bakalavriatga qachon/ }).click()
  await agent
    .getByRole('heading', { name: /Bakalavriatga qachon/ })
    .first()
    .waitFor()
  expect(await agent.getByRole('button', { name: 'Withdraw' }).count()).toBe(0)
  expect(await isTooWide(agent)).toBe(false)
  expect(await problemsOf(agent)).toEqual([])
})

test('what the agent opens in a call is kept with the call, his vote counts, and a vain search is told', async () => {
  const { world } = stage.mock()
  const agent = await stage.signedIn('agent1')
  await becomeAvailable(agent)
  world.ring('agent1')
  await agent.getByRole('button', { name: /Accept/ }).waitFor()
  await agent.keyboard.press('F2')
  const panel = agent.getByRole('region', { name: 'Questions and answers' })
  await panel.getByRole('searchbox').fill('bakalavriatga qachon')
  await panel
    .locator('summary', { hasText: /бакалавриат|Bakalavriatga qachon/ })
    .first()
    .waitFor()
  await expect.poll(() => world.knowledge.shown.length, { timeout: 5_000 }).toBeGreaterThan(0)
  await panel.getByRole('button', { name: 'It helped' }).first().click()
  await expect.poll(() => world.knowledge.votes.map(({ useful }) => useful)).toEqual([true])

  await panel.getByRole('searchbox').fill('xyzzy yoʻq')
  await panel.getByText('Nothing found').waitFor()
  await expect
    .poll(() => world.knowledge.misses.map(({ words }) => words), { timeout: 8_000 })
    .toEqual(['xyzzy yoʻq'])

  const editor = await stage.signedIn('editor1')
  await editor.goto(at('/knowledge/misses'))
  await editor.getByRole('button', { name: 'Dealt with: xyzzy yoʻq' }).click()
  await editor.getByText('Every search has found something.').waitFor()
})

test('what must be read waits on the desk until it has been read', async () => {
  const { world } = stage.mock()
  const [version] = world.knowledge.cards[0]?.versions ?? []
  if (version) version.mustRead = true
  const agent = await stage.signedIn('agent1')
  // Before the first call, when there is time for it, and between two calls (4).
  const notice = agent.getByRole('alert', { name: 'To be read: 1' })
  await agent.getByRole('heading', { name: 'Your line is ready' }).waitFor()
  await notice.waitFor()
  expect(await problemsOf(agent)).toEqual([])
  await becomeAvailable(agent)
  await notice.locator('summary').click()
  await notice.getByRole('button', { name: 'I have read it' }).click()
  await notice.waitFor({ state: 'detached' })
  expect(world.knowledge.read).toHaveLength(1)
})

test('a file is taken over row by row, and each refused row says why', async () => {
  const editor = await stage.signedIn('editor1')
  await editor.goto(at('/knowledge/import'))
  const rows = [
    { code: '01.01', q_uz: 'Yangi savol?', a_uz: 'Yangi javob.' },
    { code: '77', q_uz: 'Boshqa savol?', a_uz: 'Boshqa javob.' },
  ]
  const [chooser] = await Promise.all([
    editor.waitForEvent('filechooser'),
    editor.getByRole('button', { name: 'Choose a file' }).click(),
  ])
  await chooser.setFiles({
    name: 'faq.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(rows)),
  })
  await editor.getByText('Taken over as drafts: 1. Refused: 1.').waitFor()
  await editor.getByRole('row', { name: '2 The classifier has no such topic.' }).waitFor()
  // Whoever has mended the file chooses it again: the browser must not think that it is chosen already (4).
  const [again] = await Promise.all([
    editor.waitForEvent('filechooser'),
    editor.getByRole('button', { name: 'Choose a file' }).click(),
  ])
  expect(await again.element().inputValue()).toBe('')
})

test('an item is called in the list and on its page as the reader’s language has it', async () => {
  const page = await stage.signedIn('supervisor1', { language: 'ru' })
  await page.goto(stage.mock().address + paths.knowledge())
  await page.getByRole('link', { name: 'Когда и как зарегистрироваться в бакалавриат?' }).click()
  await page
    .getByRole('heading', { level: 1, name: 'Когда и как зарегистрироваться в бакалавриат?' })
    .waitFor()
})
