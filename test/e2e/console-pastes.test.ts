/** Whoever pastes more than is kept loses none of it: the field says how much is too much, and nothing is sent until it is shortened. */
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { NOTE_MAX_CHARACTERS } from '#contract/calls.ts'
import { FILER_NAME_MAX_CHARACTERS } from '#core/appeals/filers.ts'
import { EXECUTOR_MAX_CHARACTERS, MOVE_FIELD_MAX_CHARACTERS } from '#core/appeals/move-fields.ts'
import { MESSAGE_MAX_CHARACTERS, TITLE_MAX_CHARACTERS } from '#core/chat/rooms.ts'
import { CARD_MAX_CHARACTERS } from '#core/citizens/citizen-card.ts'
import { PERMISSIONS } from '#core/staff/permissions.ts'
import { madeId } from '../../console/dev/mock-data.ts'
import { paths } from '../../console/paths.ts'
import { consoleStage, problemsOf } from './console-stage.ts'

const stage = consoleStage()
const world = () => stage.mock().world
const SAID = /<b>x²<\/b> 😀 שלום/
const OVER = 7
/** What was pasted, longer than is kept by `OVER` characters: of its smile the two halves are one. */
const pasted = (most: number) => '<b>x²</b> 😀 שלום '.padEnd(most + OVER + 1, 'abcd')

/** As by Ctrl+V: it becomes what the browser lets become of it. */
async function paste(page: Page, field: Locator, text: string): Promise<void> {
  await field.focus()
  await page.keyboard.insertText(text)
}

/** All of it stands there, and the word at the field. */
async function keepsAll(page: Page, field: Locator, most: number): Promise<void> {
  const text = pasted(most)
  await paste(page, field, text)
  await page.getByText(`Too long: at most ${most} characters, ${OVER} too many.`).waitFor()
  expect(await field.inputValue()).toBe(text)
  expect(await field.getAttribute('aria-invalid')).toBe('true')
}

/** By the end that is too long. */
async function shorten(page: Page, field: Locator): Promise<void> {
  await field.press('Control+End')
  for (let letter = 0; letter < OVER; letter++) await page.keyboard.press('Backspace')
  await page.getByText('too long: at most').waitFor({ state: 'detached' })
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

test('a note and an appeal: all of both is kept over a reload, and goes out once it is shortened', async () => {
  const { page, call } = await stage.talking()
  world().agent('agent1').endCall()
  await page.getByRole('heading', { name: 'Call ended' }).waitFor()
  await page.keyboard.press('Alt+3')
  await button(page, 'Register an appeal').click()
  await page.getByRole('radio', { name: 'Complaint' }).check()
  await page.getByLabel('Citizen’s full name').fill('Gulchehra Abdullayeva')
  const text = page.getByRole('textbox', { name: 'Text of the appeal' })
  await keepsAll(page, text, MOVE_FIELD_MAX_CHARACTERS.text)
  const appeals = world().appeals.length
  await button(page, 'Register').click()
  expect(await text.evaluate((field: HTMLTextAreaElement) => field.validationMessage)).toContain('Too long')
  await page.reload()
  await page.getByRole('heading', { name: 'Call ended' }).waitFor()
  expect(await text.inputValue()).toBe(pasted(MOVE_FIELD_MAX_CHARACTERS.text))
  expect(world().appeals).toHaveLength(appeals)
  await shorten(page, text)
  await button(page, 'Register').click()
  await expect.poll(() => world().appeals.length).toBe(appeals + 1)

  const note = page.getByRole('textbox', { name: 'Note' })
  await keepsAll(page, note, NOTE_MAX_CHARACTERS)
  await page.getByRole('status').getByText('Shorten the note').waitFor()
  await page.keyboard.press('Control+Enter')
  // The server has all of it too, for another computer.
  await expect.poll(() => world().drafts.get(String(call))?.note).toBe(pasted(NOTE_MAX_CHARACTERS))
  expect(world().wrappedUp).toEqual([])
  await shorten(page, note)
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => world().wrappedUp[0]?.wrapUp.note).toMatch(SAID)
  expect([...(world().wrappedUp[0]?.wrapUp.note ?? '')]).toHaveLength(NOTE_MAX_CHARACTERS)
})

test('a message to the team, and the name of a room', async () => {
  const page = await stage.signedIn('supervisor1')
  await page.keyboard.press('F8')
  const chat = page.getByRole('complementary', { name: 'Team chat' })
  await chat.getByText('New room').click()
  const title = chat.getByRole('textbox', { name: 'Name of the room' })
  await keepsAll(page, title, TITLE_MAX_CHARACTERS)
  const rooms = world().chat.rooms.length
  await button(page, 'Open the room').click()
  expect(await title.evaluate((field: HTMLInputElement) => field.validationMessage)).toContain('Too long')
  expect(world().chat.rooms).toHaveLength(rooms)
  await shorten(page, title)
  await button(page, 'Open the room').click()
  await expect.poll(() => world().chat.rooms.length).toBe(rooms + 1)

  const message = chat.getByRole('textbox', { name: 'Message' })
  await keepsAll(page, message, MESSAGE_MAX_CHARACTERS)
  const messages = world().chat.messages.length
  await message.press('Enter')
  await button(page, 'Send').click({ force: true })
  expect(await problemsOf(page)).toEqual([])
  expect(await message.inputValue()).toBe(pasted(MESSAGE_MAX_CHARACTERS))
  expect(world().chat.messages).toHaveLength(messages)
  await shorten(page, message)
  await message.press('Enter')
  await expect.poll(() => world().chat.messages.at(-1)?.text).toMatch(SAID)
  await expect.poll(() => message.inputValue()).toBe('')
})

test('the name on a new card, told in the reader’s language', async () => {
  const page = await stage.signedIn('supervisor1')
  await page.goto(`${stage.mock().address}/citizens/new`)
  const name = page.getByLabel('Name in Latin letters')
  const cards = world().citizens.size
  await keepsAll(page, name, CARD_MAX_CHARACTERS.name)
  expect(await button(page, 'Save the card').getAttribute('aria-disabled')).toBe('true')
  await name.press('Enter')
  await page.reload()
  expect(await name.inputValue()).toBe(pasted(CARD_MAX_CHARACTERS.name))
  expect(world().citizens.size).toBe(cards)
  await shorten(page, name)
  await button(page, 'Save the card').click()
  await expect.poll(() => world().citizens.size).toBe(cards + 1)

  const russian = await stage.signedIn('supervisor1', { language: 'ru' })
  await russian.goto(`${stage.mock().address}/citizens/new`)
  await paste(russian, russian.getByLabel('Заметка в карточке'), pasted(CARD_MAX_CHARACTERS.note))
  await russian
    .getByText(`Слишком длинно: знаков не больше ${CARD_MAX_CHARACTERS.note}, лишних: ${OVER}.`)
    .waitFor()
})

test('who signed too and who carries an appeal out: the line that is too long is told at its field', async () => {
  const said = (line: number, most: number) =>
    `Line ${line} is too long: at most ${most} characters, ${OVER} too many.`
  const editor = await stage.signedIn('editor1')
  await editor.goto(stage.mock().address + paths.appeal(madeId(3, 0)))
  await button(editor, 'Change who filed it').click()
  const filing = editor.getByRole('form', { name: 'Change who filed it' })
  const signers = filing.getByRole('textbox', { name: /^Who signed too/ })
  const long = `Ali Valiyev\n${pasted(FILER_NAME_MAX_CHARACTERS)}`
  await paste(editor, signers, long)
  await filing.getByText(said(2, FILER_NAME_MAX_CHARACTERS)).waitFor()
  expect(await signers.inputValue()).toBe(long)
  expect(await button(editor, 'Save').getAttribute('aria-disabled')).toBe('true')
  await shorten(editor, signers)
  await button(editor, 'Save').click()
  await editor.getByRole('group', { name: 'Signed by' }).getByText(SAID).waitFor()

  const card = world().appeals.find(({ id }) => id === madeId(3, 0))
  Object.assign(card ?? {}, { status: 'received' })
  const officer = world().staff.find(({ login }) => login === 'officer1')
  Object.assign(officer ?? {}, { role: 'chancellery', may: [...PERMISSIONS.chancellery] })
  const page = await stage.signedIn('officer1')
  await page.goto(stage.mock().address + paths.appeal(madeId(3, 0)))
  await button(page, 'Assign executors').click()
  const assigning = page.getByRole('form', { name: 'Assign executors' })
  const executors = assigning.getByRole('textbox', { name: /^Executors/ })
  await paste(page, executors, `Test boʻlimi\n${pasted(EXECUTOR_MAX_CHARACTERS)}`)
  await assigning.getByText(said(2, EXECUTOR_MAX_CHARACTERS)).waitFor()
  expect(await problemsOf(page)).toEqual([])
  await shorten(page, executors)
  await assigning.getByRole('button', { name: 'Assign executors' }).click()
  await page
    .getByRole('region', { name: 'Facts' })
    .getByText(/Test boʻlimi \(lead\)/)
    .waitFor()
})
